"""Customers and suppliers in the columns of ``contor screen``, a few of them wrong on purpose.

The twin ``parties.expected.json`` names the wrong ones: their id, the field, and what was done to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from contor_training.synthetic.demo_company.catalogue import suppliers
from contor_training.synthetic.demo_company.customers import customers
from contor_training.synthetic.demo_company.identifiers import bank_account, broken_digit


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party as ``contor screen`` reads it."""

    id: str
    name: str
    street: str
    postcode: str
    city: str
    country: str
    vat_id: str
    tax_number: str
    iban: str
    bic: str
    email: str


def parties(seed: int) -> tuple[list[PartyRow], list[dict[str, str]]]:
    """All parties, and the truth about the wrong ones."""
    rows = [
        PartyRow(
            c.id, c.name, c.street, c.postcode, c.city, c.country, c.vat_id, "", c.iban, "", c.email
        )
        for c in customers(seed)
    ]
    rows += [
        PartyRow(
            s.id, s.name, s.street, s.postcode, s.city, s.country, s.vat_id, "", s.iban, "", ""
        )
        for s in suppliers(seed).values()
    ]
    return _with_mistakes(rows, Random(f"{seed}:mistakes"))


def _with_mistakes(
    rows: list[PartyRow], rng: Random
) -> tuple[list[PartyRow], list[dict[str, str]]]:
    """Spoil one fact of each of a dozen parties and add two near duplicates."""
    truth: list[dict[str, str]] = []
    domestic = [
        n
        for n, row in enumerate(rows)
        if row.country == "DE" and row.vat_id and int(row.id) < 70101
    ]
    places = iter(rng.sample(domestic, 14))
    changes: list[tuple[str, str, Callable[[PartyRow], PartyRow]]] = [
        ("vat_id", "digits_transposed", lambda r: replace(r, vat_id=broken_digit(r.vat_id, rng))),
        ("vat_id", "digits_transposed", lambda r: replace(r, vat_id=broken_digit(r.vat_id, rng))),
        ("vat_id", "other_country", lambda r: replace(r, vat_id="ATU13585627")),
        ("vat_id", "too_short", lambda r: replace(r, vat_id=r.vat_id[:-1])),
        ("iban", "digits_transposed", lambda r: replace(r, iban=broken_digit(r.iban, rng))),
        ("iban", "digits_transposed", lambda r: replace(r, iban=broken_digit(r.iban, rng))),
        ("iban", "other_country", lambda r: replace(r, iban=bank_account("NL", rng))),
        ("iban", "too_short", lambda r: replace(r, iban=r.iban[:-2])),
        ("postcode", "other_city", lambda r: replace(r, postcode="99999")),
        ("postcode", "other_city", lambda r: replace(r, postcode="80331", city="Kiel")),
        ("country", "other_country", lambda r: replace(r, country="AT")),
        ("postcode", "not_a_postcode", lambda r: replace(r, postcode=r.postcode[:-1])),
    ]
    for field, what, change in changes:
        at = next(places)
        rows[at] = change(rows[at])
        truth.append({"id": rows[at].id, "field": field, "what": what})
    for number in (1, 2):
        original = rows[next(places)]
        twin_name = original.name.replace(" GmbH", " Gmbh").replace("straße", "str.") + " "
        twin = replace(original, id=str(79_000 + number), name=twin_name.strip(), email="")
        rows.append(twin)
        truth.append({"id": twin.id, "field": "name", "what": f"duplicate_of:{original.id}"})
    return rows, truth
