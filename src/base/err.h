/*
 * err.h -- how a failure travels.
 *
 * A function that can fail returns TAPR_OK or one of a few codes, and fills
 * a struct err once, where the failure is noticed; callers add where they
 * were on the way up.  There is no errno and no "last error" in a global:
 * the library is thread-safe and never prints.
 *
 * The text is for the person who must act on it, in French: what is wrong,
 * where (file, line or path in the document) and what to do.  It never holds
 * a NIR, a name or a medical code.
 *
 * err_set and err_note are macros whose value is the code, so that a
 * compiler sees that "return err_set(...)" cannot be a success.
 */
#ifndef TAPR_BASE_ERR_H
#define TAPR_BASE_ERR_H

#include <stdarg.h>

enum tapr_code {
	TAPR_OK = 0,
	TAPR_EINVAL = 1,	/* the input is wrong: the user can mend it */
	TAPR_ELAW = 2,		/* the law given does not cover the question */
	TAPR_ERANGE = 3,	/* a number is too large to be exact here */
	TAPR_EIO = 4,		/* the outside failed: file, memory, pipe */
	TAPR_EUSAGE = 5,	/* the command line is wrong */
};

enum { ERR_PATH_MAX = 256, ERR_TEXT_MAX = 1024 };

/*
 * code: the first failure.  where: path in the document ("claims.A1.ip_rate"),
 * file and line, or empty.  text: what is wrong and what to do.
 */
struct err {
	enum tapr_code	code;
	char		where[ERR_PATH_MAX];
	char		text[ERR_TEXT_MAX];
};

/*
 * err_set(err, code, where, fmt, ...): fills ${err} (which may be NULL) and is
 * worth ${code}.  ${where} may be NULL.
 */
#define err_set(err, code, where, ...) \
	(err_fill((err), (code), (where), __VA_ARGS__), (code))

/*
 * err_note(err, code, fmt, ...): puts "fmt: " in front of the place of a
 * failure that travels up, and is worth ${code}.
 */
#define err_note(err, code, ...) \
	(err_prefix((err), __VA_ARGS__), (code))

void err_fill(struct err *err, enum tapr_code code, const char *where,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void err_prefix(struct err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#define MUST_USE __attribute__((warn_unused_result))

#endif
