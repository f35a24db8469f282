/*
 * init.c -- a fund begins.
 */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "guard/log.h"
#include "register/register.h"

enum { FUNDS_BYTES_MAX = 1 << 20 };

/* The fund ${code} of the file, its texts in ${c}; TAPR_EINVAL without. */
static int
find_fund(struct csv *c, const char *code, struct fund_about *ret,
    struct err *err)
{
	const char *const names[] = { "code", "name", "zone", "departments" };
	int at[4], rc, more;

	for (int i = 0; i < 4; i++)
		if ((at[i] = csv_column(c, names[i])) < 0)
			return err_set(err, TAPR_EINVAL, c->name,
			    "il manque la colonne « %s »", names[i]);
	while ((rc = csv_next(c, &more, err)) == TAPR_OK && more == 1) {
		if (strcmp(c->field[at[0]], code) != 0)
			continue;
		*ret = (struct fund_about){ .code = c->field[at[0]],
		    .name = c->field[at[1]], .zone = c->field[at[2]],
		    .departments = c->field[at[3]] };
		return TAPR_OK;
	}
	if (rc != TAPR_OK)
		return rc;
	return err_set(err, TAPR_EINVAL, NULL, "pas de caisse « %s » ; la "
	    "liste est dans %s", str_brief(code).text, c->name);
}

int
register_init(const struct place *place, const char *funds,
    const char *code, struct str *out, struct err *err)
{
	struct fund_about about;
	struct csv c;
	char *text;
	size_t n;
	int rc;

	if ((rc = file_read(funds, FUNDS_BYTES_MAX, &text, &n, err)) !=
	    TAPR_OK)
		return rc;
	if ((rc = csv_open(&c, funds, text, n, err)) == TAPR_OK &&
	    (rc = find_fund(&c, code, &about, err)) == TAPR_OK &&
	    (rc = log_create(place->keys, place->dir, &about, err)) == TAPR_OK)
		str_printf(out, "%s : registre créé dans %s (départements "
		    "%s).\nPremier import : tapr -C %s --as NOM import sirene "
		    "StockEtablissement_utf8.csv\n", about.name, place->dir,
		    about.departments, place->dir);
	free(text);
	return rc;
}
