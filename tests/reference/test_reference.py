"""
test_reference.py -- figures that texts, tariffs or worked examples print, so
that the reference itself stands on something.

Each figure can be checked by hand; the comment says where it comes from.
`python3 test_reference.py`
"""

import json
import os
import sys
import unittest
from fractions import Fraction

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import cases            # noqa: E402
import reference        # noqa: E402

LAW = reference.Law()
SIRET = "73282932000074"


def rule(name, **args):
    return reference.rule(name, args, LAW)


def exact(name, **args):
    return rule(name, **args)["exact"]


def value(name, **args):
    return rule(name, **args)["value"]


def claim(ref, declared, **more):
    return dict({"ref": ref, "kind": "accident", "declared": declared,
                 "recognised": declared}, **more)


def facts(year=2024, **more):
    """Individual mode, general zone, building trade (second oeuvre)."""
    f = {"year": year, "zone": "general",
         "establishment": {"siret": SIRET, "risk_code": "452BE", "ctn": "B",
                           "btp_group": "second_oeuvre"},
         "headcounts": {str(y): "200.00" for y in range(2008, year)},
         "payroll": {str(y): "4200000.00" for y in range(year - 4, year - 1)}}
    f.update(more)
    return f


def rate(f):
    return reference.rate(f, LAW)


class Published(unittest.TestCase):
    """Figures that official tables or the press print."""

    def test_minimum_rates(self):
        # printed 2021 to 2025: rate of a firm without any claim
        for year, printed in (("2021", "0.70"), ("2022", "0.59"),
                              ("2023", "0.55"), ("2024", "0.46"),
                              ("2025", "0.50")):
            self.assertEqual(value("minimum-rate", year=year), printed)
        # 0.26 x 1.43 + 0.66 + 0.02 (2012); 0.25 x 1.51 + 0.64 (2014)
        self.assertEqual(exact("minimum-rate", year="2012"), "5259/5000")
        self.assertEqual(exact("minimum-rate", year="2014"), "407/400")

    def test_rate_without_claim_is_the_minimum(self):
        self.assertEqual(rate(facts())["notified"]["value"], "0.46")

    def test_temp_work_example(self):
        # Fédération française du bâtiment, 17 January 2025, scale of 2024:
        # half of 38 740 and half of 169 866 = 104 303 for the user firm
        f = facts(2028, claims=[claim(
            "A", "2024-03-04", stoppage_days=200, ip_rate=15,
            ip_notified="2025-01-10", temp_work={"role": "user"})],
            given={"average_costs": {"IT6": "38740", "IP2_IP4": "169866"},
                   "majorations": {"M1": "0.19", "M2": "52", "M3": "0.17",
                                   "M4": "0.03"}})
        self.assertEqual(rate(f)["risk_value"]["exact"], "104303")
        # under the rule before 2026 the user bears a third of the second cost
        f = facts(claims=[claim("A", "2021-03-04", stoppage_days=200, ip_rate=15,
                                ip_notified="2022-01-10",
                                temp_work={"role": "user"})])
        self.assertEqual(rate(f)["risk_value"]["exact"], "56622")
        f["claims"][0]["temp_work"]["role"] = "agency"
        self.assertEqual(rate(f)["risk_value"]["exact"],
                         str(38740 + 2 * 56622))

    def test_design_example(self):
        # IT6 and IP2-IP4 of one accident, IT2 and IT3 of two others, on
        # 12 600 000 euros: V = 210 691, 2024, individual
        f = facts(claims=[
            claim("A", "2021-03-02", stoppage_days=160, ip_rate=15,
                  ip_notified="2022-06-01"),
            claim("B", "2020-05-04", stoppage_days=4),
            claim("C", "2022-12-31", stoppage_days=45)])
        self.assertEqual(rate(f)["risk_value"]["exact"], "210691")
        self.assertEqual(rate(f)["notified"],
                         {"exact": "19533769/6300000", "value": "3.10"})

    def test_collective_rates(self):
        # 14.1AH: 4.12 % in 2024
        self.assertEqual(exact("collective-rate", year="2024",
                               risk_code="141AH", zone="general"), "103/25")
        # offices in Alsace-Moselle, 2015: 1.10 %
        day = reference.tariff_day(LAW, 2015)
        self.assertEqual(LAW.number("support_rates", day, zone="alsace-moselle",
                                    risk_code="0000B"), Fraction(11, 10))

    def test_tariff_of_2025_starts_in_may(self):
        before = exact("collective-rate", year="2024", risk_code="141AH",
                       zone="general")
        after = exact("collective-rate", year="2025", risk_code="141AH",
                      zone="general")
        self.assertNotEqual(before, after)
        for day, wanted in (("2025-01-01", before), ("2025-04-30", before),
                            ("2025-05-01", after)):
            self.assertEqual(exact("rate-to-declare", year="2025",
                                   risk_code="141AH", zone="general",
                                   pay_date=day), wanted)

    def test_gross_rate_of_the_building_trade(self):
        # 3 530 / 138 701 million euros is printed as 2.545 %
        self.assertEqual(reference.rounded(Fraction(353000, 138701), 3), "2.545")

    def test_capitals_of_2016(self):
        # CSS D. 434-1, 1 April 2016
        printed = ("411.12", "668.20", "976.44", "1541.13", "1952.33", "2414.71",
                   "2928.25", "3493.59", "4110.06")
        for ip, euros in enumerate(printed, 1):
            self.assertEqual(value("ip-capital", ip=str(ip), on="2016-04-01"),
                             euros)

    def test_penalty(self):
        # ceiling of 2020: 3 428 a month; 1.5 % = 51.42, so 52 a head
        self.assertEqual(exact("notification-penalty", year="2020",
                               headcount="150", counted="100"), "5200")
        self.assertEqual(exact("notification-penalty", year="2020",
                               headcount="150", counted="200"), "10000")
        self.assertEqual(exact("notification-penalty", year="2020",
                               headcount="149.99", counted="200"), "0")
        self.assertEqual(exact("notification-penalty", year="2021",
                               headcount="19.99", counted="1"), "18")


class Formulas(unittest.TestCase):
    """Values of the formulas at their bounds."""

    def fraction(self, year, zone, btp, e):
        return reference.mixed_fraction(LAW, reference.tariff_day(LAW, year),
                                        zone, btp, Fraction(e))

    def test_fraction_at_the_bounds(self):
        general, am = "general", "alsace-moselle"
        for year, zone, btp, e, wanted in (
                (2018, general, "no", 20, "1/10"),      # 0.9/130 x 0 + 0.1
                (2018, general, "no", 150, "1"),
                (2018, general, "no", 85, "11/20"),
                (2017, general, "no", 20, "1/131"),     # (20 - 19) / 131
                (2017, general, "no", 150, "1"),
                (2011, general, "no", 10, "1/191"),     # (10 - 9) / 191
                (2011, general, "no", 200, "1"),
                (2024, am, "no", 50, "1/4"),            # (3.75 - 1.25) / 10
                (2024, am, "no", 150, "1"),
                (2024, am, "yes", 50, "1/4"),           # (3.75 + 2.5) / 25
                (2024, am, "yes", 300, "1"),
                (2011, am, "no", 50, "1/5"),            # (4 - 1) / 15
                (2011, am, "no", 200, "1"),
                (2011, am, "yes", 500, "1")):
            self.assertEqual(reference.exact(self.fraction(year, zone, btp, e)),
                             wanted)

    def test_fraction_outside_the_band(self):
        for e in ("19.99", "150"):
            with self.assertRaises(reference.Refused):
                rule("mixed-fraction", year="2024", zone="general", btp="no",
                     headcount=e)
        self.assertEqual(exact("mixed-fraction", year="2024", zone="general",
                               btp="no", headcount="20"), "1/10")

    def test_mode(self):
        for year, zone, btp, e, wanted in (
                ("2024", "general", "no", "19.99", "collective"),
                ("2024", "general", "yes", "20", "mixed"),
                ("2024", "general", "no", "149.99", "mixed"),
                ("2024", "general", "no", "150", "individual"),
                ("2011", "general", "no", "10", "mixed"),
                ("2011", "general", "no", "199.99", "mixed"),
                ("2024", "alsace-moselle", "no", "49.99", "collective"),
                ("2024", "alsace-moselle", "no", "150", "individual"),
                ("2024", "alsace-moselle", "yes", "150", "mixed"),
                ("2024", "alsace-moselle", "yes", "300", "individual")):
            self.assertEqual(value("mode", year=year, zone=zone, btp=btp,
                                   headcount=e), wanted)

    def test_freeze(self):
        def mode(**counts):
            return value("mode", year="2024", zone="general", btp="no",
                         headcounts=",".join("%s:%s" % (k[1:], v)
                                             for k, v in counts.items()))

        self.assertEqual(mode(y2018="150", y2019="150", y2020="150",
                              y2021="150", y2022="150"), "individual")
        self.assertEqual(mode(y2018="149.99", y2019="150", y2020="150",
                              y2021="150", y2022="150"), "mixed")
        self.assertEqual(mode(y2022="19.99"), "collective")
        with self.assertRaises(reference.Refused):
            mode(y2019="20", y2020="20", y2021="20", y2022="20")
        # rate 2020: 2017 and 2018 only
        self.assertEqual(value("mode", year="2020", zone="general", btp="no",
                               headcounts="2017:20,2018:20"), "mixed")
        # frozen under 150: the fraction takes 149.99
        f = facts(given={"collective_rate": "3.00"})
        f["headcounts"]["2019"] = "149.99"
        self.assertEqual(rate(f)["fraction"]["exact"], reference.exact(
            Fraction(9, 1300) * Fraction(12999, 100) + Fraction(1, 10)))

    def test_cap(self):
        def cap(p, computed):
            return exact("cap", year="2024", zone="general", previous=p,
                         computed=computed)

        self.assertEqual(cap("4.00", "9"), "5")         # 4 + 1
        self.assertEqual(cap("4.00", "1"), "16/5")      # 4 - 0.8
        self.assertEqual(cap("4.01", "9"), "401/80")    # 4.01 x 1.25
        self.assertEqual(cap("5.00", "1"), "4")         # 5 x 0.80
        self.assertEqual(cap("5.00", "6.25"), "25/4")
        self.assertEqual(cap("0.50", "0.10"), "1/10")   # -0.3 is the limit

    def test_categories(self):
        def days(n, **more):
            return value("cost-category", year="2024", zone="general", ctn="A",
                         days=str(n))

        for low, name in ((0, "IT1"), (4, "IT2"), (16, "IT3"), (46, "IT4"),
                          (91, "IT5"), (151, "IT6")):
            self.assertEqual(days(low), name)
            if low:
                self.assertNotEqual(days(low - 1), name)
        for ip, name in (("9", "IP1"), ("10", "IP2"), ("20", "IP3"),
                         ("39", "IP3"), ("40", "IP4")):
            self.assertEqual(value("cost-category", year="2024", zone="general",
                                   ctn="A", ip=ip), name)
        self.assertEqual(value("cost-category", year="2024", zone="general",
                               ctn="B", ip="40"), "IP2_IP4")
        self.assertEqual(value("cost-category", year="2024", ctn="B",
                               zone="alsace-moselle", death="yes"), "IP4")

    def test_death_year(self):
        died = {"kind": "death", "declared": "2021-01-04", "death": "2022-12-31",
                "death_recognised": "2023-03-01"}
        self.assertEqual(value("charge-year", on="2025-04-16", **died), "2022")
        self.assertEqual(value("charge-year", on="2025-04-17", **died), "2023")

    def test_headcount(self):
        # 2017: 62 / 3 = 20.666..., truncated; the empty month is left out
        self.assertEqual(value("headcount", year="2017",
                               months="20,21,21,0"), "20.66")
        self.assertEqual(exact("headcount", year="2016",
                               months="20,21,21,21"), "83/4")

    def test_annuity(self):
        # 75 %: 50 / 2 + 25 x 1.5 = 62.5 %; minimum salary of 1 April 2016
        self.assertEqual(value("ip-annuity", ip="75", salary="0",
                               on="2016-04-01"), "11426.13")
        # twice the minimum in full, a third above: 36 563.60 + 3 000
        self.assertEqual(exact("ip-annuity", ip="100", salary="45563.60",
                               on="2016-04-01"), "197818/5")
        # 40 + 20 + 25 + 25 = 110 %, reduced to 85 %
        self.assertEqual(exact("survivors", salary="20000", spouse="yes",
                               spouse_age="55", orphans="2", ascendants="0",
                               on="2016-04-01"), "17000")
        self.assertEqual(exact("survivors", salary="20000", spouse="no",
                               orphans="0", ascendants="4",
                               on="2016-04-01"), "6000")

    def test_rounding(self):
        for number, places, wanted in ((Fraction(1, 200), 2, "0.01"),
                                       (Fraction(49, 10000), 2, "0.00"),
                                       (Fraction(-1, 2), 2, "-0.50"),
                                       (Fraction(198, 10000), 4, "0.0198")):
            self.assertEqual(reference.rounded(number, places), wanted)


class Days(unittest.TestCase):

    def test_easter(self):
        for year, wanted in ((2019, "2019-04-21"), (2024, "2024-03-31"),
                             (2025, "2025-04-20"), (2038, "2038-04-25")):
            self.assertEqual(reference.easter(year).isoformat(), wanted)

    def test_appeal(self):
        # 2 January 2024 + 15 days = 17 January; + 2 months = Sunday 17 March
        self.assertEqual(value("appeal-deadline", available="2024-01-02",
                               on="2024-01-02"), "2024-03-18")
        self.assertEqual(value("appeal-deadline", available="2024-01-02",
                               consulted="2024-01-05", on="2024-01-02"),
                         "2024-03-05")
        # 1 March + 2 months = 1 May, a holiday
        self.assertEqual(value("appeal-deadline", post="2024-03-01",
                               on="2024-03-01"), "2024-05-02")

    def test_claims(self):
        # 48 h of Friday 3 May 2024, the Sunday not counted
        self.assertEqual(value("claim-deadline", kind="accident",
                               step="declaration", received="2024-05-03"),
                         "2024-05-06")
        # 10 clear days: neither the first nor the last
        self.assertEqual(value("claim-deadline", kind="accident",
                               step="reserves", received="2024-03-04"),
                         "2024-03-15")


class Whole(unittest.TestCase):
    """The whole calculation, on cases that a hand can redo."""

    def test_mixed(self):
        f = facts(claims=[claim("A", "2021-03-02", stoppage_days=46)],
                  given={"collective_rate": "3.00",
                         "average_costs": {"IT4": "126000"}}, rebate="0.10",
                  previous={"rate": "3.00", "mode": "mixed"})
        f["headcounts"] = {str(y): "85" for y in range(2018, 2023)}
        # gross 1; net (1 + 0.17) x 1.58 + 0.19 = 2.0386; f = 11/20
        # 0.55 x 2.0386 + 0.45 x 2.70 = 2.33623
        answer = rate(f)
        self.assertEqual(answer["gross"]["exact"], "1")
        self.assertEqual(answer["individual"]["value"], "2.04")
        self.assertEqual(answer["mixed"]["exact"], "233623/100000")
        self.assertEqual(answer["notified"]["value"], "2.34")
        self.assertEqual(answer["cap"]["applied"], "none")

    def test_collective(self):
        f = facts(given={"collective_rate": "3.10"})
        f["headcounts"] = {"2022": "19.99"}
        f["previous"] = {"rate": "9.00", "mode": "mixed"}
        answer = rate(f)
        self.assertEqual((answer["mode"], answer["cap"],
                          answer["notified"]["value"]),
                         ("collective", None, "3.10"))
        f["zone"], f["headcounts"] = "alsace-moselle", {"2022": "49.99"}
        self.assertEqual(rate(f)["notified"]["value"], "7.20")  # 9 x 0.80

    def test_four_decimals(self):
        f = facts(given={"collective_rate": "0.0198"})
        f["establishment"] = {"siret": SIRET, "risk_code": "802AA", "ctn": "H"}
        self.assertEqual(rate(f)["notified"]["value"], "0.0198")

    def test_new_establishment(self):
        f = facts(given={"collective_rate": "3.10"})
        f["establishment"]["created"] = "2022-12-31"
        self.assertEqual(rate(f)["mode"], "collective")
        f["establishment"]["created"] = "2021-12-31"
        self.assertEqual(rate(f)["window"], [2021, 2022])
        f["establishment"]["taken_over"] = True
        self.assertEqual(rate(f)["window"], [2020, 2021, 2022])

    def test_regimes(self):
        f = facts(claims=[claim("A", "2021-03-02")],
                  given={"average_costs": {"IT1": "126000"}})     # gross 1
        for regime, wanted in (
                ("ordinary", "2.0386"),         # 1.17 x 1.58 + 0.19
                ("pupil", "1.5800"),
                ("ieg", "1.7172"),              # 1.0425 x 1.58 + 0.04 + 0.03
                ("self_management", "0.3780")):  # 0.119 x 1.58 + 0.19, no IT
            f["establishment"]["regime"] = regime
            got = reference.Fraction(rate(f)["individual"]["exact"])
            self.assertEqual(reference.rounded(got, 4), wanted)

    def test_death(self):
        f = facts(claims=[claim("A", "2020-03-02", care=False,
                                death="2020-12-31",
                                death_recognised="2021-02-01")])
        f["payroll"]["2020"] = "0.00"
        self.assertEqual(rate(f)["risk_value"]["exact"], "169866")
        f["claims"][0]["death_recognised"] = None
        self.assertEqual(rate(f)["risk_value"]["exact"], "0")

    def test_terrorism(self):
        for year, zone, wanted in ((2015, "general", "100"), (2016, "general", "0"),
                                   (2016, "alsace-moselle", "100")):
            f = facts(year, zone=zone, claims=[claim(
                "A", "%d-05-05" % (year - 3), charge="terrorism")],
                given={"average_costs": {"IT1": "100"},
                       "majorations": {"M1": "0.2", "M2": "50", "M3": "0.5",
                                       "M4": "0"}})
            f["headcounts"] = {str(year - 2): "400"}
            self.assertEqual(rate(f)["risk_value"]["exact"], wanted)

    def test_real_costs(self):
        f = facts(2012, claims=[claim("A", "2009-05-05"),
                                claim("B", "2010-05-05")],
                  given={"average_costs": {"IT1": "100"},
                         "real_costs": {"2008": "10.50", "2009": "20"}})
        self.assertEqual(rate(f)["risk_value"]["value"], "130.50")
        del f["given"]["real_costs"]["2009"]
        with self.assertRaises(reference.Refused):
            rate(f)

    def test_simulation(self):
        f = facts(claims=[claim("A", "2021-03-02")])
        g = reference.apply_set(f, "claims.A.stoppage_days", "4")
        self.assertNotIn("stoppage_days", f["claims"][0])
        self.assertEqual(rate(g)["risk_value"]["exact"], "488")


class Refusals(unittest.TestCase):

    def test_siret(self):
        for good in (SIRET, "35600000000048", "35600000049837"):
            self.assertEqual(reference.siret(good, ""), good)
        for bad in ("73282932000075", "7328293200007", "", 73282932000074):
            with self.assertRaises(reference.Refused):
                reference.siret(bad, "")

    def test_key_twice(self):
        with self.assertRaises(reference.Refused):
            reference.parse('{"year": 2024, "year": 2024}')

    def test_each_kind(self):
        good = claim("A", "2021-03-02")
        for change in (
                {"zone": None}, {"year": 2011}, {"year": "2024"},
                {"rebate": "0.26"}, {"rebate": 0.1}, {"note": "x"},
                {"previous": {"rate": "3"}},
                {"given": {"real_costs": {"2009": "1"}}},
                {"claims": [good, good]},
                {"claims": [dict(good, occurred="2021-03-03")]},
                {"claims": [dict(good, recognised="2021-03-01")]},
                {"claims": [dict(good, ip_rate=10)]},
                {"claims": [dict(good, ip_notified="2021-05-05")]},
                {"claims": [dict(good, ip_rate=10, ip_notified="2021-03-01")]},
                {"claims": [dict(good, death_recognised="2021-05-05")]},
                {"claims": [dict(good, charge="special_account")]},
                {"payroll": {}}, {"headcounts": {}}):
            with self.assertRaises(reference.Refused, msg=str(change)):
                rate(dict(facts(), **change))

    def test_missing_parameter(self):
        f = facts(2029, claims=[claim("A", "2026-03-02")])
        with self.assertRaises(reference.Refused):
            rate(f)


class Generator(unittest.TestCase):

    def test_cases_repeat_and_are_answered(self):
        law = reference.Law()
        one, two = cases.Cases(law), cases.Cases(law)
        refused = 0
        for i in range(400):
            for line in ("facts_line", "rule_line", "simulation_line"):
                text = getattr(one, line)(7, i)
                self.assertEqual(text, getattr(two, line)(7, i))
                answer = reference.answer(text, law)
                json.dumps(answer)
                refused += "error" in answer
        self.assertLess(refused, 400)


if __name__ == "__main__":
    unittest.main()
