/*
 * published.h -- the statistics that the synthetic France is made from.
 *
 * Read from law/statistics (each file and its source: the README there) and
 * law/funds.csv.  Figures are those published; nothing is scaled here.
 */
#ifndef TAPR_SYNTH_PUBLISHED_H
#define TAPR_SYNTH_PUBLISHED_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum {
	YEAR_FIRST = 2019,	/* of claims and payroll */
	YEAR_LAST = 2024,	/* the year calibrated on */
	YEARS = YEAR_LAST - YEAR_FIRST + 1,
	BANDS = 6,		/* under 10, 10, 20, 50, 100, 200 and more */
	CAUSES = 12,
	FUNDS_MAX = 32,
	FUND_DEPARTMENTS = 16,
};

/*
 * What is counted of claims in a year.  SHORT: first settled, under four days;
 * LONG: first settled, four days and more (diseases: all of them).
 * POINTS_HIGH is without the 99 points that CNAM counts for each death.
 */
enum measure { SHORT, LONG, IP_LOW, IP_HIGH, DEATHS, DAYS, POINTS_LOW,
	POINTS_HIGH, MEASURES };
struct counts { uint64_t v[MEASURES]; };

struct size_shares {
	char		naf[6];
	uint32_t	employees[BANDS], accidents[BANDS];	/* thousandths */
};

struct cell {			/* CTN x NAF */
	char		 ctn;		/* A to I */
	char		 naf[6];	/* "xxxxx": not known */
	uint64_t	 employees, hours, establishments;
	struct counts	 accidents;
	uint64_t	 cause[CAUSES];
	const struct size_shares *sizes;	/* NULL: not published */
	uint64_t	 commuting;	/* of the NAF, per million employees */
};

struct disease {
	size_t		 cell;		/* SPECIAL: the special account */
	char		 table[16], syndrome[12];
	struct counts	 counts;
};
#define SPECIAL SIZE_MAX

struct commune {
	char		 code[6], postal[6];
	const char	*name;
	uint64_t	 population;
};

struct fund {
	char		 code[32];
	const char	*name;
	int		 alsace_moselle;
	uint64_t	 employees, accidents;		/* 2024 */
	uint64_t	 commuting[YEARS];		/* 0: not published */
	size_t		 first_commune, communes;
	uint64_t	 population;			/* of these communes */
};

/* A national year: published values of one series. */
struct national { uint64_t employees, settled, ip, deaths, days; };

struct published {
	struct cell	*cell;
	size_t		 cells;
	struct disease	*disease;
	size_t		 diseases;
	struct commune	*commune;
	size_t		 communes;
	struct fund	 fund[FUNDS_MAX];
	size_t		 funds;
	struct national	 accident[YEARS], disease_year[YEARS],
			 commuting[YEARS];
	uint64_t	 seat[16];		/* seats of lesion */
	uint64_t	 men, women;
};

/* published_read(dir, a, ret, err): everything, from the law at ${dir}. */
int published_read(const char *dir, struct arena *a, struct published *ret,
    struct err *err) MUST_USE;

#endif
