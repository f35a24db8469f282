/*
 * test_rate.c -- the rate of one establishment as a whole: what each fact
 * changes, each note on the sheet, each refusal with its place and its words;
 * that a sheet changes nothing; that neither a number nor the memory can run
 * out unnoticed.
 *
 * Unless a row says otherwise: fixture.h, FACTS_MIXED.  There, in 2024:
 *	gross 100 x 522 / 3 000 000 = 0,0174
 *	individual (0,0174 + 0,17) x 1,58 + 0,16 + 0,03 = 0,486092
 *	mixed 0,55 x 0,486092 + 0,45 x 2,09 = 1,2078506
 */
#include "fixture.h"
#include "tariff/kept.h"
#include "tariff/rate.h"

#define IP "claims.A1.ip_rate=15|claims.A1.ip_notified=2022-06-01|"
#define NO_M "given.majorations={\"M1\": \"0\", \"M2\": \"0\", \"M3\": "	\
	"\"0\", \"M4\": \"0\"}|"
#define YEAR_2013 "year=2013|headcounts={\"2011\": \"150.00\"}|"	\
	"payroll={\"2009\": \"1000000.00\", \"2010\": \"1000000.00\", "	\
	"\"2011\": \"1000000.00\"}|given.average_costs.IT2=1000.00|"	\
	"claims.A1.declared=2010-03-02|claims.A1.occurred=2010-03-02|"	\
	"claims.A1.recognised=2010-03-02|" NO_M
#define YEAR_2026 "year=2026|headcounts={\"2020\": \"150.00\", "	\
	"\"2021\": \"150.00\", \"2022\": \"150.00\", \"2023\": "	\
	"\"150.00\", \"2024\": \"150.00\"}|payroll={\"2022\": "		\
	"\"1000000.00\", \"2023\": \"1000000.00\", \"2024\": "		\
	"\"1000000.00\"}|given.average_costs.IT2=1000.00|" NO_M
#define SUPPLEMENTARY "supplementary=[{\"percent\": \"25\", \"from\": "	\
	"\"2024-02-01\", \"until\": \"2024-05-01\"}]"
#define SINGLE "single_rate={\"first_year\": true, \"members\": "	\
	"[{\"rate\": \"2.00\", \"payroll\": \"1000.00\"}, {\"rate\": "	\
	"\"4.00\", \"payroll\": \"3000.00\"}]}"

static const struct {
	const char	*why;
	struct edit	 edit;
	const char	*changes;
	int		 code;
	const char	*want;		/* notified, exact; or the place */
	const char	*says;		/* a note, NULL for none; or the words */
} rows[] = {
	/* ---- mode ---- */
	{ "85 persons, mixed: 0,55 x 0,486092 + 0,45 x 2,09 = 1,2078506",
	    { 0 }, "", TAPR_OK, "1.2078506", NULL },
	{ "150 persons, individual: 0,486092",
	    { 0 }, INDIVIDUAL, TAPR_OK, "0.486092", NULL },
	{ "19,99 persons, collective: 2,09",
	    { 0 }, COLLECTIVE, TAPR_OK, "2.09", NULL },
	{ "one year below settles it, the others may be missing",
	    { 0 }, "headcounts={\"2020\": \"10.00\"}", TAPR_OK, "2.09",
	    NULL },
	{ "frozen: E = 149,99, fraction 129991/130000, and a note",
	    { 0 }, INDIVIDUAL "|headcounts.2019=149.99", TAPR_OK,
	    "15801598793/32500000000", "n'est pas atteint depuis cinq ans" },
	{ "a code of pupils is always collective",
	    { 0 }, "establishment.risk_code=802AA|establishment.ctn=H|"
	    INDIVIDUAL, TAPR_OK, NULL, NULL },
	{ "created in 2022: collective in 2024",
	    { 0 }, "establishment.created=2022-05-01|" INDIVIDUAL, TAPR_OK,
	    "2.09", NULL },
	{ "created in 2021: its own results of 2021 and 2022, 100 x 522 / "
	    "2 000 000 = 0,0261, net 0,499838",
	    { 0 }, "establishment.created=2021-05-01|payroll.2020=null|"
	    INDIVIDUAL, TAPR_OK, "0.499838", "établissement créé en 2021" },
	{ "created in 2021 but taken over: the whole window",
	    { 0 }, "establishment.created=2021-05-01|"
	    "establishment.taken_over=true|" INDIVIDUAL, TAPR_OK,
	    "0.486092", NULL },
	{ "created in 2022 in a firm with a single rate: the whole window",
	    { 0 }, "establishment.created=2022-05-01|single_rate="
	    "{\"first_year\": false}|" INDIVIDUAL, TAPR_OK, "0.486092",
	    NULL },
	{ "created in 2020: the whole window",
	    { 0 }, "establishment.created=2020-12-31|" INDIVIDUAL, TAPR_OK,
	    "0.486092", NULL },
	{ "a section of support staff: 0,64, and no headcount is asked for",
	    { 0 }, "establishment.section=support|headcounts=null", TAPR_OK,
	    "0.64", NULL },
	{ "a section of support staff of CTN B: 0,60",
	    { 0 }, "establishment.section=support|establishment.ctn=B|"
	    "establishment.risk_code=452BE", TAPR_OK, "0.6", NULL },
	{ "a section of support staff in an individual firm: a note",
	    { 0 }, "establishment.section=support|" INDIVIDUAL, TAPR_OK,
	    "0.64", "mode individuel : la section de fonctions support" },
	{ "a section of support staff with headcounts that do not suffice",
	    { 0 }, "establishment.section=support|headcounts={\"2022\": "
	    "\"150.00\"}", TAPR_OK, "0.64", NULL },
	{ "2019: the section of support staff was open to all firms",
	    { 0 }, "year=2019|establishment.section=support|" INDIVIDUAL,
	    TAPR_OK, "0.9", NULL },
	{ "out-workers: the collective rate of the code",
	    { 0 }, "establishment.section=home|" INDIVIDUAL, TAPR_OK, "2.09",
	    NULL },
	{ "voluntary insured: 2,09 x 0,80 = 1,672",
	    { 0 }, "establishment.regime=voluntary|" INDIVIDUAL, TAPR_OK,
	    "1.672", NULL },
	{ "a collective rate that is given: 3,10",
	    { 0 }, "given.collective_rate=3.10|" COLLECTIVE, TAPR_OK, "3.1",
	    NULL },

	/* ---- claims ---- */
	{ "no claim: the minimum, 0,17 x 1,58 + 0,19 = 0,4586",
	    { 0 }, "claims=null|" INDIVIDUAL, TAPR_OK, "0.4586", NULL },
	{ "neither care nor stoppage: nothing charged",
	    { 0 }, "claims.A1.care=false|" INDIVIDUAL, TAPR_OK, "0.4586",
	    NULL },
	{ "a commuting accident: nothing charged",
	    { 0 }, "claims.A1.kind=commuting|" INDIVIDUAL, TAPR_OK, "0.4586",
	    NULL },
	{ "declared in 2019, before the window: nothing charged",
	    { 0 }, "claims.A1.declared=2019-12-31|claims.A1.occurred="
	    "2019-12-31|" INDIVIDUAL, TAPR_OK, "0.4586", NULL },
	{ "declared in 2023, after the window: nothing charged",
	    { 0 }, "claims.A1.declared=2023-01-01|claims.A1.recognised="
	    "2023-02-01|" INDIVIDUAL, TAPR_OK, "0.4586", NULL },
	{ "declared on the first day of the window: charged",
	    { 0 }, "claims.A1.declared=2020-01-01|claims.A1.occurred="
	    "2020-01-01|" INDIVIDUAL, TAPR_OK, "0.486092", NULL },
	{ "declared on the last day of the window: charged",
	    { 0 }, "claims.A1.declared=2022-12-31|claims.A1.recognised="
	    "2023-02-01|" INDIVIDUAL, TAPR_OK, "0.486092", NULL },
	{ "an IP of 15 % (IP2, 65 734): 66 256 in all",
	    { 0 }, IP INDIVIDUAL, TAPR_OK, "1480531/375000", NULL },
	{ "half borne by a third party: 33 128",
	    { 0 }, IP "claims.A1.third_party_share=0.50|" INDIVIDUAL,
	    TAPR_OK, "826253/375000", NULL },
	{ "a death (IP4, 676 026): 676 548 in all",
	    { 0 }, "claims.A1.death=2021-03-03|claims.A1.death_recognised="
	    "2021-06-01|" INDIVIDUAL, TAPR_OK, "2255633/62500", NULL },
	{ "temporary work, user: a third of the IP2, nothing of the IT2",
	    { 0 }, IP "claims.A1.temp_work={\"role\": \"user\"}|" INDIVIDUAL,
	    TAPR_OK, "3628343/2250000", NULL },
	{ "temporary work, agency: two thirds of the IP2, all of the IT2",
	    { 0 }, IP "claims.A1.temp_work={\"role\": \"agency\"}|"
	    INDIVIDUAL, TAPR_OK, "6286693/2250000", NULL },
	{ "2026: an agency bears all the IT2 of 2022, 1 000 on 3 000 000, and "
	    "a note",
	    { 0 }, YEAR_2026 "claims.A1.declared=2022-03-02|"
	    "claims.A1.recognised=2022-04-01|claims.A1.temp_work={\"role\": "
	    "\"agency\"}", TAPR_OK, "1/30", "ancien partage d'un tiers" },
	{ "2026: a line of 2024 is halved, 500 on 3 000 000",
	    { 0 }, YEAR_2026 "claims.A1.declared=2024-03-02|"
	    "claims.A1.recognised=2024-04-01|claims.A1.temp_work={\"role\": "
	    "\"user\"}", TAPR_OK, "1/60", "ancien partage d'un tiers" },
	{ "an abatement that is given, a tenth: 469,80",
	    { 0 }, "given.abatement=0.10|" INDIVIDUAL, TAPR_OK,
	    "0.4833428", NULL },
	{ "an abatement of zero is none",
	    { 0 }, "given.abatement=0|" INDIVIDUAL, TAPR_OK, "0.486092",
	    NULL },
	{ "a risk of an abatement list of another date: a note, no abatement; "
	    "IT2 of CTN C is 540, gross 0,018",
	    { 0 }, "establishment.risk_code=926CH|establishment.ctn=C|"
	    INDIVIDUAL, TAPR_OK, "0.48704",
	    "figure dans une liste d'abattement" },
	{ "2013: real costs of 2009 and the average costs of 2010 and 2011, "
	    "11 000 on 3 000 000",
	    { 0 }, YEAR_2013 "given.real_costs.2009=10000.00", TAPR_OK,
	    "11/30", NULL },
	{ "2013: a claim of 2009 is in the real costs, not charged again",
	    { 0 }, YEAR_2013 "given.real_costs.2009=10000.00|"
	    "claims.A1.declared=2009-12-31|claims.A1.occurred=2009-12-31|"
	    "claims.A1.recognised=2010-01-01", TAPR_OK, "1/3", NULL },

	/* ---- net rate ---- */
	{ "partial self-management: no IT, M1 x 0,70",
	    { 0 }, "establishment.regime=self_management|" INDIVIDUAL,
	    TAPR_OK, "0.37802", NULL },
	{ "electricity and gas: a quarter of M1 and M3, (0,0174 + 0,0425) x "
	    "1,58 + 0,07",
	    { 0 }, "establishment.regime=ieg|" INDIVIDUAL, TAPR_OK,
	    "0.164642", NULL },
	{ "pupils: 0,0174 x 1,58",
	    { 0 }, "establishment.regime=pupil|" INDIVIDUAL, TAPR_OK,
	    "0.027492", NULL },
	{ "dockers: never more than 35 %",
	    { 0 }, "establishment.regime=docker|given.average_costs.IT2="
	    "3000000.00|" INDIVIDUAL, TAPR_OK, "35", NULL },
	{ "dockers under 35 %: their rate",
	    { 0 }, "establishment.regime=docker|" INDIVIDUAL, TAPR_OK,
	    "0.486092", NULL },
	{ "a rebate of a quarter bears on the collective part: 0,55 x "
	    "0,486092 + 0,45 x 2,09 x 0,75",
	    { 0 }, "rebate=0.25", TAPR_OK, "0.9727256", NULL },
	{ "a rebate of a quarter of the collective rate: 1,5675",
	    { 0 }, "rebate=0.25|" COLLECTIVE, TAPR_OK, "1.5675", NULL },
	{ "no rebate in individual mode, and a note",
	    { 0 }, "rebate=0.25|" INDIVIDUAL, TAPR_OK, "0.486092",
	    "pas de ristourne en mode individuel" },

	/* ---- cap ---- */
	{ "previous 3 mixed: at least 2,20",
	    { 0 }, "previous={\"rate\": \"3.00\", \"mode\": \"mixed\"}",
	    TAPR_OK, "2.2", NULL },
	{ "previous 0,10 individual: at most 1,10",
	    { 0 }, "previous={\"rate\": \"0.10\", \"mode\": \"individual\"}",
	    TAPR_OK, "1.1", NULL },
	{ "previous 1,50: within the limits",
	    { 0 }, "previous={\"rate\": \"1.50\", \"mode\": \"mixed\"}",
	    TAPR_OK, "1.2078506", NULL },
	{ "previous 5: at least 5 x 0,80",
	    { 0 }, "previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}",
	    TAPR_OK, "4", NULL },
	{ "previous 3 collective: not capped, and a note",
	    { 0 }, "previous={\"rate\": \"3.00\", \"mode\": "
	    "\"collective\"}", TAPR_OK, "1.2078506", "était collectif" },
	{ "collective now: not capped",
	    { 0 }, "previous={\"rate\": \"9.00\", \"mode\": \"mixed\"}|"
	    COLLECTIVE, TAPR_OK, "2.09", NULL },
	{ "Alsace-Moselle, mixed: 0,5125 x 0,486092 + 0,4875 x 2",
	    { 0 }, "zone=alsace-moselle|given.collective_rate=2.00", TAPR_OK,
	    "1.22412215", NULL },
	{ "Alsace-Moselle caps a collective rate too: at most 1,50",
	    { 0 }, "zone=alsace-moselle|given.collective_rate=2.00|"
	    "previous={\"rate\": \"0.50\", \"mode\": \"collective\"}|"
	    COLLECTIVE, TAPR_OK, "1.5", NULL },
	{ "first year of a single rate: base (2 x 1 000 + 4 x 3 000) / 4 000 "
	    "= 3,5, at least 2,70",
	    { 0 }, SINGLE, TAPR_OK, "2.7", NULL },
	{ "later years of a single rate: the previous rate, at least 2,20",
	    { 0 }, "single_rate={\"first_year\": false}|previous={\"rate\": "
	    "\"3.00\", \"mode\": \"mixed\"}", TAPR_OK, "2.2", NULL },

	/* ---- notified, beside the rate, notes ---- */
	{ "2025: a note on January to April",
	    { 0 }, "year=2025|headcounts.2023=1.00", TAPR_OK, "2.29",
	    "à partir du 1er mai 2025" },
	{ "a code that the tariff puts elsewhere: a note",
	    { 0 }, "establishment.ctn=C|" COLLECTIVE, TAPR_OK, "2.09",
	    "range le code risque 285DF dans « A »" },
	{ "a code that the tariff puts beside the CTN: a note",
	    { 0 }, "establishment.risk_code=511TG|" COLLECTIVE, TAPR_OK,
	    NULL, "dans « TRAV_D242622 »" },
	{ "a code that the tariff does not hold, with a rate given: a note",
	    { 0 }, "establishment.risk_code=999ZZ|given.collective_rate=2.00|"
	    COLLECTIVE, TAPR_OK, "2", "n'est pas dans le tarif de l'année" },
	{ "a supplementary contribution without payroll: a note",
	    { 0 }, SUPPLEMENTARY "|payroll=null|" COLLECTIVE, TAPR_OK,
	    "2.09", "sans masse salariale" },

	/* ---- refusals of facts ---- */
	{ "a headcount that decides and is missing is refused",
	    { 0 }, "headcounts.2019=null", TAPR_EINVAL, "headcounts.2019",
	    "l'effectif de l'entreprise en 2019 décide du mode" },
	{ "a payroll of the window that is missing is refused",
	    { 0 }, "payroll.2021=null", TAPR_EINVAL, "payroll.2021",
	    "la masse salariale de 2021" },
	{ "a window without payroll, with a claim, is refused",
	    { 0 }, "payroll={\"2020\": \"0.00\", \"2021\": \"0.00\", "
	    "\"2022\": \"0.00\"}", TAPR_EINVAL, "payroll",
	    "alors que des sinistres y sont imputés" },
	{ "a window without payroll, without a claim, is refused",
	    { 0 }, "claims=null|payroll={\"2020\": \"0.00\", \"2021\": "
	    "\"0.00\", \"2022\": \"0.00\"}", TAPR_EINVAL, "payroll",
	    "période de référence : le taux brut" },
	{ "CTN B without a group, when an IP of 15 % needs one, is refused",
	    { 0 }, IP "establishment.ctn=B|establishment.risk_code=452BE|"
	    INDIVIDUAL, TAPR_EINVAL, "claims.A1 : establishment.btp_group",
	    "indiquez gros_oeuvre" },
	{ "2013 without the real costs of 2009 is refused",
	    { 0 }, YEAR_2013 "rebate=0", TAPR_EINVAL,
	    "given.real_costs.2009", "coûts réels de 2009" },
	{ "a code that the tariff does not hold is refused",
	    { 0 }, "establishment.risk_code=999ZZ|" COLLECTIVE, TAPR_EINVAL,
	    "establishment.risk_code", "n'est pas dans le tarif" },
	{ "a supplementary contribution under 25 % is refused",
	    { 0 }, "supplementary=[{\"percent\": \"24\", \"from\": "
	    "\"2024-02-01\", \"until\": \"2024-05-01\"}]", TAPR_EINVAL,
	    "supplementary.0 : percent", "25 %" },

	/* ---- gaps and contradictions of the law ---- */
	{ "no day of the tariff: a gap",
	    { "tariff_start", "", "" }, "", TAPR_ELAW, "", "tariff_start" },
	{ "no years of a new establishment: a gap, once it is one",
	    { "new_establishment", "", "" }, "establishment.created="
	    "2022-05-01", TAPR_ELAW, "", "new_establishment" },
	{ "no threshold: a gap",
	    { "mode_threshold", "", "" }, "", TAPR_ELAW, "",
	    "mode_threshold" },
	{ "new for one year only, a firm may have no year of its own",
	    { "new_establishment", "", "2012-01-01,,collective_years,1,years"
	    TAIL }, "establishment.created=2023-05-01|" INDIVIDUAL,
	    TAPR_EINVAL, "payroll", "aucune masse salariale" },
	{ "no first year of average costs: a gap in 2013",
	    { "real_costs", "first_average", "" }, YEAR_2013 "rebate=0",
	    TAPR_ELAW, "", "first_average_year" },
	{ "no bound of IT3: a gap",
	    { "cost_category", ",IT3,", "" }, "", TAPR_ELAW, "", "IT3" },
	{ "no bound of IP3: a gap",
	    { "cost_category", ",IP3,", "" }, "", TAPR_ELAW, "", "IP3" },
	{ "no average cost: a gap, at the claim",
	    { "average_costs", "", "" }, "", TAPR_ELAW, "claims.A1",
	    "average_costs" },
	{ "no share of temporary work: a gap, once a line has one",
	    { "temp_work", "", "" }, IP "claims.A1.temp_work={\"role\": "
	    "\"user\"}", TAPR_ELAW, "", "temp_work" },
	{ "no window: a gap",
	    { "reference_window", "", "" }, "", TAPR_ELAW, "",
	    "reference_window" },
	{ "no majoration: a gap",
	    { "majorations", "2024-01-01", "" }, "", TAPR_ELAW, "",
	    "majorations" },
	{ "no coefficient of the fraction: a gap",
	    { "mixed_fraction", "", "" }, "", TAPR_ELAW, "",
	    "mixed_fraction" },
	{ "no collective rate of a code that is known: a gap",
	    { "collective_rates", "285DF", "" }, "", TAPR_ELAW, "",
	    "collective_rates" },
	{ "no rate of support staff: a gap",
	    { "support_rates", "", "" }, "establishment.section=support",
	    TAPR_ELAW, "", "support_rates" },
	{ "no factor of the voluntary insured: a gap",
	    { "regime_factor", "", "" }, "establishment.regime=voluntary",
	    TAPR_ELAW, "", "voluntary_factor" },
	{ "no ceiling of dockers: a gap",
	    { "regime_factor", "", "" }, "establishment.regime=docker|"
	    INDIVIDUAL, TAPR_ELAW, "", "docker_ceiling" },
	{ "no cap: a gap, once there is a previous rate",
	    { "cap", "", "" }, "previous={\"rate\": \"3.00\", \"mode\": "
	    "\"mixed\"}", TAPR_ELAW, "", "cap" },
	{ "no rounding: a gap",
	    { "rounding", "", "" }, "", TAPR_ELAW, "", "rounding" },
	{ "a rounding of another name is a fault of the law",
	    { "rounding", "", "2012-01-01,,notified,bankers,word" TAIL }, "",
	    TAPR_ELAW, "law/params/rounding.csv",
	    "arrondi « bankers » inconnu" },
	{ "no number of decimals: a gap",
	    { "rate_decimals", "", "" }, "", TAPR_ELAW, "",
	    "rate_decimals" },
	{ "a clamp of the freeze that is missing: a gap, once frozen",
	    { "headcount_freeze", "clamp", "" }, INDIVIDUAL
	    "|headcounts.2019=149.99", TAPR_ELAW, "", "clamp" },
};

static void
same_quantity(struct quantity a, struct quantity b)
{
	assert_int_equal(a.known, b.known);
	if (a.known)
		assert_int_equal(frac_cmp(a.exact, b.exact), 0);
}

/* All but the sheet. */
static void
same_answer(const struct answer *a, const struct answer *b)
{
	assert_int_equal(a->mode, b->mode);
	assert_int_equal(a->year, b->year);
	assert_int_equal(date_cmp(a->law_on, b->law_on), 0);
	assert_int_equal(a->window_years, b->window_years);
	for (int i = 0; i < a->window_years; i++)
		assert_int_equal(a->window[i], b->window[i]);
	same_quantity(a->headcount, b->headcount);
	same_quantity(a->risk_value, b->risk_value);
	same_quantity(a->payroll, b->payroll);
	same_quantity(a->gross, b->gross);
	same_quantity(a->individual, b->individual);
	same_quantity(a->collective, b->collective);
	same_quantity(a->fraction, b->fraction);
	same_quantity(a->mixed, b->mixed);
	for (int i = 0; i < 4; i++)
		same_quantity(a->majoration[i], b->majoration[i]);
	assert_int_equal(a->cap.known, b->cap.known);
	assert_int_equal(a->cap.applied, b->cap.applied);
	assert_int_equal(frac_cmp(a->computed, b->computed), 0);
	assert_int_equal(frac_cmp(a->capped, b->capped), 0);
	assert_int_equal(frac_cmp(a->notified, b->notified), 0);
	assert_int_equal(frac_cmp(a->notified_rounded, b->notified_rounded),
	    0);
	assert_int_equal(a->notified_decimals, b->notified_decimals);
	assert_int_equal(a->lines, b->lines);
	for (size_t i = 0; i < a->lines; i++)
		assert_int_equal(frac_cmp(a->line[i].amount,
		    b->line[i].amount), 0);
	assert_int_equal(a->supplementaries, b->supplementaries);
	for (size_t i = 0; i < a->supplementaries; i++)
		same_quantity(a->supplementary[i].amount,
		    b->supplementary[i].amount);
	assert_int_equal(a->warnings, b->warnings);
	for (size_t i = 0; i < a->warnings; i++)
		assert_string_equal(a->warning[i], b->warning[i]);
}

/* What the sheet says of itself: model/trace.h, invariants 2 and 3. */
static void
check_trace(const struct answer *a)
{
	const struct trace *t = &a->trace;

	assert_true(t->steps > 0);
	assert_string_equal(t->step[t->steps - 1].id, "notified");
	assert_int_equal(frac_cmp(t->step[t->steps - 1].result,
	    a->notified_rounded), 0);
	for (size_t i = 0; i < t->steps; i++) {
		const struct step *s = &t->step[i];

		assert_true(s->formula[0] != '\0');
		assert_true(s->label[0] != '\0');
		assert_true(s->article[0] != '\0');
		for (size_t k = 0; k < s->operands; k++) {
			const struct operand *op = &s->operand[k];
			bool found = strncmp(op->from, "step:", 5) != 0;

			assert_non_null(strstr(s->formula, op->name));
			for (size_t j = 0; j < i && !found; j++)
				found = strcmp(t->step[j].id,
				    op->from + 5) == 0 &&
				    frac_cmp(t->step[j].result,
				    op->exact) == 0;
			if (!found)
				fail_msg("step %s: operand %s (%s)", s->id,
				    op->name, op->from);
			assert_int_equal(op->row != NULL,
			    strncmp(op->from, "param:", 6) == 0);
		}
	}
}

static void
row_of(void **state)
{
	size_t i = (size_t)*state;
	struct law *other = rows[i].edit.param == NULL ? law :
	    law_with(&rows[i].edit, 1);
	struct arena *a = arena_of(ARENA_BYTES);
	struct answer traced, silent;
	struct err err[2] = { { 0 } };
	struct facts f;
	int rc;

	facts_of(a, FACTS_MIXED, rows[i].changes, &f);
	rc = rate_compute(other, &f, a, true, &traced, &err[0]);
	assert_int_equal(rate_compute(other, &f, a, false, &silent, &err[1]),
	    rc);
	if (rows[i].code != TAPR_OK) {
		assert_refused(rc, &err[0], rows[i].code, rows[i].want,
		    rows[i].says);
		assert_string_equal(err[0].text, err[1].text);
		assert_string_equal(err[0].where, err[1].where);
	} else {
		if (rc != TAPR_OK)
			fail_msg("%s: %s", err[0].where, err[0].text);
		if (rows[i].want != NULL)
			assert_frac(traced.notified, rows[i].want);
		if (rows[i].says == NULL && traced.warnings > 0)
			fail_msg("a note: %s", traced.warning[0]);
		assert_int_equal(traced.warnings, rows[i].says != NULL);
		if (rows[i].says != NULL)
			assert_true(warned(&traced, rows[i].says));
		same_answer(&traced, &silent);
		check_trace(&traced);
		assert_int_equal(silent.trace.steps, 0);
	}
	arena_free(a);
	if (other != law)
		law_free(other);
}

/* ---- the sheet, step by step ---------------------------------------------- */

/*
 * A step as a line: formula = result, unit, word, rounding, decimals: operands
 * as name=value<where from.  tools/recheck redoes the arithmetic of every sheet;
 * here the words and the sources are looked at.
 */
static const struct {
	const char	*why;
	const char	*changes, *id, *line, *label, *article;
} sheets[] = {
	{ "the sheet, mixed: lower_reached",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "lower_reached",
	    "min(effectif_2018, effectif_2019, effectif_2020, "
	    "effectif_2021, effectif_2022) >= seuil = 1 u0 - r0 d0: "
	    "effectif_2018=85<fact:headcounts.2018 "
	    "effectif_2019=85<fact:headcounts.2019 "
	    "effectif_2020=85<fact:headcounts.2020 "
	    "effectif_2021=85<fact:headcounts.2021 "
	    "effectif_2022=85<fact:headcounts.2022 "
	    "seuil=20<param:mode_threshold.general.*.lower",
	    "Le seuil du taux mixte est atteint (1 = oui, 0 = non)",
	    "CSS art. D. 242-6-2 et L. 130-1 II" },
	{ "the sheet, mixed: upper_reached",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "upper_reached",
	    "min(effectif_2018, effectif_2019, effectif_2020, "
	    "effectif_2021, effectif_2022) >= seuil = 0 u0 - r0 d0: "
	    "effectif_2018=85<fact:headcounts.2018 "
	    "effectif_2019=85<fact:headcounts.2019 "
	    "effectif_2020=85<fact:headcounts.2020 "
	    "effectif_2021=85<fact:headcounts.2021 "
	    "effectif_2022=85<fact:headcounts.2022 "
	    "seuil=150<param:mode_threshold.general.*.upper",
	    "Le seuil du taux individuel est atteint (1 = oui, 0 = "
	    "non)",
	    "CSS art. D. 242-6-2 et L. 130-1 II" },
	{ "the sheet, mixed: mode",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "mode",
	    "seuil_mixte + seuil_individuel = 1 u4 mixed r0 d0: "
	    "seuil_mixte=1<step:lower_reached "
	    "seuil_individuel=0<step:upper_reached",
	    "Mode de tarification (0 = collectif, 1 = mixte, 2 = "
	    "individuel)",
	    "CSS art. D. 242-6-2 et L. 130-1 II" },
	{ "the sheet, mixed: claim.A1.it.category",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "claim.A1.it.category",
	    "1 + (jours >= borne2) + (jours >= borne3) + (jours >= "
	    "borne4) + (jours >= borne5) + (jours >= borne6) = 2 u4 "
	    "IT2 r0 d0: jours=10<fact:claims.A1.stoppage_days "
	    "borne2=4<param:cost_category.it.IT2 "
	    "borne3=16<param:cost_category.it.IT3 "
	    "borne4=46<param:cost_category.it.IT4 "
	    "borne5=91<param:cost_category.it.IT5 "
	    "borne6=151<param:cost_category.it.IT6",
	    "Sinistre A1 : catégorie de l'incapacité temporaire (IT)",
	    "CSS art. D. 242-6-6" },
	{ "the sheet, mixed: claim.A1.it",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "claim.A1.it",
	    "cout = 522 u1 - r0 d0: "
	    "cout=522<param:average_costs.*.A.IT2",
	    "Sinistre A1 : incapacité temporaire, imputé à 2021 "
	    "(catégorie IT2)",
	    "CSS art. D. 242-6-8" },
	{ "the sheet, mixed: risk_value",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "risk_value",
	    "c1 = 522 u1 - r0 d0: c1=522<step:claim.A1.it",
	    "Valeur du risque : somme des coûts de la période",
	    "CSS art. D. 242-6-6" },
	{ "the sheet, mixed: payroll",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "payroll",
	    "masse_2020 + masse_2021 + masse_2022 = 3000000 u1 - r0 "
	    "d0: masse_2020=1000000<fact:payroll.2020 "
	    "masse_2021=1000000<fact:payroll.2021 "
	    "masse_2022=1000000<fact:payroll.2022",
	    "Masse salariale de la période",
	    "CSS art. D. 242-6-4, al. 1 et 3" },
	{ "the sheet, mixed: gross",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "gross",
	    "100 * valeur_du_risque / masse_salariale = 87/5000 u2 - "
	    "r0 d0: valeur_du_risque=522<step:risk_value "
	    "masse_salariale=3000000<step:payroll",
	    "Taux brut individuel, en % de la masse salariale",
	    "CSS art. D. 242-6-4, al. 1 et 3" },
	{ "the sheet, mixed: individual",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "individual",
	    "(taux_brut + m1) * (100 + m2) / 100 + m3 + m4 = "
	    "121523/250000 u2 - r0 d0: taux_brut=87/5000<step:gross "
	    "m1=17/100<param:majorations.M1 "
	    "m2=58<param:majorations.M2 m3=4/25<param:majorations.M3 "
	    "m4=3/100<param:majorations.M4",
	    "Taux net individuel",
	    "CSS art. D. 242-6-3 et D. 242-6-9" },
	{ "the sheet, mixed: headcount",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "headcount",
	    "effectif = 85 u3 - r0 d0: "
	    "effectif=85<fact:headcounts.2022",
	    "Effectif de l'entreprise, dernière année connue (2022)",
	    "CSS art. L. 130-1 I et R. 130-1" },
	{ "the sheet, mixed: fraction",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "fraction",
	    "factor / divisor * (headcount - shift) + floor = 11/20 "
	    "u0 - r0 d0: headcount=85<step:headcount "
	    "factor=9/10<param:mixed_fraction.general.*.factor "
	    "divisor=130<param:mixed_fraction.general.*.divisor "
	    "shift=20<param:mixed_fraction.general.*.shift "
	    "floor=1/10<param:mixed_fraction.general.*.floor",
	    "Part du taux individuel dans le taux mixte",
	    "CSS art. D. 242-6-13 (décret n° 2017-337)" },
	{ "the sheet, mixed: collective",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "collective",
	    "taux_publie = 209/100 u2 - r0 d0: "
	    "taux_publie=209/100<param:collective_rates.general.285DF",
	    "Taux net collectif du code risque",
	    "CSS art. D. 242-6-11" },
	{ "the sheet, mixed: mixed",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "mixed",
	    "part * individuel + (1 - part) * collectif * (1 - "
	    "ristourne) = 1215907/1250000 u2 - r0 d0: "
	    "part=11/20<step:fraction "
	    "individuel=121523/250000<step:individual "
	    "collectif=209/100<step:collective "
	    "ristourne=1/4<fact:rebate",
	    "Taux net mixte, ristourne sur la part collective",
	    "CSS art. D. 242-6-13" },
	{ "the sheet, mixed: cap_above",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "cap_above",
	    "precedent > seuil = 1 u0 - r0 d0: "
	    "precedent=5<fact:previous.rate "
	    "seuil=4<param:cap.general.threshold",
	    "Le taux précédent dépasse-t-il le seuil de l'écrêtement "
	    "? (1 = oui : bornes en pourcentage, 0 = non : bornes en "
	    "points)",
	    "CSS art. D. 242-6-15 (décret n° 2013-1293)" },
	{ "the sheet, mixed: cap_lower",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "cap_lower",
	    "precedent * baisse = 4 u2 - r0 d0: "
	    "precedent=5<fact:previous.rate "
	    "baisse=4/5<param:cap.general.down_factor",
	    "Écrêtement : borne basse",
	    "CSS art. D. 242-6-15 (décret n° 2013-1293)" },
	{ "the sheet, mixed: cap_upper",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "cap_upper",
	    "precedent * hausse = 25/4 u2 - r0 d0: "
	    "precedent=5<fact:previous.rate "
	    "hausse=5/4<param:cap.general.up_factor",
	    "Écrêtement : borne haute",
	    "CSS art. D. 242-6-15 (décret n° 2013-1293)" },
	{ "the sheet, mixed: capped",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "capped",
	    "max(min(calcule, borne_haute), borne_basse) = 4 u2 - r0 "
	    "d0: calcule=1215907/1250000<step:mixed "
	    "borne_basse=4<step:cap_lower "
	    "borne_haute=25/4<step:cap_upper",
	    "Taux écrêté : la baisse est limitée",
	    "CSS art. D. 242-6-15 (décret n° 2013-1293)" },
	{ "the sheet, mixed: notified",
	    "rebate=0.25|previous={\"rate\": \"5.00\", \"mode\": \"mixed\"}", "notified",
	    "taux = 4 u2 - r1 d2: taux=4<step:capped",
	    "Taux notifié",
	    "aucun texte : voir les notes de lecture" },
	{ "the sheet, mixed, nothing else: mixed",
	    "", "mixed",
	    "part * individuel + (1 - part) * collectif = "
	    "6039253/5000000 u2 - r0 d0: part=11/20<step:fraction "
	    "individuel=121523/250000<step:individual "
	    "collectif=209/100<step:collective",
	    "Taux net mixte",
	    "CSS art. D. 242-6-13" },
	{ "the sheet, one year settles it: lower_reached",
	    "headcounts={\"2020\": \"10.00\"}", "lower_reached",
	    "effectif_2020 >= seuil = 0 u0 - r0 d0: "
	    "effectif_2020=10<fact:headcounts.2020 "
	    "seuil=20<param:mode_threshold.general.*.lower",
	    "Le seuil du taux mixte est atteint (1 = oui, 0 = non)",
	    "CSS art. D. 242-6-2 et L. 130-1 II" },
	{ "the sheet, one year settles it: mode",
	    "headcounts={\"2020\": \"10.00\"}", "mode",
	    "seuil_mixte = 0 u4 collective r0 d0: "
	    "seuil_mixte=0<step:lower_reached",
	    "Mode de tarification (0 = collectif, 1 = mixte, 2 = "
	    "individuel)",
	    "CSS art. D. 242-6-2 et L. 130-1 II" },
	{ "the sheet, two years known: lower_reached",
	    "headcounts={\"2020\": \"10.00\", \"2022\": \"30.00\"}", "lower_reached",
	    "min(effectif_2020, effectif_2022) >= seuil = 0 u0 - r0 "
	    "d0: effectif_2020=10<fact:headcounts.2020 "
	    "effectif_2022=30<fact:headcounts.2022 "
	    "seuil=20<param:mode_threshold.general.*.lower",
	    "Le seuil du taux mixte est atteint (1 = oui, 0 = non)",
	    "CSS art. D. 242-6-2 et L. 130-1 II" },
	{ "the sheet, frozen, single rate: headcount",
	    INDIVIDUAL "|headcounts.2019=149.99|" SINGLE, "headcount",
	    "seuil - ecart = 14999/100 u3 - r0 d0: "
	    "seuil=150<param:mode_threshold.general.*.upper "
	    "ecart=1/100<param:headcount_freeze.clamp",
	    "Effectif retenu : le seuil n'est pas encore franchi, un "
	    "centième au-dessous",
	    "CSS art. D. 242-6-2 et L. 130-1 II" },
	{ "the sheet, frozen, single rate: cap_previous",
	    INDIVIDUAL "|headcounts.2019=149.99|" SINGLE, "cap_previous",
	    "(taux1 * masse1 + taux2 * masse2) / (masse1 + masse2) = "
	    "7/2 u2 - r0 d0: taux1=2<fact:single_rate.members.0.rate "
	    "masse1=1000<fact:single_rate.members.0.payroll "
	    "taux2=4<fact:single_rate.members.1.rate "
	    "masse2=3000<fact:single_rate.members.1.payroll",
	    "Base de l'écrêtement : moyenne des taux réunis, "
	    "pondérée par les masses salariales",
	    "CSS art. D. 242-6-15 (décret n° 2013-1293)" },
	{ "the sheet, frozen, single rate: cap_above",
	    INDIVIDUAL "|headcounts.2019=149.99|" SINGLE, "cap_above",
	    "precedent > seuil = 0 u0 - r0 d0: "
	    "precedent=7/2<step:cap_previous "
	    "seuil=4<param:cap.general.threshold",
	    "Le taux précédent dépasse-t-il le seuil de l'écrêtement "
	    "? (1 = oui : bornes en pourcentage, 0 = non : bornes en "
	    "points)",
	    "CSS art. D. 242-6-15 (décret n° 2013-1293)" },
	{ "the sheet, frozen, single rate: cap_lower",
	    INDIVIDUAL "|headcounts.2019=149.99|" SINGLE, "cap_lower",
	    "precedent - baisse = 27/10 u2 - r0 d0: "
	    "precedent=7/2<step:cap_previous "
	    "baisse=4/5<param:cap.general.down_points",
	    "Écrêtement : borne basse",
	    "CSS art. D. 242-6-15 (décret n° 2013-1293)" },
	{ "the sheet, frozen, single rate: cap_upper",
	    INDIVIDUAL "|headcounts.2019=149.99|" SINGLE, "cap_upper",
	    "precedent + hausse = 9/2 u2 - r0 d0: "
	    "precedent=7/2<step:cap_previous "
	    "hausse=1<param:cap.general.up_points",
	    "Écrêtement : borne haute",
	    "CSS art. D. 242-6-15 (décret n° 2013-1293)" },
	{ "the sheet, capped up: capped",
	    INDIVIDUAL "|previous={\"rate\": \"0.10\", \"mode\": \"mixed\"}", "capped",
	    "max(min(calcule, borne_haute), borne_basse) = "
	    "121523/250000 u2 - r0 d0: "
	    "calcule=121523/250000<step:individual "
	    "borne_basse=-7/10<step:cap_lower "
	    "borne_haute=11/10<step:cap_upper",
	    "Taux dans les bornes de l'écrêtement",
	    "CSS art. D. 242-6-15 (décret n° 2013-1293)" },
	{ "the sheet, not capped: capped",
	    INDIVIDUAL "|previous={\"rate\": \"0.50\", \"mode\": \"mixed\"}", "capped",
	    "max(min(calcule, borne_haute), borne_basse) = "
	    "121523/250000 u2 - r0 d0: "
	    "calcule=121523/250000<step:individual "
	    "borne_basse=-3/10<step:cap_lower "
	    "borne_haute=3/2<step:cap_upper",
	    "Taux dans les bornes de l'écrêtement",
	    "CSS art. D. 242-6-15 (décret n° 2013-1293)" },
	{ "the sheet, user: claim.A1.ip.category",
	    IP "claims.A1.third_party_share=0.5|given.abatement=0.10|"
	    "claims.A1.temp_work={\"role\": \"user\"}|" INDIVIDUAL, "claim.A1.ip.category",
	    "1 + (ip >= borne2) + (ip >= borne3) + (ip >= borne4) = "
	    "2 u4 IP2 r0 d0: ip=15<fact:claims.A1.ip_rate "
	    "borne2=10<param:cost_category.ip.IP2 "
	    "borne3=20<param:cost_category.ip.IP3 "
	    "borne4=40<param:cost_category.ip.IP4",
	    "Sinistre A1 : catégorie de l'incapacité permanente (IP)",
	    "CSS art. D. 242-6-6" },
	{ "the sheet, user: claim.A1.ip",
	    IP "claims.A1.third_party_share=0.5|given.abatement=0.10|"
	    "claims.A1.temp_work={\"role\": \"user\"}|" INDIVIDUAL, "claim.A1.ip",
	    "cout * (1 - abattement) * (1 - part_tiers) * "
	    "part_utilisatrice = 98601/10 u1 - r0 d0: "
	    "cout=65734<param:average_costs.*.A.IP2 "
	    "abattement=1/10<fact:given.abatement "
	    "part_tiers=1/2<fact:claims.A1.third_party_share "
	    "part_utilisatrice=1/3<param:temp_work.user_share_serious",
	    "Sinistre A1 : incapacité permanente, imputé à 2022 "
	    "(catégorie IP2)",
	    "CSS art. R. 242-6-1 et L. 241-5-1" },
	{ "the sheet, agency: claim.A1.it",
	    IP "claims.A1.temp_work={\"role\": \"agency\"}|" INDIVIDUAL, "claim.A1.it",
	    "cout = 522 u1 - r0 d0: "
	    "cout=522<param:average_costs.*.A.IT2",
	    "Sinistre A1 : incapacité temporaire, imputé à 2021 "
	    "(catégorie IT2)",
	    "CSS art. R. 242-6-1 et L. 241-5-1" },
	{ "the sheet, agency: claim.A1.ip",
	    IP "claims.A1.temp_work={\"role\": \"agency\"}|" INDIVIDUAL, "claim.A1.ip",
	    "cout * (1 - part_utilisatrice) = 131468/3 u1 - r0 d0: "
	    "cout=65734<param:average_costs.*.A.IP2 "
	    "part_utilisatrice=1/3<param:temp_work.user_share_serious",
	    "Sinistre A1 : incapacité permanente, imputé à 2022 "
	    "(catégorie IP2)",
	    "CSS art. R. 242-6-1 et L. 241-5-1" },
	{ "the sheet, agency: risk_value",
	    IP "claims.A1.temp_work={\"role\": \"agency\"}|" INDIVIDUAL, "risk_value",
	    "c1 + c2 = 133034/3 u1 - r0 d0: c1=522<step:claim.A1.it "
	    "c2=131468/3<step:claim.A1.ip",
	    "Valeur du risque : somme des coûts de la période",
	    "CSS art. D. 242-6-6" },
	{ "the sheet, a death, self-management: claim.A1.ip",
	    "establishment.regime=self_management|claims.A1.death=2021-03-03|"
	    "claims.A1.death_recognised=2021-06-01|"
	    "claims.A1.third_party_share=0.5|" INDIVIDUAL, "claim.A1.ip",
	    "cout * (1 - part_tiers) = 338013 u1 - r0 d0: "
	    "cout=676026<param:average_costs.*.A.IP4 "
	    "part_tiers=1/2<fact:claims.A1.third_party_share",
	    "Sinistre A1 : décès, imputé à 2021 (catégorie IP4)",
	    "CSS art. D. 242-6-7, al. 6" },
	{ "the sheet, a death, self-management: M1",
	    "establishment.regime=self_management|claims.A1.death=2021-03-03|"
	    "claims.A1.death_recognised=2021-06-01|"
	    "claims.A1.third_party_share=0.5|" INDIVIDUAL, "M1",
	    "m1 * part = 119/1000 u2 - r0 d0: "
	    "m1=17/100<param:majorations.M1 "
	    "part=7/10<param:majoration_share.self_management.M1",
	    "Majoration M1 comptée par ce régime",
	    "CSS art. D. 242-6-19" },
	{ "the sheet, a death, self-management: individual",
	    "establishment.regime=self_management|claims.A1.death=2021-03-03|"
	    "claims.A1.death_recognised=2021-06-01|"
	    "claims.A1.third_party_share=0.5|" INDIVIDUAL, "individual",
	    "(taux_brut + m1) * (100 + m2) / 100 + m3 + m4 = "
	    "9090019/500000 u2 - r0 d0: "
	    "taux_brut=112671/10000<step:gross m1=119/1000<step:M1 "
	    "m2=58<param:majorations.M2 m3=4/25<param:majorations.M3 "
	    "m4=3/100<param:majorations.M4",
	    "Taux net individuel",
	    "CSS art. D. 242-6-3 et D. 242-6-9" },
	{ "the sheet, pupils: individual",
	    "establishment.regime=pupil|" INDIVIDUAL, "individual",
	    "(taux_brut + m1) * (100 + m2) / 100 + m3 + m4 = "
	    "6873/250000 u2 - r0 d0: taux_brut=87/5000<step:gross "
	    "m1=0<param:majoration_share.pupil.M1 "
	    "m2=58<param:majorations.M2 "
	    "m3=0<param:majoration_share.pupil.M3 "
	    "m4=0<param:majoration_share.pupil.M4",
	    "Taux net individuel",
	    "CSS art. D. 242-6-3 et D. 242-6-9" },
	{ "the sheet, no claim: risk_value",
	    "claims=null|" INDIVIDUAL, "risk_value",
	    "0 = 0 u1 - r0 d0:",
	    "Valeur du risque : somme des coûts de la période",
	    "CSS art. D. 242-6-6" },
	{ "the sheet, voluntary: mode",
	    "establishment.regime=voluntary|rebate=0.10", "mode",
	    "1 - cas = 0 u4 collective r0 d0: "
	    "cas=1<fact:establishment.regime",
	    "Mode : assurés volontaires, au taux collectif réduit",
	    "CSS art. D. 242-6-11, dernier al." },
	{ "the sheet, voluntary: collective",
	    "establishment.regime=voluntary|rebate=0.10", "collective",
	    "taux_publie = 209/100 u2 - r0 d0: "
	    "taux_publie=209/100<param:collective_rates.general.285DF",
	    "Taux net collectif du code risque",
	    "CSS art. D. 242-6-11" },
	{ "the sheet, voluntary: voluntary",
	    "establishment.regime=voluntary|rebate=0.10", "voluntary",
	    "taux * part = 209/125 u2 - r0 d0: "
	    "taux=209/100<step:collective "
	    "part=4/5<param:regime_factor.voluntary_factor",
	    "Taux réduit des assurés volontaires",
	    "CSS art. D. 242-6-11, dernier al." },
	{ "the sheet, voluntary: rebate",
	    "establishment.regime=voluntary|rebate=0.10", "rebate",
	    "taux * (1 - ristourne) = 1881/1250 u2 - r0 d0: "
	    "taux=209/125<step:voluntary ristourne=1/10<fact:rebate",
	    "Taux après ristourne",
	    "CSS art. L. 242-7 ; A2010 art. 2 à 7" },
	{ "the sheet, voluntary: notified",
	    "establishment.regime=voluntary|rebate=0.10", "notified",
	    "taux = 3/2 u2 - r1 d2: taux=1881/1250<step:rebate",
	    "Taux notifié",
	    "aucun texte : voir les notes de lecture" },
	{ "the sheet, new: mode",
	    "establishment.created=2023-01-01", "mode",
	    "annee - creation >= duree = 0 u4 collective r0 d0: "
	    "annee=2024<fact:year "
	    "creation=2023<fact:establishment.created "
	    "duree=3<param:new_establishment.collective_years",
	    "Mode : établissement nouveau, au taux collectif l'année "
	    "de sa création et les deux suivantes",
	    "CSS art. D. 242-6-17" },
	{ "the sheet, always collective: mode",
	    "establishment.risk_code=802AA|establishment.ctn=H", "mode",
	    "1 - liste = 0 u4 collective r0 d0: "
	    "liste=1<param:always_collective.802AA",
	    "Mode : activité au taux collectif quel que soit "
	    "l'effectif",
	    "CSS art. D. 242-6-14 I ; A1995c annexe" },
	{ "the sheet, always collective: notified",
	    "establishment.risk_code=802AA|establishment.ctn=H", "notified",
	    "taux = 1/1000 u2 - r1 d4: taux=1/1000<step:collective",
	    "Taux notifié",
	    "aucun texte : voir les notes de lecture" },
	{ "the sheet, support: mode",
	    "establishment.section=support", "mode",
	    "1 - cas = 0 u4 collective r0 d0: "
	    "cas=1<fact:establishment.section",
	    "Mode : section de bureaux ou de fonctions support, au "
	    "taux collectif de cette section",
	    "A1995 art. 1 III" },
	{ "the sheet, support: collective",
	    "establishment.section=support", "collective",
	    "taux_publie = 16/25 u2 - r0 d0: "
	    "taux_publie=16/25<param:support_rates.general.0000B",
	    "Taux net collectif de la section de fonctions support",
	    "A1995 art. 1 III" },
	{ "the sheet, home: mode",
	    "establishment.section=home", "mode",
	    "1 - cas = 0 u4 collective r0 d0: "
	    "cas=1<fact:establishment.section",
	    "Mode : travailleurs à domicile, au taux collectif",
	    "CSS art. D. 242-6-14 II" },
	{ "the sheet, dockers: docker_ceiling",
	    "establishment.regime=docker|" INDIVIDUAL, "docker_ceiling",
	    "min(taux, plafond) = 121523/250000 u2 - r0 d0: "
	    "taux=121523/250000<step:individual "
	    "plafond=35<param:regime_factor.docker_ceiling",
	    "Dockers intermittents : taux plafonné",
	    "CSS art. D. 242-6-20" },
};

static void
sheet(void **state)
{
	size_t i = (size_t)*state;
	struct arena *a = arena_of(ARENA_BYTES);
	const struct step *s = NULL;
	struct answer ans;
	struct facts f;
	char line[1024], text[FRAC_TEXT_MAX];
	size_t at;

	facts_of(a, FACTS_MIXED, sheets[i].changes, &f);
	assert_int_equal(rate_compute(law, &f, a, true, &ans, NULL), TAPR_OK);
	for (size_t k = 0; k < ans.trace.steps && s == NULL; k++)
		if (strcmp(ans.trace.step[k].id, sheets[i].id) == 0)
			s = &ans.trace.step[k];
	assert_non_null(s);
	(void)frac_text(s->result, text);
	at = (size_t)snprintf(line, sizeof line, "%s = %s u%d %s r%d d%d:",
	    s->formula, text, (int)s->unit, s->word == NULL ? "-" : s->word,
	    (int)s->rounding, s->decimals);
	for (size_t k = 0; k < s->operands; k++) {
		(void)frac_text(s->operand[k].exact, text);
		at += (size_t)snprintf(line + at, sizeof line - at,
		    " %s=%s<%s", s->operand[k].name, text,
		    s->operand[k].from);
		assert_true(at < sizeof line);
	}
	assert_string_equal(line, sheets[i].line);
	assert_string_equal(s->label, sheets[i].label);
	assert_string_equal(s->article, sheets[i].article);
	arena_free(a);
}

/* ---- rounding ------------------------------------------------------------ */

static const struct {
	const char	*why;
	const char	*how, *code, *rate, *want;
	int		 decimals;
} roundings[] = {
	{ "2,845 is notified 2,85: half up",
	    "half_up", "285DF", "2.845", "2.85", 2 },
	{ "2,8449 is notified 2,84",
	    "half_up", "285DF", "2.8449", "2.84", 2 },
	{ "2,849 rounded down would be 2,84",
	    "down", "285DF", "2.849", "2.84", 2 },
	{ "2,841 rounded up would be 2,85",
	    "up", "285DF", "2.841", "2.85", 2 },
	{ "a collective rate of pupils keeps four decimals, 0,0525",
	    "half_up", "802AA", "0.0525", "0.0525", 4 },
};

static void
rounding(void **state)
{
	size_t i = (size_t)*state;
	char row[128], changes[512];
	struct edit edit = { "rounding", "", row };
	struct arena *a = arena_of(ARENA_BYTES);
	struct law *other;
	struct answer ans;
	struct err err = { 0 };
	struct facts f;

	snprintf(row, sizeof row, "2012-01-01,,notified,%s,word" TAIL,
	    roundings[i].how);
	snprintf(changes, sizeof changes, COLLECTIVE "|establishment."
	    "risk_code=%s|given.collective_rate=%s", roundings[i].code,
	    roundings[i].rate);
	other = law_with(&edit, 1);
	facts_of(a, FACTS_MIXED, changes, &f);
	if (rate_compute(other, &f, a, true, &ans, &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_frac(ans.notified, roundings[i].rate);
	assert_frac(ans.notified_rounded, roundings[i].want);
	assert_int_equal(ans.notified_decimals, roundings[i].decimals);
	arena_free(a);
	law_free(other);
}

/* Only a collective rate of the code itself has its four decimals. */
static void
decimals(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	struct answer ans;
	struct facts f;

	(void)state;
	facts_of(a, FACTS_MIXED, "establishment.risk_code=802AA|"
	    "establishment.section=support", &f);
	assert_int_equal(rate_compute(law, &f, a, false, &ans, NULL),
	    TAPR_OK);
	assert_int_equal(ans.notified_decimals, 2);
	arena_free(a);
}

/* ---- what is kept from one rate to the next ------------------------------------ */

/*
 * The rows of this file one after another, whatever their year, zone, regime
 * and given values, refusals too: what one rate has left changes no other.
 */
static void
keeping(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	struct kept kept = { .law = law };
	struct answer one, many;
	struct err alone, after;
	struct facts f;
	size_t n = 0;

	(void)state;
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < COUNT(rows); i++) {
			if (rows[i].edit.param != NULL)
				continue;	/* of another law */
			arena_reset(a);
			memset(&alone, 0, sizeof alone);
			memset(&after, 0, sizeof after);
			facts_of(a, FACTS_MIXED, rows[i].changes, &f);
			n++;
			assert_int_equal(rate_compute_kept(&kept, &f, a,
			    false, &many, &after), rate_compute(law, &f, a,
			    false, &one, &alone));
			assert_string_equal(after.where, alone.where);
			assert_string_equal(after.text, alone.text);
			if (alone.code == TAPR_OK)
				same_answer(&one, &many);
		}
	assert_true(n > 50);
	arena_free(a);
}

/* ---- supplementary contributions ------------------------------------------- */

static const struct {
	const char	*why;
	const char	*changes;
	int		 year;
	const char	*amount;
	bool		 minimum;
} supplementaries[] = {
	/* notified 2,09 % of 1 200 000 a year: 2 090 a month */
	{ "the payroll of the year of the rate: three months at 25 % of 2 090 "
	    "= 1 567,50",
	    "payroll.2024=1200000.00|payroll.2022=99.00", 2024, "1567.5",
	    false },
	{ "else the last year known",
	    "payroll.2022=1200000.00", 2022, "1567.5", false },
	{ "under 1 000 euros, 1 000 are due",
	    "payroll.2022=120000.00", 2022, "1000", true },
};

static void
supplementary(void **state)
{
	size_t i = (size_t)*state;
	char changes[512];
	struct arena *a = arena_of(ARENA_BYTES);
	struct answer ans;
	struct facts f;

	snprintf(changes, sizeof changes, SUPPLEMENTARY "|" COLLECTIVE "|%s",
	    supplementaries[i].changes);
	facts_of(a, FACTS_MIXED, changes, &f);
	assert_int_equal(rate_compute(law, &f, a, false, &ans, NULL),
	    TAPR_OK);
	assert_int_equal(ans.supplementaries, 1);
	assert_true(ans.supplementary[0].amount.known);
	assert_frac(ans.supplementary[0].amount.exact,
	    supplementaries[i].amount);
	assert_int_equal(ans.supplementary[0].payroll_year,
	    supplementaries[i].year);
	assert_int_equal(ans.supplementary[0].minimum,
	    supplementaries[i].minimum);
	assert_frac(ans.notified, "2.09");
	arena_free(a);
}

/* Twenty contributions without payroll want twenty notes. */
static void
many_notes(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	struct supplementary many[20];
	struct answer ans;
	struct facts f;

	(void)state;
	for (size_t i = 0; i < COUNT(many); i++)
		many[i] = (struct supplementary){ frac_int(25),
		    day("2024-02-01"), day("2024-05-01") };
	facts_of(a, FACTS_MIXED, "payroll=null|" COLLECTIVE, &f);
	f.supplementary = many;
	f.supplementaries = COUNT(many);
	assert_int_equal(rate_compute(law, &f, a, true, &ans, NULL),
	    TAPR_OK);
	assert_int_equal(ans.warnings, 16);
	assert_int_equal(ans.supplementaries, 20);
	assert_false(ans.supplementary[19].amount.known);
	arena_free(a);
}

/* ---- numbers too large --------------------------------------------------- */

#define AT(field) offsetof(struct facts, field)
#define TEN_DAYS "={\"kind\": \"accident\", \"declared\": "		\
	"\"2021-03-02\", \"recognised\": \"2021-03-02\", "		\
	"\"stoppage_days\": 10}"

static const struct {
	const char	*why;
	const char	*changes;
	size_t		 at[2];		/* of a struct frac of the facts */
	const char	*where, *says;
	const char	*parts;		/* 3 x 2^126 over this */
} overflows[] = {
	{ "an average cost too large: the sum of the lines",
	    "claims.A2" TEN_DAYS, { AT(given.cost[COST_IT2]) }, "",
	    "étape « risk_value »", "1" },
	{ "an average cost too large: the gross rate",
	    "", { AT(given.cost[COST_IT2]) }, "", "étape « gross »", "1" },
	{ "an average cost too large: the line itself",
	    "claims.A1.third_party_share=0.1111",
	    { AT(given.cost[COST_IT2]), AT(given.abatement) }, "",
	    "étape « claim", "1" },
	{ "a majoration too large: the individual rate",
	    "", { AT(given.majoration[1]) }, "", "étape « individual »",
	    "1" },
	{ "a majoration too large: the part that the regime counts",
	    "establishment.regime=self_management|" INDIVIDUAL,
	    { AT(given.majoration[0]) }, "", "étape « M1 »", "1" },
	{ "a collective rate too large: the mixed rate",
	    "", { AT(given.collective_rate) }, "", "étape « mixed »", "1" },
	{ "a collective rate too large: the rebate",
	    "rebate=0.11|" COLLECTIVE, { AT(given.collective_rate) }, "",
	    "étape « rebate »", "1" },
	{ "a collective rate too large: what the voluntary insured pay",
	    "establishment.regime=voluntary", { AT(given.collective_rate) },
	    "", "étape « voluntary »", "1" },
	{ "a collective rate too large: the rounded rate",
	    COLLECTIVE, { AT(given.collective_rate) }, "",
	    "étape « notified »", "11" },
	{ "a previous rate too large: the limits",
	    "previous={\"rate\": \"3.00\", \"mode\": \"mixed\"}",
	    { AT(previous_rate) }, "previous.rate", "trop grand", "1" },
};

static void
overflow(void **state)
{
	size_t i = (size_t)*state;
	struct frac huge = frac_div(frac_mul(frac_of("huge"), frac_int(3)),
	    frac_of(overflows[i].parts));
	struct arena *a = arena_of(ARENA_BYTES);
	struct facts f;

	facts_of(a, FACTS_MIXED, overflows[i].changes, &f);
	for (int k = 0; k < 2 && overflows[i].at[k] != 0; k++)
		memcpy((char *)&f + overflows[i].at[k], &huge, sizeof huge);
	for (size_t k = 0; k < COUNT(f.given.has_cost); k++)
		f.given.has_cost[k] = frac_valid(f.given.cost[k]);
	for (size_t k = 0; k < 4; k++)
		f.given.has_majoration[k] = frac_valid(f.given.majoration[k]);
	f.given.has_collective_rate = frac_valid(f.given.collective_rate);
	f.given.has_abatement = frac_valid(f.given.abatement);
	for (int traced = 0; traced < 2; traced++) {
		struct err err = { 0 };
		struct answer ans;

		assert_refused(rate_compute(law, &f, a, traced == 1, &ans,
		    &err), &err, TAPR_ERANGE, overflows[i].where,
		    overflows[i].says);
	}
	arena_free(a);
}

/* What a document can hold: fifteen digits before the point. */
static void
legal_amounts(void **state)
{
	static const char *const changes[] = {
		"given.average_costs.IT2=999999999999999.97|payroll={\"2020\":"
		" \"0.07\", \"2021\": \"0.00\", \"2022\": \"999999999999999.89"
		"\"}|claims.A1.third_party_share=0.9997|given.abatement=0.1111|"
		"given.majorations={\"M1\": \"0.1111\", \"M2\": \"58.3333\", "
		"\"M3\": \"0.7777\", \"M4\": \"0.9999\"}|headcounts.2022="
		"84.37|rebate=0.1111|given.collective_rate=9.9997",
		SUPPLEMENTARY "|given.collective_rate=99.9999|rebate=0.1111|"
		"payroll.2022=999999999999999.97|" COLLECTIVE,
	};
	struct arena *a = arena_of(ARENA_BYTES);

	(void)state;
	for (size_t i = 0; i < COUNT(changes); i++)
		for (int traced = 0; traced < 2; traced++) {
			struct err err = { 0 };
			struct answer ans;
			struct facts f;
			int rc;

			facts_of(a, FACTS_MIXED, changes[i], &f);
			rc = rate_compute(law, &f, a, traced == 1, &ans,
			    &err);
			if (rc == TAPR_OK)
				assert_true(frac_valid(ans.notified_rounded));
			else
				assert_int_equal(rc, TAPR_ERANGE);
		}
	arena_free(a);
}

/* The reader of documents refuses these two; a fund's snapshot may not. */
static void
beside_the_reader(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	struct member member = { frac_int(2), frac_int(0) };
	struct err err[2] = { { 0 } };
	struct answer ans;
	struct facts f;

	(void)state;
	facts_of(a, FACTS_MIXED, "", &f);
	f.year = 2011;
	assert_refused(rate_compute(law, &f, a, true, &ans, &err[0]), &err[0],
	    TAPR_EINVAL, "year", "à partir de 2012");
	f.year = 2024;
	f.has_single_rate = f.single_first_year = true;
	f.member = &member;
	f.members = 1;
	assert_refused(rate_compute(law, &f, a, true, &ans, &err[1]), &err[1],
	    TAPR_EINVAL, "single_rate.members", "aucune masse salariale");
	arena_free(a);
}

static void
supplementary_overflow(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	struct year_amount payroll[1] = { { 2022, frac_of("huge") } };
	struct err err = { 0 };
	struct answer ans;
	struct facts f;

	(void)state;
	facts_of(a, FACTS_MIXED, SUPPLEMENTARY "|" COLLECTIVE, &f);
	payroll[0].amount = frac_mul(payroll[0].amount, frac_int(3));
	f.payroll = (struct year_series){ payroll, 1 };
	assert_refused(rate_compute(law, &f, a, false, &ans, &err), &err,
	    TAPR_ERANGE, "supplementary.0 : payroll", "trop grande");
	arena_free(a);
}

/* A single rate of 20 000 establishments: the sheet grows with their number,
 * not with its square. */
static void
many_members(void **state)
{
	struct arena *a = arena_of(ARENA_BYTES);
	struct member *members = arena_array(a, 20000, sizeof *members);
	struct answer ans;
	struct facts f;

	(void)state;
	for (size_t i = 0; i < 20000; i++)
		members[i] = (struct member){ frac_int(3), frac_int(1000) };
	facts_of(a, FACTS_MIXED, "", &f);
	f.has_single_rate = f.single_first_year = true;
	f.member = members;
	f.members = 20000;
	assert_int_equal(rate_compute(law, &f, a, true, &ans, NULL), TAPR_OK);
	assert_frac(ans.cap.previous, "3");
	check_trace(&ans);
	arena_free(a);
}

/* ---- memory ------------------------------------------------------------------ */

/* Everything that a sheet can hold: frozen in 2026, priced with what is given. */
#define RICH "year=2026|headcounts={\"2020\": \"149.00\", \"2021\": "	\
	"\"150.00\", \"2022\": \"150.00\", \"2023\": \"150.00\", "	\
	"\"2024\": \"150.00\"}|payroll={\"2022\": \"1000000.00\", "	\
	"\"2023\": \"1000000.00\", \"2024\": \"1000000.00\"}|"		\
	"given.average_costs={\"IT1\": \"300.00\", \"IT2\": \"522.00\", "	\
	"\"IP2\": \"65734.00\", \"IP4\": \"700000.00\"}|"		\
	"given.abatement=0.10|claims.A1.declared=2023-03-02|"		\
	"claims.A1.recognised=2023-04-02|claims.A1.ip_rate=15|"		\
	"claims.A1.ip_notified=2024-01-02|"				\
	"claims.A1.third_party_share=0.50|"				\
	"claims.A1.temp_work={\"role\": \"agency\"}|"			\
	"claims.A2={\"kind\": \"accident\", \"declared\": \"2023-03-02\", "	\
	"\"recognised\": \"2023-04-02\", \"death\": \"2023-03-02\", "	\
	"\"death_recognised\": \"2023-04-02\"}|"			\
	"establishment.regime=ieg|rebate=0.10|" SINGLE "|" SUPPLEMENTARY

static const struct {
	const char	*why;
	const char	*changes;
	bool		 traced;
} memories[] = {
	{ "a mixed rate with everything, and its sheet, finds memory or is "
	    "refused", RICH, true },
	{ "a mixed rate with everything, without its sheet, finds memory or is "
	    "refused", RICH, false },
	{ "a collective rate with its notes finds memory or is refused",
	    "year=2025|establishment.ctn=C|headcounts.2023=1.00|payroll=null|"
	    SUPPLEMENTARY, false },
	{ "a collective rate with notes alone finds memory or is refused",
	    "year=2025|establishment.ctn=C|headcounts.2023=1.00", false },
	{ "a new establishment and its sheet find memory or are refused",
	    "establishment.created=2023-01-01", true },
	{ "an always collective code and its sheet find memory or are refused",
	    "establishment.risk_code=802AA|establishment.ctn=H", true },
	{ "a section of support staff and its sheet find memory or are "
	    "refused", "zone=alsace-moselle|establishment.section=support|"
	    "rebate=0.10|previous={\"rate\": \"0.10\", \"mode\": "
	    "\"collective\"}", true },
	{ "voluntary insured and their sheet find memory or are refused",
	    "establishment.regime=voluntary", true },
	{ "dockers in individual mode find memory or are refused",
	    "establishment.regime=docker|previous={\"rate\": \"3.00\", "
	    "\"mode\": \"mixed\"}|" INDIVIDUAL, true },
	{ "real costs of 2013 and their sheet find memory or are refused",
	    YEAR_2013 "given.real_costs.2009=10000.00", true },
};

static void
memory(void **state)
{
	size_t i = (size_t)*state, refused = 0;
	struct arena *a = arena_of(ARENA_BYTES);
	struct answer whole, ans;
	struct facts f;
	struct err err = { 0 };
	int rc;

	facts_of(a, FACTS_MIXED, memories[i].changes, &f);
	if (rate_compute(law, &f, a, memories[i].traced, &whole, &err) !=
	    TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	for (size_t max = 0;; max += 16) {
		struct arena *small = arena_of(max);

		memset(&err, 0, sizeof err);
		rc = rate_compute(law, &f, small, memories[i].traced, &ans,
		    &err);
		if (rc == TAPR_OK) {
			same_answer(&whole, &ans);
			arena_free(small);
			break;
		}
		assert_int_equal(rc, TAPR_EIO);
		assert_non_null(strstr(err.text, "mémoire insuffisante"));
		arena_free(small);
		refused++;
	}
	assert_true(refused > 2);
	arena_free(a);
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "the support section of a code with four decimals has two",
		    decimals, NULL, NULL, NULL },
		{ "what is kept from one rate changes no other", keeping,
		    NULL, NULL, NULL },
		{ "sixteen notes are kept, the seventeenth is dropped",
		    many_notes, NULL, NULL, NULL },
		{ "amounts of fifteen digits give a rate or are refused as "
		    "too large", legal_amounts, NULL, NULL, NULL },
		{ "a year before 2012, and members without payroll, are "
		    "refused by the rule itself", beside_the_reader, NULL,
		    NULL, NULL },
		{ "a normal contribution too large is refused as such",
		    supplementary_overflow, NULL, NULL, NULL },
		{ "a single rate of 20 000 establishments has its sheet",
		    many_members, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(rows) +
	    COUNT(sheets) + COUNT(roundings) + COUNT(supplementaries) + COUNT(overflows) +
	    COUNT(memories)];
	size_t n = 0;

	ADD(rows, row_of);
	ADD(sheets, sheet);
	ADD(roundings, rounding);
	ADD(supplementaries, supplementary);
	ADD(overflows, overflow);
	ADD(memories, memory);
	for (size_t i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return cmocka_run_group_tests(tests, open_law, close_law);
}
