/*
 * widen.c -- counted, generalised, or left out.
 *
 * Rows that are settled at one step never meet those of another: the group
 * that a row is written with is the one that was counted.
 */
#include "exchange/widen.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static int
by_keys(const struct widen_row *a, const struct widen_row *b)
{
	int by;

	for (int i = 0; i < a->keys; i++)
		if ((by = strcmp(a->key[i], b->key[i])) != 0)
			return by;
	return 0;
}

static int
order(const void *left, const void *right)
{
	const struct widen_row *a = left, *b = right;
	int by = by_keys(a, b);

	return by != 0 ? by : (a->holder > b->holder) -
	    (a->holder < b->holder);
}

size_t
widen_group(const struct widen_row *row, size_t n)
{
	size_t i = 1;

	while (i < n && row[i].given_up == row[0].given_up &&
	    by_keys(&row[0], &row[i]) == 0)
		i++;
	return n == 0 ? 0 : i;
}

uint64_t
widen_holders(const struct widen_row *row, size_t n, int sum)
{
	uint64_t ret = 0, last = 0;

	for (size_t i = 0; i < n; i++) {
		if (sum >= 0 && row[i].sum[sum] == 0)
			continue;
		if (ret == 0 || row[i].holder != last)
			ret++;
		last = row[i].holder;
	}
	return ret;
}

/*
 * Of ${n} rows the groups that have enough holders come first, settled; returns
 * how many rows those are.
 */
static size_t
settle(const struct widen_about *about, struct widen_row *row, size_t n,
    int step)
{
	size_t settled = 0, i = 0;

	qsort(row, n, sizeof *row, order);
	while (i < n) {
		size_t group = widen_group(row + i, n - i);
		bool enough = widen_holders(row + i, group, -1) >= about->k;

		/* A row moves down over one that is not settled. */
		for (size_t j = i; j < i + group; j++) {
			struct widen_row other = row[settled];

			if (!enough)
				break;
			row[j].given_up = step;
			row[settled++] = row[j];
			if (settled - 1 != j)
				row[j] = other;
		}
		i += group;
	}
	return settled;
}

void
widen(const struct widen_about *about, struct widen_row *row, size_t n)
{
	for (size_t i = 0; i < n; i++)
		row[i].given_up = -1;
	for (int step = 0; n > 0 && step <= about->turns; step++) {
		size_t settled;

		if (step > 0)
			for (size_t i = 0; i < n; i++)
				row[i].key[about->key_of_turn[step - 1]] =
				    WIDEN_ALL;
		settled = settle(about, row, n, step);
		row += settled;
		n -= settled;
	}
}
