/*
 * law.h -- the parameters of the law at a date, with their source.
 *
 * A law set is read once from a directory (the files of law/params,
 * law/sources.csv and law/VERSION; the form is docs/formats/law-params.md),
 * never changes afterwards, and may be shared by threads.  One file is one
 * parameter; a row is a value with its keys, its half-open period, and where
 * it was read.
 *
 * The engine asks for a value by parameter, keys and date, and gets a row or
 * a refusal that names the parameter, the keys, the date and the file to add
 * it to.  It never interpolates and never takes a neighbour.
 *
 * A second directory may add or replace parameters (--law DIR): its rows win
 * over rows of the same parameter and keys where the periods meet, and every
 * answer lists them.
 */
#ifndef TAPR_LAW_LAW_H
#define TAPR_LAW_LAW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/err.h"
#include "base/num.h"

enum { LAW_KEYS_MAX = 4 };

struct law;

/* One value of the law.  Lives as long as its law set. */
struct law_row {
	struct date	 from, to;	/* [from, to); from none = undated */
	const char	*key[LAW_KEYS_MAX];	/* NULL behind the last */
	const char	*value;		/* as printed */
	struct frac	 number;	/* invalid when unit is a word */
	const char	*unit;
	const char	*text;		/* the legal text */
	const char	*published;
	const char	*source;	/* where it was read: a key of
					   law/sources.csv */
	const char	*citation;	/* what that key stands for; the key
					   itself where no entry says */
	const char	*checked_on;
	const char	*note;
	const char	*file;		/* "law/params/cap.csv"; the path as
					   opened, of the second directory */
	long		 line;
	bool		 added;		/* from the second directory */
};

/*
 * law_open(dir, extra, ret, err): reads ${dir} (and ${extra} unless NULL, from
 * its params/ if it has one).  Refuses a file that cannot be read whole: wrong
 * header, a row without a source, periods that overlap for the same keys, a
 * number that is none; err->where is the file and line.
 */
int law_open(const char *dir, const char *extra, struct law **ret,
    struct err *err) MUST_USE;

/* A file of a law set kept elsewhere: "VERSION", "sources.csv",
 * "params/cap.csv", "added/cap.csv". */
struct law_text { const char *name; const char *bytes; size_t n; };

/*
 * law_open_texts(texts, n, ret, err): the same from files in memory, which are
 * copied: VERSION, then sources.csv if there is one, params/ and added/, each
 * in the order of strcmp().  The digest is the one of the directories they
 * came from.
 */
int law_open_texts(const struct law_text *texts, size_t n, struct law **ret,
    struct err *err) MUST_USE;
/*
 * law_reread(law, ret, err): the files that ${law} was read from by law_open(),
 * whole, to be kept elsewhere and given to law_open_texts() some day; of
 * ${ret} only law_text_at() and law_free() may be used.  TAPR_EIO when a file
 * has changed since, or ${law} was not read from a directory.
 */
int law_reread(const struct law *law, struct law **ret, struct err *err)
    MUST_USE;
/* The ${i}th of these files; false behind the last. */
bool law_text_at(const struct law *reread, size_t i, struct law_text *ret)
    MUST_USE;
void law_free(struct law *law);
void law_closep(struct law **law);

const char *law_version(const struct law *law);	/* "2026.1" */
const char *law_digest(const struct law *law);	/* SHA-256, 64 hex digits */

/*
 * law_find(law, param, keys, on): the row of ${param} whose keys are ${keys}
 * (LAW_KEYS_MAX pointers, NULL after the last; an exact key wins over a row's
 * "*") and whose period holds ${on}; NULL if there is none.
 */
const struct law_row *law_find(const struct law *law, const char *param,
    const char *const keys[LAW_KEYS_MAX], struct date on);

/*
 * law_need(law, param, keys, on, ret, err): the same, but a missing value is
 * TAPR_ELAW with a message that names parameter, keys, date and file.
 */
int law_need(const struct law *law, const char *param,
    const char *const keys[LAW_KEYS_MAX], struct date on,
    const struct law_row **ret, struct err *err) MUST_USE;

/*
 * The keys of a parameter, written where they are used: LAW_KEYS("general",
 * "M1").
 */
#define LAW_KEYS(...) ((const char *const[LAW_KEYS_MAX]){ __VA_ARGS__ })
#define LAW_NO_KEYS ((const char *const[LAW_KEYS_MAX]){ NULL })

/* law_known(law, param, keys): some row has these keys or "*" in their place,
 * whatever its period, undated ones too. */
bool law_known(const struct law *law, const char *param,
    const char *const keys[LAW_KEYS_MAX]);

/*
 * law_path(row, param, buf, size): the address of a value on sheets and
 * answers: "cap.general.up_factor"; keys of the row, "*" as it stands, empty
 * ones left out.  Returns ${buf}.
 */
char *law_path(const struct law_row *row, const char *param, char *buf,
    size_t size);

/* Walking, for status, show, check and the pages that print the law. */
size_t law_param_count(const struct law *law);
/* law_param_number(law, name): law_param_count() if there is none so named. */
size_t law_param_number(const struct law *law, const char *name);
const char *law_param_name(const struct law *law, size_t param);
size_t law_key_count(const struct law *law, size_t param);
const char *law_key_name(const struct law *law, size_t param, size_t key);
size_t law_row_count(const struct law *law, size_t param);
const struct law_row *law_row_at(const struct law *law, size_t param,
    size_t row);
size_t law_added_count(const struct law *law);
const struct law_row *law_added_at(const struct law *law, size_t i,
    const char **ret_param);

#endif
