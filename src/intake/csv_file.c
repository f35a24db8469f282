/*
 * csv_file.c -- a CSV file of any size, a row at a time.
 *
 * The reader of base/csv.h cuts fields where they stand, so a row cannot be
 * read again: before each one the window is made to hold CSV_ROW_MAX bytes, or
 * the end of the file.  A row that still reaches the end of the window is too
 * long, and what follows is skipped up to a line end.
 */
#include "intake/csv_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

/* Keeps what is not read yet and fills the window behind it. */
static int
refill(struct csv_file *f, struct err *err)
{
	struct csv *c = &f->csv;
	size_t left = (size_t)(c->end - c->p), got;

	memmove(f->window, c->p, left);
	got = fread(f->window + left, 1, CSV_WINDOW - left, f->in);
	if (ferror(f->in))
		return err_set(err, TAPR_EIO, f->name, "lecture impossible "
		    "(%s)", err_cause(errno));
	sha256_add(&f->sha256, f->window + left, got);
	f->done += got;
	f->at_end = got < CSV_WINDOW - left;
	c->p = f->window;
	c->end = f->window + left + got;
	if (f->at_end)
		f->cut = c->end > c->p && c->end[-1] != '\n';
	*c->end = '\0';
	return TAPR_OK;
}

static bool
is_utf16(const char *p, size_t n)
{
	return n >= 2 && (memcmp(p, "\xff\xfe", 2) == 0 ||
	    memcmp(p, "\xfe\xff", 2) == 0);
}

/* The header lies in the window, which moves: its names are copied. */
static int
keep_header(struct csv_file *f, struct err *err)
{
	struct csv *c = &f->csv;
	size_t room = 0, n;
	char *to;

	for (int i = 0; i < c->columns; i++)
		room += strlen(c->header[i]) + 1;
	if ((f->names = to = malloc(room + 1)) == NULL)
		return err_set(err, TAPR_EIO, f->name,
		    "mémoire insuffisante");
	for (int i = 0; i < c->columns; i++) {
		n = strlen(c->header[i]) + 1;
		c->header[i] = memcpy(to, c->header[i], n);
		to += n;
		if (!utf8_valid(c->header[i], n - 1, NULL))
			return err_set(err, TAPR_EINVAL, f->name,
			    "l'en-tête n'est pas de l'UTF-8 ; enregistrez le "
			    "fichier en CSV UTF-8");
	}
	return TAPR_OK;
}

int
csv_file_start(struct csv_file *f, FILE *in, const char *name,
    struct err *err)
{
	size_t n;
	int rc;

	*f = (struct csv_file){ .in = in, .name = name };
	sha256_init(&f->sha256);
	if ((f->window = malloc(CSV_WINDOW + 1)) == NULL)
		return err_set(err, TAPR_EIO, name, "mémoire insuffisante");
	f->csv.p = f->csv.end = f->window;
	if ((rc = refill(f, err)) != TAPR_OK)
		return rc;
	n = (size_t)(f->csv.end - f->csv.p);
	if (is_utf16(f->window, n))
		return err_set(err, TAPR_EINVAL, name, "ce fichier est en "
		    "UTF-16 ; enregistrez-le en CSV UTF-8");
	if ((rc = csv_open(&f->csv, name, f->window, n, err)) != TAPR_OK)
		return rc;
	if (f->csv.p == f->csv.end && !f->at_end)
		return err_set(err, TAPR_EINVAL, name, "la première ligne est "
		    "trop longue ; ce fichier n'est pas un CSV");
	return keep_header(f, err);
}

/* Behind a row that does not end in the window: to the next line end. */
static int
skip_line(struct csv_file *f, struct err *err)
{
	struct csv *c = &f->csv;
	char *lf;
	int rc;

	while ((lf = memchr(c->p, '\n', (size_t)(c->end - c->p))) == NULL) {
		c->p = c->end;
		if (f->at_end)
			return TAPR_OK;
		if ((rc = refill(f, err)) != TAPR_OK)
			return rc;
	}
	c->p = lf + 1;
	c->next_line++;
	return TAPR_OK;
}

static int
too_long(struct csv_file *f, struct err *err)
{
	/* What the reader said of a row that it saw half of is dropped. */
	if (err != NULL)
		*err = (struct err){ .code = TAPR_OK };
	f->fault = CSV_FAULT_LONG;
	return err_set(err, TAPR_EINVAL, f->name, "ligne de plus de %d "
	    "octets", (int)CSV_ROW_MAX);
}

int
csv_file_next(struct csv_file *f, int *ret, struct err *err)
{
	struct csv *c = &f->csv;
	const char *from;
	bool cut_off;
	int rc;

	if (!f->at_end && c->end - c->p < CSV_ROW_MAX &&
	    (rc = refill(f, err)) != TAPR_OK)
		return rc;
	from = c->p;
	f->fault = CSV_FAULT_FORM;
	rc = csv_next(c, ret, err);
	cut_off = c->p == c->end && !f->at_end;
	if (rc == TAPR_OK && !cut_off && c->p - from < CSV_ROW_MAX) {
		if (utf8_valid(from, (size_t)(c->p - from), NULL))
			return TAPR_OK;
		f->fault = CSV_FAULT_UTF8;
		return err_set(err, TAPR_EINVAL, f->name,
		    "ligne qui n'est pas de l'UTF-8");
	}
	if (rc != TAPR_OK && rc != TAPR_EINVAL)
		return rc;
	if (cut_off && (rc = skip_line(f, err)) != TAPR_OK)
		return rc;
	if (cut_off || c->p - from >= CSV_ROW_MAX)
		return too_long(f, err);
	return rc;
}

void
csv_file_end(struct csv_file *f)
{
	free(f->window);
	free(f->names);
	f->window = NULL;
	f->names = NULL;
}

void
csv_file_digest(const struct csv_file *f, char ret[SHA256_HEX_MAX])
{
	struct sha256 copy = f->sha256;

	(void)sha256_hex(&copy, ret);
}
