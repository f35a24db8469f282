/*
 * inputs.c -- the columns of inputs.tapr: their names, and what is checked
 * when they come from a file.
 */
#include "campaign/inputs.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* How many elements a column has. */
enum count { ANY, ONE_META, OF_SECTIONS, OF_SECTIONS_1, OF_FIRMS, OF_SINGLES_1,
	OF_MEMBERS, OF_CLAIMS, OF_EXTRAS, OF_MERGEDS, OF_LAWS, OF_CODES };

static const struct column_of {
	const char	*name;
	uint32_t	 width;
	enum count	 count;
	size_t		 at, size_at;	/* in struct inputs; of ANY: its n */
} columns[] = {
#define AT(field) offsetof(struct inputs, field)
#define FREE(name, field, n) { name, 1, ANY, AT(field), AT(n) }
#define OF(count, name, width, field) { name, width, count, AT(field), 0 }
	OF(ONE_META, "meta", 8, meta),
	FREE("about", about, about_n),
	OF(OF_SECTIONS, "siret", 8, siret),
	OF(OF_SECTIONS, "section", 1, section),
	OF(OF_SECTIONS, "zone", 1, zone),
	OF(OF_SECTIONS, "btp_group", 1, group_btp),
	OF(OF_SECTIONS, "regime", 1, regime),
	OF(OF_SECTIONS, "taken_over", 1, taken_over),
	OF(OF_SECTIONS, "single_first_year", 1, first_year),
	OF(OF_SECTIONS, "stop", 1, stop),
	OF(OF_SECTIONS, "head_here", 1, head_here),
	OF(OF_SECTIONS, "outside", 1, outside),
	OF(OF_SECTIONS, "previous_mode", 1, previous_mode),
	OF(OF_SECTIONS, "ctn", 1, ctn),
	OF(OF_SECTIONS, "risk_code", CODE_BYTES, risk_code),
	OF(OF_SECTIONS, "created", 4, created),
	OF(OF_SECTIONS, "firm", 4, firm),
	OF(OF_SECTIONS, "single", 4, single),
	OF(OF_SECTIONS, "previous_rate", 4, previous_rate),
	OF(OF_SECTIONS, "rebate", 4, rebate),
	OF(OF_SECTIONS, "payroll_1", 8, payroll[0]),
	OF(OF_SECTIONS, "payroll_2", 8, payroll[1]),
	OF(OF_SECTIONS, "payroll_3", 8, payroll[2]),
	OF(OF_SECTIONS_1, "claim_first", 4, claim_first),
	OF(OF_SECTIONS_1, "extra_first", 4, extra_first),
	OF(OF_SECTIONS_1, "merged_first", 4, merged_first),
	OF(OF_FIRMS, "siren", 4, siren),
	OF(OF_FIRMS, "headcount_1", 8, headcount[0]),
	OF(OF_FIRMS, "headcount_2", 8, headcount[1]),
	OF(OF_FIRMS, "headcount_3", 8, headcount[2]),
	OF(OF_FIRMS, "headcount_4", 8, headcount[3]),
	OF(OF_FIRMS, "headcount_5", 8, headcount[4]),
	OF(OF_FIRMS, "headcount_6", 8, headcount[5]),
	OF(OF_FIRMS, "headcount_7", 8, headcount[6]),
	OF(OF_SINGLES_1, "member_first", 4, member_first),
	OF(OF_MEMBERS, "member", 4, member),
	OF(OF_CLAIMS, "claim_ref", 4, claim_ref),
	OF(OF_CLAIMS, "claim_kind", 1, claim_kind),
	OF(OF_CLAIMS, "claim_care", 1, claim_care),
	OF(OF_CLAIMS, "claim_charge", 1, claim_charge),
	OF(OF_CLAIMS, "claim_role", 1, claim_role),
	OF(OF_CLAIMS, "claim_declared", 4, claim_declared),
	OF(OF_CLAIMS, "claim_occurred", 4, claim_occurred),
	OF(OF_CLAIMS, "claim_recognised", 4, claim_recognised),
	OF(OF_CLAIMS, "claim_ip_notified", 4, claim_ip_notified),
	OF(OF_CLAIMS, "claim_death", 4, claim_death),
	OF(OF_CLAIMS, "claim_death_known", 4, claim_death_known),
	OF(OF_CLAIMS, "claim_days", 4, claim_days),
	OF(OF_CLAIMS, "claim_ip", 4, claim_ip),
	OF(OF_CLAIMS, "claim_third", 4, claim_third),
	OF(OF_EXTRAS, "extra_percent", 4, extra_percent),
	OF(OF_EXTRAS, "extra_from", 4, extra_from),
	OF(OF_EXTRAS, "extra_until", 4, extra_until),
	OF(OF_MERGEDS, "merged_rate", 4, merged_rate),
	OF(OF_MERGEDS, "merged_payroll", 8, merged_payroll),
	FREE("text", text, text_n),
	OF(OF_LAWS, "law_size", 8, law_size),
	FREE("law_name", law_name, law_name_n),
	FREE("law_bytes", law_bytes, law_bytes_n),
#undef AT
#undef FREE
#undef OF
};

enum { COLUMNS = sizeof columns / sizeof columns[0] };
_Static_assert((int)COLUMNS <= (int)SNAPSHOT_COLUMNS_MAX, "a snapshot holds them all");

/* The numbers of elements that others must have. */
static uint64_t *
counted(struct inputs *in, enum count c)
{
	switch (c) {
	case OF_SECTIONS:
		return &in->sections;
	case OF_FIRMS:
		return &in->firms;
	case OF_MEMBERS:
		return &in->members;
	case OF_CLAIMS:
		return &in->claims;
	case OF_EXTRAS:
		return &in->extras;
	case OF_MERGEDS:
		return &in->mergeds;
	case OF_LAWS:
		return &in->laws;
	default:
		return NULL;
	}
}

static uint64_t
elements(const struct inputs *in, const struct column_of *c)
{
	uint64_t n;

	switch (c->count) {
	case ONE_META:
		return METAS;
	case OF_SECTIONS_1:
		return in->sections + 1;
	case OF_SINGLES_1:
		return in->singles + 1;
	case ANY:
		memcpy(&n, (const char *)in + c->size_at, sizeof n);
		return n;
	default:
		return *counted((struct inputs *)(uintptr_t)in, c->count);
	}
}

size_t
inputs_columns(const struct inputs *in,
    struct snapshot_column ret[SNAPSHOT_COLUMNS_MAX])
{
	for (size_t i = 0; i < COLUMNS; i++) {
		const void *data;

		memcpy(&data, (const char *)in + columns[i].at, sizeof data);
		ret[i] = (struct snapshot_column){ columns[i].name,
			columns[i].width, elements(in, &columns[i]), data };
	}
	return COLUMNS;
}

/* ---- from a file --------------------------------------------------------- */

static int
wrong(struct err *err, const char *column)
{
	return err_set(err, TAPR_EINVAL, NULL, "la colonne « %s » de "
	    "l'instantané ne tient pas avec les autres ; il n'a pas été écrit "
	    "par tapr", column);
}

/* Each column where it belongs; its number of elements, as first met. */
static int
take(const struct snapshot *s, struct inputs *in, struct err *err)
{
	int rc;

	for (size_t i = 0; i < COLUMNS; i++) {
		const struct column_of *c = &columns[i];
		const void *data;
		uint64_t n, *all;

		if ((rc = snapshot_get(s, c->name, c->width, &data, &n, err))
		    != TAPR_OK)
			return rc;
		memcpy((char *)in + c->at, &data, sizeof data);
		if (c->count == ANY)
			memcpy((char *)in + c->size_at, &n, sizeof n);
		else if (c->count == OF_SINGLES_1 && n > 0)
			in->singles = n - 1;
		else if ((all = counted(in, c->count)) != NULL && *all == 0)
			*all = n;
		if (n > UINT32_MAX - 1 && c->count != ANY)
			return wrong(err, c->name);
	}
	for (size_t i = 0; i < COLUMNS; i++) {
		struct snapshot_column c;

		if (!snapshot_at(s, i, &c) ||
		    c.n != elements(in, &columns[i]))
			return wrong(err, columns[i].name);
	}
	return TAPR_OK;
}

/* Numbers that rise from 0 to ${last}. */
static bool
rises(const uint32_t *first, uint64_t n, uint64_t last)
{
	for (uint64_t i = 0; i < n; i++)
		if (first[i] > first[i + 1])
			return false;
	return first[0] == 0 && first[n] == last;
}

static bool
under(const uint8_t *v, uint64_t n, unsigned limit)
{
	for (uint64_t i = 0; i < n; i++)
		if (v[i] >= limit)
			return false;
	return true;
}

static bool
points(const uint32_t *v, uint64_t n, uint64_t limit, bool may_be_none)
{
	for (uint64_t i = 0; i < n; i++)
		if (v[i] >= limit && !(may_be_none && v[i] == NO_NUMBER))
			return false;
	return true;
}

static bool
days(const uint32_t *v, uint64_t n, bool may_be_none)
{
	for (uint64_t i = 0; i < n; i++)
		if (!(may_be_none && v[i] == 0) &&
		    !date_valid((int)(v[i] / 10000), (int)(v[i] / 100 % 100),
		    (int)(v[i] % 100)))
			return false;
	return true;
}

static int
check_sections(const struct inputs *in, struct err *err)
{
	uint64_t n = in->sections;

	for (uint64_t i = 0; i < n; i++) {
		const char *code = in->risk_code + i * CODE_BYTES;

		if (in->siret[i] > 99999999999999 || (i > 0 &&
		    (in->siret[i - 1] > in->siret[i] ||
		    (in->siret[i - 1] == in->siret[i] && section_order(
		    in->section[i - 1], in->section[i]) >= 0))))
			return wrong(err, "siret");
		if (memchr(code, '\0', sizeof ((struct facts *)0)->risk_code)
		    == NULL)
			return wrong(err, "risk_code");
		if (in->ctn[i] < 'A' || in->ctn[i] > 'I')
			return wrong(err, "ctn");
		for (int y = 0; y < INPUTS_YEARS; y++)
			if (in->payroll[y][i] < 0 &&
			    in->payroll[y][i] != NO_AMOUNT)
				return wrong(err, "payroll_1");
		if (in->rebate[i] < 0 || in->rebate[i] > 10000 ||
		    (in->previous_rate[i] < 0 &&
		    in->previous_rate[i] != NO_RATE))
			return wrong(err, "rebate");
	}
	if (!under(in->section, n, 3) || !under(in->zone, n, 2) ||
	    !under(in->group_btp, n, 4) || !under(in->regime, n, 6) ||
	    !under(in->taken_over, n, 2) || !under(in->first_year, n, 2) ||
	    !under(in->stop, n, STOPS) || !under(in->head_here, n, 2) ||
	    !under(in->outside, n, 2) ||
	    !under(in->previous_mode, n, 4))
		return wrong(err, "section");
	if (!points(in->firm, n, in->firms, false) ||
	    !points(in->single, n, in->singles, true) ||
	    !days(in->created, n, true))
		return wrong(err, "firm");
	if (!rises(in->claim_first, n, in->claims) ||
	    !rises(in->extra_first, n, in->extras) ||
	    !rises(in->merged_first, n, in->mergeds))
		return wrong(err, "claim_first");
	return TAPR_OK;
}

static int
check_claims(const struct inputs *in, struct err *err)
{
	uint64_t n = in->claims;

	if (!under(in->claim_kind, n, 3) || !under(in->claim_care, n, 2) ||
	    !under(in->claim_charge, n, 5) || !under(in->claim_role, n, 3))
		return wrong(err, "claim_kind");
	if (!days(in->claim_declared, n, false) ||
	    !days(in->claim_occurred, n, true) ||
	    !days(in->claim_recognised, n, true) ||
	    !days(in->claim_ip_notified, n, true) ||
	    !days(in->claim_death, n, true) ||
	    !days(in->claim_death_known, n, true))
		return wrong(err, "claim_declared");
	if (!points(in->claim_ref, n, in->text_n, false) ||
	    (in->text_n > 0 && in->text[in->text_n - 1] != '\0'))
		return wrong(err, "claim_ref");
	for (uint64_t i = 0; i < n; i++)
		if (in->claim_days[i] < 0 || in->claim_ip[i] < -1 ||
		    in->claim_ip[i] > 100 || in->claim_third[i] < 0 ||
		    in->claim_third[i] > 10000 || (in->claim_ip[i] >= 0) !=
		    (in->claim_ip_notified[i] != 0))
			return wrong(err, "claim_days");
	return TAPR_OK;
}

static int
check_rest(const struct inputs *in, struct err *err)
{
	uint64_t names = 0, bytes = 0;

	for (uint64_t i = 0; i < in->firms; i++)
		for (int y = 0; y < HEADCOUNT_YEARS; y++)
			if (in->headcount[y][i] < 0 &&
			    in->headcount[y][i] != NO_AMOUNT)
				return wrong(err, "headcount_1");
	if (!rises(in->member_first, in->singles, in->members) ||
	    !points(in->member, in->members, in->sections, false))
		return wrong(err, "member");
	for (uint64_t i = 0; i < in->mergeds; i++)
		if (in->merged_rate[i] < 0 || in->merged_payroll[i] < 0)
			return wrong(err, "merged_rate");
	if (!days(in->extra_from, in->extras, false) ||
	    !days(in->extra_until, in->extras, false))
		return wrong(err, "extra_from");
	for (uint64_t i = 0; i < in->law_name_n; i++)
		names += in->law_name[i] == '\0';
	if (names != in->laws || (in->law_name_n > 0 &&
	    in->law_name[in->law_name_n - 1] != '\0'))
		return wrong(err, "law_name");
	for (uint64_t i = 0; i < in->laws; i++) {
		if (in->law_size[i] > in->law_bytes_n - bytes)
			return wrong(err, "law_size");
		bytes += in->law_size[i];
	}
	return bytes == in->law_bytes_n ? TAPR_OK : wrong(err, "law_size");
}

int
inputs_read(const struct snapshot *s, struct inputs *ret, struct err *err)
{
	int rc;

	memset(ret, 0, sizeof *ret);
	if ((rc = take(s, ret, err)) != TAPR_OK)
		return rc;
	if (ret->meta[META_FORMAT] != INPUTS_FORMAT ||
	    !date_valid((int)ret->meta[META_YEAR], 1, 1) ||
	    ret->meta[META_FIRST_PAYROLL] < 1900 ||
	    ret->meta[META_FIRST_PAYROLL] > 9000 ||
	    ret->meta[META_FIRST_HEADCOUNT] < 1900 ||
	    ret->meta[META_FIRST_HEADCOUNT] > 9000)
		return wrong(err, "meta");
	if ((rc = check_sections(ret, err)) != TAPR_OK ||
	    (rc = check_claims(ret, err)) != TAPR_OK)
		return rc;
	return check_rest(ret, err);
}

int
inputs_law(const struct inputs *in, struct law **ret, struct err *err)
{
	struct law_text *texts = calloc(in->laws + 1, sizeof *texts);
	const char *name = in->law_name, *bytes = in->law_bytes;
	int rc;

	if (texts == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	for (uint64_t i = 0; i < in->laws; i++) {
		texts[i] = (struct law_text){ name, bytes, in->law_size[i] };
		name += strlen(name) + 1;
		bytes += in->law_size[i];
	}
	rc = law_open_texts(texts, in->laws, ret, err);
	free(texts);
	return rc;
}

/* ---- numbers ------------------------------------------------------------- */

int
section_order(enum section a, enum section b)
{
	static const int place[] = { [SECTION_HOME] = 0, [SECTION_MAIN] = 1,
		[SECTION_SUPPORT] = 2 };

	return (place[a] > place[b]) - (place[a] < place[b]);
}

uint64_t
inputs_find(const struct inputs *in, uint64_t siret, enum section section)
{
	uint64_t from = 0, to = in->sections;

	while (from < to) {
		uint64_t mid = from + (to - from) / 2;
		int order = in->siret[mid] != siret ?
		    (in->siret[mid] < siret ? -1 : 1) :
		    section_order(in->section[mid], section);

		if (order == 0)
			return mid;
		if (order < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return in->sections;
}
