/*
 * tapr.h -- libtapr: AT/MP rates inside your own program.
 *
 * The library computes the contribution rate of one establishment for the
 * occupational risks of the French general scheme (accidents du travail,
 * maladies professionnelles), exactly as the law of the year says, with its
 * calculation sheet.  It depends on libc alone, holds no global state, never
 * prints, never exits, opens no file but the law directory it is given, and
 * may be called from any number of threads: a struct tapr_law never changes
 * once it is open.
 *
 *	struct tapr_law *law;
 *	char *answer;
 *	if (tapr_law_open("/usr/share/tapr/law", NULL, &law, &error) == 0 &&
 *	    tapr_rate(law, facts, strlen(facts), &answer, &error) == 0)
 *		puts(answer);
 *	tapr_free(answer);
 *	tapr_law_close(law);
 *
 * FACTS and answers are JSON texts, described in docs/formats/facts.md and
 * docs/formats/answer.md.
 *
 * Compatibility: SONAME version 0 until 1.0.  A function is never changed,
 * only added; a struct that the caller allocates never grows; a field of an
 * answer never changes its meaning.
 */
#ifndef TAPR_H
#define TAPR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined _WIN32 && defined TAPR_SHARED
#define TAPR_API __declspec(dllexport)
#elif defined __GNUC__
#define TAPR_API __attribute__((visibility("default")))
#else
#define TAPR_API
#endif

enum tapr_status {
	TAPR_DONE = 0,
	TAPR_BAD_INPUT = 1,	/* the facts are wrong or do not suffice */
	TAPR_LAW_GAP = 2,	/* a parameter of the law is missing */
	TAPR_TOO_LARGE = 3,	/* a number is too large to stay exact */
	TAPR_SYSTEM = 4,	/* a file, or memory */
};

/* Where it is wrong ("claims.A1.ip_rate") and what to do, in French. */
struct tapr_error {
	int	status;		/* enum tapr_status */
	char	where[256];
	char	text[1024];
};

struct tapr_law;

/* The version of the program: "0.1.0". */
TAPR_API const char *tapr_version(void);

/*
 * tapr_law_open(dir, extra, ret, error): reads the law directory ${dir}
 * (the one that holds VERSION and params/) and, unless NULL, ${extra}, whose
 * rows add to it or replace it.  Returns an enum tapr_status.  Close with
 * tapr_law_close().
 */
TAPR_API int tapr_law_open(const char *dir, const char *extra,
    struct tapr_law **ret, struct tapr_error *error);
TAPR_API void tapr_law_close(struct tapr_law *law);
/* Version and SHA-256 of the law that was read. */
TAPR_API const char *tapr_law_version(const struct tapr_law *law);
TAPR_API const char *tapr_law_digest(const struct tapr_law *law);

/*
 * tapr_rate(law, facts, n, ret, error): ${ret} = the answer for the FACTS
 * document of ${n} bytes, a NUL-terminated JSON text to be given to
 * tapr_free().
 */
TAPR_API int tapr_rate(const struct tapr_law *law, const char *facts,
    size_t n, char **ret, struct tapr_error *error);

/*
 * tapr_explain(law, from, from_n, to, to_n, ret, error): why the rate changed
 * between two FACTS documents: parts that sum to the difference exactly.
 */
TAPR_API int tapr_explain(const struct tapr_law *law, const char *from,
    size_t from_n, const char *to, size_t to_n, char **ret,
    struct tapr_error *error);

TAPR_API void tapr_free(char *text);

/* A rate as it was notified: in 1/10 000 of a percent (3,10 % = 31000). */
struct tapr_notified {
	const char	*siret;		/* 14 digits */
	const char	*section;	/* "main", "support" or "home" */
	const char	*risk_code;	/* "452BE" */
	int32_t		 rate;
	const char	*effective_on;	/* "2024-01-01" */
};

struct tapr_question {
	const char	*siret, *section, *risk_code;
	const char	*zone;		/* "general" or "alsace-moselle" */
	char		 ctn;		/* 'A' to 'I', for section support */
	const char	*pay_date;	/* "2025-04-30" */
};

struct tapr_declared {
	int32_t		rate;		/* in 1/10 000 of a percent */
	int		notified;	/* 0: the published collective rate */
	char		effective_on[11];	/* since when it applies */
};

/*
 * tapr_rate_to_declare(law, rates, n, question, ret, error): the rate to
 * declare for a SIRET, section and risk code on a pay date: the last of the
 * ${n} notified rates in force that day (it stays, provisionally, until the
 * next one is notified: CSS art. D. 242-6-22), or the published collective
 * rate when none is.  The tariff of 2025 starts on 1 May.
 */
TAPR_API int tapr_rate_to_declare(const struct tapr_law *law,
    const struct tapr_notified *rates, size_t n,
    const struct tapr_question *question, struct tapr_declared *ret,
    struct tapr_error *error);

#ifdef __cplusplus
}
#endif

#endif
