"""lies.py -- true sheets pass tools/recheck; each kind of lie is found and named."""
import copy
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
RECHECK = os.path.join(ROOT, "tools", "recheck")
TAPR = os.environ.get("TAPR", os.path.join(ROOT, "build", "tapr"))
SCRATCH = tempfile.TemporaryDirectory()

# ---- a small true sheet, by hand: mixed, capped, two lines --------------------

FACTS = {"year": 2024, "zone": "general",
         "establishment": {"created": "2010-05-01", "section": "main"},
         "headcounts": {"2022": "85.00"},
         "payroll": {"2020": "1000000.00", "2021": "1000000.00", "2022": "2000000.00"},
         "claims": [{"ref": "A1", "third_party_share": "0.60"}, {"ref": "A1.b"}],
         "previous": {"rate": "3.20", "mode": "mixed"}, "given": {"collective_rate": "3.10"}}


def value(exact, shown):
    return {"exact": exact, "value": shown}


def step(name, formula, operands, result, shown, rounding="none"):
    """Operands: NAME EXACT FROM, one a line."""
    sheet = [dict(zip(("name", "exact", "from"), o.split())) for o in operands]
    sources = [{"parameter": o["from"][6:], "value": o["exact"], "text": "CSS D. 242-6-15",
                "source": "a1995"} for o in sheet if o["from"].startswith("param:")]
    return {"id": name, "label": "", "formula": formula, "operands": sheet,
            "result": value(result, shown), "rounding": rounding, "article": "CSS D. 242-6-9",
            "parameter_sources": sources}


def line(claim, kind, cost, factor, amount):
    return {"claim": claim, "kind": kind, "category": "IT1", "year": 2021, "cost": value(*cost),
            "factor": value(*factor), "amount": value(*amount)}


SHEET = {
    "year": 2024, "mode": "mixed", "window": [2020, 2021, 2022],
    "risk_value": value("40300", "40300.00"), "payroll": value("4000000", "4000000.00"),
    "gross": value("403/400", "1.01"), "individual": value("4103/2000", "2.05"),
    "collective": value("31/10", "3.10"), "fraction": value("11/20", "0.5500"),
    "mixed": value("100933/40000", "2.52"),
    "cap": {"previous": value("16/5", "3.20"), "lower": value("12/5", "2.40"),
            "upper": value("21/5", "4.20"), "applied": "none"},
    "notified": value("100933/40000", "2.52"),
    "steps": [
        step("headcount", "effectif", ["effectif 85 fact:headcounts.2022"], "85", "85.00"),
        step("mode", "(e >= bas) + (e >= haut)", ["e 85 step:headcount",
             "bas 20 param:mode_threshold.lower", "haut 150 param:mode_threshold.upper"],
             "1", "mixed"),
        step("claim.A1.it.category", "1 + (jours > 3)", ["jours 0 fact:claims.A1.stoppage_days"],
             "1", "IT1"),
        step("claim.A1.it", "cout * (1 - tiers)", ["cout 100000 param:average_costs.IT6",
             "tiers 3/5 fact:claims.A1.third_party_share"], "40000", "40000.00"),
        step("claim.A1.b.it", "cout", ["cout 300 param:average_costs.IT1"], "300", "300.00"),
        step("risk_value", "c1 + c2", ["c1 40000 step:claim.A1.it", "c2 300 step:claim.A1.b.it"],
             "40300", "40300.00"),
        step("payroll", "a + b + c", ["a 1000000 fact:payroll.2020", "b 1000000 fact:payroll.2021",
             "c 2000000 fact:payroll.2022"], "4000000", "4000000.00"),
        step("gross", "100 * v / s", ["v 40300 step:risk_value", "s 4000000 step:payroll"],
             "403/400", "1.01"),
        step("individual", "(g + m1) * (100 + m2) / 100 + m3", ["g 403/400 step:gross",
             "m1 1/5 param:majorations.M1", "m2 50 param:majorations.M2",
             "m3 0.24025 param:majorations.M3"], "4103/2000", "2.05"),
        step("fraction", "max(k * (e - 20) + 1 / 10, 0)", ["e 85 step:headcount",
             "k 9/1300 param:mixed_fraction.k"], "11/20", "0.5500"),
        step("collective", "t", ["t 31/10 fact:given.collective_rate"], "31/10", "3.10"),
        step("mixed", "f * i + (1 - f) * c", ["f 11/20 step:fraction", "i 4103/2000 step:individual",
             "c 31/10 step:collective"], "100933/40000", "2.52"),
        step("cap_lower", "p - d", ["p 16/5 fact:previous.rate", "d 4/5 param:cap.down_points"],
             "12/5", "2.40"),
        step("cap_upper", "p + u", ["p 16/5 fact:previous.rate", "u 1 param:cap.up_points"],
             "21/5", "4.20"),
        step("capped", "max(min(x, h), b)", ["x 100933/40000 step:mixed", "h 21/5 step:cap_upper",
             "b 12/5 step:cap_lower"], "100933/40000", "2.52"),
        step("notified", "x", ["x 100933/40000 step:capped"], "63/25", "2.52",
             {"decimals": 2, "mode": "half_up"})],
    "lines": [line("A1", "it", ("100000", "100000.00"), ("2/5", "0.4000"), ("40000", "40000.00")),
              line("A1.b", "it", ("300", "300.00"), ("1", "1.0000"), ("300", "300.00"))],
    "supplementary": [], "law": {"version": "", "digest": "", "added": []}, "engine": "",
    "warnings": []}

# ---- what a lie is: a place in the document, the words that must be said ----------

STEPS = {s["id"]: i for i, s in enumerate(SHEET["steps"])}


def at(name, *path):
    return ("steps", STEPS[name]) + path


def put(document, path, new):
    here = document
    for key in path[:-1]:
        here = here[key]
    if new is DROP:
        del here[path[-1]]
    elif new is TWICE:
        here.insert(path[-1], copy.deepcopy(here[path[-1]]))
    else:
        here[path[-1]] = new


DROP, TWICE = object(), object()
LIES = [
    ("a result that its formula does not give", at("gross", "result"), value("404/400", "1.01"),
     "step gross: formula gives 403/400, the sheet says 101/100"),
    ("another formula", at("mixed", "formula"), "f * i + (1 - f) * c + 1 / 1000", "step mixed: formula gives"),
    ("a rounding the other way", at("notified", "rounding", "mode"), "up", "step notified: formula gives 253/100"),
    ("a rounding to one decimal", at("notified", "rounding", "decimals"), 1, "step notified: formula gives 5/2"),
    ("a rounding in the middle", at("gross", "rounding"), {"decimals": 2, "mode": "half_up"},
     "step gross: formula gives 101/100"),
    ("an unknown rounding", at("notified", "rounding", "mode"), "nearest", "unknown rounding"),
    ("an operand that is not the result of its step", at("individual", "operands", 0, "exact"), "1",
     "step individual: g is 1, step:gross says 403/400"),
    ("an operand that no earlier step computed", at("gross", "operands", 0, "from"), "step:mixed",
     "step gross: v comes from mixed, which no earlier step computed"),
    ("an operand that the facts do not hold", at("payroll", "operands", 1, "exact"), "999999",
     "step payroll: b is 999999, fact:payroll.2021 says 1000000"),
    ("a fact that is not there", at("payroll", "operands", 1, "from"), "fact:payroll.2019", "step payroll: "),
    ("a claim's fact changed", at("claim.A1.it", "operands", 1, "exact"), "1/2",
     "step claim.A1.it: tiers is 1/2, fact:claims.A1.third_party_share says 3/5"),
    ("a parameter that its source does not print", at("individual", "parameter_sources", 0, "value"), "0.21",
     "step individual: m1 is 1/5, param:majorations.M1 says 21/100"),
    ("a parameter without its source", at("individual", "parameter_sources", 0), DROP,
     "step individual: m1: the text or the source of the parameter majorations.M1 is not given"),
    ("a parameter without its text", at("individual", "parameter_sources", 0, "text"), None, "step individual: m1: the text"),
    ("an operand of another origin", at("collective", "operands", 0, "from"), "taken on trust", "not fact, param or step"),
    ("an operand that the formula does not use", at("individual", "formula"), "(g + m1) * (100 + m2) / 100",
     "the formula does not use the operand ['m3']"),
    ("a name that is no operand", at("individual", "formula"), "(g + m1) * (100 + m2) / 100 + m4", "'m4' is not an operand"),
    ("two operands of one name", at("payroll", "operands", 1, "name"), "a", "two operands have the same name"),
    ("a division by zero", at("gross", "formula"), "100 * v / (s - s)", "division by zero"),
    ("a formula cut short", at("mixed", "formula"), "f * i + (1 - f) *", "it stops too early"),
    ("a formula with something after it", at("mixed", "formula"), "f * i c", "is not understood"),
    ("a bracket left open", at("mixed", "formula"), "f * (i + c", "')' is missing"),
    ("a decimal inside a formula", at("mixed", "formula"), "f * i + 0.5 * c", "is not understood"),
    ("a step without an article", at("mixed", "article"), "", "step mixed: no article"),
    ("a step given twice", at("mixed"), TWICE, "step mixed: two steps have this name"),
    ("a step left out", at("mixed"), DROP, "which no earlier step computed"),
    ("a floating-point figure", at("mixed", "result", "exact"), 2.523325, "a number is expected"),
    ("a figure printed otherwise than it is", at("gross", "result", "value"), "1.02", "exact is 403/400, printed as 1.02"),
    ("a mode that the thresholds do not give", ("mode",), "individual", "mode: the top says 2"),
    ("a gross rate that differs at the top", ("gross",), value("1", "1.00"), "gross: the top says 1"),
    ("a quantity left out at the top", ("mixed",), None, "mixed: the top says None"),
    ("a notified rate that differs before rounding", ("notified", "exact"), "63/25", "notified.exact: the top says"),
    ("a notified rate that differs", ("notified", "value"), "2.51", "notified.value: the top says 251/100"),
    ("a notified rate with other decimals", ("notified", "value"), "2.520", "its decimals"),
    ("a last step that is not the notified rate", at("notified"), DROP, "the last step"),
    ("a notified rate that rests on no step", at("notified", "operands", 0, "from"), "fact:x", "notified.exact: the top says"),
    ("a cap left out", ("cap",), None, "cap: the top says True"),
    ("a bound of the cap that differs", ("cap", "upper"), value("4", "4.00"), "cap: the top says"),
    ("a base of the cap that differs", ("cap", "previous"), value("3", "3.00"), "cap.previous: the top says"),
    ("a cap said to have applied", ("cap", "applied"), "upper", "cap.applied: the top says upper"),
    ("a year of the window that differs", ("window", 0), 2019, "window: the top says"),
    ("a line of another amount", ("lines", 1, "amount"), value("301", "301.00"), "line claim.A1.b.it"),
    ("a line of another cost", ("lines", 1, "cost"), value("301", "301.00"), "line claim.A1.b.it"),
    ("a line left out", ("lines", 1), DROP, "risk_value, sum of the lines"),
    ("a line given twice", ("lines", 1), TWICE, "risk_value, sum of the lines"),
    ("a line of a year outside the window", ("lines", 1, "year"), 2019, "2019 is outside the window"),
]


# ---- running ----------------------------------------------------------------------

def save(name, document):
    path = os.path.join(SCRATCH.name, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(document if isinstance(document, str) else json.dumps(document))
    return path


def recheck(document, *facts):
    """(exit status, what it printed)."""
    words = [RECHECK, save("sheet.json", document)]
    for i, one in enumerate(facts):
        words += ["--facts", save("facts%d.json" % i, one)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


FAILED = []


def tell(sentence, holds, said):
    print("%s - %s" % ("ok" if holds else "not ok", sentence))
    if not holds:
        FAILED.append(sentence)
        print("    " + said.strip().replace("\n", "\n    "))


def true(sentence, document, *facts):
    status, said = recheck(document, *facts)
    tell(sentence, status == 0 and said.startswith("ok "), said)


def false(sentence, document, words, *facts):
    status, said = recheck(document, *facts)
    tell(sentence + " is found", status == 1 and words in said and "Traceback" not in said, said)


def lie(document, path, new):
    changed = copy.deepcopy(document)
    put(changed, path, new)
    return changed


def documents():
    """Explanations and sweeps made of the sheet."""
    other = copy.deepcopy(SHEET)
    explain = {"from": SHEET, "to": other, "difference": {"exact": "0"}, "parts": [
        {"id": "payroll", "exact": "1/7"}, {"id": "cap", "exact": "-1/7"}]}
    true("an explanation whose parts make the difference passes", explain, FACTS, FACTS)
    false("a part that is too large", lie(explain, ("parts", 0, "exact"), "2/7"),
          "the parts make 1/7, not 0", FACTS, FACTS)
    both = lie(lie(explain, ("parts", 0, "exact"), "2/7"), ("difference", "exact"), "1/7")
    false("a difference that the two rates do not have", both, "the rates differ by 0, not by 1/7")
    false("a lie in the second sheet of an explanation",
          lie(explain, ("to",) + at("gross", "result"), value("2", "2.00")), "to: step gross: formula gives")
    false("a fact of the second sheet that differs", explain, "to: step headcount: effectif is 85",
          FACTS, dict(FACTS, headcounts={"2022": "84.00"}))
    sweep = {"simulation": True, "rows": [{"set": {}, "answer": SHEET}, {"set": {}, "error": {}},
                                          {"set": {}, "answer": other}]}
    true("a sweep of true sheets passes, refused rows apart", sweep)
    false("a lie in one row of a sweep",
          lie(sweep, ("rows", 2, "answer") + at("gross", "result", "exact"), "2"), "row 3: step gross")
    false("a sweep that does not say it is a simulation", lie(sweep, ("simulation",), False), "simulation")


def other_modes():
    rate = step("collective", "t", ["t 0.0034 param:collective_rates.802AA"], "17/5000", "0.00")
    last = step("notified", "x", ["x 17/5000 step:collective"], "17/5000", "0.0034",
                {"decimals": 4, "mode": "half_up"})
    mode = step("mode", "1 - listed", ["listed 1 param:always_collective.802AA"], "0", "collective")
    mode["parameter_sources"][0]["value"] = "yes"
    sheet = dict(dict.fromkeys(SHEET), year=2015, mode="collective", collective=value("17/5000", "0.00"),
                 notified=value("17/5000", "0.0034"), steps=[mode, rate, last], lines=[])
    true("a collective sheet with four decimals, decided by a word of the law, passes", sheet)
    false("a quantity that does not apply", dict(sheet, gross=value("1", "1.00")), "gross: the top says 1")
    false("a window in collective mode", dict(sheet, window=[2011]), "window or lines in collective mode")
    false("a document that is no answer", {"hello": 1}, "not an answer")
    false("a document that is no JSON", "{", "not an answer")
    false("a key given twice", '{"mode": "mixed", "mode": "collective"}', "given twice")
    dated = lie(SHEET, at("headcount"), step("headcount", "c - 1925 + (s - s)", [
        "c 2010 fact:establishment.created", "s 1 fact:establishment.section"], "85", "85.00"))
    true("a date stands for its year and a word for 1", dated, FACTS)
    false("a date that stands for another year", lie(dated, at("headcount", "operands", 0, "exact"), "2011"),
          "fact:establishment.created says 2010", FACTS)


def engine():
    """The program's own sheets, when it is built."""
    facts = {"year": 2024, "zone": "general", "establishment": {
        "siret": "73282932000074", "risk_code": "452BE", "ctn": "B", "btp_group": "second_oeuvre"},
        "headcounts": {str(y): "85.00" for y in range(2018, 2024)}, "rebate": "0.10",
        "payroll": {str(y): "4200000.00" for y in range(2020, 2024)},
        "claims": [{"ref": "A1", "kind": "accident", "declared": "2021-03-02", "occurred": "2021-03-01",
                    "recognised": "2021-04-10", "stoppage_days": 160, "ip_rate": 15,
                    "ip_notified": "2022-06-01", "third_party_share": "0.60"}],
        "previous": {"rate": "3.20", "mode": "mixed"}}
    one, two = save("one.json", facts), save("two.json", dict(facts, year=2025))
    many = dict(facts, claims=[dict(facts["claims"][0], ref="R%d" % i) for i in range(5000)])
    for sentence, words, given in (
            ("a sheet of the program passes, with its facts", ["rate", one], [facts]),
            ("a sheet of ten thousand lines passes", ["rate", save("many.json", many)], [many]),
            ("a sweep of the program passes", ["simulate", one, "--steps", "--sweep", "claims.A1.ip_rate=5..45/5"], []),
            ("an explanation of the program passes, with both facts", ["explain", one, two],
             [facts, dict(facts, year=2025)])):
        if not os.access(TAPR, os.X_OK):
            print("ok - %s # SKIP the program is not built" % sentence)
            continue
        done = subprocess.run([TAPR] + words + ["--format", "json"], capture_output=True, text=True,
                              check=False)
        if done.returncode != 0:
            tell(sentence, False, done.stderr)
            continue
        true(sentence, done.stdout, *given)


def main():
    true("a true sheet passes", SHEET)
    true("a true sheet passes, with its facts", SHEET, FACTS)
    for sentence, path, new, words in LIES:
        false(sentence, lie(SHEET, path, new), words, FACTS)
    documents()
    other_modes()
    engine()
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
