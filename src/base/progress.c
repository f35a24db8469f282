/*
 * progress.c -- what a long command says while it works.
 */
#include <stdio.h>

#include "base/progress.h"

void
progress_start(struct progress *p, const char *what, uint64_t total)
{

	if (p == NULL)
		return;
	p->what = what;
	p->total = total;
	p->start = p->now_ms();
	p->said = p->start - PROGRESS_EVERY_MS;
}

void
progress_at(struct progress *p, uint64_t done)
{
	char text[PROGRESS_TEXT_MAX];
	int64_t now, left;

	if (p == NULL || p->total == 0)
		return;
	now = p->now_ms();
	if (now - p->said < PROGRESS_EVERY_MS)
		return;
	p->said = now;
	if (done == 0) {
		(void)snprintf(text, sizeof text, "\r%s : 0 %%\x1b[K",
		    p->what);
	} else {
		left = (now - p->start) * (int64_t)(p->total - done) /
		    (int64_t)done / 1000;
		(void)snprintf(text, sizeof text, "\r%s : %d %%, reste "
		    "%d min %02d s\x1b[K", p->what,
		    (int)(done * 100 / p->total), (int)(left / 60),
		    (int)(left % 60));
	}
	p->say(p->to, text);
}

void
progress_end(struct progress *p)
{

	if (p != NULL)
		p->say(p->to, "\r\x1b[K");
}
