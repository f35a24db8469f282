/*
 * Identities under key.  The bytes of one sealed value are given whole, so that
 * another program can be held against them; then everything that must not open
 * is tried.  The child is this same program, started anew.
 */
#include "fixture.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keys/child.h"

static const char fund[] = "0123456789abcdef0123456789abcdef";
static const char nir[] = "2990199999999";	/* no one's: commune 99999 */
static const char surname[] = "CANARI";

/* ---- a fund and its folder of keys --------------------------------------- */

struct world {
	char			dir[64], root[80], secret[80], wrong[80];
	struct keys_place	p;
};

static void
write_text(const char *path, const char *text)
{
	struct err err = { .code = TAPR_OK };

	assert_int_equal(key_file_new(path, text, strlen(text), &err), TAPR_OK);
}

static int
make_world(void **state)
{
	struct world *w = calloc(1, sizeof *w);
	struct err err = { .code = TAPR_OK };

	assert_non_null(w);
	(void)snprintf(w->dir, sizeof w->dir, "/tmp/tapr-keys-XXXXXX");
	assert_non_null(mkdtemp(w->dir));
	(void)snprintf(w->root, sizeof w->root, "%s/root", w->dir);
	(void)snprintf(w->secret, sizeof w->secret, "%s/secret", w->dir);
	(void)snprintf(w->wrong, sizeof w->wrong, "%s/wrong", w->dir);
	assert_int_equal(folder_make(w->root, fund, &err), TAPR_OK);
	write_text(w->secret, "des mots pour un essai\n");
	write_text(w->wrong, "d'autres mots que voici\n");
	w->p = (struct keys_place){ w->dir, w->root, fund, w->secret, "", "",
	    "" };
	*state = w;
	return 0;
}

static void
empty(const char *dir)
{
	char path[KEY_PATH_MAX];
	struct dirent *d;
	DIR *at = opendir(dir);

	while (at != NULL && (d = readdir(at)) != NULL) {
		if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
			continue;
		(void)snprintf(path, sizeof path, "%s/%s", dir, d->d_name);
		if (unlink(path) != 0)
			empty(path);
	}
	if (at != NULL)
		(void)closedir(at);
	(void)rmdir(dir);
}

static int
drop_world(void **state)
{
	struct world *w = *state;

	empty(w->dir);
	free(w);
	return 0;
}

static struct keys *
start(const struct world *w, int rights)
{
	struct err err = { .code = TAPR_OK };
	struct keys *k = NULL;

	if (keys_start(&w->p, rights, &k, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	return k;
}

static void
init(const struct world *w, enum keys_way way)
{
	struct err err = { .code = TAPR_OK };
	struct keys *k = start(w, KEYS_ADMIN);

	if (keys_init(k, way, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	keys_end(k);
}

/* The start is refused, with ${word} in the message. */
static void
refuses(const struct world *w, int rights, const char *word)
{
	struct err err = { .code = TAPR_OK };
	struct keys *k;

	assert_int_not_equal(keys_start(&w->p, rights, &k, &err), TAPR_OK);
	assert_null(k);
	if (strstr(err.text, word) == NULL)
		fail_msg("%s: %s", err.where, err.text);
}

static struct keys_about
about(const char *month, const char *row)
{
	struct keys_about a = { .field = KEYS_NIR };

	(void)snprintf(a.month, sizeof a.month, "%s", month);
	(void)snprintf(a.row, sizeof a.row, "%s", row);
	return a;
}

static void
seal(struct keys *k, const char *month, const char *row,
    struct keys_identity *ret)
{
	struct keys_about a = about(month, row);
	struct err err = { .code = TAPR_OK };

	if (keys_identity(k, &a, nir, surname, ret, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
}

static int
opens(struct keys *k, const char *month, const char *row, const char *sealed)
{
	struct keys_about a = about(month, row);
	struct err err = { .code = TAPR_OK };
	char text[KEYS_TEXT_MAX];
	int rc = keys_open(k, &a, sealed, text, &err);

	if (rc == TAPR_OK)
		assert_string_equal(text, nir);
	return rc;
}

/* ---- pure ---------------------------------------------------------------- */

static void
a_sealed_value_has_the_bytes_of_the_format(void **state)
{
	struct seal_key key;
	struct keys_about a = about("2024-03", "A-1");
	char sealed[KEYS_SEALED_MAX], index[KEYS_INDEX_MAX];
	char text[KEYS_TEXT_MAX];
	size_t n;

	(void)state;
	memset(&key, 7, sizeof key);
	assert_true(seal_value(&key, fund, &a, nir, strlen(nir), sealed));
	assert_string_equal(sealed,
	    "ASTU2KhgXX1jEH3kZ6x35tDZvehuW5VU4Kq2L6sEljJXx1kwm"
	    "L3xPZhSr0GpZu1wNR7ENmfx12O8oYzGDYmmy8VVw-tqGhD47w");
	seal_index(&key, fund, &a, nir, strlen(nir), index);
	assert_string_equal(index,
	    "WB-dZdW_Ar9knjhv1jL0HATrXSNz6FWZrjPxvtf0tSU");
	assert_true(seal_open(&key, fund, &a, sealed, text, &n));
	assert_string_equal(text, nir);
	assert_int_equal(n, strlen(nir));
}

static void
every_length_up_to_the_maximum_comes_back_and_none_above(void **state)
{
	struct keys_about a = about("2024-03", "A-1");
	char in[KEYS_TEXT_MAX + 1], out[KEYS_TEXT_MAX];
	char sealed[KEYS_SEALED_MAX];
	struct seal_key key;
	size_t got;

	(void)state;
	memset(&key, 9, sizeof key);
	memset(in, 'x', sizeof in);
	for (size_t n = 0; n < KEYS_TEXT_MAX; n++) {
		assert_true(seal_value(&key, fund, &a, in, n, sealed));
		assert_true(seal_open(&key, fund, &a, sealed, out, &got));
		assert_int_equal(got, n);
		assert_memory_equal(in, out, n);
	}
	assert_false(seal_value(&key, fund, &a, in, KEYS_TEXT_MAX, sealed));
}

static void
a_value_moved_to_another_row_month_field_fund_or_hold_does_not_open(
    void **state)
{
	const struct keys_about a = about("2024-03", "A-1");
	struct keys_about other[] = { a, a, a, a };
	char sealed[KEYS_SEALED_MAX], text[KEYS_TEXT_MAX];
	struct seal_key key;
	size_t n;

	(void)state;
	memset(&key, 7, sizeof key);
	assert_true(seal_value(&key, fund, &a, nir, strlen(nir), sealed));
	other[0].row[2] = '2';
	other[1].month[6] = '4';
	other[2].field = KEYS_SURNAME;
	(void)snprintf(other[3].hold, sizeof other[3].hold, "h1");
	for (size_t i = 0; i < COUNT(other); i++)
		assert_false(seal_open(&key, fund, &other[i], sealed, text,
		    &n));
	assert_false(seal_open(&key, "1123456789abcdef0123456789abcdef", &a,
	    sealed, text, &n));
	key.b[31] ^= 1;
	assert_false(seal_open(&key, fund, &a, sealed, text, &n));
}

static void
no_sealed_value_with_a_byte_changed_or_cut_opens(void **state)
{
	const struct keys_about a = about("2024-03", "A-1");
	char sealed[KEYS_SEALED_MAX], text[KEYS_TEXT_MAX];
	struct seal_key key;
	size_t len, n;

	(void)state;
	memset(&key, 7, sizeof key);
	assert_true(seal_value(&key, fund, &a, nir, strlen(nir), sealed));
	len = strlen(sealed);
	for (size_t i = 0; i < len; i++) {
		char was = sealed[i];

		sealed[i] = was == 'A' ? 'B' : 'A';
		assert_false(seal_open(&key, fund, &a, sealed, text, &n));
		sealed[i] = '\0';
		assert_false(seal_open(&key, fund, &a, sealed, text, &n));
		sealed[i] = was;
	}
}

static void
a_wrapped_key_opens_for_its_epoch_name_and_fund_alone(void **state)
{
	unsigned char bytes[WRAP_BYTES];
	struct seal_pair pair, out;
	struct seal_key epoch;

	(void)state;
	memset(&epoch, 1, sizeof epoch);
	memset(&pair, 2, sizeof pair);
	wrap_pair(&epoch, 5, fund, "2024-03", &pair, bytes);
	assert_int_equal(wrap_number(bytes, WRAP_BYTES), 5);
	assert_true(wrap_open(&epoch, 5, fund, "2024-03", bytes, WRAP_BYTES,
	    &out));
	assert_memory_equal(&pair, &out, sizeof pair);
	assert_false(wrap_open(&epoch, 6, fund, "2024-03", bytes, WRAP_BYTES,
	    &out));
	assert_false(wrap_open(&epoch, 5, fund, "2024-04", bytes, WRAP_BYTES,
	    &out));
	assert_false(wrap_open(&epoch, 5, "other", "2024-03", bytes,
	    WRAP_BYTES, &out));
	for (size_t i = 0; i < WRAP_BYTES; i++) {
		bytes[i] ^= 1;
		assert_false(wrap_open(&epoch, 5, fund, "2024-03", bytes,
		    WRAP_BYTES, &out));
		bytes[i] ^= 1;
	}
}

static void
the_file_of_an_epoch_is_read_as_it_was_written_and_no_other(void **state)
{
	static const char *const bad[] = {
		"", "tapr-epoch 1\n", "tapr-epoch 2\nnumber 1\n",
		"tapr-epoch 1\nnumber 1\nnumber 1\n",
		"tapr-epoch 1\nnumber 1\nway file\nkey 00\ncheck 00\n",
	};
	struct epoch e, got;
	struct seal_key key;
	struct err err = { .code = TAPR_OK };
	char text[EPOCH_TEXT_MAX];
	size_t n;

	struct world *w = *state;

	assert_int_equal(epoch_make(&w->p, 12, KEYS_FILE, &e, &key, &err),
	    TAPR_OK);
	n = epoch_text(&e, text);
	assert_true(epoch_parse(text, n, &got));
	assert_int_equal(got.number, 12);
	assert_memory_equal(got.key.b, key.b, sizeof key.b);
	for (size_t i = 0; i < n; i++)
		assert_false(epoch_parse(text, i, &got));
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(epoch_parse(bad[i], strlen(bad[i]), &got));
	/* A cost that would take the memory of the machine is refused. */
	e.way = KEYS_PASSPHRASE;
	e.ops = 1;
	e.memory = EPOCH_MEMORY_MAX + 1;
	assert_false(epoch_parse(text, epoch_text(&e, text), &got));
}

static void
a_message_with_a_byte_too_many_is_no_message(void **state)
{
	struct wire_request q = { .verb = WIRE_SEAL, .about = about("2024-03",
	    "A-1"), .n = 3, .text = "abc" }, got;
	unsigned char m[WIRE_BYTES];

	(void)state;
	wire_ask(&q, m);
	assert_true(wire_asked(m, &got));
	assert_string_equal(got.text, "abc");
	assert_string_equal(got.about.row, "A-1");
	assert_string_equal(got.about.month, "2024-03");
	m[WIRE_BYTES - 1] = 1;
	assert_false(wire_asked(m, &got));
	wire_ask(&q, m);
	m[0] = WIRE_VERBS;
	assert_false(wire_asked(m, &got));
	wire_ask(&q, m);
	m[10] = 'x';			/* behind the end of the month... */
	m[11] = 'x';			/* ...which then has none */
	assert_false(wire_asked(m, &got));
}

static void
a_refusal_is_cut_between_two_characters(void **state)
{
	struct err err = { .code = TAPR_EINVAL }, got = { .code = TAPR_OK };
	unsigned char m[WIRE_BYTES];
	struct wire_reply a, back;

	(void)state;
	memset(err.where, 'w', sizeof err.where - 1);
	for (size_t i = 0; i + 2 < sizeof err.text; i += 2)
		memcpy(err.text + i, "é", 2);
	wire_refuse(&err, &a);
	wire_answer(&a, m);
	assert_true(wire_answered(m, &back));
	assert_int_equal(wire_refused(&back, &got), TAPR_EINVAL);
	assert_string_equal(got.where, err.where);
	assert_int_equal(strlen(got.text) % 2, 0);
}

/* ---- the child ----------------------------------------------------------- */

static void
one_nir_has_one_index_in_a_month_and_another_in_the_next(void **state)
{
	struct world *w = *state;
	struct keys_identity a, b, c, again;
	struct keys *k;

	init(w, KEYS_FILE);
	k = start(w, KEYS_WRITE);
	seal(k, "2024-03", "A-1", &a);
	seal(k, "2024-03", "A-2", &b);
	seal(k, "2024-04", "A-3", &c);
	seal(k, "2024-03", "A-1", &again);
	keys_end(k);
	assert_string_equal(a.index, b.index);
	assert_string_not_equal(a.index, c.index);
	assert_string_not_equal(a.nir, b.nir);
	/* Sealed again it is the same: an import can be repeated. */
	assert_string_equal(a.nir, again.nir);
	assert_string_equal(a.surname, again.surname);
}

static void
a_nir_with_its_key_is_the_same_nir(void **state)
{
	struct world *w = *state;
	struct keys_about a = about("2024-03", "A-1");
	struct keys_identity x, y;
	struct err err = { .code = TAPR_OK };
	struct keys *k;

	init(w, KEYS_FILE);
	k = start(w, KEYS_WRITE);
	seal(k, "2024-03", "A-1", &x);
	assert_int_equal(keys_identity(k, &a, "299019999999934", surname, &y,
	    &err), TAPR_OK);
	keys_end(k);
	assert_string_equal(x.nir, y.nir);
	assert_string_equal(x.index, y.index);
}

static void
who_writes_cannot_read_and_who_reads_cannot_write(void **state)
{
	struct world *w = *state;
	struct keys_about a = about("2024-03", "A-1");
	struct err err = { .code = TAPR_OK };
	struct keys_identity x;
	struct keys *k;

	init(w, KEYS_FILE);
	k = start(w, KEYS_WRITE);
	seal(k, "2024-03", "A-1", &x);
	assert_int_equal(opens(k, "2024-03", "A-1", x.nir), TAPR_EINVAL);
	assert_int_equal(keys_rotate(k, 0, &err), TAPR_EINVAL);
	assert_int_equal(keys_destroy(k, "2024-03", "", &err), TAPR_EINVAL);
	keys_end(k);
	k = start(w, KEYS_OPEN);
	assert_int_equal(opens(k, "2024-03", "A-1", x.nir), TAPR_OK);
	assert_int_equal(keys_seal(k, &a, nir, x.nir, &err), TAPR_EINVAL);
	assert_int_equal(keys_index(k, &a, nir, x.index, &err), TAPR_EINVAL);
	keys_end(k);
}

static void
after_a_rotation_all_opens_and_the_old_epoch_opens_nothing(void **state)
{
	struct world *w = *state;
	char path[KEY_PATH_MAX], old[EPOCH_TEXT_MAX], wrapped[KEY_PATH_MAX];
	unsigned char bytes[WRAP_BYTES];
	struct err err = { .code = TAPR_OK };
	struct keys_status s;
	struct keys_identity x, y;
	struct seal_pair pair;
	struct epoch e;
	struct keys *k;
	size_t n;

	init(w, KEYS_FILE);
	assert_int_equal(epoch_path(&w->p, false, path, &err), TAPR_OK);
	assert_int_equal(key_file_read(path, old, sizeof old, &n, &err),
	    TAPR_OK);
	assert_true(epoch_parse(old, n, &e));
	k = start(w, KEYS_WRITE);
	seal(k, "2024-03", "A-1", &x);
	keys_end(k);
	k = start(w, KEYS_ADMIN);
	assert_int_equal(keys_rotate(k, KEYS_PASSPHRASE, &err), TAPR_OK);
	assert_int_equal(keys_status(k, &s, &err), TAPR_OK);
	keys_end(k);
	assert_int_equal(s.number, 2);
	assert_int_equal(s.way, KEYS_PASSPHRASE);
	assert_int_equal(s.months, 1);
	k = start(w, KEYS_WRITE | KEYS_OPEN);
	assert_int_equal(opens(k, "2024-03", "A-1", x.nir), TAPR_OK);
	seal(k, "2024-03", "A-1", &y);
	assert_string_equal(x.nir, y.nir);
	keys_end(k);
	(void)snprintf(wrapped, sizeof wrapped, "%s/keys/2024-03.key", w->dir);
	assert_int_equal(key_file_read(wrapped, bytes, sizeof bytes, &n, &err),
	    TAPR_OK);
	assert_int_equal(wrap_number(bytes, n), 2);
	assert_false(wrap_open(&e.key, 1, fund, "2024-03", bytes, n, &pair));
	assert_false(wrap_open(&e.key, 2, fund, "2024-03", bytes, n, &pair));
}

static void
a_wrong_passphrase_opens_nothing_and_a_short_one_is_not_taken(void **state)
{
	struct world *w = *state;
	char shorter[100];
	struct err err = { .code = TAPR_OK };
	struct keys *k;

	(void)snprintf(shorter, sizeof shorter, "%s/short", w->dir);
	write_text(shorter, "court\n");
	w->p.secret = shorter;
	k = start(w, KEYS_ADMIN);
	assert_int_equal(keys_init(k, KEYS_PASSPHRASE, &err), TAPR_EINVAL);
	keys_end(k);
	assert_false(keys_made(&w->p));
	w->p.secret = w->secret;
	init(w, KEYS_PASSPHRASE);
	assert_true(keys_made(&w->p));
	keys_end(start(w, KEYS_WRITE));
	w->p.secret = w->wrong;
	refuses(w, KEYS_WRITE, "phrase de passe inexacte");
	refuses(w, KEYS_OPEN, "phrase de passe inexacte");
	(void)chmod(w->secret, 0644);
	w->p.secret = w->secret;
	refuses(w, KEYS_WRITE, "ouverte à d'autres");
}

static void
without_its_epoch_or_with_another_a_fund_of_keys_refuses(void **state)
{
	struct world *w = *state;
	char path[KEY_PATH_MAX], away[KEY_PATH_MAX + 8];
	struct err err = { .code = TAPR_OK };
	struct epoch e;
	struct seal_key key;
	struct keys_identity x;
	struct keys *k;

	refuses(w, KEYS_WRITE, "tapr keys init");
	init(w, KEYS_FILE);
	k = start(w, KEYS_WRITE);
	seal(k, "2024-03", "A-1", &x);
	keys_end(k);
	assert_int_equal(epoch_path(&w->p, false, path, &err), TAPR_OK);
	(void)snprintf(away, sizeof away, "%s.away", path);
	assert_int_equal(rename(path, away), 0);
	refuses(w, KEYS_WRITE, "ne se lit pas");
	/* Another epoch of the same number. */
	assert_int_equal(epoch_make(&w->p, 1, KEYS_FILE, &e, &key, &err),
	    TAPR_OK);
	assert_int_equal(epoch_write(path, &e, &err), TAPR_OK);
	k = start(w, KEYS_OPEN);
	assert_int_equal(opens(k, "2024-03", "A-1", x.nir), TAPR_EINVAL);
	keys_end(k);
}

static void
a_wrapped_key_that_was_changed_stops_its_month_alone(void **state)
{
	struct world *w = *state;
	char path[KEY_PATH_MAX];
	struct err err = { .code = TAPR_OK };
	struct keys_identity x, y;
	struct keys *k;
	char c;
	int fd;

	init(w, KEYS_FILE);
	k = start(w, KEYS_WRITE);
	seal(k, "2024-03", "A-1", &x);
	seal(k, "2024-04", "A-2", &y);
	keys_end(k);
	(void)snprintf(path, sizeof path, "%s/keys/2024-03.key", w->dir);
	fd = open(path, O_RDWR);
	assert_int_equal(pread(fd, &c, 1, 100), 1);
	c ^= 1;
	assert_int_equal(pwrite(fd, &c, 1, 100), 1);
	(void)close(fd);
	k = start(w, KEYS_OPEN);
	assert_int_equal(opens(k, "2024-03", "A-1", x.nir), TAPR_EINVAL);
	assert_int_equal(opens(k, "2024-04", "A-2", y.nir), TAPR_OK);
	keys_end(k);
	/* Nothing is lost by turning over what cannot be turned over. */
	k = start(w, KEYS_ADMIN);
	assert_int_equal(keys_rotate(k, 0, &err), TAPR_EINVAL);
	keys_end(k);
	k = start(w, KEYS_WRITE | KEYS_OPEN);
	assert_int_equal(opens(k, "2024-04", "A-2", y.nir), TAPR_OK);
	keys_end(k);
}

static void
a_destroyed_month_does_not_open_is_not_made_again_and_a_hold_outlives_it(
    void **state)
{
	struct world *w = *state;
	struct keys_about a = about("2024-03", "A-1");
	char held[KEYS_SEALED_MAX], text[KEYS_TEXT_MAX], path[KEY_PATH_MAX];
	struct err err = { .code = TAPR_OK };
	struct keys_identity x;
	struct keys_status s;
	struct keys *k;

	init(w, KEYS_FILE);
	k = start(w, KEYS_WRITE);
	seal(k, "2024-03", "A-1", &x);
	keys_end(k);
	k = start(w, KEYS_ADMIN | KEYS_OPEN);
	(void)snprintf(a.hold, sizeof a.hold, "contentieux-12");
	assert_int_equal(keys_hold(k, &a, x.nir, held, &err), TAPR_OK);
	assert_string_not_equal(held, x.nir);
	/* Also by who had opened it before. */
	assert_int_equal(opens(k, "2024-03", "A-1", x.nir), TAPR_OK);
	assert_int_equal(keys_destroy(k, "2024-03", "", &err), TAPR_OK);
	assert_int_equal(opens(k, "2024-03", "A-1", x.nir), TAPR_EINVAL);
	assert_int_equal(keys_open(k, &a, held, text, &err), TAPR_OK);
	assert_string_equal(text, nir);
	assert_int_equal(keys_rotate(k, 0, &err), TAPR_OK);
	assert_int_equal(keys_open(k, &a, held, text, &err), TAPR_OK);
	assert_int_equal(keys_status(k, &s, &err), TAPR_OK);
	assert_int_equal(s.months, 0);
	assert_int_equal(s.holds, 1);
	assert_int_equal(s.destroyed, 1);
	assert_int_equal(keys_destroy(k, "", "contentieux-12", &err), TAPR_OK);
	assert_int_equal(keys_open(k, &a, held, text, &err), TAPR_EINVAL);
	keys_end(k);
	(void)snprintf(path, sizeof path, "%s/keys/2024-03.key", w->dir);
	assert_int_not_equal(access(path, F_OK), 0);
	k = start(w, KEYS_WRITE);
	a.hold[0] = '\0';
	memset(&err, 0, sizeof err);
	assert_int_equal(keys_seal(k, &a, nir, held, &err), TAPR_EINVAL);
	assert_non_null(strstr(err.text, "détruite"));
	keys_end(k);
}

/*
 * What a rotation leaves when it is cut off before and after its one moment: the
 * epoch of .next not yet in force, and in force with the keys not renamed.
 */
static void
a_rotation_cut_off_has_not_begun_or_has_ended(void **state)
{
	struct world *w = *state;
	char key[KEY_PATH_MAX], key_next[KEY_PATH_MAX];
	char at[KEY_PATH_MAX], next[KEY_PATH_MAX];
	unsigned char bytes[WRAP_BYTES + 1];
	struct err err = { .code = TAPR_OK };
	struct epoch e1, e2;
	struct seal_key k2;
	struct seal_pair pair;
	struct keys_identity x;
	struct keys *k;
	size_t n;

	init(w, KEYS_FILE);
	k = start(w, KEYS_WRITE);
	seal(k, "2024-03", "A-1", &x);
	keys_end(k);
	(void)snprintf(key, sizeof key, "%s/keys/2024-03.key", w->dir);
	(void)snprintf(key_next, sizeof key_next, "%s/keys/2024-03.key.next",
	    w->dir);
	assert_int_equal(epoch_path(&w->p, false, at, &err), TAPR_OK);
	assert_int_equal(epoch_path(&w->p, true, next, &err), TAPR_OK);
	assert_int_equal(epoch_read(&w->p, &e1, &err), TAPR_OK);
	assert_int_equal(key_file_read(key, bytes, sizeof bytes, &n, &err),
	    TAPR_OK);
	assert_true(wrap_open(&e1.key, 1, fund, "2024-03", bytes, n, &pair));

	for (int turned = 0; turned < 2; turned++) {
		assert_int_equal(epoch_make(&w->p, 2, KEYS_FILE, &e2, &k2,
		    &err), TAPR_OK);
		assert_int_equal(epoch_write(next, &e2, &err), TAPR_OK);
		wrap_pair(&k2, 2, fund, "2024-03", &pair, bytes);
		assert_int_equal(key_file_new(key_next, bytes, WRAP_BYTES,
		    &err), TAPR_OK);
		if (turned)
			assert_int_equal(rename(next, at), 0);
		/* A reader finds its own, and leaves all as it is. */
		k = start(w, KEYS_OPEN);
		assert_int_equal(opens(k, "2024-03", "A-1", x.nir), TAPR_OK);
		keys_end(k);
		assert_int_equal(access(key_next, F_OK), 0);
		/* Who writes settles it. */
		k = start(w, KEYS_WRITE | KEYS_OPEN);
		assert_int_equal(opens(k, "2024-03", "A-1", x.nir), TAPR_OK);
		keys_end(k);
		assert_int_not_equal(access(key_next, F_OK), 0);
		assert_int_not_equal(access(next, F_OK), 0);
		assert_int_equal(key_file_read(key, bytes, sizeof bytes, &n,
		    &err), TAPR_OK);
		assert_int_equal(wrap_number(bytes, n), turned ? 2 : 1);
	}
}

static void
the_child_can_not_be_looked_into_and_leaves_no_core(void **state)
{
	struct world *w = *state;
	struct keys_status s;
	struct err err = { .code = TAPR_OK };
	char path[64], line[128];
	bool privs = false;
	struct keys *k;
	FILE *in;
	int pid;

	init(w, KEYS_FILE);
	k = start(w, KEYS_WRITE);
	assert_int_equal(keys_status(k, &s, &err), TAPR_OK);
	assert_true(s.locked);
	pid = keys_pid(k);
	(void)snprintf(path, sizeof path, "/proc/%d/status", pid);
	in = fopen(path, "r");
	assert_non_null(in);
	while (fgets(line, sizeof line, in) != NULL)
		if (strcmp(line, "NoNewPrivs:\t1\n") == 0)
			privs = true;
		else if (strncmp(line, "Name:", 5) == 0)
			assert_string_equal(line, "Name:\ttapr-keys\n");
	(void)fclose(in);
	assert_true(privs);
	(void)snprintf(path, sizeof path, "/proc/%d/limits", pid);
	if ((in = fopen(path, "r")) != NULL) {
		while (fgets(line, sizeof line, in) != NULL)
			if (strncmp(line, "Max core file size", 18) == 0)
				assert_non_null(strstr(line, " 0  "));
		(void)fclose(in);
	}
	keys_end(k);
}

int
main(int argc, char **argv)
{
#define IN_A_WORLD(f) cmocka_unit_test_setup_teardown(f, make_world, drop_world)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sealed_value_has_the_bytes_of_the_format),
		cmocka_unit_test(
		    every_length_up_to_the_maximum_comes_back_and_none_above),
		cmocka_unit_test(
		    a_value_moved_to_another_row_month_field_fund_or_hold_does_not_open),
		cmocka_unit_test(
		    no_sealed_value_with_a_byte_changed_or_cut_opens),
		cmocka_unit_test(
		    a_wrapped_key_opens_for_its_epoch_name_and_fund_alone),
		IN_A_WORLD(
		    the_file_of_an_epoch_is_read_as_it_was_written_and_no_other),
		cmocka_unit_test(a_message_with_a_byte_too_many_is_no_message),
		cmocka_unit_test(a_refusal_is_cut_between_two_characters),
		IN_A_WORLD(
		    one_nir_has_one_index_in_a_month_and_another_in_the_next),
		IN_A_WORLD(a_nir_with_its_key_is_the_same_nir),
		IN_A_WORLD(who_writes_cannot_read_and_who_reads_cannot_write),
		IN_A_WORLD(
		    after_a_rotation_all_opens_and_the_old_epoch_opens_nothing),
		IN_A_WORLD(
		    a_wrong_passphrase_opens_nothing_and_a_short_one_is_not_taken),
		IN_A_WORLD(
		    without_its_epoch_or_with_another_a_fund_of_keys_refuses),
		IN_A_WORLD(a_wrapped_key_that_was_changed_stops_its_month_alone),
		IN_A_WORLD(
		    a_destroyed_month_does_not_open_is_not_made_again_and_a_hold_outlives_it),
		IN_A_WORLD(a_rotation_cut_off_has_not_begun_or_has_ended),
		IN_A_WORLD(the_child_can_not_be_looked_into_and_leaves_no_core),
	};

	if (argc > 1 && strcmp(argv[1], KEYS_CHILD) == 0)
		return keys_child(argc, argv);
	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
