"""
cases.py -- cases for compare.py: random ones, and the ones at the bounds.

Case number i of a seed is always the same, whatever the number of jobs:
Cases(law).facts_line(seed, i) is one FACTS.json, rule_line() one call of a
rule, simulation_line() one simulation.  A small share of the facts is wrong on
purpose, in each of the ways that must be refused.  Nothing here decides what
the right answer is.

`python3 cases.py COUNT [SEED]` prints lines, for a fuzzer or a benchmark.
"""

import datetime
import json
import random
import sys

import reference

ORDINAL = {y: datetime.date(y, 1, 1).toordinal() for y in range(1990, 2045)}


def iso(ordinal):
    return datetime.date.fromordinal(ordinal).isoformat()


DAYS = (0, 1, 3, 4, 5, 15, 16, 17, 45, 46, 47, 90, 91, 92, 150, 151, 152, 400)
IPS = (0, 1, 5, 9, 10, 11, 15, 19, 20, 21, 39, 40, 41, 67, 99, 100)
SIZES = ("0.00", "0.50", "1", "9.99", "10", "19.98", "19.99", "20", "20.00",
         "20.01", "49.99", "50", "50.00", "50.01", "149.98", "149.99", "150",
         "150.00", "150.01", "200", "299.99", "300", "300.00", "300.01",
         "499.99", "500", "12345.67")
THIRD_PARTY = ("0", "0.00", "0.10", "0.25", "0.3333", "0.50", "0.60", "0.75",
               "0.9999", "1", "1.00")
PREVIOUS = ("0", "0.40", "0.79", "0.80", "0.81", "1.00", "2.40", "3.00", "3.20",
            "3.99", "3.9999", "4", "4.00", "4.0001", "4.01", "4.10", "5.00",
            "7.37", "12.5", "28.00", "34.99", "60")
GROUPS = reference.GROUPS


class Cases:

    def __init__(self, law):
        self.law = law
        law.load("risk_codes")
        codes = law.files["risk_codes"][1]
        self.codes = sorted((k[0], periods[-1][2][0])
                            for k, periods in codes.items()
                            if periods[-1][2][0] in reference.CTNS)
        self.by_year = {}
        self.btp = [c for c in self.codes if c[1] == "B"]
        law.load("always_collective")
        always = {k[0] for k in law.files["always_collective"][1]}
        known = dict(self.codes)
        self.always = sorted((c, known.get(c, "I")) for c in always)
        law.load("abatements")
        self.abated = sorted((k[0], known.get(k[0], "I"))
                             for k in law.files["abatements"][1])
        law.load("claim_deadline")
        self.rng = random.Random()

    # -- small pieces ------------------------------------------------------

    def chance(self, share):
        return self.rng.random() < share

    def pick(self, sequence):
        return sequence[int(self.rng.random() * len(sequence))]

    def between(self, low, high):
        return low + int(self.rng.random() * (high - low + 1))

    def decimal(self, low, high, places):
        """A decimal between two whole numbers, printed in one of its forms."""
        n = self.between(low * 10 ** places, high * 10 ** places)
        whole, part = divmod(n, 10 ** places)
        if part == 0 and self.chance(0.5):
            return str(whole)
        text = "%d.%0*d" % (whole, places, part)
        if part % 10 == 0 and self.chance(0.3):
            text = text[:-1].rstrip(".")
        return text

    def siret(self):
        if self.chance(0.03):       # La Poste: either key
            while True:
                text = "356000000%05d" % self.between(0, 99999)
                try:
                    return reference.siret(text, "")
                except reference.Refused:
                    pass
        digits = [int(self.rng.random() * 10) for _ in range(13)]
        total = 0
        for i, d in enumerate(digits):
            total += (2 * d - 9 if d > 4 else 2 * d) if i % 2 == 0 else d
        return "".join(map(str, digits)) + str(-total % 10)

    def day_in(self, year):
        """A day of the year; often one of its two edges."""
        r = self.rng.random()
        first = ORDINAL[year]
        if r < 0.06:
            return first
        if r < 0.12:
            return ORDINAL[year + 1] - 1
        if r < 0.14:
            return first + 58       # 28 February, 29 with r < 0.15
        if r < 0.15:
            return first + 59
        return first + int(self.rng.random() * 365)

    def codes_of(self, year):
        if year not in self.by_year:
            day = "%04d-01-01" % year
            found = [c for c in self.codes
                     if self.law.find("risk_codes", day, risk_code=c[0])]
            self.by_year[year] = found or self.codes
        return self.by_year[year]

    # -- parts of FACTS.json -----------------------------------------------

    def headcounts(self, year, zone, btp):
        """A history that says collective, mixed, individual, or is frozen."""
        lower, upper = 20, 150
        if zone != "general":
            lower, upper = 50, 300 if btp else 150
        want = self.rng.random()
        if want < 0.12:
            low, high, edges = 0, lower - 1, ("0.00", "%d.99" % (lower - 1))
        elif want < 0.60:
            low, high = lower, upper - 1
            edges = ("%d" % lower, "%d.00" % lower, "%d.01" % lower,
                     "%d.99" % (upper - 1), "%d.98" % (upper - 1))
        else:
            low, high = upper, upper * 3
            edges = ("%d" % upper, "%d.00" % upper, "%d.01" % upper)
        out = {}
        first = year - 6 if year >= 2020 else year - 3
        for y in range(first, year):
            if self.chance(0.2):
                out[y] = self.pick(edges)
            else:
                out[y] = self.decimal(low, high, 2)
        r = self.rng.random()
        if r < 0.10:        # one year below, or simply another size
            out[self.between(first, year - 2)] = self.pick(SIZES)
        elif r < 0.18:      # grew: frozen under a threshold since some year
            for y in range(first, self.between(first, year - 2)):
                out[y] = self.decimal(0 if want < 0.6 else lower,
                                      (lower if want < 0.6 else upper) - 1, 2)
        elif r < 0.22:      # fell in the last year
            out[year - 2] = self.decimal(0, lower + 10, 2)
        elif r < 0.27:      # any size each year, at the bounds
            for y in out:
                out[y] = self.pick(SIZES)
        if self.chance(0.04):
            del out[self.between(first, year - 2)]
        if self.chance(0.3):
            out.pop(year - 1, None)
        if self.chance(0.2):    # years that nothing asks for
            for y in (2016, 2015, year - 7):
                out.setdefault(y, self.pick(SIZES))
        return {str(y): v for y, v in out.items()}

    def payroll(self, year):
        r = self.rng.random()
        if r < 0.01:
            low, high = 10 ** 9, 10 ** 12
        elif r < 0.03:
            low, high = 0, 0
        elif r < 0.08:
            low, high = 0, 2000
        elif r < 0.30:
            low, high = 20000, 900000
        else:
            low, high = 400000, 60000000
        if r > 0.6:
            out = {y: "%d000.00" % self.between(max(low // 1000, 1),
                                                high // 1000)
                   for y in range(year - 4, year - 1)}
        else:
            out = {y: self.decimal(low, high, 2)
                   for y in range(year - 4, year - 1)}
        if self.chance(0.04):
            out[self.between(year - 4, year - 2)] = "0.00"
        if self.chance(0.015):
            del out[self.between(year - 4, year - 2)]
        if self.chance(0.1):
            out[year] = out[year - 5] = self.decimal(0, 10 ** 7, 2)
        return {str(y): v for y, v in out.items()}

    def claim(self, ref, year):
        rng = self.rng
        c = {"ref": ref}
        r = rng.random()
        kind = "accident" if r < 0.70 else "disease" if r < 0.92 else "commuting"
        c["kind"] = kind
        declared = self.day_in(year - self.pick((1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5)))
        c["declared"] = iso(declared)
        occurred = None
        if rng.random() < 0.6:
            occurred = declared - self.pick((0, 1, 1, 2, 30, 400))
            c["occurred"] = iso(occurred)
        if rng.random() < 0.94:
            c["recognised"] = iso(declared + self.pick((0, 1, 39, 90, 120, 500)))
        if rng.random() < 0.06:
            c["care"] = False
        elif rng.random() < 0.2:
            c["care"] = True
        if rng.random() < 0.85:
            c["stoppage_days"] = (self.pick(DAYS) if rng.random() < 0.5
                                  else self.between(0, 200))
        notified = None
        if rng.random() < 0.35:
            c["ip_rate"] = (self.pick(IPS) if rng.random() < 0.7
                            else self.between(0, 100))
            notified = declared + self.pick((0, 20, 100, 300, 500, 700, 900))
            if rng.random() < 0.3:      # 31 December or 1 January
                y = datetime.date.fromordinal(notified).year + 1
                notified = ORDINAL[y] - self.between(0, 1)
            c["ip_notified"] = iso(notified)
        if rng.random() < 0.10:
            if notified is not None and rng.random() < 0.6:
                died = notified + self.pick((-1, 0, 0, 1, 200, -200))
            else:
                died = declared + self.pick((-1, 0, 5, 100, 400))
            if occurred is not None:
                died = max(died, occurred)
            if rng.random() < 0.3:
                y = datetime.date.fromordinal(died).year + 1
                died = ORDINAL[y] - self.between(0, 1)
            c["death"] = iso(died)
            if rng.random() < 0.8:
                c["death_recognised"] = iso(died + self.pick(
                    (0, 1, 60, 200, 365, 400, 800)))
        if rng.random() < 0.15:
            c["third_party_share"] = self.pick(THIRD_PARTY)
        r = rng.random()
        if r < 0.05:
            c["charge"] = "own"
        elif r < 0.09:
            c["charge"] = "terrorism"
        elif r < 0.12:
            c["charge"] = "unidentified_assault"
        elif r < 0.15:
            c["charge"] = "not_opposable"
        elif r < 0.25 and kind == "disease":
            c["charge"] = "special_account"
        if rng.random() < 0.18:
            c["temp_work"] = {"role": self.pick(("user", "agency"))}
        return c

    def average_costs(self, zone, ctn):
        b = self.between
        costs = {"IT1": b(90, 500), "IT2": b(250, 700), "IT3": b(900, 2000),
                 "IT4": b(3000, 6000), "IT5": b(6000, 11000),
                 "IT6": b(20000, 45000), "IP1": b(1800, 2900)}
        if ctn == "B" and zone == "general":
            costs["IP2_IP4"] = b(60000, 190000)
        else:
            costs.update({"IP2": b(40000, 70000), "IP3": b(90000, 160000),
                          "IP4": b(300000, 800000)})
        if self.chance(0.1):
            return {k: "%d.%02d" % (v, b(0, 99)) for k, v in costs.items()}
        return {k: str(v) for k, v in costs.items()}

    def given(self, year, zone, ctn, code, style):
        g = {}
        if style != "absent":
            g["collective_rate"] = (self.pick(PREVIOUS) if self.chance(0.15)
                                    else self.decimal(1, 12, 2))
            g["majorations"] = {"M1": "0.%02d" % self.between(0, 40),
                                "M2": str(self.between(40, 65)),
                                "M3": "0.%02d" % self.between(0, 80),
                                "M4": "0.%02d" % self.between(0, 9)}
            if self.chance(0.1):
                g["majorations"]["M2"] += ".5"
            g["average_costs"] = self.average_costs(zone, ctn)
        if self.chance(0.2):
            g["abatement"] = self.pick(("0.10", "0.20", "0", "0.1", "1", "0.0725"))
        if year in (2012, 2013) and not self.chance(0.03):
            g["real_costs"] = {"2008": self.decimal(0, 90000, 2),
                               "2009": self.decimal(0, 90000, 2)}
        if style == "partial":
            published = self.published(year, zone, ctn, code)
            for key in list(g.get("average_costs", ())):
                if self.chance(0.5 if key in published else 0.01):
                    del g["average_costs"][key]
            for key in list(g["majorations"]):
                if self.chance(0.5 if key in published else 0.01):
                    del g["majorations"][key]
            if self.chance(0.5 if "collective" in published else 0.02):
                del g["collective_rate"]
        return g

    def published(self, year, zone, ctn, code):
        """What the law files hold for that year: the rest is given more often."""
        law, out = self.law, set()
        day = reference.tariff_day(law, year)
        if law.find("majorations", day, name="M1") is not None:
            out.update(("M1", "M2", "M3", "M4"))
        for key in reference.COSTS:
            if key == "IP2_IP4":
                if ctn == "B" and law.find("average_costs", day, zone=zone,
                                           ctn=ctn, group="gros_oeuvre",
                                           category=key) is not None:
                    out.add(key)
            elif law.find("average_costs", day, zone=zone, ctn=ctn, group="",
                          category=key) is not None:
                out.add(key)
        if law.find("collective_rates", day, zone=zone,
                    risk_code=code) is not None:
            out.add("collective")
        return out

    # -- one FACTS.json ----------------------------------------------------

    def facts(self):
        rng = self.rng
        r = rng.random()
        style = "complete" if r < 0.70 else "partial" if r < 0.86 else "absent"
        if style == "absent":
            year = self.pick((2014, 2024, 2024, 2024, 2024, 2024, 2025, 2020,
                              self.between(2012, 2030)))
        elif rng.random() < 0.2:
            year = self.pick((2012, 2013, 2014, 2016, 2017, 2018, 2019, 2020,
                              2024, 2025, 2026, 2027, 2028))
        else:
            year = self.between(2012, 2030)
        zone = "alsace-moselle" if rng.random() < 0.35 else "general"
        if style == "absent" and rng.random() < 0.8:
            zone = "general"

        r = rng.random()
        if r < 0.20:
            code, ctn = self.pick(self.btp)
        elif r < 0.23:
            code, ctn = self.pick(self.always)
        elif r < 0.27:
            code, ctn = self.pick(self.abated)
        elif r < 0.28:
            code, ctn = self.pick(("802AA", "802CA")), "I"
        else:
            code, ctn = self.pick(self.codes_of(year))
        if rng.random() < 0.02:
            ctn = self.pick(reference.CTNS)

        e = {"siret": self.siret(), "risk_code": code, "ctn": ctn}
        if ctn == "B" and rng.random() < 0.85:
            e["btp_group"] = self.pick(GROUPS)
        f = {"year": year, "zone": zone, "establishment": e}
        f["headcounts"] = self.headcounts(year, zone, ctn == "B")
        f["payroll"] = self.payroll(year)

        if rng.random() < 0.20:
            offset = self.pick((0, 1, 2, 3, 3, 3, 4, 4, 4, 5, 6, 20))
            if rng.random() < 0.01:
                offset = -1
            e["created"] = iso(self.day_in(year - offset))
            if rng.random() < 0.3:
                e["taken_over"] = rng.random() < 0.6
            elif rng.random() < 0.7:
                for y in range(year - 4, year - offset):
                    f["payroll"].pop(str(y), None)
        r = rng.random()
        if r < 0.03:
            e["section"] = "support"
        elif r < 0.05:
            e["section"] = "home"
        elif r < 0.15:
            e["section"] = "main"
        if rng.random() < 0.22:
            e["regime"] = self.pick(reference.REGIMES)

        count = self.pick((0, 0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 9))
        if rng.random() < 0.005:
            count = 60
        if count or rng.random() < 0.5:
            f["claims"] = [self.claim("A%d" % i, year) for i in range(count)]

        if rng.random() < 0.12:
            s = {"first_year": rng.random() < 0.6}
            if s["first_year"] or rng.random() < 0.5:
                s["members"] = [
                    {"rate": self.pick(PREVIOUS) if rng.random() < 0.3
                     else self.decimal(0, 15, 2),
                     "payroll": self.decimal(0, 3000000, 2)}
                    for _ in range(self.between(1, 4))]
            f["single_rate"] = s
        if rng.random() < 0.15:
            f["rebate"] = self.pick(("0", "0.05", "0.10", "0.1", "0.1234",
                                     "0.25", "0.2500"))
        if rng.random() < 0.04:
            start = ORDINAL[year] + self.between(0, 300)
            f["supplementary"] = [{"percent": self.pick(("25", "50", "200")),
                                   "from": iso(start),
                                   "until": iso(start + self.between(1, 200))}]
            for y in range(year - 4, year - 1):     # amounts rest on payroll
                f["payroll"].setdefault(str(y), "1234567.89")
        g = self.given(year, zone, ctn, code, style)
        if g or rng.random() < 0.1:
            f["given"] = g

        if rng.random() < 0.75:
            f["previous"] = {"rate": (self.pick(PREVIOUS) if rng.random() < 0.3
                                      else self.decimal(*self.pick(((0, 4), (3, 5), (0, 9),
                                                              (2, 20))), 2)),
                             "mode": self.pick(("mixed", "mixed", "individual",
                                                "individual", "collective"))}
            if rng.random() < 0.15:
                self.near_limit(f)
        if rng.random() < 0.03:
            f[self.pick(("rebate", "claims", "previous", "single_rate"))] = None
            e[self.pick(("created", "regime", "section"))] = None
        return f

    def near_limit(self, f):
        """A previous rate that puts the computed one beside a limit."""
        before = f.pop("previous")
        try:
            result = reference.rate(f, self.law)["notified"]["exact"]
            n, _, d = result.partition("/")
            r = reference.Fraction(int(n), int(d or 1))
            p = self.pick((r * 4 / 5, r * 5 / 4, r - 1,
                           r + reference.Fraction(4, 5)))
            if p >= 0:
                ticks = p * 10000
                ticks = ticks.numerator // ticks.denominator + self.between(-1, 2)
                before["rate"] = "%d.%04d" % divmod(max(ticks, 0), 10000)
        except reference.Refused:
            pass
        f["previous"] = before

    # -- wrong on purpose --------------------------------------------------

    def spoil(self, f):
        """One mistake.  Returns the text of the line."""
        rng, e = self.rng, f["establishment"]
        f.setdefault("given", {})
        f["given"] = f["given"] or {}
        if not f.get("claims"):
            f["claims"] = [self.claim("A0", f["year"])]
        c = self.pick(f["claims"])
        day = c["declared"]
        after = iso(datetime.date.fromisoformat(day).toordinal() + 1)
        before = iso(datetime.date.fromisoformat(day).toordinal() - 1)
        bad_decimal = self.pick(("12,5", "abc", "", "1.", ".5", "-1", "1e3",
                                 " 1", "1 000", "0x10", "1.2.3", "NaN"))
        bad_date = self.pick(("2021-02-29", "2021-13-01", "2021-00-10",
                              "2021-04-31", "20210401", "2021-4-1", "",
                              "01/04/2021", "2021-04-01T00:00", "demain"))
        wrong = self.pick((
            "zone", "siret", "siret-length", "missing", "mode", "unknown",
            "unknown", "twice", "twice", "number", "decimal", "places",
            "date", "ref", "real_costs", "occurred", "recognised",
            "ip_notified", "death", "death_recognised", "ip_alone",
            "ip_date_alone", "recognised_alone", "special", "rebate", "word",
            "integer", "share", "year", "boolean", "list", "object", "key",
            "members", "created", "json"))
        if wrong == "zone":
            f["zone"] = self.pick(("alsace", "General", "", 1, None))
        elif wrong == "siret":
            s = e["siret"] if not e["siret"].startswith("356000000") \
                else "73282932000074"
            i = self.between(0, 13)
            e["siret"] = s[:i] + str((int(s[i]) + 1) % 10) + s[i + 1:]
        elif wrong == "siret-length":
            e["siret"] = self.pick(("", "7328293200007", "732829320000740",
                                    "7328293200007X", "732 829 320 00074"))
        elif wrong == "missing":
            key = self.pick(("zone", "establishment", "year", "siret",
                             "risk_code", "ctn"))
            (f if key in f else e).pop(key)
        elif wrong == "mode":
            f["previous"] = self.pick(({"rate": "3.20"}, {"mode": "mixed"}, {},
                                       {"rate": "3.20", "mode": "other"},
                                       {"rate": 3.2, "mode": "mixed"},
                                       {"rate": "3.20123", "mode": "mixed"}))
        elif wrong == "unknown":
            at = self.pick((f, e, c, f["given"]))
            at[self.pick(("note", "Year", "nir", "rates"))] = "1"
        elif wrong == "twice":
            text = json.dumps(f)
            cut = self.pick(('"year": ', '"zone": ', '"siret": ', '"kind": ',
                             '"ref": ', '"declared": '))
            i = text.index(cut)
            j = text.index(",", i)
            return text[:j] + ", " + text[i:j] + text[j:]
        elif wrong == "number":
            y = str(f["year"] - 2)
            which = self.pick(("headcounts", "payroll", "rebate", "third"))
            if which == "rebate":
                f["rebate"] = 0.1
            elif which == "third":
                c["third_party_share"] = 0.5
            else:
                f[which][y] = self.pick((25, 25.5, True, [], {}))
        elif wrong == "decimal":
            y = str(f["year"] - 2)
            which = self.pick(("headcounts", "payroll", "rebate", "third",
                               "collective", "M1"))
            if which == "rebate":
                f["rebate"] = bad_decimal
            elif which == "third":
                c["third_party_share"] = bad_decimal
            elif which == "collective":
                f["given"]["collective_rate"] = bad_decimal
            elif which == "M1":
                f["given"]["majorations"] = {"M1": bad_decimal}
            else:
                f[which][y] = bad_decimal
        elif wrong == "places":
            y = str(f["year"] - 2)
            which = self.pick(("headcounts", "payroll", "cost", "collective"))
            if which == "cost":
                f["given"]["average_costs"] = {"IT1": "100.001"}
            elif which == "collective":
                f["given"]["collective_rate"] = "3.10001"
            else:
                f[which][y] = "20.001"
        elif wrong == "date":
            if rng.random() < 0.3:
                e["created"] = bad_date
            else:
                c[self.pick(("declared", "recognised"))] = bad_date
        elif wrong == "ref":
            f["claims"].append(dict(self.claim(c["ref"], f["year"])))
        elif wrong == "real_costs":
            if f["year"] in (2012, 2013):
                f["year"] = 2011
            else:
                f["given"]["real_costs"] = {"2009": "1000.00"}
        elif wrong == "occurred":
            c["occurred"] = after
        elif wrong == "recognised":
            c["recognised"] = before
        elif wrong == "ip_notified":
            c["ip_rate"], c["ip_notified"] = 12, before
        elif wrong == "death":
            c["occurred"], c["death"] = day, before
            c.pop("death_recognised", None)
        elif wrong == "death_recognised":
            c["death"], c["death_recognised"] = after, day
        elif wrong == "ip_alone":
            c["ip_rate"] = 12
            c.pop("ip_notified", None)
        elif wrong == "ip_date_alone":
            c["ip_notified"] = after
            c.pop("ip_rate", None)
        elif wrong == "recognised_alone":
            c["death_recognised"] = after
            c.pop("death", None)
        elif wrong == "special":
            c["kind"], c["charge"] = "accident", "special_account"
        elif wrong == "rebate":
            f["rebate"] = self.pick(("0.2501", "0.26", "0.3", "1", "1.5", "25"))
        elif wrong == "word":
            key = self.pick(("kind", "charge", "role", "section", "regime",
                             "btp_group", "ctn"))
            if key == "role":
                c["temp_work"] = self.pick(({"role": "host"}, {}, "user"))
            else:
                (c if key in ("kind", "charge") else e)[key] = self.pick(
                    ("other", "", 3))
        elif wrong == "integer":
            key = self.pick(("stoppage_days", "ip_rate", "year"))
            value = self.pick(("15", 15.5, -1, True, "many"))
            if key == "year":
                f["year"] = self.pick(("2024", 2024.5, -2024, True))
            else:
                c[key] = value
                if key == "ip_rate":
                    c["ip_notified"] = after
        elif wrong == "share":
            if rng.random() < 0.5:
                c["third_party_share"] = self.pick(("1.01", "2", "-0.1", "60"))
            else:
                f["given"]["abatement"] = self.pick(("1.01", "10", "-0.1"))
        elif wrong == "year":
            f["year"] = self.pick((2011, 2000, 1995, 0))
        elif wrong == "boolean":
            key = self.pick(("care", "taken_over"))
            (c if key == "care" else e)[key] = self.pick(("true", 1, "no"))
        elif wrong == "list":
            f["claims"] = self.pick(({}, "none", {"A1": c}, [1], ["A1"]))
        elif wrong == "object":
            f[self.pick(("establishment", "headcounts", "payroll", "previous",
                         "given"))] = self.pick(([], "x", 3))
        elif wrong == "key":
            which = self.pick(("headcounts", "payroll", "cost", "major"))
            if which == "cost":
                f["given"]["average_costs"] = {self.pick(("IT7", "IP5", "it1")):
                                               "1"}
            elif which == "major":
                f["given"]["majorations"] = {"M5": "1"}
            else:
                f[which][self.pick(("202", "20222", "year", ""))] = "1"
        elif wrong == "members":
            f["single_rate"] = self.pick((
                {"first_year": True}, {"first_year": True, "members": []},
                {"first_year": True, "members": [{"rate": "2"}]},
                {"first_year": True,
                 "members": [{"rate": "2", "payroll": "0.00"}]},
                {"first_year": "yes", "members": []}))
        elif wrong == "created":
            e["created"] = "%d-01-01" % (f["year"] + 1)
        else:
            text = json.dumps(f)
            return self.pick((text[:-1], text + "}", text.replace(":", "=", 1),
                              "[]", "null", "3", text.replace('"', "'")))
        return json.dumps(f)

    # -- lines of the pipe -------------------------------------------------

    def facts_line(self, seed, i):
        self.rng.seed(seed * 1000003 + i)
        f = self.facts()
        if self.chance(0.07):
            return self.spoil(f)
        return json.dumps(f)

    def simulation_line(self, seed, i):
        self.rng.seed(seed * 1000003 + i)
        while True:             # facts that read well: only the change may not
            f = self.facts()
            try:
                reference.read_facts(f)
                break
            except reference.Refused:
                pass
        changes = dict(self.change(f)
                       for _ in range(1 if self.chance(0.8) else 2))
        return json.dumps({"simulate": f, "set": changes})

    def change(self, f):
        """(PATH, VALUE) of something that these facts can hold."""
        year, rng = f["year"], self.rng
        paths = [
            ("year", str(self.between(2012, 2030))),
            ("zone", self.pick(("general", "alsace-moselle"))),
            ("rebate", self.pick(("0.10", "0.25", "0.26"))),
            ("headcounts.%d" % (year - 2), self.pick(SIZES)),
            ("headcounts.%d" % (year - 3), self.pick(SIZES)),
            ("payroll.%d" % (year - 2), self.decimal(0, 10 ** 7, 2)),
            ("payroll.%d" % (year - 4), self.decimal(0, 10 ** 7, 2)),
            ("establishment.created", iso(self.day_in(year - self.between(0, 5)))),
            ("establishment.taken_over", self.pick(("true", "false"))),
            ("establishment.regime", self.pick(reference.REGIMES)),
            ("establishment.section", self.pick(reference.SECTIONS)),
            ("establishment.ctn", self.pick(reference.CTNS)),
            ("given.collective_rate", self.decimal(0, 9, 2)),
            ("given.abatement", self.pick(("0.10", "0.20"))),
            ("given.majorations.M2", str(self.between(40, 60))),
            ("given.average_costs.IT6", str(self.between(20000, 40000))),
        ]
        if f.get("previous"):
            paths += [("previous.rate", self.pick(PREVIOUS)),
                      ("previous.mode", self.pick(reference.MODES))]
        for c in f.get("claims") or ():
            at = "claims.%s." % c["ref"]
            paths += [(at + "stoppage_days", str(self.pick(DAYS))),
                      (at + "third_party_share", self.pick(THIRD_PARTY)),
                      (at + "charge", self.pick(reference.CHARGES)),
                      (at + "care", self.pick(("true", "false"))),
                      (at + "temp_work.role", self.pick(("user", "agency"))),
                      (at + "recognised", iso(self.day_in(year - 1)))]
            if "ip_rate" in c:
                paths += [(at + "ip_rate", str(self.pick(IPS)))] * 3
        path, value = self.pick(paths)
        r = rng.random()
        if r < 0.03:
            value = self.pick(("abc", "-1", ""))
        elif r < 0.04:
            path = self.pick(("claims.ZZ.ip_rate", "nothing", "establishment.x"))
        return path, value

    def rule_line(self, seed, i):
        self.rng.seed(seed * 1000003 + i)
        names = sorted(reference.RULES)
        name = names[i % len(names)]
        args = getattr(self, "rule_" + name.replace("-", "_"))()
        r = self.rng.random()
        if r < 0.02 and args:
            args.pop(self.pick(sorted(args)))
        elif r < 0.04 and args:
            args[self.pick(sorted(args))] = self.pick(("abc", "-1", "1,5", ""))
        elif r < 0.05:
            args["nothing"] = "1"
        return json.dumps({"rule": name, "args": args})

    def zone(self):
        return self.pick(("general", "alsace-moselle"))

    def yes(self):
        return self.pick(("yes", "no"))

    def year(self, low=2012, high=2030):
        return str(self.between(low, high))

    def size(self):
        return self.pick(SIZES) if self.chance(0.5) else self.decimal(0, 600, 2)

    def day(self, low, high):
        return iso(self.day_in(self.between(low, high)))

    def rule_window(self):
        return {"year": self.year(1996, 2035)}

    def rule_headcount(self):
        y = self.between(1998, 2030)
        n = 4 if y < 2017 else 12 if self.chance(0.8) else self.between(1, 12)
        months = [("0" if self.chance(0.2) else self.decimal(0, 300, 2))
                  for _ in range(n)]
        if y >= 2017 and not any(float(m) for m in months):
            months[0] = "20.01"
        return {"year": str(y), "months": ",".join(months)}

    def rule_mode(self):
        y = self.between(1996, 2030)
        args = {"year": str(y), "zone": self.zone(), "btp": self.yes()}
        if self.chance(0.5):
            args["headcount"] = self.size()
        else:
            h = self.headcounts(y, args["zone"], args["btp"] == "yes")
            args["headcounts"] = ",".join("%s:%s" % kv for kv in h.items())
        return args

    def rule_mixed_fraction(self):
        return {"year": self.year(1996), "zone": self.zone(), "btp": self.yes(),
                "headcount": self.size()}

    def rule_mixed_rate(self):
        args = {"year": self.year(), "zone": self.zone(), "btp": self.yes(),
                "headcount": self.decimal(20, 149, 2) if self.chance(0.8)
                else self.size(),
                "individual": self.decimal(0, 20, 2),
                "collective": self.decimal(0, 20, 2)}
        if self.chance(0.5):
            args["rebate"] = self.pick(("0", "0.10", "0.25", "0.26"))
        return args

    def rule_cost_category(self):
        args = {"year": self.year(), "zone": self.zone(),
                "ctn": self.pick(reference.CTNS)}
        r = self.rng.random()
        if r < 0.45:
            args["days"] = str(self.pick(DAYS))
        elif r < 0.85:
            args["ip"] = str(self.pick(IPS))
        else:
            args["death"] = "yes"
        return args

    def rule_average_cost(self):
        args = {"year": self.pick(("2014", "2014", "2019", "2020", "2024", "2024",
                                   "2025", self.year())),
                "zone": self.zone(), "ctn": self.pick(reference.CTNS),
                "category": self.pick(reference.COSTS[:10])}
        if args["ctn"] == "B" and args["zone"] == "general":
            if args["category"] in ("IP2", "IP3", "IP4"):
                args["category"] = "IP2_IP4"
                args["group"] = self.pick(GROUPS)
        return args

    def rule_abatement(self):
        return {"year": self.year(), "risk_code": (
            self.pick(self.abated) if self.chance(0.7)
            else self.pick(self.codes))[0]}

    def rule_net_rate(self):
        return {"year": self.year(2012, 2027), "gross": self.decimal(0, 20, 2)}

    def rule_minimum_rate(self):
        return {"year": self.year()}

    def rule_cap(self):
        p = self.pick(PREVIOUS) if self.chance(0.6) else self.decimal(0, 20, 2)
        args = {"year": self.year(), "zone": self.zone(), "previous": p,
                "computed": self.decimal(0, 20, 2)}
        if self.chance(0.3):
            args["computed"] = {"4": "5", "4.00": "3.2", "3.00": "4.00",
                                "5.00": "6.25", "1.00": "0.2"}.get(p, "5.00")
        return args

    def rule_merged_previous(self):
        n = self.between(1, 5)
        return {"rates": ",".join(self.decimal(0, 9, 2) for _ in range(n)),
                "payrolls": ",".join(self.decimal(0, 9999999, 2)
                                     for _ in range(n if self.chance(0.95)
                                                    else n + 1))}

    def rule_temp_work_share(self):
        y = self.between(2012, 2030)
        return {"rate_year": str(y),
                "classified_year": str(y - self.between(2, 4)),
                "category": self.pick(reference.COSTS),
                "role": self.pick(("user", "agency"))}

    def rule_third_party(self):
        return {"cost": self.decimal(0, 700000, 2),
                "share": self.pick(THIRD_PARTY)}

    def rule_charge_year(self):
        declared = self.day_in(self.between(2008, 2026))
        died = declared + self.between(0, 700)
        return {"kind": self.pick(("it", "ip", "death")),
                "declared": iso(declared),
                "ip_notified": iso(declared + self.between(0, 700)),
                "death": iso(died),
                "death_recognised": iso(died + self.between(0, 700)),
                "on": self.pick(("2024-01-01", "2025-01-01", "2025-04-16",
                                 "2025-04-17", "2025-05-01", "2026-01-01",
                                 self.day(2012, 2030)))}

    def rule_new_establishment(self):
        y = self.between(2012, 2030)
        return {"year": str(y),
                "created": iso(self.day_in(y - self.between(-1, 5))),
                "single_rate": self.yes()}

    def rule_takeover(self):
        return {"activity": self.yes(), "means": self.yes(),
                "staff_share": self.pick(("0", "0.4999", "0.5", "0.50", "0.51",
                                          "1"))}

    def rule_special_account(self):
        return {"case": str(self.between(0, 6))}

    def rule_regime(self):
        return {"year": self.year(2012, 2027),
                "regime": self.pick(reference.REGIMES),
                "gross": self.decimal(0, 30, 2)}

    def rule_collective_rate(self):
        return {"year": self.year(2014, 2027),
                "risk_code": self.pick(self.codes)[0],
                "zone": "general" if self.chance(0.7) else "alsace-moselle"}

    def rule_support_rate(self):
        return {"year": self.year(2014, 2028), "ctn": self.pick(reference.CTNS)}

    def rule_rate_to_declare(self):
        y = self.pick((2025, 2025, 2025, self.between(2015, 2026)))
        pay = self.pick((self.day(y, y), "%d-04-30" % y, "%d-05-01" % y))
        return {"year": str(y), "risk_code": self.pick(self.codes)[0],
                "zone": "general", "pay_date": pay}

    def rule_ip_capital(self):
        return {"ip": str(self.between(0, 10)),
                "on": self.pick((self.day(2016, 2026), "2024-03-31",
                                 "2024-04-01"))}

    def salary(self):
        return self.pick((self.decimal(0, 250000, 2), "18281.80", "18281.79",
                          "41942.68", "41942.69", "167770.72", "167770.73"))

    def rule_ip_annuity(self):
        return {"ip": str(self.pick((9, 10, 11, 49, 50, 51, 75, 99, 100, 101))),
                "salary": self.salary(),
                "on": self.pick((self.day(2016, 2026), "2024-03-31",
                                 "2024-04-01"))}

    def rule_survivors(self):
        args = {"salary": self.salary(), "on": self.day(2017, 2025),
                "spouse": self.yes(), "orphans": str(self.between(0, 5)),
                "ascendants": str(self.between(0, 4))}
        if args["spouse"] == "yes":
            args["spouse_age"] = str(self.pick((20, 49, 50, 54, 55, 56, 90)))
        return args

    def rule_notification_penalty(self):
        return {"year": self.year(2020, 2026),
                "headcount": self.size(),
                "counted": str(self.pick((0, 1, 5, 19, 20, 149, 200, 5000)))}

    def rule_supplementary(self):
        start = self.day_in(self.between(2012, 2029))
        return {"base_monthly": self.decimal(0, 90000, 2), "from": iso(start),
                "until": iso(start + self.between(0, 500)),
                "percent": self.pick(("25", "50", "200", "30.5"))}

    def rule_appeal_deadline(self):
        d = self.day_in(self.between(2020, 2030))
        args = {"on": iso(d)}
        if self.chance(0.3):
            args["post"] = iso(d)
        else:
            args["available"] = iso(d)
            if self.chance(0.7):
                args["consulted"] = iso(d + self.pick((0, 1, 14, 15, 16, 40)))
        if self.chance(0.3):
            args["mentions"] = "yes"
        return args

    def rule_claim_deadline(self):
        steps = sorted(self.law.files["claim_deadline"][1])
        kind, step = self.pick(steps)
        if kind == "*":
            kind = self.pick(("accident", "disease", "commuting"))
        return {"kind": kind, "step": step, "received": self.day(2020, 2030)}


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    cases = Cases(reference.Law())
    for i in range(count):
        print(cases.facts_line(seed, i))


if __name__ == "__main__":
    main()
