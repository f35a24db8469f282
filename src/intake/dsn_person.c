/*
 * dsn_person.c -- an individual begins and ends.
 *
 * Their number is looked at where it stands in the file and not kept; what
 * is remembered until the end of the declaration is where it stands, so that
 * the same one is seen to come again (S21.G00.30.001/CCH-14).
 */
#include <string.h>

#include "intake/dsn_reader.h"

static int
two_digits(const char *p)
{

	return p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9' ? -1 :
	    (p[0] - '0') * 10 + (p[1] - '0');
}

static void
check_nir(struct dsn_reader *r, struct dsn_value nir, struct dsn_value born)
{
	long line = dsn_held_line(&r->tree, 1);
	int dep = two_digits(nir.p + 5), year = 0;
	uint32_t nines = 0;
	bool new;

	while (nines < nir.n && nir.p[nir.n - 1 - nines] == '9')
		nines++;
	if (nines >= 12)
		dsn_note(&r->notes, C_NIR_NINES, line);
	else if (nines > 5)
		dsn_note(&r->notes, C_NIR_TAIL, line);
	if (born.p != NULL)
		year = two_digits(born.p + 4) * 100 + two_digits(born.p + 6);
	if (year != 0 && ((dep < 0 && year < 1976) ||
	    (dep == 20 && year >= 1976) || (dep == 96 && year >= 1968)))
		dsn_note(&r->notes, C_NIR_DEP, line);
	if (dsn_set_add(&r->nirs, nir, &new) == NULL)
		r->sum.no_memory = true;
	else if (!new)
		dsn_note(&r->notes, C_NIR_TWICE, line);
}

static void
check_ntt(struct dsn_reader *r, struct dsn_value ntt)
{
	long line = dsn_held_line(&r->tree, 20);

	if (ntt.p[0] != '1' && ntt.p[0] != '2')
		dsn_note(&r->notes, C_NTT_SEX, line);
	if (memchr(ntt.p, ' ', ntt.n) != NULL)
		dsn_note(&r->notes, C_NTT_SPACE, line);
	if (ntt.n < 10 || memcmp(ntt.p + 1, r->d.id.siren, 9) != 0)
		dsn_note(&r->notes, C_NTT_SIREN, line);
}

void
dsn_person_left(struct dsn_reader *r)
{
	struct dsn_value nir = dsn_held(&r->tree, 1);
	struct dsn_value ntt = dsn_held(&r->tree, 20);

	r->d.individuals++;
	r->who.contracts = 0;
	r->who.pays = false;
	r->who.paid = DSN_NONE;
	if (nir.p == NULL && ntt.p == NULL)
		dsn_note(&r->notes, C_NTT_NEEDED, dsn_block_line(&r->tree));
	if (nir.p != NULL)
		check_nir(r, nir, dsn_held(&r->tree, 6));
	if (ntt.p != NULL)
		check_ntt(r, ntt);
}

void
dsn_person_end(struct dsn_reader *r)
{

	dsn_contracts_count(r);
	memset(r->who.contract, 0,
	    (size_t)r->who.contracts * sizeof r->who.contract[0]);
	r->who.contracts = 0;
}
