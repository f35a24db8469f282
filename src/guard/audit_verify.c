/*
 * audit_verify.c -- tapr audit verify.
 *
 * One pass over the entries carries the tree on; where a checkpoint stands, the
 * root must be the one that was signed.  An entry changed by hand fails its own
 * hash; one changed with its hashes, and signed again with a stolen key, fails
 * against what the witness was given.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "guard/audit.h"
#include "guard/log_keys.h"
#include "guard/log_read.h"

enum { WITNESS_MAX = 1 << 28, SALT_HEX = 2 * SALT_BYTES };

/* A checkpoint, ours or what the witness was given. */
struct seen {
	struct note	note;
	int64_t		number;		/* ours, or in the witness's file */
	bool		witness;
};

struct verifying {
	struct log_reader	 r;
	struct tree		 tree;
	char			 previous[SHA256_HEX_MAX];
	int64_t			 at, backwards;	/* the clock went back */
	int64_t			 erased;
	struct seen		*seen;
	size_t			 n, room, next;
	int64_t			 ours, theirs, waiting;
	struct str		 line;
};

/* ---- checkpoints --------------------------------------------------------- */

static int
add_seen(struct verifying *v, const struct seen *s, struct err *err)
{
	struct seen *more;

	if (v->n == v->room) {
		size_t room = v->room == 0 ? 64 : v->room * 2;

		if ((more = realloc(v->seen, room * sizeof *more)) == NULL)
			return err_set(err, TAPR_EIO, "journal",
			    "mémoire insuffisante");
		v->seen = more;
		v->room = room;
	}
	v->seen[v->n++] = *s;
	return TAPR_OK;
}

static int
read_one(struct verifying *v, struct query *q, struct err *err)
{
	struct value c[5];
	struct seen s = { .witness = false };
	const char *text;
	size_t used;
	int rc;

	for (int i = 0; i < 5; i++)
		c[i] = query_column(q, i);
	s.number = value_or(&c[0], 0);
	v->waiting += value_or(&c[4], 0) == 0;
	text = value_or_empty(&c[3]);
	if ((rc = note_read(text, strlen(text), &v->r.key, &s.note, &used,
	    err)) != TAPR_OK)
		return err_note(err, rc, "point de contrôle %lld",
		    (long long)s.number);
	if (s.note.size != value_or(&c[1], -1) || text[used] != '\0')
		return err_set(err, TAPR_EINVAL, NULL, "point de contrôle "
		    "%lld : son nombre d'entrées n'est pas celui qui est "
		    "signé", (long long)s.number);
	v->ours++;
	return add_seen(v, &s, err);
}

static int
read_ours(struct verifying *v, struct err *err)
{
	struct query *q;
	int rc, row;

	if ((rc = store_query(v->r.store, SQL_CHECKPOINT_LIST, &q, err)) !=
	    TAPR_OK)
		return rc;
	while ((rc = query_step(q, &row, err)) == TAPR_OK && row == 1)
		if ((rc = read_one(v, q, err)) != TAPR_OK)
			break;
	query_reset(q);
	return rc;
}

static int
read_witness(struct verifying *v, const char *path, struct err *err)
{
	struct seen s = { .witness = true };
	size_t n, used, at = 0;
	char *text;
	int rc;

	if ((rc = file_read(path, WITNESS_MAX, &text, &n, err)) != TAPR_OK)
		return rc;
	while (at < n && rc == TAPR_OK) {
		s.number = ++v->theirs;
		rc = note_read(text + at, n - at, &v->r.key, &s.note, &used,
		    err);
		if (rc != TAPR_OK)
			rc = err_note(err, rc, "%s, point %lld", path,
			    (long long)s.number);
		else
			rc = add_seen(v, &s, err);
		at += used;
	}
	free(text);
	if (rc == TAPR_OK && v->theirs == 0)
		return err_set(err, TAPR_EINVAL, path, "le témoin n'a aucun "
		    "point de contrôle");
	return rc;
}

static int
by_size(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	return x->note.size < y->note.size ? -1 : x->note.size > y->note.size;
}

/* Whom the last good one is from counts: ours may be signed again. */
static int
not_what_was_seen(const struct verifying *v, const struct seen *s,
    struct err *err)
{
	int64_t from = 0;

	for (const struct seen *o = v->seen; o < s; o++)
		if (o->note.size < s->note.size && (o->witness || !s->witness))
			from = o->note.size;
	return err_set(err, TAPR_EINVAL, NULL, "entrée %lld : de celle-ci à "
	    "l'entrée %lld, le journal n'est pas celui du point de contrôle "
	    "%lld %s : il a été réécrit", (long long)from + 1,
	    (long long)s->note.size, (long long)s->number,
	    s->witness ? "donné au témoin" : "du fonds");
}

/* Every checkpoint of the size reached has the root reached. */
static int
check_roots(struct verifying *v, struct err *err)
{
	struct hash root;
	bool have = false;

	for (; v->next < v->n && v->seen[v->next].note.size ==
	    (int64_t)v->tree.size; v->next++) {
		if (!have)
			tree_root(&v->tree, &root);
		have = true;
		if (memcmp(root.b, v->seen[v->next].note.root.b,
		    sizeof root.b) != 0)
			return not_what_was_seen(v, &v->seen[v->next], err);
	}
	return TAPR_OK;
}

/* ---- entries ------------------------------------------------------------- */

static int
bad(const struct logged *e, const char *what, struct err *err)
{
	return err_set(err, TAPR_EINVAL, NULL, "entrée %lld : %s",
	    (long long)e->s.position, what);
}

static bool
opens(const char *salt, const char *value, const char *commitment)
{
	char hex[SHA256_HEX_MAX];

	if (strlen(salt) != SALT_HEX)
		return false;
	entry_commit(salt, value, hex);
	return strcmp(hex, commitment) == 0;
}

static int
check_openings(struct verifying *v, const struct logged *e, struct err *err)
{
	bool gone = false;

	if (e->actor[0] == '\0')
		gone = true;
	else if (!opens(e->actor_salt, e->actor, e->s.actor))
		return bad(e, "l'auteur montré n'est pas celui qui fut écrit",
		    err);
	if (e->object[0] == '\0')
		gone = gone || e->s.object[0] != '\0';
	else if (!opens(e->object_salt, e->object, e->s.object))
		return bad(e, "l'objet montré n'est pas celui qui fut écrit",
		    err);
	v->erased += gone;
	return TAPR_OK;
}

static int
check_entry(void *to, const struct logged *e, struct err *err)
{
	struct verifying *v = to;
	int64_t expected = (int64_t)v->tree.size + 1;
	char hex[SHA256_HEX_MAX];
	struct hash leaf;
	int rc;

	if (e->s.position != expected)
		return err_set(err, TAPR_EINVAL, NULL, "entrée %lld : elle "
		    "manque (après l'entrée %lld vient l'entrée %lld)",
		    (long long)expected, (long long)expected - 1,
		    (long long)e->s.position);
	str_clear(&v->line);
	entry_line(&e->s, &v->line);
	if (str_failed(&v->line))
		return bad(e, "elle est plus longue qu'une entrée", err);
	tree_leaf(v->line.p, v->line.n, &leaf);
	(void)sodium_bin2hex(hex, sizeof hex, leaf.b, sizeof leaf.b);
	if (strcmp(hex, e->leaf) != 0)
		return bad(e, "elle n'est plus telle qu'elle fut écrite", err);
	if (strcmp(e->s.previous, v->previous) != 0)
		return bad(e, "elle ne suit pas l'entrée qui la précède : une "
		    "entrée a été ôtée, ajoutée, échangée ou réécrite", err);
	if ((rc = check_openings(v, e, err)) != TAPR_OK)
		return rc;
	if (e->s.at < v->at && v->backwards == 0)
		v->backwards = e->s.position;
	v->at = e->s.at;
	memcpy(v->previous, hex, sizeof hex);
	tree_add(&v->tree, &leaf);
	return check_roots(v, err);
}

/* ---- the end ------------------------------------------------------------- */

static int
check_end(const struct verifying *v, struct err *err)
{
	const struct seen *s = v->next < v->n ? &v->seen[v->n - 1] : NULL;

	if (s == NULL)
		return TAPR_OK;
	return err_set(err, TAPR_EINVAL, NULL, "entrée %llu : elle manque ; "
	    "le point de contrôle %lld %s compte %lld entrées : le journal a "
	    "été coupé, ou ramené en arrière",
	    (unsigned long long)v->tree.size + 1, (long long)s->number,
	    s->witness ? "donné au témoin" : "du fonds",
	    (long long)s->note.size);
}

static int
check_peaks(struct verifying *v, struct err *err)
{
	struct query *q;
	uint64_t good = 0;
	int rc, row;

	if ((rc = store_query(v->r.store, SQL_PEAK_LIST, &q, err)) != TAPR_OK)
		return rc;
	while ((rc = query_step(q, &row, err)) == TAPR_OK && row == 1) {
		struct value level = query_column(q, 0);
		struct value text = query_column(q, 1);
		int64_t i = value_or(&level, -1);
		struct hash hash;

		if (i >= 0 && i < TREE_LEVELS &&
		    log_hash(value_or_empty(&text), &hash) &&
		    memcmp(hash.b, v->tree.peak[i].b, sizeof hash.b) == 0)
			good |= (uint64_t)1 << i;
	}
	if (rc == TAPR_OK && (good & v->tree.size) != v->tree.size)
		return err_set(err, TAPR_EINVAL, "audit.db", "les sommets de "
		    "l'arbre ne sont pas ceux des entrées");
	return rc;
}

/* An act of the register names the entry that allowed it. */
static int
check_register(const struct verifying *v, struct err *err)
{
	char path[FUND_PATH_MAX];
	struct store *s;
	int64_t last = 0;
	int rc;

	if ((rc = fund_path(&v->r.fund, "register.db", path, err)) !=
	    TAPR_OK ||
	    (rc = store_open(path, STORE_REGISTER, STORE_READ, &s, err)) !=
	    TAPR_OK)
		return rc;
	rc = store_number(s, SQL_BATCH_ENTRY, NULL, 0, &last, err);
	store_free(s);
	if (rc == TAPR_OK && last > (int64_t)v->tree.size)
		return err_set(err, TAPR_EINVAL, NULL, "entrée %llu : elle "
		    "manque ; un acte du registre cite l'entrée %lld",
		    (unsigned long long)v->tree.size + 1, (long long)last);
	return rc;
}

/* The key of the fund is the one outside it, where that one can be read. */
static int
check_key(const struct verifying *v, const struct place *place, bool *ret,
    struct err *err)
{
	struct err ignored = { .code = TAPR_OK };
	char text[NOTE_KEY_TEXT_MAX];
	struct log_key sign;

	*ret = log_keys_sign(place->keys, v->r.fund.id, &sign, &ignored) ==
	    TAPR_OK;
	if (!*ret)
		return TAPR_OK;
	note_key_text(v->r.key.name, sign.b, text);
	sodium_memzero(&sign, sizeof sign);
	if (strcmp(text, v->r.key_text) != 0)
		return err_set(err, TAPR_EINVAL, "audit/public.key", "ce "
		    "n'est pas la clé du fonds : elle a été remplacée");
	return TAPR_OK;
}

static void
say(const struct verifying *v, bool compared, struct str *out)
{
	str_printf(out, "Journal vérifié : %llu entrées, %lld points de "
	    "contrôle signés.\n", (unsigned long long)v->tree.size,
	    (long long)v->ours);
	if (v->theirs > 0)
		str_printf(out, "Le témoin a reçu %lld points de contrôle, "
		    "tous conformes.\n", (long long)v->theirs);
	else
		str_add(out, "Sans fichier du témoin (--witness), un journal "
		    "réécrit avec une clé volée ne se voit pas.\n");
	if (v->erased > 0)
		str_printf(out, "%lld entrées dont l'auteur ou l'objet a été "
		    "effacé.\n", (long long)v->erased);
	if (v->backwards > 0)
		str_printf(out, "L'horloge a reculé à l'entrée %lld.\n",
		    (long long)v->backwards);
	if (!compared)
		str_add(out, "Les clés du fonds ne sont pas lisibles ici : la "
		    "clé publique n'a pas été comparée.\n");
	if (v->waiting > 0 && v->r.fund.witness[0] != '\0')
		str_printf(out, "%lld points de contrôle attendent le "
		    "témoin.\n", (long long)v->waiting);
}

static void
say_json(const struct verifying *v, bool compared, struct str *out)
{
	char hex[SHA256_HEX_MAX];
	struct hash root;

	tree_root(&v->tree, &root);
	(void)sodium_bin2hex(hex, sizeof hex, root.b, sizeof root.b);
	str_printf(out, "{\"verified\": true, \"entries\": %llu, \"root\": "
	    "\"%s\", \"checkpoints\": %lld, \"witnessed\": %lld, \"waiting\": "
	    "%lld, \"erased\": %lld, \"clock_back_at\": %lld, "
	    "\"key_compared\": %s}\n", (unsigned long long)v->tree.size, hex,
	    (long long)v->ours, (long long)v->theirs, (long long)v->waiting,
	    (long long)v->erased, (long long)v->backwards,
	    compared ? "true" : "false");
}

int
audit_verify(const struct place *place, const char *witness, bool json,
    struct str *out, struct err *err)
{
	struct verifying v = { .tree = { .size = 0 } };
	bool compared = false;
	int rc;

	memset(v.previous, '0', sizeof v.previous - 1);
	str_init(&v.line, ENTRY_LINE_MAX);
	if ((rc = log_read_open(place->dir, &v.r, err)) == TAPR_OK &&
	    (rc = check_key(&v, place, &compared, err)) == TAPR_OK &&
	    (rc = read_ours(&v, err)) == TAPR_OK && (witness == NULL ||
	    (rc = read_witness(&v, witness, err)) == TAPR_OK)) {
		if (v.n > 0)
			qsort(v.seen, v.n, sizeof *v.seen, by_size);
		if ((rc = check_roots(&v, err)) == TAPR_OK &&
		    (rc = log_each(&v.r, 0, check_entry, &v, err)) ==
		    TAPR_OK && (rc = check_end(&v, err)) == TAPR_OK &&
		    (rc = check_peaks(&v, err)) == TAPR_OK)
			rc = check_register(&v, err);
	}
	if (rc == TAPR_OK)
		(json ? say_json : say)(&v, compared, out);
	log_read_close(&v.r);
	str_free(&v.line);
	free(v.seen);
	return rc;
}
