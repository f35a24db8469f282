"""exchange_scan.py WHAT ... -- what a file that left tells, by other means.

    records FILE CLAIMS YEAR    nobody can be told from records
    table FILE CLAIMS YEAR      nor from sums, which are those of the claims
    rates FILE RATES YEAR       the rates of the file that was imported
    campaign FILE TAPR FUND     the rates of the sheets that are notified
    key                         a public key, hexadecimal
    account FILE SIRET DATA     opens the file: the facts of that SIRET
    persons STOCK               makes a person of three of its firms
    companies FILE STOCK PAYROLL YEAR   firms, and nobody
    words FILE COLUMNS          CSVW beside FILE describes its columns
    digests FILE CLAIMS         no SHA-256 of a NIR is in the file

Reads the files that were imported, never the fund.
"""
import collections
import csv
import ctypes
import ctypes.util
import hashlib
import io
import json
import re
import subprocess
import sys

K = 11


def read(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, strict=True))


def claims_of(path, year):
    return [c for c in read(path) if c["declared_on"][:4] == year and
            c["recognised_on"] and not c["refused_on"]]


def identities(path):
    for c in read(path):
        yield c["nir"]
        yield c["nir"][:13]
        yield c["surname"]
        yield c["claim_id"]
        yield c["message_id"]
        yield c["siret"]
        yield c["siret"][:9]


def nobody(path, claims):
    text = open(path, encoding="utf-8").read()
    for one in set(identities(claims)):
        assert not one or one not in text, "an identity is in " + path
    assert not re.search(r"\d{9}", text), "a long number is in " + path
    assert not re.search(r"\d{4}-\d{2}-\d{2}", text), "a day is in " + path


def records(path, claims, year):
    nobody(path, claims)
    rows = read(path)
    counts = collections.Counter(tuple(r.values()) for r in rows)
    assert rows and min(counts.values()) >= K, "a combination is rare"
    assert len(rows) <= len(claims_of(claims, year))
    print(len(rows), "rows,", len(counts), "combinations, the rarest",
          min(counts.values()), "times; claims",
          len(claims_of(claims, year)))


def table(path, claims, year):
    nobody(path, claims)
    rows = read(path)
    all_claims = claims_of(claims, year)
    assert rows and all(int(r["claims"]) >= K for r in rows)
    for r in rows:
        for name, value in r.items():
            if name in ("with_stoppage", "incapacities", "deaths"):
                assert value == "" or int(value) >= K, name
        # What is said with its code and kind is all there is of them.
        if "risk_code" in r and r["risk_code"] != "*":
            same = [c for c in all_claims if c["risk_code"] == r["risk_code"]
                    and c["kind"] == r["kind"]]
            assert len(same) == int(r["claims"]), r
            assert len({c["siret"] for c in same}) >= K, r
            assert r["stoppage_days"] in ("", str(sum(
                int(c["stoppage_days"]) for c in same))), r
    keys = [tuple(v for k, v in r.items() if k in
                  ("year", "ctn", "risk_code", "kind", "cause", "agent",
                   "effect", "duration", "importance")) for r in rows]
    assert len(keys) == len(set(keys)), "a line is there twice"
    print(len(rows), "lines")


def rates(path, wanted, year):
    got = {(r["siret"], r["section"], r["risk_code"], r["rate"],
            r["effective_on"], r["notified_on"]) for r in read(path)}
    want = {(r["siret"], r["section"] or "main", r["risk_code"],
             "%.4f" % float(r["rate"]), r["effective_on"], r["notified_on"])
            for r in read(wanted) if r["year"] == year}
    assert want and got == want, (len(got), len(want))
    print(len(got), "rates")


def campaign(path, tapr, fund):
    got = {r["siret"]: r for r in read(path)}
    notified = 0
    sys.path.insert(0, "tests/e2e")
    import register
    for n in range(40):
        s = register.siret(n)
        sheet = json.loads(subprocess.run(
            [tapr, "-C", fund, "campaign", "show", "2024", s, "--json"],
            check=True, capture_output=True).stdout)
        if sheet["status"]["state"] != "notified":
            assert s not in got, s
            continue
        notified += 1
        assert got[s]["rate"] == "%.4f" % float(
            sheet["answer"]["notified"]["value"]), s
        assert got[s]["effective_on"] == "2024-01-01"
        assert got[s]["notified_on"] == "2024-01-23"
    assert 0 < notified == len(got) < 40, (notified, len(got))
    print(notified, "of 40 rates")


def box():
    """libsodium, and a pair of keys, the same each time."""
    sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))
    public, secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(32)
    assert sodium.sodium_init() >= 0
    sodium.crypto_box_seed_keypair(public, secret, b"a fund that takes over an employ")
    return sodium, public, secret


def key():
    print(box()[1].raw.hex())


def account(path, siret, data):
    sodium, public, secret = box()
    sealed = open(path, "rb").read()
    clear = ctypes.create_string_buffer(len(sealed))
    assert sodium.crypto_box_seal_open(
        clear, sealed, ctypes.c_ulonglong(len(sealed)), public, secret) == 0
    text = clear.raw[:len(sealed) - 48].decode()
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    with open(path + "-metadata.json", encoding="utf-8") as f:
        names = [c["name"] for c in json.load(f)["tableSchema"]["columns"]]
    assert names == list(rows[0])
    got = collections.Counter(r["record"] for r in rows)
    claims = [c for c in read(data + "/claims.csv") if c["siret"] == siret]
    ids = {c["claim_id"] for c in claims}
    want = {"claim": len(claims)}
    want["payroll"] = sum(p["siret"] == siret for p in read(data + "/payroll.csv"))
    want["rate"] = sum(p["siret"] == siret for p in read(data + "/rates.csv"))
    want["classification"] = sum(
        p["siret"] == siret for p in read(data + "/classification.csv"))
    want["benefit"] = sum(b["claim_id"] in ids for b in read(data + "/benefits.csv"))
    assert claims and dict(got) == {k: n for k, n in want.items() if n}, (got, want)
    for c in claims:
        r = next(r for r in rows if r["record"] == "claim" and
                 r["claim_id"] == c["claim_id"])
        for name in ("kind", "declared_on", "recognised_on", "stoppage_days",
                     "ip_rate", "charge"):
            assert r[name] == c[name], name
        for name in ("nir", "surname"):
            assert not c[name] or c[name] not in text
    print(dict(got))


def persons(stock):
    rows = read(stock)
    rows[0]["categorieJuridiqueUniteLegale"] = "1000"
    rows[1]["statutDiffusionUniteLegale"] = "P"
    rows[2]["categorieJuridiqueUniteLegale"] = ""
    with open(stock, "w", encoding="utf-8", newline="") as f:
        w = csv.DictWriter(f, list(rows[0]), lineterminator="\n")
        w.writeheader()
        w.writerows(rows)


def companies(path, stock, payroll, year):
    firms = {u["siren"]: u for u in read(stock)}
    rows = read(path)
    paid = [p for p in read(payroll) if p["year"] == year]
    assert {r["siret"] for r in rows} == {p["siret"] for p in paid}
    named = few = 0
    for r in rows:
        u = firms[r["siren"]]
        person = u["categorieJuridiqueUniteLegale"][:1] in ("", "1") or \
            u["statutDiffusionUniteLegale"] == "P"
        assert (r["name"] == "") == person, r["siren"]
        small = float(r["employees"] or 0) < K
        assert small == (r["payroll"] == "") == (r["hours"] == ""), r["siret"]
        named += not person
        few += small
    assert {u["siren"] for u in list(firms.values())[:3]} & \
        {r["siren"] for r in rows if not r["name"]}
    print(len(rows), "sections,", named, "named,", few, "of few employees")


def words(path, *columns):
    with open(path + "-metadata.json", encoding="utf-8") as f:
        d = json.load(f)
    names = [c["name"] for c in d["tableSchema"]["columns"]]
    assert d["@context"][0] == "http://www.w3.org/ns/csvw"
    assert path.endswith("/" + d["url"])
    assert names == list(read(path)[0]) if not columns else list(columns)
    assert d["dc:rights"] and d["dc:subject"] and d["dc:provenance"]
    assert all(c["datatype"] and c["dc:source"]
               for c in d["tableSchema"]["columns"])
    with open(path, "rb") as f:
        lines = f.read()
    assert lines.endswith(b"\r\n") and lines.count(b"\n") == lines.count(b"\r\n")


def digests(path, claims):
    text = open(path, encoding="utf-8").read().lower()
    for c in read(claims):
        for nir in (c["nir"], c["nir"][:13]):
            for how in (hashlib.sha256, hashlib.sha1, hashlib.md5):
                h = how(nir.encode()).hexdigest()
                assert not nir or h[:12] not in text


globals()[sys.argv[1]](*sys.argv[2:])
