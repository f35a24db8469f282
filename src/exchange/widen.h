/*
 * widen.h -- no row is rare; private to exchange/.
 *
 * A combination of keys that fewer than EXCHANGE_K holders have gives up the
 * key whose turn is first (it becomes WIDEN_ALL), then is counted again among
 * those that gave up as much, and so on; what is still rare once every key
 * has gone is left out.  Keys without a turn are never given up.
 */
#ifndef TAPR_EXCHANGE_WIDEN_H
#define TAPR_EXCHANGE_WIDEN_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define WIDEN_ALL "*"

struct widen_row {
	const char	**key;
	int64_t		 *sum;
	uint64_t	  holder;
	int		  keys;		/* that many are compared */
	int		  given_up;	/* steps; -1: left out */
};

struct widen_about {
	int	 keys, sums, turns;
	int	*key_of_turn;	/* turns: the key given up at each step */
	uint64_t k;
};

/* widen(about, row, n): sets given_up, and puts the rows in the order of their
 * keys within each step; those left out last. */
void widen(const struct widen_about *about, struct widen_row *row, size_t n);

/*
 * widen_group(row, n): how many rows from ${row} on are of the same step and
 * have the same keys.
 */
size_t widen_group(const struct widen_row *row, size_t n);
/* Distinct holders among ${n} rows in the order of widen(); with ${sum} >= 0
 * only of rows where that sum is not 0. */
uint64_t widen_holders(const struct widen_row *row, size_t n, int sum);

#endif
