/*
 * register.h -- the use cases of the register: a fund begins, files come in,
 * an employer is shown as it was, and acts change it.
 *
 * Each act is a batch: who acted, on what day, and what it brought.  Nothing
 * is ever updated, so that any past day can be printed again, both as it was
 * and as it was known.  Documents leave as text (format), messages by err.
 */
#ifndef TAPR_REGISTER_REGISTER_H
#define TAPR_REGISTER_REGISTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "law/law.h"
#include "model/place.h"

enum { REGISTER_OUT_MAX = 1 << 30 };

/* register_init(place, funds, code, out, err): makes the directory of the fund
 * ${code} of ${funds}, the path of law/funds.csv, and its keys. */
int register_init(const struct place *place, const char *funds,
    const char *code, struct str *out, struct err *err) MUST_USE;

struct register_import {
	const char		*kind;
	const char *const	*file;
	size_t			 files;
	bool			 dry_run, strict, json;
	bool			 assumed;	/* of a CRM: its names */
	const char		*rejected;	/* NULL: beside each file */
	const char		*law_dir;	/* where norms/dsn is */
	/* Both may be NULL; stop() is asked between lines. */
	void			(*progress)(void *to, const char *file,
				    int64_t lines, uint64_t bytes);
	bool			(*stop)(void *to);
	void			*to;
};

/*
 * register_import(place, law, what, out, err): one batch a file, in order; of a
 * folder every file ending in .dsn, by its name (DSN alone).  On
 * failure ${out} says what was done up to there; it is then no answer but
 * something to tell.
 */
int register_import(const struct place *place, const struct law *law,
    const struct register_import *what, struct str *out, struct err *err)
    MUST_USE;

struct register_view {
	const char	*siret;
	struct date	 on;		/* what was true that day */
	struct date	 known;		/* as known that day; none: now */
	bool		 json;
};

/* register_show(): one employer.  register_history(): every fact there ever
 * was about it, with who brought and who superseded it. */
int register_show(const struct place *place,
    const struct register_view *about, struct str *out, struct err *err)
    MUST_USE;
int register_history(const struct place *place,
    const struct register_view *about, struct str *out, struct err *err)
    MUST_USE;

/*
 * An act: "employer rename", "classify", "measure add", "claim refuse"...; its
 * words are what it is about and then key=value.
 */
struct register_act {
	const char		*name;
	const char *const	*word;
	size_t			 words;
	bool			 json;
	const char		*law_dir;	/* where separations.csv is */
};

bool register_has_act(const char *name);
/*
 * register_do(place, law, what, out, err): does it, and says in ${out} what
 * was done and until when it may be answered.  TAPR_EUSAGE: no such act, or
 * not the words it takes.
 */
int register_do(const struct place *place, const struct law *law,
    const struct register_act *what, struct str *out, struct err *err)
    MUST_USE;

/*
 * register_people(place, login, json, out, err): who works on the fund, and the
 * habilitations of each; of ${login} alone, NULL for all.
 */
int register_people(const struct place *place, const char *login, bool json,
    struct str *out, struct err *err) MUST_USE;

/* One claim, ${about}->siret being its id: state, decisions, deadlines, benefits. */
int register_claim(const struct place *place, const struct law *law,
    const struct register_view *about, struct str *out, struct err *err)
    MUST_USE;

#endif
