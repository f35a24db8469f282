/*
 * timer.h -- how long a step took, by the clock and by the processor, printed
 * as two lines: NAME SECONDS and NAME_cpu SECONDS.
 */
#ifndef BENCH_TIMER_H
#define BENCH_TIMER_H

#include <stdio.h>
#include <time.h>

struct timer { double wall, cpu; };

static inline double
timer_now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline struct timer
timer_start(void)
{
	return (struct timer){ timer_now(CLOCK_MONOTONIC),
		timer_now(CLOCK_PROCESS_CPUTIME_ID) };
}

static inline void
timer_stop(const struct timer *t, const char *name)
{
	printf("%s %.4f\n%s_cpu %.4f\n", name,
	    timer_now(CLOCK_MONOTONIC) - t->wall, name,
	    timer_now(CLOCK_PROCESS_CPUTIME_ID) - t->cpu);
	fflush(stdout);
}

#endif
