/*
 * out.h -- files that appear whole.
 *
 * A file is written as NAME.part, through a buffer and without formatted
 * printing (the generator writes some gigabytes), and takes its name only at
 * the end: a run that stops leaves no half file.  A failure sticks; it is told
 * once, by outs_publish().
 *
 * Fields of CSV lines: out_comma() stands between them; texts are written as
 * they are, so they hold neither comma nor quote.
 */
#ifndef TAPR_SYNTH_OUT_H
#define TAPR_SYNTH_OUT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"

enum { OUT_BUFFER = 1 << 16 };

struct out {
	FILE		*f;
	char		*path;		/* the final one */
	char		*buf;
	size_t		 n;
	uint64_t	 bytes, lines;
	int		 failed;	/* errno of the first failure */
};

/* out_open(o, dir, name, err): starts ${dir}/${name}.part. */
int out_open(struct out *o, const char *dir, const char *name,
    struct err *err) MUST_USE;
/* out_close(o, err): writes what is left; the file keeps its .part name. */
int out_close(struct out *o, struct err *err) MUST_USE;
/* out_publish(o, err): gives the closed file its name. */
int out_publish(struct out *o, struct err *err) MUST_USE;
/* out_drop(o): removes the file unless it was published; frees the rest. */
void out_drop(struct out *o);

void out_bytes(struct out *o, const char *p, size_t n);
void out_text(struct out *o, const char *text);
void out_char(struct out *o, char c);
void out_comma(struct out *o);
void out_commas(struct out *o, int n);
void out_line(struct out *o);			/* ends the line */
void out_number(struct out *o, uint64_t n);
/* out_padded(o, n, width): with zeros in front. */
void out_padded(struct out *o, uint64_t n, int width);
/* out_hundredths(o, n): 1234 as 12.34. */
void out_hundredths(struct out *o, uint64_t n);
/* out_day(o, day): days since 1970 as AAAA-MM-JJ; 0: nothing. */
void out_day(struct out *o, int32_t day);

#endif
