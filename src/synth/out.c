/*
 * out.c -- files that appear whole.
 */
#include "synth/out.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

static int
failed(const struct out *o, int why, struct err *err)
{
	return err_set(err, TAPR_EIO, o->path, "écriture impossible (%s) ; "
	    "vérifiez la place et les droits du dossier", err_cause(why));
}

/* The name of the file while it is written; NULL without memory. */
static char *
part(const struct out *o)
{
	size_t size = strlen(o->path) + sizeof ".part";
	char *name = malloc(size);

	if (name != NULL)
		snprintf(name, size, "%s.part", o->path);
	return name;
}

int
out_open(struct out *o, const char *dir, const char *name, struct err *err)
{
	size_t size = strlen(dir) + strlen(name) + 2;
	char *at;

	*o = (struct out){ .path = malloc(size), .buf = malloc(OUT_BUFFER) };
	if (o->path == NULL || o->buf == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	snprintf(o->path, size, "%s/%s", dir, name);
	if ((at = part(o)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	o->f = fopen(at, "wb");
	free(at);
	if (o->f == NULL)
		return failed(o, errno, err);
	setvbuf(o->f, NULL, _IONBF, 0);
	return TAPR_OK;
}

static void
flush(struct out *o)
{
	if (o->n > 0 && o->failed == 0 &&
	    fwrite(o->buf, 1, o->n, o->f) != o->n)
		o->failed = errno != 0 ? errno : EIO;
	o->bytes += o->n;
	o->n = 0;
}

int
out_close(struct out *o, struct err *err)
{
	if (o->f == NULL)
		return TAPR_OK;
	flush(o);
	if (fclose(o->f) != 0 && o->failed == 0)
		o->failed = errno;
	o->f = NULL;
	return o->failed == 0 ? TAPR_OK : failed(o, o->failed, err);
}

int
out_publish(struct out *o, struct err *err)
{
	char *at;
	int rc;

	if (o->path == NULL)
		return TAPR_OK;
	if ((at = part(o)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	rc = rename(at, o->path) == 0 ? TAPR_OK : failed(o, errno, err);
	free(at);
	if (rc == TAPR_OK) {
		free(o->path);
		o->path = NULL;
	}
	return rc;
}

void
out_drop(struct out *o)
{
	char *at;

	if (o->f != NULL)
		(void)fclose(o->f);
	if (o->path != NULL && (at = part(o)) != NULL) {
		(void)remove(at);
		free(at);
	}
	free(o->path);
	free(o->buf);
	*o = (struct out){ 0 };
}

void
out_bytes(struct out *o, const char *p, size_t n)
{
	size_t some;

	while (n > 0) {
		if (o->n == OUT_BUFFER)
			flush(o);
		some = OUT_BUFFER - o->n < n ? OUT_BUFFER - o->n : n;
		memcpy(o->buf + o->n, p, some);
		o->n += some;
		p += some;
		n -= some;
	}
}

void
out_text(struct out *o, const char *text)
{
	out_bytes(o, text, strlen(text));
}

void
out_char(struct out *o, char c)
{
	if (o->n == OUT_BUFFER)
		flush(o);
	o->buf[o->n++] = c;
}

void
out_comma(struct out *o)
{
	out_char(o, ',');
}

void
out_commas(struct out *o, int n)
{
	while (n-- > 0)
		out_char(o, ',');
}

void
out_line(struct out *o)
{
	out_char(o, '\n');
	o->lines++;
}

void
out_padded(struct out *o, uint64_t n, int width)
{
	char text[20];
	int i = sizeof text;

	do {
		text[--i] = (char)('0' + n % 10);
		n /= 10;
		width--;
	} while (n > 0 || (width > 0 && i > 0));
	out_bytes(o, text + i, sizeof text - (size_t)i);
}

void
out_number(struct out *o, uint64_t n)
{
	out_padded(o, n, 1);
}

void
out_hundredths(struct out *o, uint64_t n)
{
	out_number(o, n / 100);
	out_char(o, '.');
	out_padded(o, n % 100, 2);
}

void
out_day(struct out *o, int32_t day)
{
	struct date d;

	if (day == 0)
		return;
	d = date_from_days(day);
	out_padded(o, (uint64_t)d.y, 4);
	out_char(o, '-');
	out_padded(o, d.m, 2);
	out_char(o, '-');
	out_padded(o, d.d, 2);
}
