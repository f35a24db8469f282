/*
 * audit_proof.c -- tapr audit proof: what convinces somebody who has a
 * checkpoint and not the log.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "guard/audit.h"
#include "guard/log_read.h"

struct proving {
	struct log_reader	 r;
	struct hash		*leaf;
	uint64_t		 n;
};

static int
open_log(const struct place *place, struct proving *p, struct err *err)
{
	int rc;

	p->leaf = NULL;
	if ((rc = log_read_open(place->dir, &p->r, err)) != TAPR_OK)
		return rc;
	return log_leaves(&p->r, &p->leaf, &p->n, err);
}

static void
shut_log(struct proving *p)
{
	log_read_close(&p->r);
	free(p->leaf);
}

static void
add_hash(struct str *out, const char *before, const struct hash *h)
{
	char hex[SHA256_HEX_MAX];

	(void)sodium_bin2hex(hex, sizeof hex, h->b, sizeof h->b);
	str_printf(out, "%s\"%s\"", before, hex);
}

static void
add_path(struct str *out, const struct hash *path, int n)
{
	str_add(out, ", \"path\": [");
	for (int i = 0; i < n; i++)
		add_hash(out, i == 0 ? "" : ", ", &path[i]);
	str_add(out, "]");
}

/* The last checkpoint, as text and as the number of its entries. */
static int
last_note(struct proving *p, struct str *text, int64_t *size,
    struct err *err)
{
	struct query *q;
	struct value v;
	int rc, row;

	*size = 0;
	if ((rc = store_query(p->r.store, SQL_CHECKPOINT_LAST, &q, err)) !=
	    TAPR_OK || (rc = query_step(q, &row, err)) != TAPR_OK || row == 0)
		return rc;
	v = query_column(q, 1);
	*size = value_or(&v, 0);
	v = query_column(q, 3);
	str_add(text, value_or_empty(&v));
	query_reset(q);
	return TAPR_OK;
}

static int
keep_line(void *to, const struct logged *e, struct err *err)
{
	struct str *line = to;

	(void)err;
	if (line->n == 0)
		entry_line(&e->s, line);
	return TAPR_OK;
}

static int
inclusion(struct proving *p, int64_t position, struct str *out,
    struct err *err)
{
	struct hash path[TREE_PATH_MAX], root;
	struct str note, line;
	int64_t size;
	int rc, n;

	str_init(&note, ENTRY_LINE_MAX);
	str_init(&line, ENTRY_LINE_MAX);
	if ((rc = last_note(p, &note, &size, err)) == TAPR_OK &&
	    (position < 1 || position > size || size > (int64_t)p->n))
		rc = err_set(err, TAPR_EINVAL, NULL, "le dernier point de "
		    "contrôle compte %lld entrées ; pour prouver l'entrée %lld, "
		    "lancez « tapr audit checkpoint »", (long long)size,
		    (long long)position);
	if (rc == TAPR_OK &&
	    (rc = log_each(&p->r, position, keep_line, &line, err)) ==
	    TAPR_OK) {
		n = tree_inclusion(p->leaf, (uint64_t)size,
		    (uint64_t)position - 1, path);
		tree_root_of(p->leaf, (uint64_t)size, &root);
		str_printf(out, "{\"proof\": \"inclusion\", \"position\": "
		    "%lld, \"size\": %lld, \"entry\": ", (long long)position,
		    (long long)size);
		str_add_json(out, line.p);
		add_hash(out, ", \"leaf\": ", &p->leaf[position - 1]);
		add_path(out, path, n);
		add_hash(out, ", \"root\": ", &root);
		str_add(out, ", \"checkpoint\": ");
		str_add_json(out, note.p);
		str_add(out, "}\n");
	}
	str_free(&note);
	str_free(&line);
	return rc;
}

int
audit_inclusion(const struct place *place, int64_t position,
    struct str *out, struct err *err)
{
	struct proving p;
	int rc;

	if ((rc = open_log(place, &p, err)) == TAPR_OK)
		rc = inclusion(&p, position, out, err);
	shut_log(&p);
	return rc;
}

int
audit_consistency(const struct place *place, int64_t from, int64_t to,
    struct str *out, struct err *err)
{
	struct hash path[TREE_PATH_MAX], root;
	struct proving p;
	int rc, n;

	if ((rc = open_log(place, &p, err)) == TAPR_OK &&
	    (from < 1 || from > to || to > (int64_t)p.n))
		rc = err_set(err, TAPR_EINVAL, NULL, "deux nombres d'entrées "
		    "sont attendus, croissants, de 1 à %llu",
		    (unsigned long long)p.n);
	if (rc == TAPR_OK) {
		n = tree_consistency(p.leaf, (uint64_t)from, (uint64_t)to,
		    path);
		str_printf(out, "{\"proof\": \"consistency\", \"from\": %lld, "
		    "\"to\": %lld", (long long)from, (long long)to);
		tree_root_of(p.leaf, (uint64_t)from, &root);
		add_hash(out, ", \"from_root\": ", &root);
		tree_root_of(p.leaf, (uint64_t)to, &root);
		add_hash(out, ", \"to_root\": ", &root);
		add_path(out, path, n);
		str_add(out, "}\n");
	}
	shut_log(&p);
	return rc;
}
