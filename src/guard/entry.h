/*
 * entry.h -- an entry of the audit log, and the line that is hashed.
 *
 * Who, under which habilitation, for what purpose, did what, to what, with what
 * outcome.  Never a medical code, a NIR or a name in clear: who acted and what
 * it was about are commitments, SHA-256(salt || value); the value of an object
 * is itself a keyed hash.  docs/formats/audit.md is the contract of the line.
 */
#ifndef TAPR_GUARD_ENTRY_H
#define TAPR_GUARD_ENTRY_H

#include "base/str.h"
#include "guard/tree.h"

/* S1-05: there is no other reason to look. */
enum purpose {
	PURPOSE_TARIFICATION,
	PURPOSE_PREVENTION,
	PURPOSE_STATISTICS,
	PURPOSE_RIGHTS,
	PURPOSE_SECURITY,
	PURPOSE_ABSENCE,
	PURPOSE_PDP,
	PURPOSES,
};
extern const char *const purpose_words[PURPOSES];

enum outcome { OUTCOME_ALLOWED, OUTCOME_REFUSED, OUTCOMES };
extern const char *const outcome_words[OUTCOMES];

/* What an act is about. */
enum object_kind { OBJECT_FUND, OBJECT_EMPLOYER, OBJECT_CLAIM, OBJECT_CONTEST,
	OBJECT_KINDS };
extern const char *const object_words[OBJECT_KINDS];

enum { ENTRY_WORD_MAX = 64, ENTRY_LINE_MAX = 1024, SALT_BYTES = 16 };

/* What whoever asks says; texts may be NULL. */
struct entry {
	const char		*actor;		/* login */
	const char		*role, *habilitation;
	enum purpose		 purpose;
	const char		*act;		/* "employer show" */
	enum outcome		 outcome;
	enum object_kind	 kind;
	const char		*object;	/* identifier, in clear; NULL:
						 * the whole fund */
	const char		*scope;		/* entry_word() holds */
	int64_t			 count;		/* objects in what leaves */
	const char		*digest;	/* of what leaves, hexadecimal */
	int64_t			 follows;	/* the entry it completes, or 0 */
};

/* The same once it has its place; texts are "" when there is nothing. */
struct sealed {
	int64_t			 position, at, count, follows;
	const char		*actor, *role, *habilitation, *purpose, *act;
	const char		*outcome, *kind, *object, *scope, *digest;
	const char		*previous;	/* leaf of the entry before */
};

/* entry_word(text): may stand in a line: a few plain characters, and no run of
 * digits that could be a number of a person or of a firm. */
bool entry_word(const char *text);

/* Seconds since 1970 as 2026-11-23T22:30:05Z; returns ${ret}. */
enum { INSTANT_MAX = 21 };
char *instant_text(int64_t at, char ret[INSTANT_MAX]);

/* entry_line(s, out): the bytes of the leaf, without an end of line. */
void entry_line(const struct sealed *s, struct str *out);

/* SHA-256(salt || value) in hexadecimal; ${salt} is hexadecimal too. */
void entry_commit(const char *salt, const char *value,
    char ret[SHA256_HEX_MAX]);

#endif
