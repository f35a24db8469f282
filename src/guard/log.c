/*
 * log.c -- the audit log of a fund, to add to.
 *
 * One transaction reads the end of the log, adds entries, carries the tree on
 * (its peaks are a table, so that nothing is read again) and signs what
 * checkpoints fall due; so two processes never take the same place, and a cut
 * leaves either all of it or nothing.
 */
#include "guard/log.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "guard/log_read.h"
#include "guard/reserve.h"
#include "guard/witness.h"

enum { NOTES_MAX = 1 << 26, SALT_HEX = 2 * SALT_BYTES + 1 };

/* ---- life ---------------------------------------------------------------- */

int
log_create(const char *keys, const char *dir, const struct fund_about *about,
    struct err *err)
{
	char id[FUND_ID_MAX], public_key[NOTE_KEY_TEXT_MAX];
	struct fund_about whole = *about;
	int rc;

	if ((rc = log_keys_make(keys, id, public_key, err)) != TAPR_OK)
		return rc;
	whole.id = id;
	whole.public_key = public_key;
	if ((rc = fund_create(dir, &whole, err)) != TAPR_OK)
		log_keys_drop(keys, id);
	return rc;
}

int
log_open(const struct place *place, struct log *l, struct err *err)
{
	char path[FUND_PATH_MAX];
	int rc;

	memset(l, 0, sizeof *l);
	l->place = place;
	if (sodium_init() < 0)
		return err_set(err, TAPR_EIO, "journal", "la bibliothèque "
		    "libsodium ne démarre pas");
	if ((rc = fund_read(place->dir, &l->fund, err)) != TAPR_OK ||
	    (rc = log_keys_hash(place->keys, l->fund.id, &l->hash_key, err)) !=
	    TAPR_OK ||
	    (rc = fund_path(&l->fund, "audit/audit.db", path, err)) != TAPR_OK)
		return rc;
	(void)snprintf(l->name, sizeof l->name, "tapr.audit/%s", l->fund.id);
	return store_open(path, STORE_AUDIT, STORE_WRITE, &l->store, err);
}

void
log_close(struct log *l)
{
	store_free(l->store);
	l->store = NULL;
	sodium_memzero(&l->hash_key, sizeof l->hash_key);
}

/* ---- the end of the log -------------------------------------------------- */

/* What the next entry needs to know of those before. */
struct end {
	struct tree	tree;
	char		leaf[SHA256_HEX_MAX];	/* of the last entry */
	int64_t		notes, noted_at, noted_size;
};

static int
damaged(struct err *err)
{
	return err_set(err, TAPR_EIO, "journal", "le journal des accès est "
	    "abîmé ; « tapr audit verify » dit où");
}

static int
read_peaks(struct store *s, struct tree *t, struct err *err)
{
	uint64_t seen = 0;
	struct query *q;
	int rc, row;

	if ((rc = store_query(s, SQL_PEAK_LIST, &q, err)) != TAPR_OK)
		return rc;
	while ((rc = query_step(q, &row, err)) == TAPR_OK && row == 1) {
		struct value level = query_column(q, 0);
		struct value hash = query_column(q, 1);
		int64_t i = value_or(&level, TREE_LEVELS);

		if (i < 0 || i >= TREE_LEVELS ||
		    !log_hash(value_or_empty(&hash), &t->peak[i])) {
			query_reset(q);
			return damaged(err);
		}
		seen |= (uint64_t)1 << i;
	}
	if (rc == TAPR_OK && (seen & t->size) != t->size)
		return damaged(err);
	return rc;
}

static int
read_last(struct store *s, struct end *end, struct err *err)
{
	struct value v;
	struct query *q;
	int rc, row;

	memset(end, 0, sizeof *end);
	memset(end->leaf, '0', sizeof end->leaf - 1);
	if ((rc = store_query(s, SQL_ENTRY_LAST, &q, err)) != TAPR_OK ||
	    (rc = query_step(q, &row, err)) != TAPR_OK || row == 0)
		return rc;
	v = query_column(q, 0);
	end->tree.size = (uint64_t)value_or(&v, 0);
	v = query_column(q, 1);
	(void)snprintf(end->leaf, sizeof end->leaf, "%s", value_or_empty(&v));
	query_reset(q);
	return TAPR_OK;
}

static int
read_end(struct store *s, struct end *end, struct err *err)
{
	struct query *q;
	int rc, row;

	if ((rc = read_last(s, end, err)) != TAPR_OK ||
	    (rc = read_peaks(s, &end->tree, err)) != TAPR_OK ||
	    (rc = store_query(s, SQL_CHECKPOINT_LAST, &q, err)) != TAPR_OK ||
	    (rc = query_step(q, &row, err)) != TAPR_OK || row == 0)
		return rc;
	for (int i = 0; i < 3; i++) {
		struct value v = query_column(q, i);

		*(i == 0 ? &end->notes : i == 1 ? &end->noted_size :
		    &end->noted_at) = value_or(&v, 0);
	}
	query_reset(q);
	return TAPR_OK;
}

static int
write_peaks(struct store *s, const struct tree *t, struct err *err)
{
	char hex[SHA256_HEX_MAX];
	int rc;

	for (int i = 0; i < TREE_LEVELS; i++) {
		if ((t->size >> i & 1) == 0)
			continue;
		(void)sodium_bin2hex(hex, sizeof hex, t->peak[i].b,
		    sizeof t->peak[i].b);
		if ((rc = store_run(s, SQL_PEAK_PUT, (struct value[]){
		    value_int(i), value_text(hex) }, 2, err)) != TAPR_OK)
			return rc;
	}
	return TAPR_OK;
}

/* ---- checkpoints --------------------------------------------------------- */

static int
take_note(struct log *l, struct end *end, struct err *err)
{
	struct note note = { .size = (int64_t)end->tree.size };
	struct log_key sign;
	struct str text;
	int rc;

	if ((rc = log_keys_sign(l->place->keys, l->fund.id, &sign, err)) !=
	    TAPR_OK)
		return rc;
	tree_root(&end->tree, &note.root);
	str_init(&text, NOTES_MAX);
	note_sign(l->name, sign.b, &note, l->place->now, &text);
	sodium_memzero(&sign, sizeof sign);
	rc = str_failed(&text) ? err_set(err, TAPR_EIO, "journal",
	    "mémoire insuffisante") : store_run(l->store,
	    SQL_CHECKPOINT_INSERT, (struct value[]){
	    value_int(end->notes + 1), value_int(note.size),
	    value_int(l->place->now), value_text(text.p) }, 4, err);
	str_free(&text);
	if (rc != TAPR_OK)
		return rc;
	end->notes++;
	end->noted_size = note.size;
	end->noted_at = l->place->now;
	l->noted = true;
	return TAPR_OK;
}

/* A clock set back makes one due as well: it is then told from the next. */
static bool
is_due(const struct log *l, const struct end *end)
{
	int64_t age = l->place->now - end->noted_at;

	return end->notes == 0 || age >= LOG_SECONDS || age < 0;
}

static int
checkpoint(struct log *l, struct err *err)
{
	struct end end;
	int rc;

	if ((rc = read_end(l->store, &end, err)) != TAPR_OK)
		return rc;
	if (end.notes > 0 && end.noted_size == (int64_t)end.tree.size)
		return TAPR_OK;
	return take_note(l, &end, err);
}

static int
last_note(struct store *s, struct str *out, struct err *err)
{
	struct query *q;
	struct value v;
	int rc, row;

	if ((rc = store_query(s, SQL_CHECKPOINT_LAST, &q, err)) != TAPR_OK ||
	    (rc = query_step(q, &row, err)) != TAPR_OK || row == 0)
		return rc;
	v = query_column(q, 3);
	str_add(out, value_or_empty(&v));
	query_reset(q);
	return TAPR_OK;
}

int
log_checkpoint(struct log *l, struct str *out, struct err *err)
{
	int rc;

	if ((rc = store_begin(l->store, err)) != TAPR_OK)
		return rc;
	if ((rc = checkpoint(l, err)) != TAPR_OK ||
	    (rc = store_commit(l->store, err)) != TAPR_OK) {
		store_rollback(l->store);
		return rc;
	}
	/* Asked for by hand: what a witness missed is given again too. */
	l->noted = true;
	return last_note(l->store, out, err);
}

/* ---- entries ------------------------------------------------------------- */

static void
new_salt(char ret[SALT_HEX])
{
	unsigned char chance[SALT_BYTES];

	randombytes_buf(chance, sizeof chance);
	(void)sodium_bin2hex(ret, SALT_HEX, chance, sizeof chance);
}

static void
hash_object(const struct log_key *key, const char *kind, const char *object,
    char ret[SHA256_HEX_MAX])
{
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	crypto_auth_hmacsha256_state state;

	(void)crypto_auth_hmacsha256_init(&state, key->b, sizeof key->b);
	/* The kind with its NUL: the two cannot run into each other. */
	(void)crypto_auth_hmacsha256_update(&state,
	    (const unsigned char *)kind, strlen(kind) + 1);
	(void)crypto_auth_hmacsha256_update(&state,
	    (const unsigned char *)object, strlen(object));
	(void)crypto_auth_hmacsha256_final(&state, mac);
	(void)sodium_bin2hex(ret, SHA256_HEX_MAX, mac, sizeof mac);
}

/* Who and what, closed; their openings. */
struct openings {
	char	actor_salt[SALT_HEX], actor[SHA256_HEX_MAX];
	char	object_salt[SALT_HEX], value[SHA256_HEX_MAX];
	char	object[SHA256_HEX_MAX];
};

static void
close_parts(const struct log *l, const struct entry *e, struct openings *o)
{
	memset(o, 0, sizeof *o);
	new_salt(o->actor_salt);
	entry_commit(o->actor_salt, e->actor, o->actor);
	if (e->object == NULL)
		return;
	hash_object(&l->hash_key, object_words[e->kind], e->object, o->value);
	new_salt(o->object_salt);
	entry_commit(o->object_salt, o->value, o->object);
}

static const char *
text_or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

static int
insert(struct store *s, const struct sealed *e, const struct entry *said,
    const struct openings *o, const char *leaf, struct err *err)
{
	int rc = store_run(s, SQL_ENTRY_INSERT, (struct value[]){
	    value_int(e->position), value_int(e->at), value_text(e->actor),
	    value_text(e->role), value_text(e->habilitation),
	    value_text(e->purpose), value_text(e->act), value_text(e->outcome),
	    value_text(e->kind), value_text(e->object), value_text(e->scope),
	    value_int(e->count), value_text(e->digest), value_int(e->follows),
	    value_text(e->previous), value_text(leaf) }, 16, err);

	if (rc != TAPR_OK)
		return rc;
	return store_run(s, SQL_OPENING_INSERT, (struct value[]){
	    value_int(e->position), value_text(o->actor_salt),
	    value_text(said->actor), value_text(o->object_salt),
	    value_text(o->value) }, 5, err);
}

static int
add(struct log *l, struct end *end, const struct entry *e, struct str *line,
    struct err *err)
{
	struct openings o;
	struct sealed s = { .position = (int64_t)end->tree.size + 1,
	    .at = l->place->now, .count = e->count, .follows = e->follows,
	    .actor = o.actor, .role = text_or_empty(e->role),
	    .habilitation = text_or_empty(e->habilitation),
	    .purpose = purpose_words[e->purpose], .act = e->act,
	    .outcome = outcome_words[e->outcome],
	    .kind = object_words[e->kind], .object = o.object,
	    .scope = text_or_empty(e->scope),
	    .digest = text_or_empty(e->digest), .previous = end->leaf };
	char hex[SHA256_HEX_MAX];
	struct hash leaf;
	int rc;

	/* What goes in clear is ours: words of the program, never of a user. */
	assert(e->actor[0] != '\0' && entry_word(e->act) &&
	    entry_word(s.scope) && entry_word(s.role) &&
	    entry_word(s.habilitation));
	close_parts(l, e, &o);
	str_clear(line);
	entry_line(&s, line);
	if (str_failed(line))
		return err_set(err, TAPR_EIO, "journal",
		    "mémoire insuffisante");
	tree_leaf(line->p, line->n, &leaf);
	(void)sodium_bin2hex(hex, sizeof hex, leaf.b, sizeof leaf.b);
	if ((rc = insert(l->store, &s, e, &o, hex, err)) != TAPR_OK)
		return rc;
	memcpy(end->leaf, hex, sizeof hex);
	tree_add(&end->tree, &leaf);
	return end->tree.size % LOG_STEP == 0 ? take_note(l, end, err) :
	    TAPR_OK;
}

static int
append(struct log *l, const struct entry *e, size_t n, int64_t *ret,
    struct err *err)
{
	struct str line;
	struct end end;
	int rc;

	if ((rc = read_end(l->store, &end, err)) != TAPR_OK)
		return rc;
	*ret = (int64_t)end.tree.size + 1;
	str_init(&line, ENTRY_LINE_MAX);
	for (size_t i = 0; i < n && rc == TAPR_OK; i++)
		rc = add(l, &end, &e[i], &line, err);
	str_free(&line);
	if (rc == TAPR_OK && is_due(l, &end))
		rc = take_note(l, &end, err);
	return rc != TAPR_OK ? rc : write_peaks(l->store, &end.tree, err);
}

int
log_append(struct log *l, const struct entry *e, size_t n, int64_t *ret,
    struct err *err)
{
	int rc;

	if ((rc = store_begin(l->store, err)) != TAPR_OK)
		return rc;
	if ((rc = append(l, e, n, ret, err)) != TAPR_OK ||
	    (rc = store_commit(l->store, err)) != TAPR_OK)
		store_rollback(l->store);
	return rc;
}

/* ---- the witness --------------------------------------------------------- */

/* ${last} is the number of the last of them, 0 when there is none. */
static int
waiting(struct store *s, struct str *notes, int64_t *last, struct err *err)
{
	struct query *q;
	int rc, row;

	*last = 0;
	if ((rc = store_query(s, SQL_CHECKPOINT_WAITING, &q, err)) != TAPR_OK)
		return rc;
	while ((rc = query_step(q, &row, err)) == TAPR_OK && row == 1) {
		struct value number = query_column(q, 0);
		struct value note = query_column(q, 1);

		*last = value_or(&number, 0);
		str_add(notes, value_or_empty(&note));
	}
	if (rc == TAPR_OK && str_failed(notes))
		return err_set(err, TAPR_EIO, "journal",
		    "mémoire insuffisante");
	return rc;
}

static int
hand(struct log *l, struct err *err)
{
	struct value last = value_int(0);
	struct str notes;
	int rc;

	str_init(&notes, NOTES_MAX);
	if ((rc = waiting(l->store, &notes, &last.i, err)) == TAPR_OK &&
	    last.i > 0 && (rc = witness_hand(l->fund.witness, &notes, err)) ==
	    TAPR_OK)
		rc = store_run(l->store, SQL_CHECKPOINT_HANDED, &last, 1, err);
	str_free(&notes);
	return rc;
}

void
log_hand(struct log *l, struct err *told)
{
	if (l->noted && l->fund.witness[0] != '\0' &&
	    hand(l, told) != TAPR_OK)
		assert(told->code != TAPR_OK);
}

/* ---- all at once --------------------------------------------------------- */

static int
record(const struct place *place, const struct entry *e, size_t n,
    int64_t *ret, struct err *told, struct err *err)
{
	struct log l;
	int rc;

	if ((rc = log_open(place, &l, err)) == TAPR_OK &&
	    (rc = log_append(&l, e, n, ret, err)) == TAPR_OK) {
		log_hand(&l, told);
		reserve_keep(&l.fund);
	}
	log_close(&l);
	return rc;
}

int
log_record(const struct place *place, const struct entry *e, size_t n,
    int64_t *ret, struct err *told, struct err *err)
{
	struct err first = { .code = TAPR_OK };
	int rc;

	if ((rc = record(place, e, n, ret, told, &first)) == TAPR_OK)
		return rc;
	if (reserve_give(place->dir)) {
		first = (struct err){ .code = TAPR_OK };
		rc = record(place, e, n, ret, told, &first);
	}
	if (rc == TAPR_OK)
		return rc;
	if (err != NULL)
		*err = first;
	return err_note(err, rc, "journal des accès, sans lequel rien n'est "
	    "fait ni montré");
}
