"""
reference.py -- the whole calculation of a French AT/MP rate, slowly, a second time.

Tests only.  This file was written from the law (docs/law-notes.md holds the
readings) and never from the C code, so that two independent readings of the
same texts can be compared: compare.py does that.  It holds no number of the
law: every one comes from law/params/*.csv at the date of the tariff.

	rate(facts, law)	facts of one establishment -> answer (docs: « rate answer »)
	rule(name, args, law)	one rule of the law by itself
	parse(text)		JSON text -> facts; a key given twice is refused
	apply_set(facts, ...)	the facts of a simulation

Numbers are fractions.Fraction; nothing is rounded before `notified`, and no
float enters.  What the facts or the parameters do not allow is Refused, with
the path concerned.  `python3 reference.py --serve` answers on a pipe what the
C driver answers, so that compare.py can be tried on itself.

CSS = code de la sécurité sociale.  A1995 = arrêté du 17 octobre 1995.
"""

import csv
import datetime
import json
import os
import re
import sys
from fractions import Fraction
from itertools import product

HERE = os.path.dirname(os.path.abspath(__file__))
LAW_DIR = os.path.normpath(os.path.join(HERE, "..", "..", "law"))

ZERO = Fraction(0)
ONE = Fraction(1)


class Refused(Exception):
    """The law, or the facts, do not allow an answer."""

    def __init__(self, where, text):
        super().__init__("%s: %s" % (where, text))
        self.where = where
        self.text = text


# ---------------------------------------------------------------------------
# Numbers and how they print
# ---------------------------------------------------------------------------

DECIMAL = re.compile(r"(0|[1-9][0-9]*)(?:\.([0-9]+))?")
INTEGER = re.compile(r"0|[1-9][0-9]*")
ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
TEN = [10 ** n for n in range(20)]


def decimal(text, where, places):
    """A decimal written as a string with a dot, not negative."""
    if not isinstance(text, str):
        raise Refused(where, "a decimal must be a string")
    m = DECIMAL.fullmatch(text)
    if m is None:
        raise Refused(where, "not a decimal")
    whole, part = m.groups()
    if part is None:
        return Fraction(int(whole))
    if len(part) > places:
        raise Refused(where, "more than %d decimals" % places)
    return Fraction(int(whole + part), TEN[len(part)])


def share(text, where):
    """A fraction of one, such as the share of a third party."""
    value = decimal(text, where, 4)
    if value > 1:
        raise Refused(where, "a share is between 0 and 1")
    return value


def date(text, where):
    """An ISO date.  Dates are compared as text: the order is the same."""
    if not isinstance(text, str):
        raise Refused(where, "a date must be a string")
    m = ISO_DATE.fullmatch(text)
    if m is None:
        raise Refused(where, "not a date (YYYY-MM-DD)")
    try:
        datetime.date(int(m.group(1)), int(m.group(2)), int(m.group(3)))
    except ValueError:
        raise Refused(where, "no such day") from None
    return text


def year_of(iso):
    return int(iso[:4])


def rounded(value, places):
    """Half up, away from zero; as text.  The only rounding of a rate."""
    n = abs(value.numerator) * TEN[places]
    d = value.denominator
    q, r = divmod(n, d)
    if 2 * r >= d:
        q += 1
    sign = "-" if value < 0 and q else ""
    if places == 0:
        return "%s%d" % (sign, q)
    return "%s%d.%0*d" % (sign, q // TEN[places], places, q % TEN[places])


def exact(value):
    if value.denominator == 1:
        return str(value.numerator)
    return "%d/%d" % (value.numerator, value.denominator)


def quantity(value, places=2):
    if value is None:
        return None
    return {"exact": exact(value), "value": rounded(value, places)}


def word(text):
    """A result that is a word or a date."""
    return {"exact": None, "value": text}


# ---------------------------------------------------------------------------
# The law: dated parameters
# ---------------------------------------------------------------------------

class Law:
    """law/params/*.csv: value of a parameter at a date, by its keys."""

    COMMON = {"valid_from", "valid_to", "value", "unit", "text", "published",
              "source", "checked_on", "note"}

    def __init__(self, directory=LAW_DIR):
        self.directory = os.path.join(directory, "params")
        self.files = {}
        self.memory = {}

    def load(self, name):
        path = os.path.join(self.directory, name + ".csv")
        try:
            with open(path, encoding="utf-8", newline="") as f:
                lines = csv.DictReader(f)
                keys = [k for k in lines.fieldnames if k not in self.COMMON]
                rows = {}
                for line in lines:
                    if not line["valid_from"]:
                        continue    # date printed nowhere: never applied
                    k = tuple(line[key] for key in keys)
                    rows.setdefault(k, []).append(
                        (line["valid_from"], line["valid_to"] or "9999-12-31",
                         (line["value"], line["unit"]), line["source"]))
        except FileNotFoundError:
            keys, rows = [], {}
        self.files[name] = (keys, rows)
        return self.files[name]

    def row(self, name, day, /, **wanted):
        """(value as printed, unit), or None.  An exact key wins over `*`."""
        mark = (name, day, tuple(wanted.values()))
        if mark in self.memory:
            return self.memory[mark]
        keys, rows = self.files.get(name) or self.load(name)
        where = "law." + name
        if set(keys) != set(wanted) and rows:
            raise Refused(where, "the keys of this parameter are %s" % keys)
        best = None
        for k in product(*((wanted[key], "*") for key in keys)):
            stars = k.count("*")
            for start, end, value, source in rows.get(k, ()):
                if not start <= day < end:
                    continue
                if not source:
                    raise Refused(where, "a value without a source")
                if best is None or stars < best[0]:
                    best = (stars, value)
                elif stars == best[0]:
                    raise Refused(where, "two values overlap")
        self.memory[mark] = best[1] if best else None
        return self.memory[mark]

    def find(self, name, day, /, **wanted):
        found = self.row(name, day, **wanted)
        return None if found is None else found[0]

    def word(self, name, day, /, **wanted):
        value = self.find(name, day, **wanted)
        if value is None:
            raise Refused("law.%s(%s)" % (name, ",".join(
                "%s=%s" % kv for kv in wanted.items())),
                "no value on %s" % day)
        return value

    def number(self, name, day, /, **wanted):
        return number(self.word(name, day, **wanted))


NUMBERS = {}


def number(text):
    """A parameter as printed: 3.10, or 1/3 where the text says a third."""
    if text not in NUMBERS:
        NUMBERS[text] = Fraction(text)
    return NUMBERS[text]


def tariff_day(law, year):
    """N-01: the day on which the tariff of the year takes effect."""
    return "%04d-%s" % (year, law.word("tariff_start", "%04d-01-01" % year))


# ---------------------------------------------------------------------------
# The facts: types and refusals
# ---------------------------------------------------------------------------

def no_key_twice(pairs):
    seen = {}
    for key, value in pairs:
        if key in seen:
            raise Refused(key, "a key given twice")
        seen[key] = value
    return seen


def parse(text):
    try:
        return json.loads(text, object_pairs_hook=no_key_twice)
    except (ValueError, RecursionError) as e:
        raise Refused("", "not JSON: %s" % e) from None


def fields(obj, where, known, required=()):
    """An object with known fields only.  null = absent."""
    if not isinstance(obj, dict):
        raise Refused(where, "an object is wanted")
    there = {}
    for key, value in obj.items():
        if key not in known:
            raise Refused(("%s.%s" % (where, key)).strip("."), "unknown field")
        if value is not None:
            there[key] = value
    for key in required:
        if key not in there:
            raise Refused(("%s.%s" % (where, key)).strip("."), "missing")
    return there


def one_of(value, where, words):
    if not isinstance(value, str) or value not in words:
        raise Refused(where, "must be one of " + ", ".join(words))
    return value


def integer(value, where, low, high):
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused(where, "an integer is wanted")
    if not low <= value <= high:
        raise Refused(where, "out of range")
    return value


def boolean(value, where):
    if not isinstance(value, bool):
        raise Refused(where, "true or false is wanted")
    return value


def string(value, where):
    if not isinstance(value, str) or not value:
        raise Refused(where, "a string is wanted")
    return value


def items(value, where):
    if not isinstance(value, list):
        raise Refused(where, "a list is wanted")
    return value


FOUR_DIGITS = re.compile(r"[0-9]{4}")


def by_year(obj, where):
    """{"2022": "84.37"} -> {2022: Fraction}.  Two decimals at most."""
    if not isinstance(obj, dict):
        raise Refused(where, "an object is wanted")
    out = {}
    for key, value in obj.items():
        at = "%s.%s" % (where, key)
        if not FOUR_DIGITS.fullmatch(key):
            raise Refused(at, "a year is wanted")
        if value is not None:
            out[int(key)] = decimal(value, at, 2)
    return out


FOURTEEN = re.compile(r"[0-9]{14}")


def siret(value, where):
    """Key of Luhn; La Poste (SIREN 356000000) has Luhn, or a sum of digits that
    is a multiple of 5."""
    if not isinstance(value, str) or not FOURTEEN.fullmatch(value):
        raise Refused(where, "fourteen digits are wanted")
    total = 0
    for i, c in enumerate(value):
        d = int(c)
        if i % 2 == 0:
            d = 2 * d - 9 if d > 4 else 2 * d
        total += d
    if total % 10 == 0:
        return value
    if value.startswith("356000000") and sum(map(int, value)) % 5 == 0:
        return value
    raise Refused(where, "wrong key")


ZONES = ("general", "alsace-moselle")
CTNS = tuple("ABCDEFGHI")
GROUPS = ("gros_oeuvre", "second_oeuvre", "support")
SECTIONS = ("main", "support", "home")
REGIMES = ("ordinary", "ieg", "self_management", "docker", "pupil", "voluntary")
MODES = ("collective", "mixed", "individual")
KINDS = ("accident", "disease", "commuting")
CHARGES = ("own", "special_account", "terrorism", "unidentified_assault",
           "not_opposable")
ROLES = ("user", "agency")
MAJORATIONS = ("M1", "M2", "M3", "M4")
COSTS = ("IT1", "IT2", "IT3", "IT4", "IT5", "IT6",
         "IP1", "IP2", "IP3", "IP4", "IP2_IP4")

FACTS = frozenset(("year", "zone", "establishment", "headcounts", "payroll",
                   "claims", "previous", "single_rate", "rebate",
                   "supplementary", "given"))
ESTABLISHMENT = frozenset(("siret", "risk_code", "ctn", "btp_group", "created",
                           "taken_over", "section", "regime"))
CLAIM = frozenset(("ref", "kind", "declared", "occurred", "recognised", "care",
                   "stoppage_days", "ip_rate", "ip_notified", "death",
                   "death_recognised", "third_party_share", "charge",
                   "temp_work"))
GIVEN = frozenset(("collective_rate", "majorations", "average_costs",
                   "abatement", "real_costs"))


class Facts:
    """The facts once read: every absent field has its meaning by default."""


class Claim:
    """One claim once read."""


def read_claim(raw, where):
    raw = fields(raw, where, CLAIM, ("ref", "kind", "declared"))
    get = raw.get
    c = Claim()
    c.ref = string(raw["ref"], where + ".ref")
    c.kind = one_of(raw["kind"], where + ".kind", KINDS)
    c.declared = date(raw["declared"], where + ".declared")
    for name in ("occurred", "recognised", "ip_notified", "death",
                 "death_recognised"):
        value = get(name)
        if value is not None:
            value = date(value, where + "." + name)
        setattr(c, name, value)
    c.care = boolean(get("care", True), where + ".care")
    c.days = integer(get("stoppage_days", 0), where + ".stoppage_days",
                     0, 2 ** 31 - 1)
    c.ip = get("ip_rate")
    if c.ip is not None:
        integer(c.ip, where + ".ip_rate", 0, 100)
    c.third_party = ZERO
    if "third_party_share" in raw:
        c.third_party = share(raw["third_party_share"],
                              where + ".third_party_share")
    c.charge = one_of(get("charge", "own"), where + ".charge", CHARGES)
    c.role = None
    if "temp_work" in raw:
        at = where + ".temp_work"
        c.role = one_of(fields(raw["temp_work"], at, ("role",),
                               ("role",))["role"], at + ".role", ROLES)

    def order(first, second):
        a, b = getattr(c, first), getattr(c, second)
        if a is not None and b is not None and b < a:
            raise Refused("%s.%s" % (where, second), "before " + first)

    order("occurred", "declared")
    order("declared", "recognised")
    order("declared", "ip_notified")
    order("occurred", "death")
    order("death", "death_recognised")
    if (c.ip is None) != (c.ip_notified is None):
        raise Refused(where + ".ip_rate", "a rate and its date go together")
    if c.death_recognised is not None and c.death is None:
        raise Refused(where + ".death_recognised", "no date of death")
    if c.charge == "special_account" and c.kind != "disease":
        # A1995b art. 2 speaks of diseases only.
        raise Refused(where + ".charge", "the special account is for diseases")
    return c


def read_facts(raw):
    raw = fields(raw, "", FACTS, ("year", "zone", "establishment"))
    f = Facts()
    f.year = integer(raw["year"], "year", 0, 9999)
    if f.year < 2012:
        raise Refused("year", "rates are computed from 2012 on")
    f.zone = one_of(raw["zone"], "zone", ZONES)

    e = fields(raw["establishment"], "establishment", ESTABLISHMENT,
               ("siret", "risk_code", "ctn"))
    f.siret = siret(e["siret"], "establishment.siret")
    f.risk_code = string(e["risk_code"], "establishment.risk_code")
    f.ctn = one_of(e["ctn"], "establishment.ctn", CTNS)
    f.btp = "yes" if f.ctn == "B" else "no"
    f.group = None
    if "btp_group" in e:
        f.group = one_of(e["btp_group"], "establishment.btp_group", GROUPS)
    f.created = None
    if "created" in e:
        f.created = date(e["created"], "establishment.created")
        if year_of(f.created) > f.year:
            raise Refused("establishment.created", "after the year of the rate")
    f.taken_over = boolean(e.get("taken_over", False),
                           "establishment.taken_over")
    f.section = one_of(e.get("section", "main"), "establishment.section",
                       SECTIONS)
    f.regime = one_of(e.get("regime", "ordinary"), "establishment.regime",
                      REGIMES)

    f.headcounts = by_year(raw.get("headcounts", {}), "headcounts")
    f.payroll = by_year(raw.get("payroll", {}), "payroll")

    f.claims = []
    refs = set()
    for i, one in enumerate(items(raw.get("claims", []), "claims")):
        c = read_claim(one, "claims.%d" % i)
        if c.ref in refs:
            raise Refused("claims.%s" % c.ref, "a reference given twice")
        refs.add(c.ref)
        f.claims.append(c)

    f.previous = None
    if "previous" in raw:
        p = fields(raw["previous"], "previous", ("rate", "mode"),
                   ("rate", "mode"))
        f.previous = (decimal(p["rate"], "previous.rate", 4),
                      one_of(p["mode"], "previous.mode", MODES))

    f.single_rate = "single_rate" in raw
    f.first_year = False
    f.members = []
    if f.single_rate:
        s = fields(raw["single_rate"], "single_rate",
                   ("first_year", "members"))
        f.first_year = boolean(s.get("first_year", False),
                               "single_rate.first_year")
        for i, m in enumerate(items(s.get("members", []),
                                    "single_rate.members")):
            at = "single_rate.members.%d" % i
            m = fields(m, at, ("rate", "payroll"), ("rate", "payroll"))
            f.members.append((decimal(m["rate"], at + ".rate", 4),
                              decimal(m["payroll"], at + ".payroll", 2)))
        if f.first_year and sum(s for _, s in f.members) == 0:
            raise Refused("single_rate.members", "no payroll to weigh the rates")

    f.rebate = ZERO
    if "rebate" in raw:
        f.rebate = share(raw["rebate"], "rebate")

    for i, one in enumerate(items(raw.get("supplementary", []),
                                  "supplementary")):
        at = "supplementary.%d" % i
        one = fields(one, at, ("percent", "from", "until"),
                     ("percent", "from", "until"))
        decimal(one["percent"], at + ".percent", 4)
        if date(one["until"], at + ".until") <= date(one["from"], at + ".from"):
            raise Refused(at + ".until", "not after the beginning")

    read_given(f, raw)
    return f


def read_given(f, raw):
    """Parameters that the facts bring, key by key."""
    f.collective = f.abatement = None
    f.majorations, f.costs, f.real_costs = {}, {}, {}
    if "given" not in raw:
        return
    g = fields(raw["given"], "given", GIVEN)
    if "collective_rate" in g:
        f.collective = decimal(g["collective_rate"], "given.collective_rate", 4)
    if "abatement" in g:
        f.abatement = share(g["abatement"], "given.abatement")
    at = "given.majorations"
    for key, value in fields(g.get("majorations", {}), at, MAJORATIONS).items():
        f.majorations[key] = decimal(value, at + "." + key, 4)
    at = "given.average_costs"
    for key, value in fields(g.get("average_costs", {}), at, COSTS).items():
        f.costs[key] = decimal(value, at + "." + key, 2)
    if "real_costs" in g:
        if f.year not in (2012, 2013):
            raise Refused("given.real_costs", "only for 2012 and 2013")
        f.real_costs = by_year(g["real_costs"], "given.real_costs")


# ---------------------------------------------------------------------------
# Mode and headcount
# ---------------------------------------------------------------------------

def thresholds(law, day, zone, btp):
    """CSS D. 242-6-2; Alsace-Moselle D. 242-30: (mixed from, individual from)."""
    return (law.number("mode_threshold", day, zone=zone, btp=btp, bound="lower"),
            law.number("mode_threshold", day, zone=zone, btp=btp, bound="upper"))


def reached(law, year, headcounts, threshold):
    """CSS L. 130-1: the headcount of N-2; since 2020 an upward crossing counts
    only when the threshold was held five civil years (N-06)."""
    day = "%04d-01-01" % year
    last = year - 2
    if law.find("headcount_freeze", day, name="years") is None:
        first = last
    else:
        held = int(law.number("headcount_freeze", day, name="years"))
        known_from = int(law.number("headcount_freeze", day, name="first_year"))
        first = max(known_from, last - held + 1)
    years = range(first, last + 1)
    if any(headcounts[y] < threshold for y in years if y in headcounts):
        return False
    for y in years:
        if y not in headcounts:
            raise Refused("headcounts.%d" % y, "missing, and it decides the mode")
    return True


def mode_by_size(law, year, zone, btp, headcounts):
    lower, upper = thresholds(law, tariff_day(law, year), zone, btp)
    if reached(law, year, headcounts, upper):
        return "individual"
    if reached(law, year, headcounts, lower):
        return "mixed"
    return "collective"


def is_new(law, f):
    """CSS D. 242-6-17 (D. 242-41): collective for the year of creation and the
    two next ones; not for a single rate, nor for an activity taken over."""
    if f.created is None or f.taken_over or f.single_rate:
        return False
    years = law.number("new_establishment", tariff_day(law, f.year),
                       name="collective_years")
    return f.year < year_of(f.created) + years


def mode_of(law, f):
    if f.section in ("support", "home"):        # A1995 art. 1 III; D. 242-6-14 II
        return "collective"
    if f.regime == "voluntary":                 # D. 242-6-11 last paragraph
        return "collective"
    if law.find("always_collective", tariff_day(law, f.year),
                risk_code=f.risk_code) is not None:     # D. 242-6-14 I
        return "collective"
    if is_new(law, f):
        return "collective"
    return mode_by_size(law, f.year, f.zone, f.btp, f.headcounts)


def mixed_fraction(law, day, zone, btp, e):
    """CSS D. 242-6-13; Alsace-Moselle D. 242-37."""

    def k(name):
        return law.number("mixed_fraction", day, zone=zone, btp=btp,
                          coefficient=name)

    if zone == "alsace-moselle":
        return (k("slope") * e + k("offset")) / k("divisor")
    if law.find("mixed_fraction", day, zone=zone, btp=btp,
                coefficient="factor") is not None:
        return k("factor") / k("divisor") * (e - k("shift")) + k("floor")
    return (e - k("shift")) / k("divisor")


def headcount_of(law, year, counts):
    """A1995 art. 2 until 2016: mean of the quarter ends, exact.  CSS R. 130-1
    from 2017: mean of the months with somebody, truncated at the hundredth."""
    if year < 2017:
        return sum(counts) / len(counts)
    present = [c for c in counts if c > 0]
    if not present:
        return ZERO
    mean = sum(present) / len(present)
    return Fraction(mean.numerator * 100 // mean.denominator, 100)


# ---------------------------------------------------------------------------
# Value of the risk and gross rate
# ---------------------------------------------------------------------------

def window_of(law, year):
    """CSS D. 242-6-4: the last three years known."""
    day = tariff_day(law, year)
    first = int(law.number("reference_window", day, bound="first"))
    last = int(law.number("reference_window", day, bound="last"))
    return list(range(year - first, year - last + 1))


def real_cost_years(law, year, window):
    """Décret 2010-753 art. 3: the years of the window at their real cost (rates
    of 2012 and 2013 only)."""
    first = law.find("real_costs", tariff_day(law, year),
                     name="first_average_year")
    return [] if first is None else [y for y in window if y < int(first)]


def category(law, day, kind, size):
    """CSS D. 242-6-6: highest category whose lowest number is attained."""
    best = None
    for i in range(1, 7 if kind == "it" else 5):
        name = "%s%d" % (kind.upper(), i)
        if size >= law.number("cost_category", day, kind=kind, category=name):
            best = name
    if best is None:
        raise Refused("law.cost_category", "no category for %s" % size)
    return best


def cost_key(zone, ctn, name):
    """D. 242-6-6: in the building trade, outside Alsace-Moselle (D. 242-34), one
    cost for an incapacity of 10 % and more and for deaths."""
    if ctn == "B" and zone == "general" and name in ("IP2", "IP3", "IP4"):
        return "IP2_IP4"
    return name


def death_year_word(law, day):
    """D. 242-6-6: year of the death, of its recognition since décret 2025-342."""
    return "recognition" if day >= "2025-04-17" else "death"


def lines_of(law, day, c):
    """Lines of one claim: (year charged to, category).  D. 242-6-6, D. 242-6-7."""
    lines = []
    if c.care:
        lines.append((year_of(c.declared), category(law, day, "it", c.days)))
    dead = c.death is not None and c.death_recognised is not None
    if c.ip is not None and not (dead and c.death < c.ip_notified):
        lines.append((year_of(c.ip_notified), category(law, day, "ip", c.ip)))
    elif dead:
        if death_year_word(law, day) == "recognition":
            lines.append((year_of(c.death_recognised), "IP4"))
        else:
            lines.append((year_of(c.death), "IP4"))
    return lines


def is_charged(law, day, zone, c):
    """D. 242-6-4 last paragraph, D. 242-6-7; A1995b art. 2."""
    if c.kind == "commuting" or c.recognised is None:
        return False
    return law.find("excluded_charge", day, zone=zone, charge=c.charge) is None


def temp_work_share(law, day, classified, name, role):
    """CSS L. 241-5-1, R. 242-6-1; from rate 2026 décret 2024-723.  Part of the
    cost that user or agency bears."""
    new = law.find("temp_work", day, name="user_share_all") is not None
    if new:
        new_from = law.find("temp_work", day, name="new_from_year")
        new = new_from is None or classified >= int(new_from)
    if new:
        user = law.number("temp_work", day, name="user_share_all")
    elif name in ("IP2", "IP3", "IP4", "IP2_IP4"):
        user = law.number("temp_work", day, name="user_share_serious")
    else:
        user = ZERO
    return user if role == "user" else 1 - user


def average_cost(law, day, zone, ctn, group, name):
    """CSS D. 242-6-8: the scale of the tariff year (N-02)."""
    return law.number("average_costs", day, zone=zone, ctn=ctn,
                      group=group or "", category=name)


def cost_of(law, day, f, name):
    """Average cost of one category, given or published, before abatement."""
    if name in f.costs:
        return f.costs[name]
    group = None
    if name == "IP2_IP4":
        group = f.group or law.word("btp_cost_groups", day,
                                    risk_code=f.risk_code)
    return average_cost(law, day, f.zone, f.ctn, group, name)


def abatement_of(law, day, f):
    """Arrêté du 21 décembre 2011."""
    if f.abatement is not None:
        return f.abatement
    found = law.find("abatements", day, risk_code=f.risk_code)
    return ZERO if found is None else number(found)


def risk_value(law, f, window):
    """CSS D. 242-6-6: sum of the costs charged to the years of the window."""
    day = tariff_day(law, f.year)
    real = real_cost_years(law, f.year, window)
    total = ZERO
    for y in real:
        if y not in f.real_costs:
            raise Refused("given.real_costs.%d" % y, "missing")
        total += f.real_costs[y]
    at_average = [y for y in window if y not in real]
    kept = None
    for c in f.claims:
        if not is_charged(law, day, f.zone, c):
            continue
        for year, name in lines_of(law, day, c):
            if year not in at_average:
                continue
            if f.regime == "self_management" and name.startswith("IT"):
                continue                        # D. 242-6-19
            name = cost_key(f.zone, f.ctn, name)
            part = ONE
            if c.role is not None:
                part = temp_work_share(law, day, year, name, c.role)
                if part == 0:
                    continue                    # no line at all for this firm
            if kept is None:
                kept = 1 - abatement_of(law, day, f)
            total += (cost_of(law, day, f, name) * kept * part
                      * (1 - c.third_party))    # D. 242-6-7 paragraph 6
    return total


def payroll_of(f, window):
    total = ZERO
    for y in window:
        if y not in f.payroll:
            raise Refused("payroll.%d" % y, "missing")
        total += f.payroll[y]
    if total == 0:
        raise Refused("payroll", "no payroll in the window: V / S has no meaning")
    return total


# ---------------------------------------------------------------------------
# Net, mixed, capped, notified
# ---------------------------------------------------------------------------

def net_rate(law, day, regime, gross, given):
    """CSS D. 242-6-3, D. 242-6-9: (TB + M1) x (1 + M2) + M3 + M4.
    A regime may count a part only of a majoration: IEG D. 242-6-18, partial
    self-management D. 242-6-19, pupils D. 242-6-23."""

    def m(name):
        part = law.find("majoration_share", day, regime=regime, name=name)
        part = ONE if part is None else number(part)
        if part == 0:
            return ZERO
        if name in given:
            return part * given[name]
        return part * law.number("majorations", day, name=name)

    return (gross + m("M1")) * (1 + m("M2") / 100) + m("M3") + m("M4")


def limits(law, day, zone, p):
    """CSS D. 242-6-15; Alsace-Moselle D. 242-38."""

    def k(name):
        return law.number("cap", day, zone=zone, name=name)

    if p > k("threshold"):
        return k("down_factor") * p, k("up_factor") * p
    return p - k("down_points"), p + k("up_points")


def capped(computed, lower, upper):
    if computed > upper:
        return upper, "upper"
    if computed < lower:
        return lower, "lower"
    return computed, "none"


def merged_previous(members):
    """D. 242-6-15: rates weighted by the payroll of the last known year."""
    return sum(p * s for p, s in members) / sum(s for _, s in members)


def cap_base(f, mode):
    """The previous rate that limits this one, or None (N-28, N-30)."""
    if f.zone == "general" and mode == "collective":
        return None
    if f.single_rate and f.first_year:
        return merged_previous(f.members)
    if f.previous is None:
        return None
    rate_before, mode_before = f.previous
    if f.zone == "general" and mode_before == "collective":
        return None
    return rate_before


def rate_code(f):
    """The risk code whose collective rate applies: A1995 art. 1 III."""
    if f.section == "support":
        return "0000A" if f.ctn == "B" else "0000B"
    return f.risk_code


def collective_rate(law, day, f):
    if f.collective is not None:
        return f.collective
    table = "support_rates" if f.section == "support" else "collective_rates"
    return law.number(table, day, zone=f.zone, risk_code=rate_code(f))


def rebate_limit(law, day, rebate):
    if rebate > law.number("rebate", day, name="maximum"):
        raise Refused("rebate", "over the maximum")


def rate(raw, law):
    """The rate of one establishment and what it is made of."""
    f = read_facts(raw)
    day = tariff_day(law, f.year)
    rebate_limit(law, day, f.rebate)
    mode = mode_of(law, f)

    window = value = payroll = gross = individual = None
    collective = fraction = mixed = None

    if mode != "individual":
        collective = collective_rate(law, day, f)

    if mode != "collective":
        window = window_of(law, f.year)
        if f.created is not None and not f.taken_over and not f.single_rate:
            # D. 242-6-17: own results since the creation, year complete or not
            window = [y for y in window if y >= year_of(f.created)]
        payroll = payroll_of(f, window)
        value = risk_value(law, f, window)
        gross = 100 * value / payroll           # D. 242-6-4
        individual = net_rate(law, day, f.regime, gross, f.majorations)

    if mode == "collective":
        result = collective
        if f.regime == "voluntary":
            result *= law.number("regime_factor", day, name="voluntary_factor")
        result *= 1 - f.rebate
    elif mode == "mixed":
        # the true headcount; while frozen, the threshold less a hundredth (N-07)
        e = f.headcounts[f.year - 2]
        _, upper = thresholds(law, day, f.zone, f.btp)
        if e >= upper:
            e = upper - law.number("headcount_freeze", day, name="clamp")
        fraction = mixed_fraction(law, day, f.zone, f.btp, e)
        mixed = (fraction * individual
                 + (1 - fraction) * collective * (1 - f.rebate))
        result = mixed
    else:
        result = individual                     # no rebate: N-31

    cap = None
    base = cap_base(f, mode)
    if base is not None:
        lower, upper = limits(law, day, f.zone, base)
        result, applied = capped(result, lower, upper)
        cap = {"previous": quantity(base), "lower": quantity(lower),
               "upper": quantity(upper), "applied": applied}

    if f.regime == "docker":                    # D. 242-6-20
        result = min(result, law.number("regime_factor", day,
                                        name="docker_ceiling"))

    places = 2
    if mode == "collective":
        places = int(law.number("rate_decimals", day, risk_code=rate_code(f)))

    return {
        "year": f.year,
        "mode": mode,
        "window": window,
        "risk_value": quantity(value),
        "payroll": quantity(payroll),
        "gross": quantity(gross),
        "individual": quantity(individual),
        "collective": quantity(collective, places),
        "fraction": quantity(fraction, 4),
        "mixed": quantity(mixed),
        "cap": cap,
        "notified": quantity(result, places),
    }


# ---------------------------------------------------------------------------
# Working days (CPC 641, 642; code du travail L. 3133-1)
# ---------------------------------------------------------------------------

def easter(year):
    """Sunday of Easter, Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)


def is_holiday(d):
    if (d.month, d.day) in ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1),
                            (11, 11), (12, 25)):
        return True
    return (d - easter(d.year)).days in (1, 39, 50)


def next_working(d):
    while d.weekday() >= 5 or is_holiday(d):
        d += datetime.timedelta(1)
    return d


def civil(text):
    return datetime.date(int(text[:4]), int(text[5:7]), int(text[8:]))


def add_months(d, months):
    """CPC 641: same day of the last month, or its last day."""
    y, m = divmod(d.year * 12 + d.month - 1 + months, 12)
    day = d.day
    while True:
        try:
            return datetime.date(y, m + 1, day)
        except ValueError:
            day -= 1


# ---------------------------------------------------------------------------
# Rules callable by themselves
# ---------------------------------------------------------------------------

class Args:
    """Arguments of a rule: text by key; each one is asked for once."""

    def __init__(self, args, known):
        self.args = dict(args)
        for key, value in self.args.items():
            if key not in known:
                raise Refused(key, "unknown key")
            if not isinstance(value, str):
                raise Refused(key, "a string is wanted")

    def has(self, key):
        return key in self.args

    def text(self, key, default=None):
        if key in self.args:
            return self.args[key]
        if default is None:
            raise Refused(key, "missing")
        return default

    def word(self, key, words, default=None):
        return one_of(self.text(key, default), key, words)

    def yes(self, key, default=None):
        return self.word(key, ("yes", "no"), default) == "yes"

    def btp(self, zone):
        """Only in Alsace-Moselle have BTP firms thresholds of their own."""
        return self.word("btp", ("yes", "no"),
                         "no" if zone == "general" else None)

    def integer(self, key, low, high, default=None):
        text = self.text(key, default)
        if not INTEGER.fullmatch(text):
            raise Refused(key, "an integer is wanted")
        return integer(int(text), key, low, high)

    def year(self, key="year"):
        return self.integer(key, 1900, 9999)

    def decimal(self, key, places, default=None):
        return decimal(self.text(key, default), key, places)

    def share(self, key, default=None):
        return share(self.text(key, default), key)

    def decimals(self, key, places):
        return [decimal(t, key, places) for t in self.text(key).split(",")]

    def date(self, key, default=None):
        return date(self.text(key, default), key)


def rule_window(a, law):
    years = window_of(law, a.year())
    return dict(word("%d-%d" % (years[0], years[-1])), years=years)


def rule_headcount(a, law):
    return quantity(headcount_of(law, a.year(), a.decimals("months", 2)))


def rule_mode(a, law):
    year, zone = a.year(), a.word("zone", ZONES)
    btp = a.btp(zone)
    if a.has("headcount") == a.has("headcounts"):
        raise Refused("headcount", "headcount or headcounts, one of them")
    if a.has("headcounts"):
        headcounts = {}
        for one in a.text("headcounts").split(","):
            y, colon, count = one.partition(":")
            if not colon or not FOUR_DIGITS.fullmatch(y) or int(y) in headcounts:
                raise Refused("headcounts", "year:headcount,... is wanted")
            headcounts[int(y)] = decimal(count, "headcounts", 2)
        return word(mode_by_size(law, year, zone, btp, headcounts))
    e = a.decimal("headcount", 2)
    lower, upper = thresholds(law, tariff_day(law, year), zone, btp)
    if e >= upper:
        return word("individual")
    return word("mixed" if e >= lower else "collective")


def band(law, day, zone, btp, e):
    lower, upper = thresholds(law, day, zone, btp)
    if not lower <= e < upper:
        raise Refused("headcount", "outside the mixed band")


def rule_mixed_fraction(a, law):
    day = tariff_day(law, a.year())
    zone = a.word("zone", ZONES)
    btp = a.btp(zone)
    e = a.decimal("headcount", 2)
    band(law, day, zone, btp, e)
    return quantity(mixed_fraction(law, day, zone, btp, e), 4)


def rule_mixed_rate(a, law):
    day = tariff_day(law, a.year())
    zone = a.word("zone", ZONES)
    btp = a.btp(zone)
    e = a.decimal("headcount", 2)
    band(law, day, zone, btp, e)
    rebate = a.share("rebate", "0")
    rebate_limit(law, day, rebate)
    f = mixed_fraction(law, day, zone, btp, e)
    return quantity(f * a.decimal("individual", 4)
                    + (1 - f) * a.decimal("collective", 4) * (1 - rebate))


def rule_cost_category(a, law):
    day = tariff_day(law, a.year())
    zone, ctn = a.word("zone", ZONES), a.word("ctn", CTNS)
    if [a.has(k) for k in ("days", "ip", "death")].count(True) != 1:
        raise Refused("days", "days, ip or death, one of them")
    if a.has("days"):
        return word(category(law, day, "it", a.integer("days", 0, 2 ** 31 - 1)))
    if a.has("ip"):
        name = category(law, day, "ip", a.integer("ip", 0, 100))
    else:
        a.word("death", ("yes",))
        category(law, day, "ip", 100)
        name = "IP4"
    return word(cost_key(zone, ctn, name))


def rule_average_cost(a, law):
    group = a.word("group", GROUPS) if a.has("group") else ""
    return quantity(average_cost(law, tariff_day(law, a.year()),
                                 a.word("zone", ZONES), a.word("ctn", CTNS),
                                 group, a.word("category", COSTS)))


def rule_abatement(a, law):
    code = a.text("risk_code")
    if not re.fullmatch("[0-9]{3}[A-Z]{2}|0000[AB]", code):
        raise Refused("risk_code", "not a risk code")
    found = law.find("abatements", tariff_day(law, a.year()), risk_code=code)
    return quantity(ZERO if found is None else number(found))


def rule_net_rate(a, law):
    return quantity(net_rate(law, tariff_day(law, a.year()), "ordinary",
                             a.decimal("gross", 4), {}))


def rule_minimum_rate(a, law):
    """CSS L. 241-5: rate of a firm without any claim."""
    return quantity(net_rate(law, tariff_day(law, a.year()), "ordinary", ZERO,
                             {}))


def rule_regime(a, law):
    day = tariff_day(law, a.year())
    regime, gross = a.word("regime", REGIMES), a.decimal("gross", 4)
    if regime == "voluntary":
        return quantity(gross * law.number("regime_factor", day,
                                           name="voluntary_factor"))
    net = net_rate(law, day, regime, gross, {})
    if regime == "docker":
        net = min(net, law.number("regime_factor", day, name="docker_ceiling"))
    return quantity(net)


def rule_cap(a, law):
    day = tariff_day(law, a.year())
    lower, upper = limits(law, day, a.word("zone", ZONES),
                          a.decimal("previous", 4))
    result, applied = capped(a.decimal("computed", 4), lower, upper)
    return dict(quantity(result), lower=quantity(lower), upper=quantity(upper),
                applied=applied)


def rule_merged_previous(a, law):
    rates, payrolls = a.decimals("rates", 4), a.decimals("payrolls", 2)
    if len(rates) != len(payrolls):
        raise Refused("payrolls", "as many payrolls as rates")
    if sum(payrolls) == 0:
        raise Refused("payrolls", "no payroll to weigh the rates")
    return quantity(merged_previous(list(zip(rates, payrolls))))


def rule_temp_work_share(a, law):
    return quantity(temp_work_share(
        law, tariff_day(law, a.year("rate_year")), a.year("classified_year"),
        a.word("category", COSTS), a.word("role", ROLES)), 4)


def rule_third_party(a, law):
    return quantity(a.decimal("cost", 2) * (1 - a.share("share")))


def rule_charge_year(a, law):
    kind = a.word("kind", ("it", "ip", "death"))
    for key in ("declared", "ip_notified", "death", "death_recognised", "on"):
        if a.has(key):
            a.date(key)
    if kind == "it":
        year = year_of(a.date("declared"))
    elif kind == "ip":
        year = year_of(a.date("ip_notified"))
    else:
        died, recognised = a.date("death"), a.date("death_recognised")
        if recognised < died:
            raise Refused("death_recognised", "before death")
        if death_year_word(law, a.date("on")) == "recognition":
            year = year_of(recognised)
        else:
            year = year_of(died)
    return {"exact": str(year), "value": str(year)}


def rule_new_establishment(a, law):
    created, year = a.date("created"), a.year()
    if year_of(created) > year:
        raise Refused("created", "after the year of the rate")
    years = law.number("new_establishment", tariff_day(law, year),
                       name="collective_years")
    if a.yes("single_rate", "no"):
        return word("no")
    return word("yes" if year < year_of(created) + years else "no")


def rule_takeover(a, law):
    """D. 242-6-17; the three criteria together (Cass. 2e civ. 24-01-2013)."""
    half = number(law.word("takeover", "2012-01-01", name="staff_share"))
    activity, means = a.yes("activity"), a.yes("means")
    enough = a.share("staff_share") >= half
    return word("yes" if activity and means and enough else "no")


def rule_special_account(a, law):
    case = str(a.integer("case", 1, 5))
    return word(law.word("special_account", "2012-01-01", case=case))


def rule_collective_rate(a, law):
    return quantity(law.number("collective_rates", tariff_day(law, a.year()),
                               zone=a.word("zone", ZONES),
                               risk_code=a.text("risk_code")), 4)


def rule_support_rate(a, law):
    code = "0000A" if a.word("ctn", CTNS) == "B" else "0000B"
    return quantity(law.number("support_rates", tariff_day(law, a.year()),
                               zone="general", risk_code=code), 4)


def rule_rate_to_declare(a, law):
    """N-03: until the tariff of the year takes effect, the one before holds."""
    pay = a.date("pay_date")
    year = a.year() if a.has("year") else year_of(pay)
    if year_of(pay) != year:
        raise Refused("pay_date", "not in the year")
    if pay < tariff_day(law, year):
        year -= 1
    return quantity(law.number("collective_rates", tariff_day(law, year),
                               zone=a.word("zone", ZONES),
                               risk_code=a.text("risk_code")), 4)


def rule_ip_capital(a, law):
    """CSS D. 434-1."""
    return quantity(law.number("capital_ip", a.date("on"),
                               ip=str(a.integer("ip", 1, 9))))


def counted_salary(law, day, salary):
    """CSS L. 434-16, R. 434-28."""

    def k(name):
        return law.number("annuity", day, name=name)

    least = law.number("minimum_annual_salary", day)
    salary = min(max(salary, least), k("salary_ceiling") * least)
    full = k("full_salary") * least
    if salary <= full:
        return salary
    return full + k("counted_above") * (salary - full)


def rule_ip_annuity(a, law):
    """CSS R. 434-2."""
    day = a.date("on")

    def k(name):
        return law.number("annuity", day, name=name)

    ip = a.integer("ip", 0, 100)
    if ip < k("smallest_ip"):
        raise Refused("ip", "a capital, not an annuity")
    low = min(Fraction(ip), k("bend"))
    reduced = k("low_factor") * low + k("high_factor") * (ip - low)
    return quantity(reduced / 100
                    * counted_salary(law, day, a.decimal("salary", 2)))


def rule_survivors(a, law):
    """CSS R. 434-10, R. 434-15, R. 434-16, L. 434-13, L. 434-14."""
    day = a.date("on")

    def k(name):
        return law.number("survivors", day, name=name)

    parts = ZERO
    if a.yes("spouse", "no"):
        parts += k("spouse")
        if a.integer("spouse_age", 0, 150) >= k("spouse_age"):
            parts += k("spouse_old")
    orphans = a.integer("orphans", 0, 100, "0")
    first = min(orphans, int(k("orphan_first_count")))
    parts += first * k("orphan_first") + (orphans - first) * k("orphan_next")
    parts += min(a.integer("ascendants", 0, 100, "0") * k("ascendant"),
                 k("ascendants_maximum"))
    return quantity(min(parts, k("maximum"))
                    * counted_salary(law, day, a.decimal("salary", 2)))


def rule_notification_penalty(a, law):
    """CSS L. 242-5; arrêtés du 30 décembre 2019 et du 8 octobre 2020."""
    day = "%04d-01-01" % a.year()
    e, counted = a.decimal("headcount", 2), a.integer("counted", 0, 10 ** 9)
    if e < law.number("notification_obligation", day):
        return quantity(ZERO)
    name = "under_20" if e < 20 else "20_to_149" if e < 150 else "150_and_more"
    unit = (law.number("notification_penalty", day, band=name) / 100
            * law.number("pass", day, period="monthly"))
    unit = -(-unit.numerator // unit.denominator)       # up to the euro
    most = law.number("notification_penalty", day, band="maximum")
    return quantity(min(Fraction(unit * counted), most))


def rule_supplementary(a, law):
    """Arrêté du 9 décembre 2010, art. 8 to 18 (N-33)."""
    base = a.decimal("base_monthly", 2)
    start, end = a.date("from"), a.date("until")
    percent = a.decimal("percent", 4)
    if end <= start:
        raise Refused("until", "not after the beginning")

    def k(name):
        return law.number("supplementary", start, name=name)

    if percent < k("minimum_percent"):
        raise Refused("percent", "below the minimum")
    months = ZERO       # each calendar month for the part of its days covered
    at, stop = civil(start), civil(end)
    while at < stop:
        month = at.replace(day=1)
        after = add_months(month, 1)
        months += Fraction((min(after, stop) - at).days, (after - month).days)
        at = after
    return quantity(max(percent / 100 * base * months,
                        k("minimum_percent") / 100 * base * k("minimum_months"),
                        k("minimum_amount")))


def rule_appeal_deadline(a, law):
    """CSS R. 142-1-A III: two months; L. 242-5: electronic notification, deemed
    made fifteen days after availability at the latest (N-35)."""
    if not a.yes("mentions", "yes"):
        return word("not_running")
    if a.has("post"):
        start = civil(a.date("post"))
    else:
        start = civil(a.date("available"))
    day = a.date("on", start.isoformat())
    if not a.has("post"):
        deemed = start + datetime.timedelta(
            int(law.number("appeal_deadline", day, name="electronic")))
        if a.has("consulted"):
            consulted = civil(a.date("consulted"))
            if consulted < start:
                raise Refused("consulted", "before available")
            deemed = min(deemed, consulted)
        start = deemed
    months = int(law.number("appeal_deadline", day, name="contest"))
    return word(next_working(add_months(start, months)).isoformat())


def rule_claim_deadline(a, law):
    """CSS R. 441-2 to R. 441-18, R. 461-9, R. 461-10 (N-36).  Of clear days
    (« jours francs ») neither the first nor the last counts."""
    kind, step, received = a.text("kind"), a.text("step"), a.date("received")
    if not kind:
        raise Refused("kind", "missing")
    count = int(law.number("claim_deadline", received, kind=kind, step=step))
    unit = law.row("claim_deadline", received, kind=kind, step=step)[1]
    end = civil(received)
    if unit == "clear_days":
        end += datetime.timedelta(count + 1)
    elif unit == "days":
        end += datetime.timedelta(count)
    elif unit == "working_days":
        for _ in range(count):
            end = next_working(end + datetime.timedelta(1))
    elif unit == "hours":       # neither Sundays nor public holidays: R. 441-3
        for _ in range(count // 24):
            end += datetime.timedelta(1)
            while end.weekday() == 6 or is_holiday(end):
                end += datetime.timedelta(1)
    elif unit in ("months", "years"):
        end = add_months(end, count * (12 if unit == "years" else 1))
    else:
        raise Refused("law.claim_deadline", "unknown unit " + unit)
    return word(next_working(end).isoformat())


RULES = {
    "window": (rule_window, "year"),
    "headcount": (rule_headcount, "year months"),
    "mode": (rule_mode, "year zone btp headcount headcounts"),
    "mixed-fraction": (rule_mixed_fraction, "year zone btp headcount"),
    "cost-category": (rule_cost_category, "year ctn zone days ip death"),
    "average-cost": (rule_average_cost, "year ctn zone category group"),
    "abatement": (rule_abatement, "year risk_code"),
    "net-rate": (rule_net_rate, "year gross"),
    "minimum-rate": (rule_minimum_rate, "year"),
    "mixed-rate": (rule_mixed_rate,
                   "year zone btp headcount individual collective rebate"),
    "cap": (rule_cap, "year zone previous computed"),
    "merged-previous": (rule_merged_previous, "rates payrolls"),
    "temp-work-share": (rule_temp_work_share,
                        "rate_year classified_year category role"),
    "third-party": (rule_third_party, "cost share"),
    "charge-year": (rule_charge_year,
                    "kind declared ip_notified death death_recognised on"),
    "new-establishment": (rule_new_establishment, "created year single_rate"),
    "takeover": (rule_takeover, "activity means staff_share"),
    "special-account": (rule_special_account, "case"),
    "regime": (rule_regime, "year regime gross"),
    "collective-rate": (rule_collective_rate, "year risk_code zone"),
    "support-rate": (rule_support_rate, "year ctn"),
    "rate-to-declare": (rule_rate_to_declare, "year risk_code zone pay_date"),
    "ip-capital": (rule_ip_capital, "ip on"),
    "ip-annuity": (rule_ip_annuity, "ip salary on"),
    "survivors": (rule_survivors,
                  "salary spouse spouse_age orphans ascendants on"),
    "notification-penalty": (rule_notification_penalty,
                             "year headcount counted"),
    "supplementary": (rule_supplementary, "base_monthly from until percent"),
    "appeal-deadline": (rule_appeal_deadline,
                        "available consulted post on mentions"),
    "claim-deadline": (rule_claim_deadline, "kind step received"),
}


def rule(name, args, law):
    if name not in RULES:
        raise Refused("rule", "no such rule")
    function, keys = RULES[name]
    return function(Args(args, keys.split()), law)


# ---------------------------------------------------------------------------
# Simulation: the same calculation on changed facts
# ---------------------------------------------------------------------------

INTEGERS = ("year", "stoppage_days", "ip_rate")
BOOLEANS = ("taken_over", "care", "first_year")


def apply_set(raw, path, value):
    """A copy of the facts with PATH = VALUE (text, read as its field wants)."""
    raw = json.loads(json.dumps(raw))
    steps = path.split(".")
    at = raw
    for i, step in enumerate(steps[:-1]):
        if isinstance(at, list):
            if i == 1 and steps[0] == "claims":
                for one in at:
                    if one.get("ref") == step:
                        at = one
                        break
                else:
                    raise Refused(path, "no such claim")
            else:
                raise Refused(path, "no such place")
        else:
            if at.get(step) is None:
                at[step] = {}
            at = at[step]
    last = steps[-1]
    if last in INTEGERS:
        if not INTEGER.fullmatch(value):
            raise Refused(path, "an integer is wanted")
        value = int(value)
    elif last in BOOLEANS:
        if value not in ("true", "false"):
            raise Refused(path, "true or false is wanted")
        value = value == "true"
    at[last] = value
    return raw


def answer(text, law):
    """One line of the pipe: what the C driver answers to the same line."""
    try:
        asked = parse(text)
        if isinstance(asked, dict) and "rule" in asked:
            return {"rule": asked["rule"],
                    "result": rule(asked["rule"], asked.get("args", {}), law)}
        if isinstance(asked, dict) and "simulate" in asked:
            facts = asked["simulate"]
            read_facts(facts)
            for path, value in asked["set"].items():
                facts = apply_set(facts, path, value)
            return {"simulation": True,
                    "rows": [{"set": asked["set"], "answer": rate(facts, law)}]}
        return rate(asked, law)
    except Refused as e:
        return {"error": {"where": e.where, "text": e.text}}


def main():
    directory = LAW_DIR
    if "--law" in sys.argv:
        directory = sys.argv[sys.argv.index("--law") + 1]
    law = Law(directory)
    if "--serve" in sys.argv:
        for line in sys.stdin:
            print(json.dumps(answer(line, law)), flush=True)
        return
    print(json.dumps(answer(sys.stdin.read(), law), indent=1))


if __name__ == "__main__":
    main()
