#!/usr/bin/env python3
"""recount.py DIR SHARE LAW -- counts the files of a synthetic France again.

Written from docs/formats/synth.md and the published tables alone: it shares no
code with the generator.  DIR holds the files, or a folder for each fund.  SHARE
is in millionths.  Prints one "ok - ..." or "not ok - ..." a fact; exit 1 if one
is not so.  Everything is streamed: share 1 takes about a gigabyte and some
minutes.
"""
import collections
import csv
import datetime
import os
import sys

YEAR = "2024"
bad = 0


def fact(sentence, true, detail=""):
    global bad
    if not true:
        bad += 1
    print(("ok - " if true else "not ok - ") + sentence + ("" if true else " # %s" % (detail,)))


def rows(path):
    with open(path, encoding="utf-8", newline="") as f:
        reader = csv.reader(f, strict=True)
        head = next(reader)
        for row in reader:
            if len(row) != len(head):
                raise SystemExit("%s:%d: %d fields, not %d" % (path, reader.line_num, len(row), len(head)))
            yield row


def header(path):
    with open(path, encoding="utf-8", newline="") as f:
        return next(csv.reader(f))


def luhn(text):
    total = 0
    for i, c in enumerate(reversed(text)):
        n = int(c) * (1 + i % 2)
        total += n - 9 if n > 9 else n
    return total % 10 == 0


def apportion(weights, total):
    """Largest remainders, ties to the first."""
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    parts = [w * total // whole for w in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(weights[i] * total % whole), i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def part_of(total, share):
    return (total * share * 2 + 1000000) // 2000000


class Expected:
    """The published tables at a share, by the rules of the page."""

    def __init__(self, law, share):
        table = list(csv.DictReader(open(law + "/statistics/accidents_2024.csv")))
        self.cells = [(r["ctn"], r["naf"]) for r in table]
        value = {k: [int(r[k]) for r in table] for k in table[0] if k not in ("ctn", "naf")}
        value["short"] = [a - b for a, b in zip(value["first_settled"], value["four_days"])]
        value["points_10_up"] = [a - b - 99 * d for a, b, d in
                                 zip(value["points"], value["points_under_10"], value["deaths"])]
        size = apportion(value["establishments"], part_of(sum(value["establishments"]), share))
        to = list(range(len(table)))
        if share < 1000000:
            best = {}
            for i, (ctn, _) in enumerate(self.cells):
                if size[i] > 0 and (ctn not in best or size[i] > size[best[ctn]]):
                    best[ctn] = i
            to = [i if size[i] > 0 else best[ctn] for i, (ctn, _) in enumerate(self.cells)]
        self.cell = {"establishments": size}
        self.total = {}
        for k, v in value.items():
            merged = [0] * len(v)
            for i, n in enumerate(v):
                merged[to[i]] += n
            self.total[k] = part_of(sum(v), share)
            if k != "establishments":
                self.cell[k] = apportion(merged, self.total[k])
        self.exact = share == 1000000
        place = {c: i for i, c in enumerate(self.cells)}
        items = []
        for r in csv.DictReader(open(law + "/statistics/diseases_2024.csv")):
            cell = None if r["ctn"] == "S" else to[place[r["ctn"], r["naf"]]]
            items.append((cell if cell is not None else 1 << 60, len(items), r))
        items.sort(key=lambda t: t[:2])
        self.disease = collections.defaultdict(lambda: collections.Counter())
        self.disease_total = collections.Counter()
        for k in ("first_settled", "ip_under_10", "ip_10_up", "deaths", "days", "points_under_10"):
            v = [int(r[k]) for _, _, r in items]
            total = part_of(sum(v), share)
            self.disease_total[k] = total
            for (cell, _, r), n in zip(items, apportion(v, total)):
                who = ("S", "") if cell == 1 << 60 else self.cells[cell]
                if n:
                    self.disease[who + (r["mp_table"], r["syndrome"])][k] += n


def folders(root):
    if os.path.exists(root + "/payroll.csv"):
        return [root]
    return [d for d in sorted(os.path.join(root, x) for x in os.listdir(root)) if os.path.isdir(d)]


def fund_of_commune(law):
    funds = {}
    for r in csv.DictReader(open(law + "/funds.csv")):
        for d in r["departments"].split():
            funds[d] = r["code"]
    return lambda c: funds.get(c[:2]) or funds[c[:3]]


def count(root, law):
    naf, ctn, fund = {}, {}, {}
    fund_of = fund_of_commune(law)
    commune = None
    got = collections.defaultdict(collections.Counter)
    disease = collections.defaultdict(collections.Counter)
    other = collections.Counter()
    seen = collections.Counter()
    shape = collections.defaultdict(collections.Counter)
    for d in folders(root):
        commune = header(d + "/StockEtablissement_utf8.csv").index("codeCommuneEtablissement")
        for row in rows(d + "/StockEtablissement_utf8.csv"):
            fund[row[2]] = fund_of(row[commune])
            naf[row[2]] = row[50].replace(".", "") or "xxxxx"
            if not luhn(row[2]) or not luhn(row[0]) or row[0] + row[1] != row[2]:
                seen["bad siret"] += 1
        for row in rows(d + "/classification.csv"):
            if row[1] == "main":
                ctn[row[0]] = row[3]
            if row[0] not in naf:
                seen["classified, not in SIRENE"] += 1
        for row in rows(d + "/payroll.csv"):
            siret, section, _, year, pay, hours, head = row
            if year != YEAR:
                continue
            g = got[ctn[siret], naf[siret]]
            g["employees"] += int(head.replace(".", ""))
            g["hours"] += int(hours)
            shape["employees of a fund"][fund[siret]] += int(head.replace(".", ""))
            if section == "main":
                g["establishments"] += 1
                n = int(head.replace(".", ""))
                band = sum(n >= 100 * b for b in (10, 20, 50, 100, 200))
                shape["staff by band"][band] += n
        first, days = {}, collections.Counter()
        for row in rows(d + "/benefits.csv"):
            cid, nature, start, end, n, amount, paid, _ = row
            year = paid[:4]
            if cid not in first or year < first[cid]:
                first[cid] = year
            if nature == "daily_allowance":
                if year == YEAR:
                    days[cid] += int(n)
                length = (datetime.date.fromisoformat(end) - datetime.date.fromisoformat(start)).days + 1
                if length != int(n) or end > paid:
                    seen["bad benefit"] += 1
        head = header(d + "/claims.csv")
        at = {k: i for i, k in enumerate(head)}
        ids = set()
        for row in rows(d + "/claims.csv"):
            f = {k: row[i] for k, i in at.items()}
            check_claim(f, seen)
            cid = f["claim_id"]
            if cid in ids:
                seen["claim twice"] += 1
            ids.add(cid)
            kind = f["kind"]
            settled = first.get(cid) == YEAR
            long_stop = settled and int(f["stoppage_days"]) >= 4
            ip = int(f["ip_rate"]) if f["ip_notified_on"][:4] == YEAR else None
            dead = f["death_recognised_on"][:4] == YEAR
            if not (settled or ip is not None or dead or days[cid]):
                continue
            who = ctn[f["siret"]], naf[f["siret"]]
            if kind == "accident":
                g = got[who]
            elif kind == "commuting":
                g = other
            else:
                if f["charge"] == "special_account":
                    who = ("S", "")
                g = disease[who + (f["mp_table"], f["mp_syndrome"])]
            g["first_settled"] += settled
            g["four_days"] += long_stop
            g["deaths"] += dead
            g["days"] += days[cid]
            if ip is not None:
                low = ip < 10
                g["ip_under_10" if low else "ip_10_up"] += 1
                g["points_under_10" if low else "points_10_up"] += ip
            if kind == "accident" and settled:
                shape["accidents of a fund"][fund[f["siret"]]] += 1
                shape["lesion seat"][f["lesion_seat"][:1]] += 1
                if long_stop:
                    g["cause " + f["deviation"]] += 1
    return got, disease, other, seen, shape


def check_claim(f, seen):
    """What the engine refuses (docs/formats/facts.md), and the NIR."""
    order = [("occurred_on", "declared_on"), ("declared_on", "recognised_on"), ("declared_on", "refused_on"),
             ("declared_on", "ip_notified_on"), ("occurred_on", "death_on"), ("death_on", "death_recognised_on"),
             ("declared_on", "complete_on"), ("complete_on", "recognised_on"), ("hired_on", "occurred_on")]
    for a, b in order:
        if f[a] and f[b] and f[a] > f[b]:
            seen["%s after %s" % (a, b)] += 1
    if bool(f["ip_rate"]) != bool(f["ip_notified_on"]) or f["death_recognised_on"] and not f["death_on"]:
        seen["half an event"] += 1
    if f["charge"] == "special_account" and f["kind"] not in ("disease", "silicosis"):
        seen["special account on an accident"] += 1
    nir = f["nir"]
    if len(nir) != 15 or int(nir[13:]) != 97 - int(nir[:13]) % 97:
        seen["bad NIR key"] += 1
    if not (nir[5:7].isdigit() and 1 <= int(nir[5:7]) <= 95 and int(nir[7:10]) > 990):
        seen["NIR that could be somebody's"] += 1
    if not luhn(f["siret"]):
        seen["bad siret"] += 1


CAUSES = {"hand_tools": "43", "same_level_fall": "52", "manual_handling": "71", "machines": "41",
          "fall_from_height": "51", "physical_incl_electric": "12", "road": "42", "assault": "83",
          "other": "99", "chemical": "22", "mechanical_handling": "33", "other_vehicles": "49"}


def compare(name, want, got, total, cells_too):
    fact("%s: the sum is %d" % (name, total), sum(got) == total, "%d" % sum(got))
    if cells_too:
        wrong = [i for i in range(len(want)) if want[i] != got[i]]
        fact("%s: every cell is that of the table" % name, not wrong, "%d cells, first %s" % (
            len(wrong), wrong[:1] and (wrong[0], want[wrong[0]], got[wrong[0]])))


def near(name, got, want, points):
    """Shares in percent that follow the published ones."""
    gap = {k: abs(100 * got[k] / sum(got.values()) - 100 * n / sum(want.values())) for k, n in want.items()}
    most = max(gap, key=gap.get)
    fact("%s: shares within %.1f points of those published" % (name, points), gap[most] <= points,
         "%s: %.2f" % (most, gap[most]))


def shapes(law, shape, other):
    table = lambda name: list(csv.DictReader(open("%s/statistics/%s.csv" % (law, name))))
    region = [r for r in table("regions") if r["year"] == YEAR]
    near("employees of a fund", shape["employees of a fund"], {r["fund"]: int(r["employees"]) for r in region}, 0.5)
    near("accidents of a fund", shape["accidents of a fund"], {r["fund"]: int(r["accidents"]) for r in region}, 0.5)
    size = {r["naf"]: [float(x) for x in list(r.values())[1:7]] for r in table("sizes_2024")}
    bands = collections.Counter()
    for r in table("accidents_2024"):
        for i, x in enumerate(size.get(r["naf"], ())):
            bands[i] += int(r["employees"]) * x / (sum(size[r["naf"]]) or 1)
    near("employees of a size band", shape["staff by band"], bands, 2.5)
    seats = {"non_determine": "0", "tete": "1", "cou": "2", "dos": "3", "torse": "4", "membres_superieurs": "5",
             "membres_inferieurs": "6", "corps_entier": "7", "autres": "9"}
    near("seats of lesion", shape["lesion seat"],
         {seats[r["item"]]: int(r["count"]) for r in table("victims_2024") if r["item"] in seats}, 0.5)
    year = next(r for r in table("years") if r["risk"] == "commuting" and r["year"] == YEAR)
    fact("commuting accidents are the sum of the funds", other["first_settled"] == sum(
        int(r["commuting"]) for r in region), other["first_settled"])
    fact("commuting days, IP and deaths are those of the nation", (other["days"], other["deaths"],
         other["ip_under_10"] + other["ip_10_up"]) == tuple(int(year[k]) for k in ("days", "deaths", "new_ip")), dict(other))


def main():
    root, share, law = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    want = Expected(law, share)
    got, disease, other, seen, shape = count(root, law)
    for what, n in sorted(seen.items()):
        fact("no %s" % what, False, n)
    if not seen:
        fact("every SIRET, NIR, date and period is in order", True)
    strangers = set(got) - set(want.cells)
    fact("no cell is unknown to the table", not strangers, sorted(strangers)[:3])
    column = lambda k: [got[c][k] for c in want.cells]
    for k in ("establishments", "hours", "four_days", "ip_under_10", "ip_10_up", "deaths", "days",
              "points_under_10", "points_10_up"):
        sums = k in ("days", "points_under_10", "points_10_up")
        compare("accidents, " + k if k not in ("establishments", "hours") else k, want.cell[k], column(k),
                want.total[k], want.exact or not sums)
    compare("employees", [100 * n for n in want.cell["employees"]], column("employees"),
            100 * want.total["employees"], True)
    short = [got[c]["first_settled"] - got[c]["four_days"] for c in want.cells]
    compare("accidents, under four days", want.cell["short"], short, want.total["short"], True)
    for k, code in CAUSES.items():
        if want.exact:
            compare("cause " + k, want.cell[k], column("cause " + code), want.total[k], True)
    for k in ("first_settled", "ip_under_10", "ip_10_up", "deaths", "days", "points_under_10"):
        keys = sorted(set(disease) | set(want.disease))
        total = want.disease_total[k]
        compare("diseases by table and syndrome, " + k, [want.disease[x][k] for x in keys],
                [disease[x][k] for x in keys], total, want.exact or k not in ("days", "points_under_10"))
    if want.exact:
        shapes(law, shape, other)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
