"""Bench of party screening: alarms on real data that is right, and slips found that were put in."""

from __future__ import annotations

import csv
import gzip
import random
from pathlib import Path

from contor.parties.anomalies import screen
from contor.parties.party import Party


def bench_screen(shared: Path) -> None:
    """False alarms on published VAT-IDs, Devon's VAT numbers and real places; slips found."""
    with (shared / "addresses" / "vat_ids_eu_valid.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["kind"] == "valid"]
    _report("valid EU VAT-IDs", [Party(str(n), vat_id=r["vat_id"]) for n, r in enumerate(rows)])
    with gzip.open(shared / "ledgers" / "devon" / "lines.csv.gz", "rt", encoding="utf-8") as packed:
        numbers = sorted({r["vat_reg"].strip() for r in csv.DictReader(packed) if r["vat_reg"]})
    devon = [Party(str(n), vat_id=v, country="GB") for n, v in enumerate(numbers) if v]
    _report("Devon VAT numbers", devon)
    chance = random.Random(5)
    _report("the same, two digits swapped", [_swapped(p, "vat_id", chance) for p in devon])
    with gzip.open(shared / "addresses" / "postcodes.csv.gz", "rt", encoding="utf-8") as packed:
        places = chance.sample(list(csv.DictReader(packed)), 3000)
    addresses = [
        Party(str(n), postcode=r["zipcode"], city=r["place"], country=r["country_code"])
        for n, r in enumerate(places)
    ]
    _report("real places", addresses)
    _report("the same, two digits swapped", [_swapped(p, "postcode", chance) for p in addresses])


def _swapped(party: Party, field: str, chance: random.Random) -> Party:
    """The party with two different neighbouring digits of ``field`` swapped."""
    text = getattr(party, field)
    places = [
        i for i in range(len(text) - 1) if text[i] != text[i + 1] and text[i : i + 2].isdigit()
    ]
    if places:
        i = chance.choice(places)
        text = text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    values = {"vat_id": party.vat_id, "postcode": party.postcode, field: text}
    return Party(party.id, city=party.city, country=party.country, **values)


def _report(name: str, parties: list[Party]) -> None:
    flagged = {f.id for f in screen(parties) if f.code != "near_duplicate"}
    print(f"{name:32} {len(parties):6d} parties  flagged {len(flagged) / len(parties):7.2%}")
