/*
 * relation.c -- the relation of a fund as a table, and as a file.
 *
 * The file is read again by another fund, which has nothing else: each line
 * names its fund and its year, and the last one is the digest of all the bytes
 * before it, so that a file cut, edited or sent twice is found.
 */
#include "campaign/relation.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "model/words.h"

/* ---- the table ---------------------------------------------------------------- */

static int
order(const struct relation_row *r, enum zone zone, const char *code,
    int year)
{
	int by;

	if (r->zone != zone)
		return r->zone < zone ? -1 : 1;
	if ((by = strcmp(r->code, code)) != 0)
		return by;
	return (r->year > year) - (r->year < year);
}

static size_t
place_of(const struct relation *r, enum zone zone, const char *code, int year)
{
	size_t from = 0, to = r->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (order(&r->row[mid], zone, code, year) < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

struct relation_row *
relation_row(struct relation *r, enum zone zone, char ctn, const char *code,
    int year)
{
	size_t i = place_of(r, zone, code, year);
	struct relation_row *row;

	if (i < r->n && order(&r->row[i], zone, code, year) == 0)
		return &r->row[i];
	if (r->n == r->room) {
		size_t room = r->room == 0 ? 256 : 2 * r->room;

		row = realloc(r->row, room * sizeof *row);
		if (row == NULL)
			return NULL;
		r->row = row;
		r->room = room;
	}
	row = &r->row[i];
	memmove(row + 1, row, (r->n++ - i) * sizeof *row);
	memset(row, 0, sizeof *row);
	row->zone = zone;
	row->ctn = ctn;
	for (size_t k = 0; k < CODE_BYTES - 1 && code[k] != '\0'; k++)
		row->code[k] = code[k];
	row->year = year;
	for (int p = 0; p < COST_PARTS; p++)
		for (int k = 0; k < NATURES; k++)
			row->cost[p][k] = frac_int(0);
	return row;
}

void
relation_free(struct relation *r)
{
	free(r->row);
	r->row = NULL;
}

/* ---- columns ---------------------------------------------------------------------- */

enum {
	C_FUND, C_TARIFF, C_ZONE, C_CTN, C_CODE, C_YEAR,
	C_SECTIONS, C_EMPLOYEES, C_EMPLOYEES_MISSING, C_PAYROLL,
	C_COSTS,
	C_ANNUITIES = C_COSTS + (int)COST_PARTS * NATURES,
	C_ANNUITIES_MISSING, C_CAPITALS_MISSING, COLUMNS
};

static const char *const names[COLUMNS] = {
	"fund", "tariff_year", "zone", "ctn", "risk_code", "year",
	"sections", "employees", "employees_missing", "payroll_eur",
	"benefits_eur", "capitals_eur", "annuities_eur", "deaths",
	"third_benefits_eur", "third_capitals_eur", "third_annuities_eur",
	"third_deaths",
	"special_benefits_eur", "special_capitals_eur",
	"special_annuities_eur", "special_deaths",
	"annuities", "annuities_missing", "capitals_missing",
};

static const char digest_head[] = "sha256,";

static bool
read_exact(const char *text, int decimals, struct frac *ret)
{
	const char *slash = strchr(text, '/');
	struct frac num, den;

	if (slash == NULL)
		return frac_parse(text, strlen(text), decimals, ret);
	if (!frac_parse(text, (size_t)(slash - text), 0, &num) ||
	    !frac_parse(slash + 1, strlen(slash + 1), 0, &den) || den.neg)
		return false;
	*ret = frac_div(num, den);
	return frac_valid(*ret);
}

/* A decimal, or a fraction where it has no short one. */
static bool
add_exact(struct str *out, struct frac f)
{
	char text[FRAC_TEXT_MAX];
	struct frac again;
	int64_t v;

	if (!frac_valid(f))
		return false;
	for (int places = 0; places <= 6; places += 2) {
		if (!frac_scaled(f, places, &v))
			continue;
		str_add_n(out, text, frac_decimal(f, places, ROUND_NONE, text,
		    sizeof text));
		return frac_parse(text, strlen(text), 6, &again);
	}
	str_add_n(out, text, frac_text(f, text));
	return read_exact(text, 0, &again);
}

/* ---- out ---------------------------------------------------------------------------- */

static bool
write_row(const struct relation *r, const struct relation_row *row,
    struct str *out)
{
	bool good = true;

	str_printf(out, "%s,%d,%s,%c,%s,%d,%lld,", r->fund, r->year,
	    zone_words[row->zone], row->ctn, row->code, row->year,
	    (long long)row->sections);
	good &= add_exact(out, frac_ratio(row->employees, 100));
	str_printf(out, ",%lld,", (long long)row->employees_missing);
	good &= add_exact(out, frac_ratio(row->payroll, 100));
	for (int p = 0; p < COST_PARTS; p++)
		for (int k = 0; k < NATURES; k++) {
			str_add_char(out, ',');
			good &= add_exact(out, row->cost[p][k]);
		}
	str_printf(out, ",%lld,%lld,%lld\n", (long long)row->annuities,
	    (long long)row->annuities_missing,
	    (long long)row->capitals_missing);
	return good;
}

int
relation_write(struct relation *r, struct str *out, struct err *err)
{
	struct sha256 h;

	for (int i = 0; i < COLUMNS; i++)
		str_printf(out, "%s%s", i == 0 ? "" : ",", names[i]);
	str_add_char(out, '\n');
	for (size_t i = 0; i < r->n; i++)
		if (!write_row(r, &r->row[i], out))
			return err_set(err, TAPR_ERANGE, r->row[i].code,
			    "un montant de %d est trop grand pour être écrit "
			    "exactement", r->row[i].year);
	if (str_failed(out))
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	sha256_init(&h);
	sha256_add(&h, out->p, out->n);
	str_printf(out, "%s%s\n", digest_head, sha256_hex(&h, r->digest));
	return TAPR_OK;
}

/* ---- in ------------------------------------------------------------------------------ */

static bool
read_number(const char *text, int64_t most, int64_t *ret)
{
	struct frac f;

	return frac_parse(text, strlen(text), 0, &f) &&
	    frac_scaled(f, 0, ret) && *ret >= 0 && *ret <= most;
}

static bool
read_scaled(const char *text, int64_t *ret)
{
	struct frac f;

	return frac_parse(text, strlen(text), 2, &f) &&
	    frac_scaled(f, 2, ret) && *ret >= 0;
}

/* Letters, digits and ${also}; as text of less than ${room} bytes. */
static bool
is_word(const char *text, size_t room, const char *also)
{
	size_t n = strlen(text);

	for (size_t i = 0; i < n; i++)
		if (!(text[i] >= 'a' && text[i] <= 'z') &&
		    !(text[i] >= 'A' && text[i] <= 'Z') &&
		    !(text[i] >= '0' && text[i] <= '9') &&
		    strchr(also, text[i]) == NULL)
			return false;
	return n > 0 && n < room;
}

static bool
read_key(struct relation *r, char *const *f, struct relation_row *ret)
{
	int64_t tariff, year;

	if (!is_word(f[C_FUND], sizeof r->fund, "-") ||
	    !read_number(f[C_TARIFF], 9999, &tariff) ||
	    !read_number(f[C_YEAR], 9999, &year) || strlen(f[C_CTN]) != 1 ||
	    strchr("ABCDEFGHI-", f[C_CTN][0]) == NULL ||
	    !is_word(f[C_CODE], CODE_BYTES, RELATION_NOWHERE))
		return false;
	if (r->n == 0) {
		memcpy(r->fund, f[C_FUND], strlen(f[C_FUND]) + 1);
		r->year = (int)tariff;
	}
	if (strcmp(r->fund, f[C_FUND]) != 0 || r->year != tariff)
		return false;
	ret->zone = strcmp(f[C_ZONE], zone_words[ZONE_ALSACE_MOSELLE]) == 0 ?
	    ZONE_ALSACE_MOSELLE : ZONE_GENERAL;
	ret->ctn = f[C_CTN][0];
	ret->year = (int)year;
	return strcmp(f[C_ZONE], zone_words[ret->zone]) == 0;
}

static bool
read_amounts(char *const *f, struct relation_row *ret)
{
	bool good = read_number(f[C_SECTIONS], INT32_MAX, &ret->sections) &&
	    read_scaled(f[C_EMPLOYEES], &ret->employees) &&
	    read_number(f[C_EMPLOYEES_MISSING], INT32_MAX,
	    &ret->employees_missing) &&
	    read_scaled(f[C_PAYROLL], &ret->payroll) &&
	    read_number(f[C_ANNUITIES], INT32_MAX, &ret->annuities) &&
	    read_number(f[C_ANNUITIES_MISSING], INT32_MAX,
	    &ret->annuities_missing) &&
	    read_number(f[C_CAPITALS_MISSING], INT32_MAX,
	    &ret->capitals_missing);

	for (int i = 0; i < COST_PARTS * NATURES && good; i++)
		good = read_exact(f[C_COSTS + i], 6,
		    &ret->cost[i / NATURES][i % NATURES]);
	return good;
}

static int
read_rows(struct csv *c, struct relation *r, struct err *err)
{
	int rc, more;

	while ((rc = csv_next(c, &more, err)) == TAPR_OK && more == 1) {
		struct relation_row row = { .zone = ZONE_GENERAL }, *to;
		size_t n = r->n;

		if (!read_key(r, c->field, &row) ||
		    !read_amounts(c->field, &row))
			return err_set(err, TAPR_EINVAL, c->name, "ligne %ld : "
			    "ce n'est pas une ligne de relevé d'une même "
			    "caisse et d'une même année", c->line);
		memcpy(row.code, c->field[C_CODE],
		    strlen(c->field[C_CODE]) + 1);
		to = relation_row(r, row.zone, row.ctn, row.code, row.year);
		if (to == NULL)
			return err_set(err, TAPR_EIO, NULL,
			    "mémoire insuffisante");
		if (r->n == n)
			return err_set(err, TAPR_EINVAL, c->name, "ligne %ld : "
			    "le code %s de %d y est deux fois", c->line,
			    row.code, row.year);
		*to = row;
	}
	if (rc == TAPR_OK && r->n == 0)
		return err_set(err, TAPR_EINVAL, c->name, "relevé vide");
	return rc;
}

/* The last line: cut off when it is the digest of what is before it. */
static int
check_digest(const char *name, char *text, size_t *n, struct relation *r,
    struct err *err)
{
	const size_t head = sizeof digest_head - 1,
	    line = head + SHA256_HEX_MAX;
	struct sha256 h;
	char *last = text + *n - line;

	if (*n <= line || memcmp(last, digest_head, head) != 0 ||
	    last[-1] != '\n' || text[*n - 1] != '\n')
		return err_set(err, TAPR_EINVAL, name, "la dernière ligne "
		    "d'un relevé est son empreinte (sha256,…) : fichier "
		    "incomplet, ou d'une autre sorte");
	sha256_init(&h);
	sha256_add(&h, text, *n - line);
	(void)sha256_hex(&h, r->digest);
	if (memcmp(last + head, r->digest, SHA256_HEX_MAX - 1) != 0)
		return err_set(err, TAPR_EINVAL, name, "ce relevé n'est plus "
		    "tel qu'il a été écrit : son empreinte ne correspond pas ; "
		    "redemandez-le à la caisse");
	*n -= line;
	*last = '\0';
	return TAPR_OK;
}

int
relation_read(const char *name, char *text, size_t n, struct relation *ret,
    struct err *err)
{
	struct csv c;
	int rc;

	memset(ret, 0, sizeof *ret);
	if ((rc = check_digest(name, text, &n, ret, err)) != TAPR_OK ||
	    (rc = csv_open(&c, name, text, n, err)) != TAPR_OK)
		return rc;
	for (int i = 0; i < COLUMNS; i++)
		if (c.columns != COLUMNS || strcmp(c.header[i], names[i]) != 0)
			return err_set(err, TAPR_EINVAL, name, "l'en-tête n'est "
			    "pas celui d'un relevé de taux collectif");
	return read_rows(&c, ret, err);
}
