/*
 * account.c -- the statement of an employer's account.
 *
 * The account of a rate is made from the snapshot that its campaign computed
 * from: the same claims, the same payroll.  The running account is made from
 * what is known today, for the year asked for and the one before, at the costs
 * of the tariff in force, and says that it is provisional.
 */
#include "campaign/account.h"

#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "campaign/gather.h"
#include "doc/fmt.h"
#include "facts/answer_json.h"
#include "model/words.h"
#include "tariff/mode.h"

/* One statement being written. */
struct statement {
	struct desk		*d;
	const struct account	*a;
	const struct law	*law;
	bool			 running;
	uint64_t		 successor;	/* has its claims; 0 = none */
	int64_t			 known;
	struct str		*out;
	struct err		*err;
};

int
claim_origin(struct desk *d, int64_t known, const struct claim *claim,
    struct claim_origin *ret, struct err *err)
{
	struct value key[2] = { value_int(claim->declared.y),
		value_text(claim->ref) };
	char buf[ROW_TEXT_MAX];
	struct row row;
	int rc;

	*ret = (struct claim_origin){ .found = false };
	if ((rc = fact_get(d->fund.store, TABLE_CLAIM, known, key, buf, &row,
	    &ret->found, err)) != TAPR_OK || !ret->found)
		return rc;
	ret->batch = row.batch;
	ret->line = row.line;
	snprintf(ret->message, sizeof ret->message, "%s",
	    value_or_empty(&row.value[CLAIM_MESSAGE_ID]));
	return TAPR_OK;
}

/* ---- text --------------------------------------------------------------------------- */

static const char *
line_word(const struct account_debit *l)
{
	return l->death ? "décès" : l->ip ? "IP" : "IT";
}

static int
debit_text(struct statement *s, const struct account_debit *l)
{
	struct claim_origin from;
	int rc;

	if ((rc = claim_origin(s->d, s->known, l->claim, &from, s->err)) !=
	    TAPR_OK)
		return rc;
	str_printf(s->out, "  %d  %s  %s du %s  %s %s  ", l->year,
	    l->claim->ref, fmt_nature(l->claim->kind),
	    fmt_day(date_is(l->claim->occurred) ? l->claim->occurred :
	    l->claim->declared).text, line_word(l),
	    fmt_category(l->category));
	fmt_result(s->out, l->amount, UNIT_EUR);
	str_add(s->out, "\n        coût moyen ");
	fmt_eur(s->out, l->cost);
	str_add(s->out, ", part ");
	fmt_share(s->out, l->factor);
	str_printf(s->out, " ; règles %s (%s), %s (%s)", l->year_rule->name,
	    l->year_rule->article, l->cost_rule->name, l->cost_rule->article);
	if (l->share_rule != NULL)
		str_printf(s->out, ", %s (%s)", l->share_rule->name,
		    l->share_rule->article);
	if (from.found)
		str_printf(s->out, " ; message %s, lot %lld, ligne %ld",
		    from.message[0] == '\0' ? "sans numéro" : from.message,
		    (long long)from.batch, from.line);
	str_add_char(s->out, '\n');
	return TAPR_OK;
}

static void
years_text(struct statement *s)
{
	const struct account *a = s->a;

	str_add(s->out, "\nCRÉDIT\n");
	for (int y = 0; y < a->years; y++) {
		str_printf(s->out, "  %d  masse salariale ", a->year[y].year);
		if (a->year[y].payroll.known)
			fmt_eur(s->out, a->year[y].payroll.exact);
		else
			str_add(s->out, "inconnue");
		str_add(s->out, "  effectif de l'entreprise ");
		if (a->year[y].headcount.known)
			fmt_number(s->out, a->year[y].headcount.exact, 2);
		else
			str_add(s->out, "inconnu");
		str_add_char(s->out, '\n');
	}
	str_add(s->out, "\nTOTAUX\n");
	for (int y = 0; y < a->years; y++) {
		str_printf(s->out, "  %d  débit ", a->year[y].year);
		fmt_result(s->out, a->year[y].debit, UNIT_EUR);
		str_add_char(s->out, '\n');
	}
	str_add(s->out, "  Valeur du risque : ");
	fmt_result(s->out, a->total_debit, UNIT_EUR);
	str_add(s->out, "\n  Masse salariale : ");
	if (a->total_payroll.known)
		fmt_eur(s->out, a->total_payroll.exact);
	else
		str_add(s->out, "une année manque");
	str_add_char(s->out, '\n');
}

static int
statement_text(struct statement *s)
{
	const struct account *a = s->a;
	char siret[15];
	int rc;

	str_add(s->out, s->running ? "COMPTE EMPLOYEUR COURANT (provisoire)\n"
	    : "COMPTE EMPLOYEUR\n");
	str_add(s->out, "  Établissement ");
	fmt_siret(s->out, a->facts->siret);
	str_printf(s->out, "\n  Section %s, code risque %s, %s\n  %s %d\n",
	    fmt_section(a->facts->section), a->facts->risk_code,
	    fmt_zone(a->facts->zone), s->running ? "Au coût du tarif" :
	    "Compte du taux de", a->rate_year);
	if (s->successor != 0) {
		str_add(s->out, "  Établissement fermé : ses sinistres et sa "
		    "masse salariale sont au compte\n  de l'établissement ");
		fmt_siret(s->out, siret_text(s->successor, siret));
		str_add(s->out, ", qui lui succède (CSS art. D. 242-6-17)\n");
	}
	str_add(s->out, "\nDÉBIT\n");
	for (size_t i = 0; i < a->debits; i++)
		if ((rc = debit_text(s, &a->debit[i])) != TAPR_OK)
			return rc;
	if (a->debits == 0)
		str_add(s->out, "  aucun\n");
	if (a->lefts > 0)
		str_add(s->out, "\nNON IMPUTÉS\n");
	for (size_t i = 0; i < a->lefts; i++)
		str_printf(s->out, "  %s  %s\n", a->left_out[i].claim->ref,
		    a->left_out[i].why);
	years_text(s);
	str_printf(s->out, "\nChaque ligne se conteste par sa référence "
	    "(claim:RÉFÉRENCE), sans limite de date.\nDroits d'accès et de "
	    "rectification (RGPD art. 15 et 16) : auprès du service "
	    "tarification de %s.\n", s->d->fund.name[0] == '\0' ?
	    s->d->fund.code : s->d->fund.name);
	return TAPR_OK;
}

/* ---- JSON --------------------------------------------------------------------------- */

static void
exact_json(struct str *out, const char *key, struct frac f, int decimals)
{
	char text[FRAC_TEXT_MAX];

	str_printf(out, "\"%s\": {\"exact\": \"", key);
	str_add_n(out, text, frac_text(f, text));
	str_add(out, "\", \"value\": \"");
	str_add_n(out, text, frac_decimal(f, decimals, ROUND_HALF_UP, text,
	    sizeof text));
	str_add(out, "\"}");
}

static void
quantity_json(struct str *out, const char *key, const struct quantity *q)
{
	if (q->known)
		exact_json(out, key, q->exact, 2);
	else
		str_printf(out, "\"%s\": null", key);
}

static int
debit_json(struct statement *s, const struct account_debit *l)
{
	struct claim_origin from;
	char day[DATE_TEXT_MAX];
	int rc;

	if ((rc = claim_origin(s->d, s->known, l->claim, &from, s->err)) !=
	    TAPR_OK)
		return rc;
	str_add(s->out, "{\"claim\": ");
	str_add_json(s->out, l->claim->ref);
	str_printf(s->out, ", \"kind\": \"%s\", \"declared\": \"%s\", "
	    "\"line\": \"%s\", \"category\": \"%s\", \"year\": %d, ",
	    kind_words[l->claim->kind], date_text(l->claim->declared, day),
	    l->death ? "death" : l->ip ? "ip" : "it",
	    category_word(l->category), l->year);
	exact_json(s->out, "cost", l->cost, 2);
	str_add(s->out, ", ");
	exact_json(s->out, "factor", l->factor, 4);
	str_add(s->out, ", ");
	exact_json(s->out, "amount", l->amount, 2);
	str_printf(s->out, ", \"rules\": [{\"rule\": \"%s\", \"article\": ",
	    l->year_rule->name);
	str_add_json(s->out, l->year_rule->article);
	str_printf(s->out, "}, {\"rule\": \"%s\", \"article\": ",
	    l->cost_rule->name);
	str_add_json(s->out, l->cost_rule->article);
	if (l->share_rule != NULL) {
		str_printf(s->out, "}, {\"rule\": \"%s\", \"article\": ",
		    l->share_rule->name);
		str_add_json(s->out, l->share_rule->article);
	}
	str_add(s->out, "}], \"origin\": ");
	if (from.found) {
		str_add(s->out, "{\"message\": ");
		str_add_json(s->out, from.message);
		str_printf(s->out, ", \"batch\": %lld, \"line\": %ld}",
		    (long long)from.batch, from.line);
	} else
		str_add(s->out, "null");
	str_add_char(s->out, '}');
	return TAPR_OK;
}

static int
statement_json(struct statement *s)
{
	const struct account *a = s->a;
	char siret[15];
	int rc;

	str_printf(s->out, "{\"siret\": \"%s\", \"section\": \"%s\", "
	    "\"risk_code\": \"%s\", \"rate_year\": %d, \"running\": %s, "
	    "\"successor\": ", a->facts->siret,
	    section_words[a->facts->section], a->facts->risk_code,
	    a->rate_year, s->running ? "true" : "false");
	if (s->successor != 0)
		str_printf(s->out, "\"%s\"", siret_text(s->successor,
		    siret));
	else
		str_add(s->out, "null");
	str_add(s->out, ", \"debit\": [");
	for (size_t i = 0; i < a->debits; i++) {
		str_add(s->out, i == 0 ? "" : ", ");
		if ((rc = debit_json(s, &a->debit[i])) != TAPR_OK)
			return rc;
	}
	str_add(s->out, "], \"not_charged\": [");
	for (size_t i = 0; i < a->lefts; i++) {
		str_add(s->out, i == 0 ? "{\"claim\": " : ", {\"claim\": ");
		str_add_json(s->out, a->left_out[i].claim->ref);
		str_add(s->out, ", \"why\": ");
		str_add_json(s->out, a->left_out[i].why);
		str_add_char(s->out, '}');
	}
	str_add(s->out, "], \"years\": [");
	for (int y = 0; y < a->years; y++) {
		str_printf(s->out, "%s{\"year\": %d, ", y == 0 ? "" : ", ",
		    a->year[y].year);
		exact_json(s->out, "debit", a->year[y].debit, 2);
		str_add(s->out, ", ");
		quantity_json(s->out, "payroll", &a->year[y].payroll);
		str_add(s->out, ", ");
		quantity_json(s->out, "headcount", &a->year[y].headcount);
		str_add_char(s->out, '}');
	}
	str_add(s->out, "], \"totals\": {");
	exact_json(s->out, "debit", a->total_debit, 2);
	str_add(s->out, ", ");
	quantity_json(s->out, "payroll", &a->total_payroll);
	str_add(s->out, "}}\n");
	return TAPR_OK;
}

/* ---- CSV ---------------------------------------------------------------------------- */

static void
csv_number(struct str *out, struct frac f)
{
	char text[FRAC_TEXT_MAX];

	str_add_n(out, text, frac_decimal(f, 2, ROUND_HALF_UP, text,
	    sizeof text));
}

static void
csv_exact(struct str *out, struct frac f)
{
	char text[FRAC_TEXT_MAX];

	str_add_n(out, text, frac_text(f, text));
}

/* A field that may hold anything is quoted. */
static void
csv_text(struct str *out, const char *text)
{
	str_add_char(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			str_add_char(out, '"');
		str_add_char(out, *text);
	}
	str_add_char(out, '"');
}

static int
statement_csv(struct statement *s)
{
	const struct account *a = s->a;
	char siret[15] = "";

	if (s->successor != 0)
		(void)siret_text(s->successor, siret);
	str_add(s->out, "record,year,claim,kind,line,category,cost_eur,"
	    "factor,amount_exact,amount_eur,rule,article,successor\n");
	for (size_t i = 0; i < a->debits; i++) {
		const struct account_debit *l = &a->debit[i];

		str_printf(s->out, "debit,%d,", l->year);
		csv_text(s->out, l->claim->ref);
		str_printf(s->out, ",%s,%s,%s,", kind_words[l->claim->kind],
		    l->death ? "death" : l->ip ? "ip" : "it",
		    category_word(l->category));
		csv_number(s->out, l->cost);
		str_add_char(s->out, ',');
		csv_exact(s->out, l->factor);
		str_add_char(s->out, ',');
		csv_exact(s->out, l->amount);
		str_add_char(s->out, ',');
		csv_number(s->out, l->amount);
		str_printf(s->out, ",%s,", l->cost_rule->name);
		csv_text(s->out, l->cost_rule->article);
		str_add(s->out, ",\n");
	}
	for (int y = 0; y < a->years; y++) {
		if (a->year[y].payroll.known) {
			str_printf(s->out, "payroll,%d,,,,,,,",
			    a->year[y].year);
			csv_exact(s->out, a->year[y].payroll.exact);
			str_add_char(s->out, ',');
			csv_number(s->out, a->year[y].payroll.exact);
			str_add(s->out, ",,,\n");
		}
		if (a->year[y].headcount.known) {
			str_printf(s->out, "headcount,%d,,,,,,,",
			    a->year[y].year);
			csv_exact(s->out, a->year[y].headcount.exact);
			str_add_char(s->out, ',');
			csv_number(s->out, a->year[y].headcount.exact);
			str_add(s->out, ",,,\n");
		}
	}
	str_add(s->out, "total,,,,,,,,");
	csv_exact(s->out, a->total_debit);
	str_add_char(s->out, ',');
	csv_number(s->out, a->total_debit);
	str_printf(s->out, ",,,%s\n", siret);
	return TAPR_OK;
}

/* ---- making it ------------------------------------------------------------------------ */

static int
write(struct statement *s, bool csv)
{
	int rc = csv ? statement_csv(s) : s->d->act->json ?
	    statement_json(s) : statement_text(s);

	return rc != TAPR_OK ? rc : desk_written(s->out, s->err);
}

static int
of_campaign(struct desk *d, const char *siret, const char *section, bool csv,
    struct str *out, struct err *err)
{
	struct account a;
	struct facts facts;
	struct statement s = { .d = d, .a = &a, .out = out, .err = err };
	uint64_t i;
	int rc;

	if ((rc = desk_inputs(d, err)) != TAPR_OK ||
	    (rc = desk_law(d, err)) != TAPR_OK ||
	    (rc = section_at(&d->in, siret, section, &i, err)) != TAPR_OK ||
	    (rc = inputs_facts(&d->in, i, d->a, &facts, err)) != TAPR_OK ||
	    (rc = account_make(d->law, &facts, 0, 0, d->a, &a, err)) !=
	    TAPR_OK)
		return rc;
	s.law = d->law;
	s.known = d->in.meta[META_BATCH];
	return write(&s, csv);
}

/* The year and the one before, from what is known now. */
static int
running(struct desk *d, const char *siret, const char *section, bool csv,
    struct str *out, struct err *err)
{
	int year = d->act->year, first, last, rc;
	struct gather_about about = { .store = d->fund.store,
	    .known = d->known, .law = d->act->law, .fund = d->fund.code,
	    .engine = campaign_engine(), .zone = zone_of_fund(&d->fund),
	    .area = &d->fund,
	    .siren = (uint32_t)siret_number(siret, 9),
	    .closed_too = siret_number(siret, 14) };
	struct gather_report report;
	struct account a;
	struct facts facts;
	struct statement s = { .d = d, .a = &a, .law = d->act->law,
	    .running = true, .known = d->known, .out = out, .err = err };
	struct inputs in;
	struct date on;
	uint64_t i;

	/* The rate whose last year of reference is this one. */
	if ((rc = tariff_day(d->act->law, year, &on, err)) != TAPR_OK ||
	    (rc = window_of(d->act->law, year, on, &first, &last, err)) !=
	    TAPR_OK)
		return rc;
	about.year = year + (year - last);
	if ((rc = gather(&about, d->a, &in, &report, err)) != TAPR_OK ||
	    (rc = section_at(&in, siret, section, &i, err)) != TAPR_OK ||
	    (rc = inputs_facts(&in, i, d->a, &facts, err)) != TAPR_OK)
		return rc;
	facts.year = year;
	s.successor = report.successor;
	if ((rc = account_make(d->act->law, &facts, year - 1, year, d->a, &a,
	    err)) != TAPR_OK)
		return rc;
	return write(&s, csv);
}

int
campaign_account(const struct campaign_act *act, const char *siret,
    const char *section, bool now, bool csv, struct str *out,
    struct err *err)
{
	struct desk d;
	int rc;

	if ((rc = desk_open(act, STORE_READ, &d, err)) == TAPR_OK)
		rc = d.campaign.found && !now ?
		    of_campaign(&d, siret, section, csv, out, err) :
		    running(&d, siret, section, csv, out, err);
	desk_close(&d);
	return rc;
}
