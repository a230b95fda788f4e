"""Who the company buys from and what: the tables beside this module.

``rhythm`` of an expense: ``m3`` three times a month on average (``m1`` is a fixed day), ``q`` every
quarter, ``y5`` once a year in May. Prices are net, in euros; where ``low`` equals ``high`` the price
is fixed and rises by ``rise`` each January. ``account_before`` was the account before the chart of
accounts was changed. Where the documents often bear two VAT rates, ``beside`` is the tax code of the
other part and its texts (``V19:Breakfast|Parking``); both parts are booked to one account and cost
centre.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from random import Random

from contor_training.synthetic.demo_company.identifiers import bank_account, vat_id


@dataclass(frozen=True, slots=True)
class Supplier:
    """A supplier with its invented identifiers; ``also`` are other spellings seen in the books."""

    id: str
    name: str
    also: tuple[str, ...]
    country: str
    postcode: str
    city: str
    street: str
    since: date
    until: date
    vat_id: str
    iban: str


@dataclass(frozen=True, slots=True)
class Expense:
    """What a supplier invoices again and again, and how it is booked."""

    supplier: str
    rhythm: str
    low: Decimal
    high: Decimal
    rise: Decimal
    account: str
    account_before: str
    cost_centre: str
    tax_code: str
    texts: tuple[str, ...]
    beside_code: str
    beside_texts: tuple[str, ...]


# senders of the sample documents keep what those documents show
_PRINTED = {
    "70101": ("DE812871812", "DE92760700120750007700"),
    "70102": ("", ""),
    "70103": ("NL810433941B01", "NL50INGB0683251309"),
}

_NO_VAT_ID = {"70063", "70064", "70065"}  # an association, a health insurance, a tax office


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV table beside this module."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


@cache
def suppliers(seed: int) -> dict[str, Supplier]:
    """All suppliers by number."""
    found = {}
    for row in table("suppliers.csv"):
        rng = Random(f"{seed}:supplier:{row['id']}")
        vat, iban = vat_id(row["country"], rng), bank_account(row["country"], rng)
        vat, iban = _PRINTED.get(row["id"], ("" if row["id"] in _NO_VAT_ID else vat, iban))
        found[row["id"]] = Supplier(
            id=row["id"],
            name=row["name"],
            also=tuple(filter(None, row["also"].split("|"))),
            country=row["country"],
            postcode=row["postcode"],
            city=row["city"],
            street=row["street"],
            since=date.fromisoformat(row["since"] or "2000-01-01"),
            until=date.fromisoformat(row["until"] or "2099-12-31"),
            vat_id=vat,
            iban=iban,
        )
    return found


@cache
def expenses() -> tuple[Expense, ...]:
    """All recurring expenses, in the order of the table."""
    return tuple(
        Expense(
            supplier=row["supplier"],
            rhythm=row["rhythm"],
            low=Decimal(row["low"]),
            high=Decimal(row["high"]),
            rise=Decimal(row["rise"]),
            account=row["account"],
            account_before=row["account_before"] or row["account"],
            cost_centre=row["cost_centre"],
            tax_code=row["tax_code"],
            texts=tuple(row["texts"].split("|")),
            beside_code=(row["beside"] or "").partition(":")[0],
            beside_texts=tuple((row["beside"] or "").partition(":")[2].split("|")),
        )
        for row in table("expenses.csv")
    )
