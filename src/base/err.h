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
 *
 * Callers zero it before use, "struct err err = { .code = TAPR_OK };": the
 * first failure is kept, and one that is not zeroed looks as if it held it.
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
 * err_note(err, code, fmt, ...): puts "fmt : " in front of the place of a
 * failure that travels up, and is worth ${code}.
 */
#define err_note(err, code, ...) \
	(err_prefix((err), __VA_ARGS__), (code))

/*
 * err_cause(errno): why the system refused, in French.  strerror() speaks the
 * language of the locale, which tapr never asks for.
 */
const char *err_cause(int why);

/*
 * TAPR_PRINTF(a, b): argument ${a} is a printf format for the arguments from
 * ${b} on (0: a va_list).  For mingw "printf" is that of Microsoft, which has
 * no %zu; what we link there is that of C (meson.build).
 */
#ifdef __MINGW32__
#define TAPR_PRINTF(a, b) __attribute__((format(gnu_printf, a, b)))
#else
#define TAPR_PRINTF(a, b) __attribute__((format(printf, a, b)))
#endif

#define MUST_USE __attribute__((warn_unused_result))

void err_fill(struct err *err, enum tapr_code code, const char *where,
    const char *fmt, ...) TAPR_PRINTF(4, 5);
void err_prefix(struct err *err, const char *fmt, ...) TAPR_PRINTF(2, 3);

#endif
