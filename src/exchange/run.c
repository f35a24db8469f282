/*
 * run.c -- a declared flow leaves the fund.
 *
 * All of it is made in memory.  The order at the end is the whole point: the
 * audit log has the digest before a byte is outside; the two files are whole
 * beside their names before the register says that they left; they get their
 * names last.  Cut off anywhere, no file has its name.
 */
#include "exchange/exchange.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/sha256.h"
#include "exchange/authority.h"
#include "exchange/leave.h"
#include "exchange/text.h"
#include "exchange/widen.h"
#include "guard/log.h"
#include "store/fund.h"

static const size_t memory_max = (size_t)2 << 30;

struct exchange {
	const struct exchange_run	*run;
	const struct exchange_flow	*flow;
	const char			*recipient;
	struct fund			 fund;
	int64_t				 known;
	struct authority		 authority;
	struct arena			*a;
	struct str			 cell;		/* one value */
	/* The value of each declared field; -1: none is offered yet. */
	int				 value_of[EXCHANGE_FIELDS_MAX];
	int				 values;
	/* Whole lines, of companies and files. */
	const char			**line;
	/* Of records and tables. */
	struct widen_row		*row;
	struct widen_about		 widen;
	int				 turn[EXCHANGE_FIELDS_MAX];
	size_t				 n, room;
	/* What was written. */
	struct str			 text, metadata;
	int64_t				 rows, widened, suppressed;
	char				 digest[SHA256_HEX_MAX];
};

static int
no_memory(struct err *err)
{
	return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
}

static bool
is_anonymous(const struct exchange *x)
{
	return x->flow->level == LEVEL_RECORDS ||
	    x->flow->level == LEVEL_TABLE;
}

static int
stopped(const struct exchange *x, struct err *err)
{
	if (x->run->stop == NULL || *x->run->stop == 0)
		return TAPR_OK;
	return err_set(err, TAPR_EINVAL, x->flow->code, "envoi interrompu : "
	    "rien n'est parti");
}

/* ---- beginning ----------------------------------------------------------- */

static int
check_flow(struct exchange *x, struct err *err)
{
	const struct exchange_run *run = x->run;

	if (!x->flow->sealed && run->recipient != NULL)
		return err_set(err, TAPR_EINVAL, x->flow->code, "le "
		    "destinataire de cet échange est déclaré : %s, et aucun "
		    "autre", x->flow->recipient);
	if (x->flow->sealed && run->recipient == NULL)
		return err_set(err, TAPR_EINVAL, x->flow->code, "pour quelle "
		    "caisse ? donnez --recipient");
	if (strcmp(x->flow->period, "on_request") == 0 &&
	    (run->request == NULL || run->request[0] == '\0' ||
	    strlen(run->request) > AUTHORITY_TEXT_MAX))
		return err_set(err, TAPR_EINVAL, x->flow->code, "cet échange "
		    "répond à une demande : donnez sa référence par "
		    "--request");
	return leave_check(run->path, err);
}

static int
check_open(struct exchange *x, struct err *err)
{
	int rc;

	if ((rc = authority_find(x->fund.store, x->known, x->flow,
	    x->recipient, &x->authority, err)) != TAPR_OK)
		return rc;
	if (!x->authority.found)
		return authority_refuse(x->flow, x->recipient, err);
	if (!x->flow->held)
		return err_set(err, TAPR_EINVAL, x->flow->code, "le registre "
		    "ne tient pas encore ce que cet échange porte (les "
		    "champs de source none : « tapr exchange list %s ») : le "
		    "rapport de visite vient avec la partie 4", x->flow->code);
	return TAPR_OK;
}

int
exchange_open(const struct exchange_run *run, struct exchange **ret,
    struct err *err)
{
	struct exchange *x = *ret = calloc(1, sizeof *x);
	int rc;

	if (x == NULL)
		return no_memory(err);
	x->run = run;
	x->fund.lock = -1;
	str_init(&x->cell, ROW_TEXT_MAX);
	str_init(&x->text, EXCHANGE_OUT_MAX);
	str_init(&x->metadata, EXCHANGE_BYTES_MAX);
	if ((x->a = arena_new(memory_max)) == NULL)
		return no_memory(err);
	if ((rc = exchanges_find(run->law, run->flow, &x->flow, err)) !=
	    TAPR_OK)
		return rc;
	x->recipient = run->recipient == NULL ? x->flow->recipient :
	    run->recipient;
	if ((rc = fund_open(&run->place, STORE_WRITE, &x->fund, err)) !=
	    TAPR_OK ||
	    (rc = batch_known(x->fund.store, &x->known, err)) != TAPR_OK ||
	    (rc = check_open(x, err)) != TAPR_OK)
		return rc;
	return check_flow(x, err);
}

void
exchange_close(struct exchange *x)
{
	if (x == NULL)
		return;
	fund_close(&x->fund);
	arena_free(x->a);
	str_free(&x->cell);
	str_free(&x->text);
	str_free(&x->metadata);
	free(x->line);
	free(x->row);
	free(x);
}

const struct exchange_run *
exchange_run(const struct exchange *x)
{
	return x->run;
}

const char *
exchange_code(const struct exchange *x)
{
	return x->flow->code;
}

/* ---- what is offered ------------------------------------------------------ */

/* Which keys and sums there are, and whose turn it is. */
static void
set_widen(struct exchange *x)
{
	const struct exchange_flow *f = x->flow;
	int key = 0;

	x->widen = (struct widen_about){ .turns = f->widens,
	    .key_of_turn = x->turn, .k = EXCHANGE_K };
	for (int i = 0; i < f->fields; i++) {
		if (f->field[i].type == EXCHANGE_SUM) {
			x->widen.sums++;
			continue;
		}
		if (f->field[i].widen > 0)
			x->turn[f->field[i].widen - 1] = key;
		key++;
	}
	x->widen.keys = key;
}

int
exchange_columns(struct exchange *x, const char *const *name, int n,
    struct err *err)
{
	const struct exchange_flow *f = x->flow;

	for (int i = 0; i < f->fields; i++)
		x->value_of[i] = -1;
	for (int i = 0; i < n; i++) {
		int at = exchange_field(f, name[i]);

		if (at < 0)
			return err_set(err, TAPR_EINVAL, f->code, "le champ "
			    "« %s » n'est pas déclaré dans law/exchanges.csv : "
			    "il ne peut pas partir", name[i]);
		x->value_of[at] = i;
	}
	for (int i = 0; i < f->fields; i++)
		if (x->value_of[i] < 0)
			return err_set(err, TAPR_EINVAL, f->code, "ce "
			    "programme ne sait pas donner le champ déclaré "
			    "« %s »", f->field[i].name);
	x->values = n;
	set_widen(x);
	return TAPR_OK;
}

/* ---- reading -------------------------------------------------------------- */

struct reader {
	struct exchange	*x;
	enum table_id	 table;
	int		(*take)(void *to, const struct value *v,
			    struct err *err);
	void		*to;
};

static int
read_one(void *to, const struct row *row, struct err *err)
{
	struct reader *r = to;
	int rc;

	if (row->damaged)
		return err_set(err, TAPR_EIO, table_get(r->table)->name, "une "
		    "ligne du registre est abîmée ; rien ne part : restaurez "
		    "une sauvegarde");
	if ((rc = stopped(r->x, err)) != TAPR_OK)
		return rc;
	return r->take(r->to, row->value, err);
}

int
exchange_read(struct exchange *x, const struct exchange_reading *what,
    int (*take)(void *to, const struct value *v, struct err *err), void *to,
    struct err *err)
{
	const struct rows_about about = { .table = what->table,
	    .known = x->known, .years = what->years };
	struct reader r = { x, what->table, take, to };
	const struct row *row;
	struct rows *rows;
	int rc;

	if (!x->flow->reads[what->table])
		return err_set(err, TAPR_EINVAL, x->flow->code, "aucun champ "
		    "déclaré ne vient de la table %s : elle ne peut pas être "
		    "lue pour cet échange", table_get(what->table)->name);
	if (what->by == NULL)
		return rows_each(x->fund.store, &about, read_one, &r, err);
	if ((rc = rows_by(x->fund.store, what->table, x->known, what->column,
	    *what->by, false, &rows, err)) != TAPR_OK)
		return rc;
	while ((rc = rows_next(rows, &row, err)) == TAPR_OK && row != NULL)
		if ((rc = read_one(&r, row, err)) != TAPR_OK)
			break;
	rows_free(rows);
	return rc;
}

/* ---- rows ----------------------------------------------------------------- */

/* ${at} with room for one more element of ${size} bytes; NULL without memory. */
static void *
grow(struct exchange *x, void *at, size_t size)
{
	size_t room = x->room == 0 ? 1024 : 2 * x->room;
	void *grown;

	if (x->n < x->room)
		return at;
	if (room > memory_max / size ||
	    (grown = realloc(at, room * size)) == NULL)
		return NULL;
	x->room = room;
	return grown;
}

/* The text of one value, in x->cell. */
static int
cell_of(struct exchange *x, int field, const struct value *v,
    struct err *err)
{
	int rc;

	str_clear(&x->cell);
	str_add(&x->cell, "");
	if ((rc = text_value(&x->flow->field[field], v, &x->cell, err)) !=
	    TAPR_OK)
		return rc;
	return str_failed(&x->cell) ? no_memory(err) : TAPR_OK;
}

/* One more whole line. */
static int
keep_line(struct exchange *x, const struct str *line, struct err *err)
{
	const char **grown = grow(x, x->line, sizeof *x->line);
	const char *copy = str_failed(line) ? NULL :
	    arena_copy(x->a, line->p, line->n);

	if (grown != NULL)
		x->line = grown;
	if (grown == NULL || copy == NULL)
		return no_memory(err);
	x->line[x->n++] = copy;
	return TAPR_OK;
}

static int
add_line(struct exchange *x, const struct value *v, struct err *err)
{
	struct str line;
	int rc = TAPR_OK;

	str_init(&line, (size_t)4 * ROW_TEXT_MAX);
	for (int i = 0; i < x->flow->fields && rc == TAPR_OK; i++) {
		if ((rc = cell_of(x, i, &v[x->value_of[i]], err)) != TAPR_OK)
			break;
		if (i > 0)
			str_add_char(&line, ',');
		text_field(&line, x->cell.p);
	}
	if (rc == TAPR_OK)
		rc = keep_line(x, &line, err);
	str_free(&line);
	return rc;
}

/*
 * In what has no identity no text is long enough to be one: a NIR has 13
 * digits, a SIREN 9, a name is no word of ours.
 */
static int
check_word(const struct exchange *x, int field, struct err *err)
{
	enum { WORD_MAX = 24, DIGITS_MAX = 8 };
	const char *text = x->cell.p;
	size_t run = 0;
	bool good = x->cell.n <= WORD_MAX && strcmp(text, WIDEN_ALL) != 0;

	for (; *text != '\0'; text++) {
		run = *text >= '0' && *text <= '9' ? run + 1 : 0;
		good = good && run <= DIGITS_MAX && *text != ' ';
	}
	return good ? TAPR_OK : err_set(err, TAPR_EINVAL,
	    x->flow->field[field].name, "une valeur du registre n'est pas un "
	    "code : elle ne peut pas partir sans identité");
}

static int
add_row(struct exchange *x, const struct value *v, uint64_t holder,
    struct err *err)
{
	struct widen_row row = { .holder = holder, .keys = x->widen.keys };
	struct widen_row *grown;
	int key = 0, sum = 0, rc;

	row.key = arena_array(x->a, (size_t)x->widen.keys + 1,
	    sizeof *row.key);
	row.sum = arena_array(x->a, (size_t)x->widen.sums + 1,
	    sizeof *row.sum);
	if (row.key == NULL || row.sum == NULL)
		return no_memory(err);
	for (int i = 0; i < x->flow->fields; i++) {
		const struct value *at = &v[x->value_of[i]];

		if ((rc = cell_of(x, i, at, err)) != TAPR_OK)
			return rc;
		if (x->flow->field[i].type == EXCHANGE_SUM) {
			row.sum[sum++] = value_or(at, 0);
			continue;
		}
		if ((rc = check_word(x, i, err)) != TAPR_OK)
			return rc;
		row.key[key++] = arena_strdup(x->a, x->cell.p);
	}
	if (arena_failed(x->a) ||
	    (grown = grow(x, x->row, sizeof *x->row)) == NULL)
		return no_memory(err);
	x->row = grown;
	x->row[x->n++] = row;
	return TAPR_OK;
}

int
exchange_row(struct exchange *x, const struct value *v, uint64_t holder,
    struct err *err)
{
	assert(x->values > 0);		/* exchange_columns() was called */
	return is_anonymous(x) ? add_row(x, v, holder, err) :
	    add_line(x, v, err);
}

/* ---- the table ------------------------------------------------------------ */

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
end_line(struct exchange *x)
{
	str_add(&x->text, "\r\n");
}

static void
put_lines(struct exchange *x)
{
	if (x->n > 0)
		qsort(x->line, x->n, sizeof *x->line, by_bytes);
	for (size_t i = 0; i < x->n; i++) {
		str_add(&x->text, x->line[i]);
		end_line(x);
	}
	x->rows = (int64_t)x->n;
}

/* The sums of a group; one that too few have is not given. */
static int
put_sum(struct exchange *x, const struct widen_row *row, size_t n, int sum,
    struct err *err)
{
	int64_t all = 0;

	if (widen_holders(row, n, sum) < EXCHANGE_K)
		return TAPR_OK;
	for (size_t i = 0; i < n; i++) {
		if (row[i].sum[sum] < 0 || all > INT64_MAX - row[i].sum[sum])
			return err_set(err, TAPR_ERANGE, x->flow->code,
			    "une somme n'est pas exacte : un nombre du "
			    "registre est sans doute faux");
		all += row[i].sum[sum];
	}
	str_printf(&x->text, "%lld", (long long)all);
	return TAPR_OK;
}

/* A group as one line: of a table with its sums. */
static int
put_group(struct exchange *x, const struct widen_row *row, size_t n,
    struct err *err)
{
	int key = 0, sum = 0, rc;

	for (int i = 0; i < x->flow->fields; i++) {
		if (i > 0)
			str_add_char(&x->text, ',');
		if (x->flow->field[i].type != EXCHANGE_SUM)
			text_field(&x->text, row->key[key++]);
		else if ((rc = put_sum(x, row, n, sum++, err)) != TAPR_OK)
			return rc;
	}
	end_line(x);
	x->rows++;
	return TAPR_OK;
}

static int
put_rows(struct exchange *x, struct err *err)
{
	bool one_by_one = x->flow->level == LEVEL_RECORDS;
	size_t i = 0, n;
	int rc;

	widen(&x->widen, x->row, x->n);
	for (; i < x->n && x->row[i].given_up >= 0; i += n) {
		n = widen_group(x->row + i, x->n - i);
		x->widened += x->row[i].given_up > 0 ? (int64_t)n : 0;
		for (size_t j = 0; j < (one_by_one ? n : 1); j++)
			if ((rc = put_group(x, x->row + i, n, err)) !=
			    TAPR_OK)
				return rc;
	}
	x->suppressed = (int64_t)(x->n - i);
	return TAPR_OK;
}

static int
put_table(struct exchange *x, struct err *err)
{
	int rc = TAPR_OK;

	for (int i = 0; i < x->flow->fields; i++) {
		str_add(&x->text, i > 0 ? "," : "");
		text_field(&x->text, x->flow->field[i].name);
	}
	end_line(x);
	if (is_anonymous(x))
		rc = put_rows(x, err);
	else
		put_lines(x);
	if (rc == TAPR_OK && str_failed(&x->text))
		return no_memory(err);
	return rc;
}

/* ---- sealing --------------------------------------------------------------- */

/* The table for its recipient alone; the clear text is wiped. */
static int
seal(struct exchange *x, struct err *err)
{
	const char *hex = value_or_empty(&x->authority.row.value[AUTH_KEY]);
	unsigned char key[crypto_box_PUBLICKEYBYTES], *box;
	size_t n = x->text.n + crypto_box_SEALBYTES, key_n;
	struct str sealed;
	int rc = TAPR_OK;

	if (sodium_init() < 0 || sodium_hex2bin(key, sizeof key, hex,
	    strlen(hex), NULL, &key_n, NULL) != 0 || key_n != sizeof key)
		return err_set(err, TAPR_EIO, x->flow->code, "la clé du "
		    "destinataire est illisible : rouvrez l'échange");
	if ((box = malloc(n)) == NULL)
		return no_memory(err);
	str_init(&sealed, EXCHANGE_OUT_MAX);
	if (crypto_box_seal(box, (const unsigned char *)x->text.p, x->text.n,
	    key) != 0)
		rc = err_set(err, TAPR_EINVAL, x->flow->code, "la clé du "
		    "destinataire n'en est pas une : rouvrez l'échange avec "
		    "la sienne");
	else {
		str_add_n(&sealed, (const char *)box, n);
		rc = str_failed(&sealed) ? no_memory(err) : TAPR_OK;
	}
	free(box);
	sodium_memzero(x->text.p, x->text.n);
	str_free(&x->text);
	x->text = sealed;
	return rc;
}

/* ---- sending --------------------------------------------------------------- */

static int
make(struct exchange *x, struct err *err)
{
	const struct value *v = x->authority.row.value;
	struct text_about about = { .flow = x->flow, .run = x->run,
	    .fund = x->fund.code, .recipient = x->recipient,
	    .act = value_or_empty(&v[AUTH_ACT]),
	    .act_on = value_to_date(&v[AUTH_ACT_ON]) };
	struct sha256 h;
	int rc;

	if ((rc = put_table(x, err)) != TAPR_OK ||
	    (x->flow->sealed && (rc = seal(x, err)) != TAPR_OK))
		return rc;
	about.widened = x->widened;
	about.suppressed = x->suppressed;
	text_csvw(&about, &x->metadata);
	if (str_failed(&x->metadata))
		return no_memory(err);
	sha256_init(&h);
	sha256_add(&h, x->text.p, x->text.n);
	(void)sha256_hex(&h, x->digest);
	return TAPR_OK;
}

/* The entry of what leaves: its flow, how many rows, the digest. */
static int
log_it(struct exchange *x, int64_t *ret, struct str *out, struct err *err)
{
	struct err told = { .code = TAPR_OK };
	char scope[EXCHANGE_CODE_MAX];
	struct entry e = { .actor = x->run->place.actor,
	    .purpose = x->flow->purpose, .act = "exchange send",
	    .outcome = OUTCOME_ALLOWED, .kind = x->run->object == NULL ?
	    OBJECT_FUND : OBJECT_EMPLOYER, .object = x->run->object,
	    .scope = scope, .count = x->rows, .digest = x->digest,
	    .follows = x->run->place.entry };
	int rc;

	(void)snprintf(scope, sizeof scope, "%s", x->flow->code);
	for (char *p = scope; *p != '\0'; p++)
		if (*p == '_')		/* not a character of the log */
			*p = '-';
	rc = log_record(&x->run->place, &e, 1, ret, &told, err);
	if (told.code != TAPR_OK && !x->run->json)
		str_printf(out, "Attention : %s : %s\n", told.where,
		    told.text);
	return rc;
}

static int
put_sent(struct exchange *x, struct batch *b, struct err *err)
{
	const struct exchange_run *run = x->run;
	char period[8];
	enum put put;

	(void)snprintf(period, sizeof period, "%04d", run->year);
	return fact_put(b, TABLE_TRANSMISSION, (struct value[]){
	    value_int(x->fund.today.y), value_int(b->id),
	    value_text(x->flow->code), value_text(x->recipient),
	    value_date(x->fund.today),
	    run->year == 0 ? value_null() : value_text(period),
	    value_text(run->object), value_text(run->request),
	    x->authority.row.value[AUTH_ACT], value_int(x->rows),
	    value_int(x->widened), value_int(x->suppressed),
	    value_text(x->digest), value_text(text_base(run->path)),
	    value_text(x->fund.actor) }, 0, &put, err);
}

/* Both files are whole beside their names, and the register says so. */
static int
register_it(struct exchange *x, int64_t entry, int64_t *ret_number,
    struct err *err)
{
	struct batch_about about = { .kind = "exchange send",
	    .actor = x->fund.actor, .known_on = x->fund.today,
	    .file_name = text_base(x->run->path), .file_digest = x->digest,
	    .entry = entry };
	struct batch b;
	int rc;

	if ((rc = batch_start(x->fund.store, &about, &b, err)) != TAPR_OK)
		return rc;
	*ret_number = b.id;
	if ((rc = put_sent(x, &b, err)) != TAPR_OK ||
	    (rc = leave_stage(x->run->path, &x->text, &x->metadata, err)) !=
	    TAPR_OK) {
		batch_drop(&b);
		return rc;
	}
	if ((rc = stopped(x, err)) != TAPR_OK)
		batch_drop(&b);
	else
		rc = batch_publish(&b, NULL, err);
	if (rc != TAPR_OK)
		leave_drop(x->run->path);
	return rc;
}

static void
say(const struct exchange *x, int64_t number, struct str *out)
{
	if (x->run->json) {
		str_printf(out, "{\"number\": %lld, \"flow\": \"%s\", "
		    "\"rows\": %lld, \"widened\": %lld, \"suppressed\": %lld, "
		    "\"sha256\": \"%s\", \"file\": ", (long long)number,
		    x->flow->code, (long long)x->rows, (long long)x->widened,
		    (long long)x->suppressed, x->digest);
		str_add_json(out, x->run->path);
		str_add(out, "}\n");
		return;
	}
	str_printf(out, "Envoi %lld : %s vers %s, %lld ligne%s dans %s\n",
	    (long long)number, x->flow->code, x->recipient,
	    (long long)x->rows, plural(x->rows), x->run->path);
	if (is_anonymous(x))
		str_printf(out, "  sinistres dits avec moins de précision : "
		    "%lld ; retirés : %lld (moins de %d titulaires)\n",
		    (long long)x->widened, (long long)x->suppressed,
		    EXCHANGE_K);
	str_printf(out, "  SHA-256 %s\n", x->digest);
}

int
exchange_send(struct exchange *x, struct str *out, struct err *err)
{
	int64_t entry, number;
	int rc;

	assert(x->values > 0);
	if ((rc = make(x, err)) != TAPR_OK ||
	    (rc = stopped(x, err)) != TAPR_OK ||
	    (rc = log_it(x, &entry, out, err)) != TAPR_OK ||
	    (rc = register_it(x, entry, &number, err)) != TAPR_OK ||
	    (rc = leave_name(x->run->path, err)) != TAPR_OK)
		return rc;
	say(x, number, out);
	return TAPR_OK;
}
