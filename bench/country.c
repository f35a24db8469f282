/*
 * country.c -- see country.h.
 */
#include "country.h"

#include <stdio.h>
#include <string.h>

#include "tariff/mode.h"

enum { CODES_MAX = 2000 };

/* The risks that the tariff of the year has, with their CTN. */
static size_t
codes(const struct law *law, const char *code[CODES_MAX],
    char ctn[CODES_MAX])
{
	struct date on = { COUNTRY_YEAR, 1, 1 };
	size_t p = law_param_number(law, "risk_codes"), n = 0;

	for (size_t i = 0; i < law_row_count(law, p) && n < CODES_MAX; i++) {
		const struct law_row *r = law_row_at(law, p, i);

		if (strlen(r->value) != 1 ||
		    !date_in(on, r->from, r->to) || law_find(law,
		    "collective_rates", LAW_KEYS("general", r->key[0]), on) ==
		    NULL)
			continue;
		code[n] = r->key[0];
		ctn[n++] = r->value[0];
	}
	return n;
}

static int64_t
size_of(uint64_t i)
{
	static const int64_t large[] = { 22, 35, 60, 120, 149, 160, 400, 25 };

	return i % 8 != 0 ? (int64_t)(i * 7 % 19) : large[i / 8 % 8];
}

#define NEW(type, name, n) type *name = arena_array(a, (n) + 1, sizeof *name)

bool
country_fill(const struct law *law, uint64_t n, struct arena *a,
    struct inputs *in)
{
	static const char *code[CODES_MAX];
	static char ctns[CODES_MAX];
	size_t risks = codes(law, code, ctns);
	uint64_t claims = n / 5 * 6 + 8;	/* 8/8 + 2/10, or less */
	NEW(uint64_t, siret, n);
	NEW(uint8_t, zero, n);
	NEW(uint8_t, one, n);
	NEW(uint8_t, group, n);
	NEW(uint8_t, mode, n);
	NEW(char, ctn, n);
	NEW(uint32_t, created, n);
	NEW(uint32_t, firm, n);
	NEW(uint32_t, none, n);
	NEW(uint32_t, siren, n);
	NEW(int32_t, rate, n);
	NEW(int32_t, rebate, n);
	NEW(uint32_t, first, n);
	NEW(uint32_t, extra, n);
	NEW(uint32_t, member_first, 1);
	NEW(uint32_t, member, 1);
	NEW(uint32_t, ref, claims);
	NEW(uint8_t, kind, claims);
	NEW(uint8_t, care, claims);
	NEW(uint8_t, charge, claims);
	NEW(uint8_t, role, claims);
	NEW(uint32_t, declared, claims);
	NEW(uint32_t, known, claims);
	NEW(uint32_t, ip_on, claims);
	NEW(uint32_t, death, claims);
	NEW(int32_t, days, claims);
	NEW(int32_t, ip, claims);
	NEW(int32_t, third, claims);
	NEW(int64_t, meta, METAS);
	char *text = arena_alloc(a, claims * 8 + 1);
	char *codes_at = arena_array(a, n + 1, CODE_BYTES);
	uint64_t c = 0;

	if (arena_failed(a) || risks == 0)
		return false;
	for (int y = 0; y < INPUTS_YEARS; y++) {
		NEW(int64_t, pay, n);

		for (uint64_t i = 0; i < n; i++)
			pay[i] = (size_of(i) + 1) * 2800000 +
			    (int64_t)(i % 997) * 100 + y;
		in->payroll[y] = pay;
	}
	for (int y = 0; y < HEADCOUNT_YEARS; y++) {
		NEW(int64_t, e, n);

		for (uint64_t i = 0; i < n; i++)
			e[i] = size_of(i) * HEADCOUNT_UNIT;
		in->headcount[y] = e;
	}
	for (uint64_t i = 0; i < n; i++) {
		uint64_t mine = i % 8 == 0 ? 8 : i % 10 == 1 || i % 10 == 3;

		siret[i] = (100000000 + i) * 100000 + 10;
		one[i] = 1;
		ctn[i] = ctns[i % risks];
		memcpy(codes_at + i * CODE_BYTES, code[i % risks], 6);
		group[i] = ctn[i] == 'B' ? GROUP_SECOND_OEUVRE : GROUP_NONE;
		created[i] = 20000101 + (uint32_t)(i % 24) * 10000;
		firm[i] = (uint32_t)i;
		none[i] = NO_NUMBER;
		siren[i] = (uint32_t)(100000000 + i);
		rate[i] = 15000 + (int32_t)(i % 300) * 100;
		mode[i] = (uint8_t)(size_of(i) < 20 ? MODE_COLLECTIVE :
		    size_of(i) < 150 ? MODE_MIXED : MODE_INDIVIDUAL);
		first[i] = (uint32_t)c;
		for (uint64_t k = 0; k < mine && c < claims; k++, c++) {
			uint32_t year = 20200000 + (uint32_t)(c % 3) * 10000;
			bool ip_is = c % 9 == 0;

			snprintf(text + c * 8, 8, "%07x", (unsigned)c);
			ref[c] = (uint32_t)(c * 8);
			kind[c] = c % 11 == 3 ? CLAIM_COMMUTING :
			    CLAIM_ACCIDENT;
			care[c] = c % 31 != 2;
			charge[c] = c % 41 == 7 ? CHARGE_NOT_OPPOSABLE :
			    CHARGE_OWN;
			role[c] = c % 19 == 4 ? TEMP_USER : c % 19 == 5 ?
			    TEMP_AGENCY : TEMP_NONE;
			declared[c] = year + 115;
			known[c] = c % 37 == 5 ? 0 : year + 215;
			days[c] = (int32_t)(c % 200);
			ip[c] = ip_is ? (int32_t)(c % 60) : -1;
			ip_on[c] = ip_is ? 20220601 : 0;
			death[c] = c % 997 == 1 ? year + 310 : 0;
			third[c] = c % 43 == 1 ? 2500 : 0;
		}
	}
	first[n] = (uint32_t)c;
	meta[META_FORMAT] = INPUTS_FORMAT;
	meta[META_YEAR] = COUNTRY_YEAR;
	meta[META_FIRST_PAYROLL] = COUNTRY_YEAR - 4;
	meta[META_FIRST_HEADCOUNT] = COUNTRY_YEAR - 8;
	*in = (struct inputs){ .meta = meta, .about = "bench", .about_n = 6,
	    .sections = n, .siret = siret, .section = zero, .zone = zero,
	    .group_btp = group, .regime = zero, .taken_over = zero,
	    .first_year = zero, .stop = zero, .head_here = one,
	    .outside = zero, .merged_first = extra,
	    .previous_mode = mode, .ctn = ctn, .risk_code = codes_at,
	    .created = created, .firm = firm, .single = none,
	    .previous_rate = rate, .rebate = rebate,
	    .payroll = { in->payroll[0], in->payroll[1], in->payroll[2] },
	    .claim_first = first, .extra_first = extra, .firms = n,
	    .siren = siren, .headcount = { in->headcount[0],
	    in->headcount[1], in->headcount[2], in->headcount[3],
	    in->headcount[4], in->headcount[5], in->headcount[6] },
	    .member_first = member_first, .member = member, .claims = c,
	    .claim_ref = ref, .claim_kind = kind, .claim_care = care,
	    .claim_charge = charge, .claim_role = role,
	    .claim_declared = declared, .claim_occurred = declared,
	    .claim_recognised = known, .claim_ip_notified = ip_on,
	    .claim_death = death, .claim_death_known = death,
	    .claim_days = days, .claim_ip = ip, .claim_third = third,
	    .text = text, .text_n = c * 8 };
	return true;
}
