/*
 * test_rule_calls.c -- each rule of `tapr rule`, through the call
 * that the command makes: its answer, its article, its refusals.
 */
#include "fixture.h"
#include "base/str.h"
#include "rating/rating.h"
#include "tariff/rules.h"

static const struct {
	const char	*why;
	const char	*call;		/* name and arguments */
	const char	*result;	/* the answer has it after "result": */
	const char	*article;	/* and this in its article */
} answers[] = {
	{ "window: 2025 looks at 2021 to 2023",
	    "window year=2025", "{\"exact\": null, \"value\": \"2021-2023\", "
	    "\"years\": [2021, 2022, 2023]}", "D. 242-6-4" },
	{ "headcount: 61 / 3 = 20,33, truncated",
	    "headcount year=2018 months=20,20,21",
	    "{\"exact\": \"2033/100\", \"value\": \"20.33\"}", "R. 130-1" },
	{ "headcount of 2016: 61 / 3, exact",
	    "headcount year=2016 months=20,20,21",
	    "{\"exact\": \"61/3\", \"value\": \"20.33\"}", "D. 242-6-16" },
	{ "mode: 150 is individual",
	    "mode year=2024 zone=general headcount=150",
	    "{\"exact\": null, \"value\": \"individual\", \"lower\": \"20\", "
	    "\"upper\": \"150\"}", "L. 130-1 II" },
	{ "mode: 1996 knows other thresholds",
	    "mode year=1996 zone=general headcount=150",
	    "{\"exact\": null, \"value\": \"mixed\", \"lower\": \"10\", "
	    "\"upper\": \"200\"}", "D. 242-6-6 (version 1996)" },
	{ "mode: the freeze with headcounts",
	    "mode year=2024 zone=general headcounts=2018:149,2019:150,"
	    "2020:150,2021:150,2022:150", "{\"exact\": null, \"value\": "
	    "\"mixed\"", "D. 242-6-2" },
	{ "mode: BTP of Alsace-Moselle",
	    "mode year=2024 zone=alsace-moselle btp=yes headcount=299",
	    "{\"exact\": null, \"value\": \"mixed\", \"lower\": \"50\", "
	    "\"upper\": \"300\"}", "D. 242-30" },
	{ "mixed-fraction: 11/20 at 85",
	    "mixed-fraction year=2024 zone=general headcount=85",
	    "{\"exact\": \"11/20\", \"value\": \"0.5500\"}",
	    "décret n° 2017-337" },
	{ "mixed-fraction: 1996",
	    "mixed-fraction year=1996 zone=general headcount=10",
	    "{\"exact\": \"1/191\"", "D. 242-6-9 (version 1996)" },
	{ "cost-category: days",
	    "cost-category year=2024 ctn=A zone=general days=4",
	    "{\"exact\": null, \"value\": \"IT2\"}", "D. 242-6-6" },
	{ "cost-category: an IP of the BTP is priced by group",
	    "cost-category year=2024 ctn=B zone=general ip=15",
	    "{\"exact\": null, \"value\": \"IP2_IP4\"}", "D. 242-6-6" },
	{ "cost-category: the highest IP",
	    "cost-category year=2024 ctn=A zone=general ip=100",
	    "{\"exact\": null, \"value\": \"IP4\"}", "D. 242-6-6" },
	{ "cost-category: a death",
	    "cost-category year=2024 ctn=I zone=alsace-moselle death=yes",
	    "{\"exact\": null, \"value\": \"IP4\"}", "D. 242-34" },
	{ "average-cost: 522 for IT2 of CTN A",
	    "average-cost year=2024 ctn=A zone=general category=IT2",
	    "{\"exact\": \"522\", \"value\": \"522.00\"}, \"sources\": "
	    "[{\"text\": \"Arrêté du 27 décembre 2023, annexe 2\"",
	    "D. 242-6-8" },
	{ "average-cost: the group support of the BTP",
	    "average-cost year=2024 ctn=B zone=general category=IP3 "
	    "group=support", "{\"exact\": \"184269\"", "D. 242-6-8" },
	{ "abatement: a fifth",
	    "abatement year=2012 risk_code=930NA",
	    "{\"exact\": \"1/5\", \"value\": \"0.20\"}, \"sources\": [{",
	    "21 décembre 2011" },
	{ "abatement: none, and a note on the list of another date",
	    "abatement year=2024 risk_code=926CH",
	    "{\"exact\": \"0\", \"value\": \"0.00\"}, \"sources\": [], "
	    "\"warnings\": [\"ce risque figure dans une liste", "D. 242-6-8" },
	{ "abatement: none, and nothing to note",
	    "abatement year=2024 risk_code=285DF",
	    "{\"exact\": \"0\", \"value\": \"0.00\"}, \"sources\": [], "
	    "\"warnings\": []", "D. 242-6-8" },
	{ "net-rate: 1,17 x 1,58 + 0,19",
	    "net-rate year=2024 gross=1", "{\"exact\": \"10193/5000\"",
	    "D. 242-6-3" },
	{ "minimum-rate: 0,17 x 1,58 + 0,19",
	    "minimum-rate year=2024", "{\"exact\": \"2293/5000\"",
	    "L. 241-5" },
	{ "mixed-rate: 11/20 x 2 + 9/20 x 3 x 3/4",
	    "mixed-rate year=2024 zone=general headcount=85 individual=2 "
	    "collective=3 rebate=0.25", "{\"exact\": \"169/80\", \"value\": "
	    "\"2.11\", \"fraction\": \"11/20\"}", "D. 242-6-13" },
	{ "mixed-rate: without a rebate",
	    "mixed-rate year=2024 zone=general headcount=85 individual=2 "
	    "collective=3", "{\"exact\": \"49/20\"", "D. 242-6-13" },
	{ "cap: 4,01 x 1,25",
	    "cap year=2024 zone=general previous=4.01 computed=6",
	    "{\"exact\": \"401/80\", \"value\": \"5.01\", \"applied\": "
	    "\"upper\", \"lower\": \"401/125\", \"upper\": \"401/80\"}",
	    "décret n° 2013-1293" },
	{ "cap: from below",
	    "cap year=2013 zone=general previous=3 computed=1",
	    "{\"exact\": \"11/5\", \"value\": \"2.20\", \"applied\": "
	    "\"lower\"", "D. 242-6-15\"" },
	{ "cap: within the limits",
	    "cap year=2024 zone=alsace-moselle previous=3 computed=3.5",
	    "{\"exact\": \"7/2\", \"value\": \"3.50\", \"applied\": "
	    "\"none\"", "D. 242-38" },
	{ "merged-previous: 14 000 / 4 000",
	    "merged-previous rates=2,4 payrolls=1000,3000",
	    "{\"exact\": \"7/2\"", "D. 242-6-15" },
	{ "temp-work-share: 2026, a line of 2023",
	    "temp-work-share rate_year=2026 classified_year=2023 category=IP2 "
	    "role=user", "{\"exact\": \"1/3\", \"value\": \"0.3333\"}",
	    "période transitoire" },
	{ "temp-work-share: 2028, the agency",
	    "temp-work-share rate_year=2028 classified_year=2025 category=IT1 "
	    "role=agency", "{\"exact\": \"1/2\"", "décret n° 2024-723)" },
	{ "third-party: 40 % of 1 000",
	    "third-party cost=1000 share=0.6",
	    "{\"exact\": \"400\", \"value\": \"400.00\"}", "al. 6" },
	{ "third-party: all of it",
	    "third-party cost=1000 share=1", "{\"exact\": \"0\"", "al. 6" },
	{ "charge-year: a stoppage, in the year of its declaration",
	    "charge-year kind=it declared=2020-02-03",
	    "{\"exact\": \"2020\", \"value\": \"2020\"}", "al. 1" },
	{ "charge-year: an IP, in the year of its notification",
	    "charge-year kind=ip ip_notified=2022-02-03 on=2024-01-01",
	    "{\"exact\": \"2022\"", "al. 2" },
	{ "charge-year: a death from 17 April 2025, its recognition",
	    "charge-year kind=death on=2025-05-01 death=2021-06-01 "
	    "death_recognised=2022-01-01", "{\"exact\": \"2022\"",
	    "décret n° 2025-342" },
	{ "charge-year: a death before, and an IP notified that day",
	    "charge-year kind=death on=2024-01-01 death=2021-06-01 "
	    "death_recognised=2021-06-01 ip_notified=2021-06-01",
	    "{\"exact\": \"2021\", \"value\": \"2021\"}, \"sources\": [], "
	    "\"warnings\": [\"un taux d'IP notifié avant le décès",
	    "avant 2025" },
	{ "charge-year: an IP after the death changes nothing",
	    "charge-year kind=death on=2024-01-01 death=2021-06-01 "
	    "death_recognised=2022-01-01 ip_notified=2021-06-02",
	    "{\"exact\": \"2021\", \"value\": \"2021\"}, \"sources\": [], "
	    "\"warnings\": []", "avant 2025" },
	{ "new-establishment: the second year after",
	    "new-establishment created=2022-05-01 year=2024",
	    "{\"exact\": null, \"value\": \"yes\", \"mode\": "
	    "\"collective\"}", "D. 242-6-17" },
	{ "new-establishment: the third year after",
	    "new-establishment created=2021-05-01 year=2024",
	    "{\"exact\": null, \"value\": \"no\", \"mode\": \"by "
	    "headcount\"}", "D. 242-6-17" },
	{ "new-establishment: never with a single rate",
	    "new-establishment created=2024-05-01 year=2024 single_rate=yes",
	    "{\"exact\": null, \"value\": \"no\"", "D. 242-6-17" },
	{ "takeover: half of the staff",
	    "takeover activity=yes means=yes staff_share=0.5",
	    "{\"exact\": null, \"value\": \"yes\"}", "dernier al." },
	{ "takeover: other means",
	    "takeover activity=yes means=no staff_share=1 on=2024-01-01",
	    "{\"exact\": null, \"value\": \"no\"}", "dernier al." },
	{ "office-staff: a fifth of 25",
	    "office-staff staff=25 on=2016-01-01",
	    "{\"exact\": \"5\", \"value\": \"5\"}", "version 1995" },
	{ "special-account: the third case and its condition",
	    "special-account case=3", "{\"exact\": null, \"value\": "
	    "\"special_account\", \"condition\": \"found where",
	    "A1995b art. 2" },
	{ "regime: dockers at most 35",
	    "regime year=2024 regime=docker gross=30",
	    "{\"exact\": \"35\", \"value\": \"35.00\"}", "D. 242-6-20" },
	{ "regime: dockers under 35",
	    "regime year=2024 regime=docker gross=1",
	    "{\"exact\": \"10193/5000\"", "D. 242-6-20" },
	{ "regime: pupils, 1,58",
	    "regime year=2024 regime=pupil gross=1", "{\"exact\": \"79/50\"",
	    "D. 242-6-23" },
	{ "regime: voluntary insured, 2,09 x 0,80",
	    "regime year=2024 regime=voluntary gross=2.09",
	    "{\"exact\": \"209/125\"", "D. 242-6-11" },
	{ "collective-rate: four decimals of a code that has them",
	    "collective-rate year=2024 risk_code=802AA zone=general",
	    "{\"exact\": \"1/1000\", \"value\": \"0.0010\"}", "D. 242-6-11" },
	{ "support-rate: CTN B, general zone unless said",
	    "support-rate year=2024 ctn=B", "{\"exact\": \"3/5\", \"value\": "
	    "\"0.60\", \"risk_code\": \"0000A\"}", "A1995 art. 1 III" },
	{ "support-rate: Alsace-Moselle",
	    "support-rate year=2024 ctn=A zone=alsace-moselle",
	    "{\"exact\": \"17/25\", \"value\": \"0.68\", \"risk_code\": "
	    "\"0000B\"}", "A1995 art. 1 III" },
	{ "rate-to-declare: 30 April 2025 is the tariff of 2024",
	    "rate-to-declare year=2025 risk_code=285DF zone=general "
	    "pay_date=2025-04-30", "{\"exact\": \"209/100\"", "D. 242-6-22" },
	{ "rate-to-declare: 1 May 2025, the year left out",
	    "rate-to-declare risk_code=285DF zone=general "
	    "pay_date=2025-05-01", "{\"exact\": \"229/100\"",
	    "D. 242-6-22" },
	{ "collective-gross: 100 000 + 26 x 18 281,80",
	    "collective-gross year=2017 payroll=10000000 benefits=100000 "
	    "capitals=0 annuities=0 deaths=1", "{\"exact\": "
	    "\"1438317/250000\", \"value\": \"5.75\", \"value_of_risk\": "
	    "\"2876634/5\"}", "D. 242-6-5" },
	{ "collective-gross: less what is recovered and special",
	    "collective-gross year=2017 payroll=10000000 benefits=100000 "
	    "capitals=0 annuities=0 deaths=0 recovered=30000 special=20000",
	    "{\"exact\": \"1/2\"", "D. 242-6-5" },
	{ "ip-capital: 3 % on 1 April 2016",
	    "ip-capital ip=3 on=2016-04-01", "{\"exact\": \"24411/25\"",
	    "D. 434-1" },
	{ "ip-annuity: 60 % is 25 + 15 = 40 % of 20 000",
	    "ip-annuity ip=60 salary=20000 on=2016-04-01",
	    "{\"exact\": \"8000\", \"value\": \"8000.00\", "
	    "\"reduced_rate\": \"40\", \"salary_counted\": \"20000\"}",
	    "R. 434-2" },
	{ "survivors: a spouse of 54 and an orphan, 40 % and 25 %",
	    "survivors salary=20000 spouse=yes spouse_age=54 orphans=1 "
	    "on=2016-04-01", "{\"exact\": \"13000\", \"value\": "
	    "\"13000.00\", \"spouse\": \"8000\", \"orphans\": \"5000\", "
	    "\"ascendants\": \"0\"}", "R. 434-10" },
	{ "survivors: two ascendants alone, 20 %",
	    "survivors salary=20000 ascendants=2 on=2016-04-01",
	    "{\"exact\": \"4000\"", "R. 434-16" },
	{ "notification-penalty: 20 x 39",
	    "notification-penalty year=2024 headcount=20 counted=20",
	    "{\"exact\": \"780\", \"value\": \"780.00\", \"due\": \"yes\"}",
	    "L. 242-5" },
	{ "notification-penalty: not obliged in 2020",
	    "notification-penalty year=2020 headcount=20 counted=20",
	    "{\"exact\": \"0\", \"value\": \"0.00\", \"due\": \"no\"}",
	    "L. 242-5" },
	{ "supplementary: 50 % of a year at 1 000 a month",
	    "supplementary base_monthly=1000 from=2024-01-01 "
	    "until=2025-01-01 percent=50", "{\"exact\": \"6000\", \"value\": "
	    "\"6000.00\", \"months\": \"12\", \"minimum\": \"1000\"}",
	    "A2010 art. 8 à 18" },
	{ "appeal-deadline: two months from the consultation",
	    "appeal-deadline available=2024-01-02 consulted=2024-01-05",
	    "{\"exact\": null, \"value\": \"2024-03-05\", \"notified\": "
	    "\"2024-01-05\"", "R. 142-1-A III" },
	{ "appeal-deadline: never read, two dates and a note",
	    "appeal-deadline available=2024-01-02",
	    "{\"exact\": null, \"value\": \"2024-03-18\", \"notified\": "
	    "\"2024-01-17\", \"deadline_statute\": \"2024-03-18\", "
	    "\"deadline_arrete\": \"2024-03-04\"}, \"sources\": [], "
	    "\"warnings\": [\"la loi et les arrêtés donnent deux dates",
	    "L. 242-5" },
	{ "appeal-deadline: by post, open on its last day",
	    "appeal-deadline post=2024-01-05 on=2024-03-05",
	    "{\"exact\": null, \"value\": \"2024-03-05\", \"notified\": "
	    "\"2024-01-05\", \"deadline_statute\": \"2024-03-05\", "
	    "\"deadline_arrete\": \"2024-03-05\", \"open\": \"yes\"}, "
	    "\"sources\": [], \"warnings\": []", "L. 242-5" },
	{ "appeal-deadline: closed the day after",
	    "appeal-deadline post=2024-01-05 on=2024-03-06",
	    "{\"exact\": null, \"value\": \"2024-03-05\", \"notified\": "
	    "\"2024-01-05\", \"deadline_statute\": \"2024-03-05\", "
	    "\"deadline_arrete\": \"2024-03-05\", \"open\": \"no\"}",
	    "L. 242-5" },
	{ "appeal-deadline: without its mentions it does not run",
	    "appeal-deadline available=2024-01-02 mentions=no",
	    "{\"exact\": null, \"value\": \"not_running\"}, \"sources\": [], "
	    "\"warnings\": [\"les voies et délais", "R. 142-1-A III" },
	{ "claim-deadline: 48 hours without a Sunday or a holiday, from "
	    "Monday 6 May 2024 over the 8th and the 9th",
	    "claim-deadline kind=accident step=declaration "
	    "received=2024-05-06", "{\"exact\": null, \"value\": "
	    "\"2024-05-10\"}", "R. 441-2" },
};

/* Cuts "name key=value key=value". */
static size_t
cut(char *text, const char *args[40])
{
	size_t n = 0;

	for (char *p = text; *p != '\0';) {
		args[n++] = p;
		p += strcspn(p, " ");
		if (*p == ' ')
			*p++ = '\0';
		assert_true(n < 40);
	}
	return n;
}

static void
answer(void **state)
{
	size_t i = (size_t)*state, n;
	char call[512], start[128];
	const char *args[40], *result;
	struct err err = { 0 };
	struct str json, text;

	snprintf(call, sizeof call, "%s", answers[i].call);
	n = cut(call, args);
	str_init(&json, 1 << 20);
	str_init(&text, 1 << 20);
	if (rating_rule(law, args[0], args + 1, n - 1, FORMAT_JSON, &json,
	    &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	snprintf(start, sizeof start, "{\"rule\": \"%s\", \"article\": \"",
	    args[0]);
	assert_memory_equal(json.p, start, strlen(start));
	assert_non_null(result = strstr(json.p, "\"result\": "));
	result += strlen("\"result\": ");
	if (strncmp(result, answers[i].result, strlen(answers[i].result)) !=
	    0)
		fail_msg("%s", json.p);
	assert_non_null(strstr(json.p, answers[i].article));
	assert_non_null(strstr(json.p, "\"valid\": [\""));
	assert_int_equal(rating_rule(law, args[0], args + 1, n - 1,
	    FORMAT_TEXT, &text, &err), TAPR_OK);
	snprintf(start, sizeof start, "%s = ", args[0]);
	assert_memory_equal(text.p, start, strlen(start));
	assert_non_null(strstr(text.p, "en vigueur depuis le "));
	str_free(&json);
	str_free(&text);
}

/* ---- the rows of law an answer rests on -------------------------------------- */

static const struct {
	const char	*why;
	const char	*call;
	size_t		 rows;
} sources[] = {
	{ "sources: net-rate cites M1 to M4",
	    "net-rate year=2024 gross=1", 4 },
	{ "sources: minimum-rate cites M1 to M4", "minimum-rate year=2024",
	    4 },
	{ "sources: a docker's rate cites its ceiling too",
	    "regime year=2024 regime=docker gross=10", 5 },
	{ "sources: IEG cites what it counts of two majorations",
	    "regime year=2024 regime=ieg gross=10", 6 },
	{ "sources: the voluntary insured cite their factor alone",
	    "regime year=2024 regime=voluntary gross=10", 1 },
	{ "sources: mode cites both thresholds",
	    "mode year=2024 zone=general headcount=150", 2 },
	{ "sources: mode cites what the freeze takes off",
	    "mode year=2024 zone=general headcounts=2018:149,2019:150,"
	    "2020:150,2021:150,2022:150", 3 },
	{ "sources: mixed-fraction cites its constants",
	    "mixed-fraction year=2024 zone=general headcount=85", 4 },
	{ "sources: mixed-rate cites the largest rebate too",
	    "mixed-rate year=2024 zone=general headcount=85 individual=2 "
	    "collective=3", 5 },
	{ "sources: cap cites its threshold and its two limits",
	    "cap year=2024 zone=general previous=3 computed=4", 3 },
	{ "sources: cost-category cites every bound",
	    "cost-category year=2024 ctn=A zone=general days=4", 6 },
	{ "sources: ip-capital cites its scale and its bound",
	    "ip-capital ip=5 on=2024-01-01", 2 },
	{ "sources: ip-annuity cites the salary bands and the bend",
	    "ip-annuity ip=40 salary=30000 on=2024-06-01", 8 },
	{ "sources: survivors cite the salary bands and the shares",
	    "survivors salary=30000 spouse=yes spouse_age=40 orphans=3 "
	    "on=2024-06-01", 13 },
	{ "sources: a penalty cites its scale, its base, its maximum",
	    "notification-penalty year=2024 headcount=85 counted=3", 4 },
	{ "sources: supplementary cites its minimum",
	    "supplementary base_monthly=1000 from=2024-01-01 "
	    "until=2024-03-01 percent=25", 3 },
	{ "sources: collective-gross cites the four weights",
	    "collective-gross year=2024 payroll=100000000 benefits=10000 "
	    "capitals=2000 annuities=3000 deaths=1", 4 },
};

static size_t
times(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return n;
}

static void
source_rows(void **state)
{
	size_t i = (size_t)*state, n;
	char call[512];
	const char *args[40];
	struct err err = { 0 };
	struct str json, text;

	snprintf(call, sizeof call, "%s", sources[i].call);
	n = cut(call, args);
	str_init(&json, 1 << 20);
	str_init(&text, 1 << 20);
	if (rating_rule(law, args[0], args + 1, n - 1, FORMAT_JSON, &json,
	    &err) != TAPR_OK ||
	    rating_rule(law, args[0], args + 1, n - 1, FORMAT_TEXT, &text,
	    &err) != TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	assert_int_equal(times(json.p, "{\"text\": "), sources[i].rows);
	assert_int_equal(times(text.p, "\n  source : "), sources[i].rows);
	str_free(&json);
	str_free(&text);
}

/* ---- refusals ----------------------------------------------------------------- */

static const struct {
	const char	*why;
	const char	*call;
	int		 code;
	const char	*where, *says;
} refusals[] = {
	{ "a rule that does not exist is refused",
	    "windows year=2024", TAPR_EUSAGE, "windows", "règle inconnue" },
	{ "an argument that is missing is refused, with the usage",
	    "window", TAPR_EUSAGE, "window (year) : year", "manque" },
	{ "an argument that the rule does not have is refused",
	    "window year=2024 zone=general", TAPR_EUSAGE,
	    "window (year) : zone", "n'a pas cet argument" },
	{ "an argument without a value is refused",
	    "window year", TAPR_EUSAGE, "window (year)", "clé=valeur" },
	{ "window: 1995 is refused",
	    "window year=1995", TAPR_EINVAL, "window : year", "1996 à 2100" },
	{ "window: 2101 is refused",
	    "window year=2101", TAPR_EINVAL, "window : year", "1996 à 2100" },
	{ "headcount: five quarters in 2016",
	    "headcount year=2016 months=1,1,1,1,1", TAPR_EINVAL,
	    "headcount : months", "1 à 4" },
	{ "mode: neither headcount nor headcounts",
	    "mode year=2024 zone=general", TAPR_EUSAGE,
	    "mode (year zone [btp] headcount | headcounts=2018:21.00,...) : "
	    "headcount", "manque" },
	{ "mode: Alsace-Moselle must say whether BTP",
	    "mode year=2024 zone=alsace-moselle headcount=100", TAPR_EUSAGE,
	    "mode (year zone [btp] headcount | headcounts=2018:21.00,...) : "
	    "btp", "manque" },
	{ "mode: a year given twice",
	    "mode year=2024 zone=general headcounts=2018:1,2018:2",
	    TAPR_EINVAL, "mode : headcounts", "2018 est donnée deux fois" },
	{ "mode: a deciding year that is missing",
	    "mode year=2024 zone=general headcounts=2018:20", TAPR_EINVAL,
	    "mode : headcounts.2019", "décide du mode" },
	{ "mixed-fraction: outside the band",
	    "mixed-fraction year=2024 zone=general headcount=150",
	    TAPR_EINVAL, "mixed-fraction : headcount",
	    "hors du mode mixte" },
	{ "cost-category: an IP of 101 %",
	    "cost-category year=2024 ctn=A zone=general ip=101", TAPR_EINVAL,
	    "cost-category : ip", "0 à 100" },
	{ "cost-category: death=no",
	    "cost-category year=2024 ctn=A zone=general death=no",
	    TAPR_EINVAL, "cost-category : death", "death=yes" },
	{ "cost-category: 2011",
	    "cost-category year=2011 ctn=A zone=general days=1", TAPR_EINVAL,
	    "cost-category : year", "2012 à 2100" },
	{ "average-cost: a CTN that does not exist",
	    "average-cost year=2024 ctn=J zone=general category=IT1",
	    TAPR_EINVAL, "average-cost : ctn", "A, B, C" },
	{ "average-cost: the BTP without its group",
	    "average-cost year=2024 ctn=B zone=general category=IP2",
	    TAPR_EINVAL, "average-cost : establishment.btp_group",
	    "gros_oeuvre" },
	{ "average-cost: a year not published",
	    "average-cost year=2027 ctn=A zone=general category=IT1",
	    TAPR_ELAW, "average-cost", "average_costs" },
	{ "abatement: a code with a point",
	    "abatement year=2024 risk_code=93.0NA", TAPR_EINVAL,
	    "abatement : risk_code", "cinq caractères sans point" },
	{ "abatement: no code",
	    "abatement year=2024", TAPR_EUSAGE,
	    "abatement (year risk_code) : risk_code", "manque" },
	{ "net-rate: a year whose majorations are not held",
	    "net-rate year=2015 gross=1", TAPR_ELAW, "net-rate",
	    "majorations" },
	{ "minimum-rate: a year whose majorations are not held",
	    "minimum-rate year=2015", TAPR_ELAW, "minimum-rate",
	    "majorations" },
	{ "mixed-rate: a rebate over a quarter",
	    "mixed-rate year=2024 zone=general headcount=85 individual=2 "
	    "collective=3 rebate=0.2501", TAPR_EINVAL, "mixed-rate : rebate",
	    "quart" },
	{ "mixed-rate: outside the band",
	    "mixed-rate year=2024 zone=general headcount=19.99 individual=2 "
	    "collective=3", TAPR_EINVAL, "mixed-rate : headcount",
	    "hors du mode mixte" },
	{ "cap: a negative rate",
	    "cap year=2024 zone=general previous=-1 computed=1", TAPR_EINVAL,
	    "cap : previous", "positif" },
	{ "merged-previous: a rate without its payroll",
	    "merged-previous rates=1,2 payrolls=1", TAPR_EINVAL,
	    "merged-previous : payrolls", "2 taux mais 1 masses" },
	{ "merged-previous: no payroll",
	    "merged-previous rates=1 payrolls=0", TAPR_EINVAL,
	    "merged-previous : single_rate.members", "masse salariale" },
	{ "temp-work-share: a role that does not exist",
	    "temp-work-share rate_year=2026 classified_year=2023 category=IP2 "
	    "role=client", TAPR_EINVAL, "temp-work-share : role",
	    "user, agency" },
	{ "third-party: more than all",
	    "third-party cost=1000 share=1.0001", TAPR_EINVAL,
	    "third-party : share", "de 0 à 1" },
	{ "charge-year: a stoppage without its declaration",
	    "charge-year kind=it", TAPR_EINVAL, "charge-year : declared",
	    "manque" },
	{ "charge-year: an IP without its notification",
	    "charge-year kind=ip", TAPR_EINVAL, "charge-year : ip_notified",
	    "manque" },
	{ "charge-year: a death without its day",
	    "charge-year kind=death on=2024-01-01", TAPR_EINVAL,
	    "charge-year : death", "la date du décès manque" },
	{ "charge-year: a death without its recognition",
	    "charge-year kind=death on=2024-01-01 death=2021-06-01",
	    TAPR_EINVAL, "charge-year : death_recognised",
	    "une fois reconnu" },
	{ "charge-year: a death recognised before it",
	    "charge-year kind=death on=2024-01-01 death=2021-06-01 "
	    "death_recognised=2021-05-31", TAPR_EINVAL,
	    "charge-year : death_recognised", "avant d'avoir eu lieu" },
	{ "charge-year: a death without the day of the law",
	    "charge-year kind=death death=2021-06-01 "
	    "death_recognised=2021-06-30", TAPR_EUSAGE,
	    "charge-year (kind=it|ip|death [on] [declared] [ip_notified] "
	    "[death] [death_recognised]) : on", "manque" },
	{ "charge-year: before average costs",
	    "charge-year kind=it declared=2010-01-01 on=2011-12-31",
	    TAPR_EINVAL, "charge-year : on", "avant 2012" },
	{ "charge-year: a date that is none",
	    "charge-year kind=it declared=2021-02-30", TAPR_EINVAL,
	    "charge-year : declared", "calendrier" },
	{ "new-establishment: created after the year",
	    "new-establishment created=2025-01-01 year=2024", TAPR_EINVAL,
	    "new-establishment : created", "après l'année 2024" },
	{ "takeover: before 2012",
	    "takeover activity=yes means=yes staff_share=1 on=2011-12-31",
	    TAPR_ELAW, "takeover", "takeover" },
	{ "office-staff: since March 2017 there is no such rule",
	    "office-staff staff=25 on=2017-03-02", TAPR_ELAW,
	    "office-staff", "office_staff" },
	{ "special-account: a sixth case",
	    "special-account case=6", TAPR_EINVAL, "special-account : case",
	    "de 1 à 5" },
	{ "regime: one that does not exist",
	    "regime year=2024 regime=sailor gross=1", TAPR_EINVAL,
	    "regime : regime", "ordinary" },
	{ "regime: a year whose majorations are not held",
	    "regime year=2015 regime=ieg gross=1", TAPR_ELAW, "regime",
	    "majorations" },
	{ "collective-rate: a code that the tariff does not hold",
	    "collective-rate year=2024 risk_code=999ZZ zone=general",
	    TAPR_EINVAL, "collective-rate : establishment.risk_code",
	    "n'est pas dans le tarif" },
	{ "support-rate: a year that is not held",
	    "support-rate year=2012 ctn=A", TAPR_ELAW, "support-rate",
	    "support_rates" },
	{ "rate-to-declare: a day of another year",
	    "rate-to-declare year=2024 risk_code=285DF zone=general "
	    "pay_date=2025-01-01", TAPR_EINVAL, "rate-to-declare : pay_date",
	    "n'est pas de l'année 2024" },
	{ "rate-to-declare: before 2012",
	    "rate-to-declare risk_code=285DF zone=general "
	    "pay_date=2011-12-31", TAPR_EINVAL, "rate-to-declare : pay_date",
	    "à partir de 2012" },
	{ "collective-gross: no payroll",
	    "collective-gross year=2017 payroll=0 benefits=1 capitals=0 "
	    "annuities=0 deaths=0", TAPR_EINVAL, "collective-gross : payroll",
	    "nulle" },
	{ "ip-capital: 10 % is an annuity",
	    "ip-capital ip=10 on=2016-04-01", TAPR_EINVAL, "ip-capital : ip",
	    "ip-annuity" },
	{ "ip-annuity: 9 % is a capital",
	    "ip-annuity ip=9 salary=20000 on=2016-04-01", TAPR_EINVAL,
	    "ip-annuity : ip", "ip-capital" },
	{ "survivors: a spouse without an age",
	    "survivors salary=20000 spouse=yes on=2016-04-01", TAPR_EUSAGE,
	    "survivors (salary [spouse] [spouse_age] [orphans] [ascendants] "
	    "on) : spouse_age", "manque" },
	{ "notification-penalty: before 2020",
	    "notification-penalty year=2019 headcount=200 counted=1",
	    TAPR_ELAW, "notification-penalty", "" },
	{ "supplementary: under 25 %",
	    "supplementary base_monthly=1000 from=2024-01-01 "
	    "until=2025-01-01 percent=24.99", TAPR_EINVAL,
	    "supplementary : percent", "25 %" },
	{ "appeal-deadline: no day at all",
	    "appeal-deadline", TAPR_EINVAL, NULL, "" },
	{ "claim-deadline: a step that does not exist",
	    "claim-deadline kind=accident step=lunch received=2024-05-06",
	    TAPR_EINVAL, NULL, "" },
	{ "a number too large to be exact is refused",
	    "regime year=2024 regime=ordinary gross=1e40", TAPR_EINVAL,
	    "regime : gross", "point" },
};

static void
refusal(void **state)
{
	size_t i = (size_t)*state, n;
	char call[512];
	const char *args[40];
	struct err err = { 0 };
	struct str out;
	int rc;

	snprintf(call, sizeof call, "%s", refusals[i].call);
	n = cut(call, args);
	str_init(&out, 1 << 20);
	rc = rating_rule(law, args[0], args + 1, n - 1, FORMAT_JSON, &out,
	    &err);
	assert_refused(rc, &err, refusals[i].code, refusals[i].where != NULL ?
	    refusals[i].where : err.where, refusals[i].says);
	assert_int_equal(out.n, 0);
	str_free(&out);
}

/* ---- gaps of the law ------------------------------------------------------------ */

static const struct {
	const char	*why;
	struct edit	 edit;
	const char	*call, *says;
} gaps[] = {
	{ "no window: a gap",
	    { "reference_window", "", "" }, "window year=2024",
	    "reference_window" },
	{ "no day of the tariff: a gap of every rule of a year",
	    { "tariff_start", "", "" }, "net-rate year=2024 gross=1",
	    "tariff_start" },
	{ "no thresholds: a gap",
	    { "mode_threshold", "", "" },
	    "mode year=2024 zone=general headcount=20", "mode_threshold" },
	{ "no bounds of the categories: a gap",
	    { "cost_category", "", "" },
	    "cost-category year=2024 ctn=A zone=general days=3",
	    "cost_category" },
	{ "no years of a new establishment: a gap",
	    { "new_establishment", "", "" },
	    "new-establishment created=2022-01-01 year=2024",
	    "new_establishment" },
	{ "no shares of temporary work: a gap",
	    { "temp_work", "", "" }, "temp-work-share rate_year=2026 "
	    "classified_year=2023 category=IP2 role=user", "temp_work" },
	{ "no cases of the special account: a gap",
	    { "special_account", "", "" }, "special-account case=1",
	    "special_account" },
	{ "no factors of the regimes: a gap for dockers",
	    { "regime_factor", "", "" },
	    "regime year=2024 regime=docker gross=1", "docker_ceiling" },
	{ "no factors of the regimes: a gap for voluntary insured",
	    { "regime_factor", "", "" },
	    "regime year=2024 regime=voluntary gross=1",
	    "voluntary_factor" },
	{ "no greatest rebate: a gap",
	    { "rebate", "", "" }, "mixed-rate year=2024 zone=general "
	    "headcount=85 individual=2 collective=3", "rebate" },
	{ "no decimals of the tariff: a gap",
	    { "rate_decimals", "", "" },
	    "collective-rate year=2024 risk_code=285DF zone=general",
	    "rate_decimals" },
	{ "no limits of the cap: a gap",
	    { "cap", "", "" },
	    "cap year=2024 zone=general previous=1 computed=1", "cap" },
	{ "no capital for a degree that the scale has on other days: a gap",
	    { "capital_ip", ",3,", "2020-01-01,,3,1000.00,EUR" TAIL },
	    "ip-capital ip=3 on=2016-04-01", "capital_ip" },
	{ "no capital for a degree that the scale never has: a gap",
	    { "capital_ip", ",3,", "" }, "ip-capital ip=3 on=2016-04-01",
	    "capital_ip" },
	{ "no smallest annuity: a gap for capitals",
	    { "annuity", "smallest_ip", "" },
	    "ip-capital ip=3 on=2016-04-01", "smallest_ip" },
	{ "no 200 % of the supplementary contribution: a gap once due",
	    { "supplementary", "third_percent", "" },
	    "supplementary-percent found=2024-01-01 decided=2024-02-01 "
	    "deadline=2024-03-01 on=2026-01-01", "third_percent" },
};

static void
gap(void **state)
{
	size_t i = (size_t)*state, n;
	struct law *other = law_with(&gaps[i].edit, 1);
	char call[512];
	const char *args[40];
	struct err err = { 0 };
	struct str out;

	snprintf(call, sizeof call, "%s", gaps[i].call);
	n = cut(call, args);
	str_init(&out, 1 << 20);
	assert_refused(rating_rule(other, args[0], args + 1, n - 1,
	    FORMAT_TEXT, &out, &err), &err, TAPR_ELAW, args[0],
	    gaps[i].says);
	str_free(&out);
	law_free(other);
}

/* ---- the list ------------------------------------------------------------ */

static void
list(void **state)
{
	struct str json, text;

	(void)state;
	str_init(&json, 1 << 20);
	str_init(&text, 1 << 20);
	rating_rules(&json, FORMAT_JSON);
	rating_rules(&text, FORMAT_TEXT);
	assert_int_equal(times(json.p, "{\"rule\": \""), rule_count());
	assert_non_null(strstr(text.p, "\nwindow  year\n  1996-01-01 -> "));
	assert_non_null(strstr(text.p, "\nreal-costs\n"));
	assert_non_null(strstr(json.p, "\"arguments\": null"));
	str_free(&json);
	str_free(&text);
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "the list of rules has every version once, as text and as "
		    "JSON", list, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(answers) +
	    COUNT(sources) + COUNT(refusals) + COUNT(gaps)];
	size_t n = 0;

	ADD(answers, answer);
	ADD(sources, source_rows);
	ADD(refusals, refusal);
	ADD(gaps, gap);
	for (size_t i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	return cmocka_run_group_tests(tests, open_law, close_law);
}
