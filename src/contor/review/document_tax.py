"""The tax code of a posting line by rule: supplier's country, printed rate, category, date.

German input tax (§ 15 UStG): domestic tax is deducted at the printed rate; services from abroad are
taxed here by the recipient (§ 13b UStG), goods from the EU are acquisitions (§ 1a UStG); tax of
another country is not deductible and belongs to the cost. Where the facts do not decide, the models
do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from contor.documents.reading import Reading
from contor.ledger.tax_code import TaxCode
from contor.money import Money
from contor.review.document_facts import PostingLine

_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EU = frozenset(_MEMBERS.split())


@dataclass(frozen=True, slots=True)
class TaxRoles:
    """Which of the tenant's codes says what; an empty role is not decided by rule."""

    reverse_charge_eu: str = ""
    reverse_charge_other: str = ""
    acquisition: str = ""
    no_input_tax: str = ""

    @classmethod
    def from_json(cls, record: Mapping[str, Any] | None) -> TaxRoles:
        """From the tenant's settings; without them nothing but domestic rates is decided."""
        known = record or {}
        return cls(**{field.name: str(known.get(field.name, "")) for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class TaxDecision:
    """A tax code decided by rule: ``sure`` where every fact it rests on is certain."""

    code: str
    sure: bool
    reason: str


def country_of(reading: Reading) -> str:
    """The supplier's country by its VAT-ID, else empty: an address is not parsed for tax."""
    prefix = (reading.value("seller_vat_id") or "").strip().upper()[:2]
    prefix = {"EL": "GR"}.get(prefix, prefix)
    return prefix if prefix.isalpha() and len(prefix) == 2 else ""


def decide_tax(
    reading: Reading,
    line: PostingLine,
    codes: Sequence[TaxCode],
    roles: TaxRoles,
    home: str,
    on: date,
) -> TaxDecision | None:
    """The tax code of a line, None where the facts do not decide."""
    rate = Decimal(line.rate) if line.rate else None
    country = country_of(reading)
    category = _category(reading, line)
    sure = reading.route == "einvoice" and bool(country)
    if country in {"", home}:
        if rate:
            return _domestic(codes, rate, on, sure=sure)
        if country == home and rate is not None and category in {"E", "Z", "O", None}:
            return _role(roles.no_input_tax, "no tax is shown", sure=sure)
        return None
    if rate:
        return _role(roles.no_input_tax, f"tax of {country} is not deductible here", sure=sure)
    if country not in EU:
        return _role(roles.reverse_charge_other, f"service from {country}", sure=False)
    if category == "K":
        return _role(roles.acquisition, f"goods from {country}", sure=sure)
    return _role(
        roles.reverse_charge_eu, f"reverse charge from {country}", sure=sure and category == "AE"
    )


def net_to_post(line: PostingLine, code: TaxCode | None) -> Money:
    """What goes to the cost account: without the tax that is deducted, with any other."""
    deducted = code is not None and bool(code.tax_account) and not code.counter_account
    if line.includes_tax:
        if deducted and code is not None and code.rate:
            return line.net.times(Decimal(100) / (Decimal(100) + code.rate))
        return line.net
    owed_here = code is not None and bool(code.counter_account)
    return line.net if deducted or owed_here or not line.rate else line.gross


def _category(reading: Reading, line: PostingLine) -> str | None:
    for row in reading.tax_breakdown:
        if row.category and (row.rate is None or Decimal(row.rate) == Decimal(line.rate or 0)):
            return row.category
    return None


def _domestic(
    codes: Sequence[TaxCode], rate: Decimal, on: date, *, sure: bool
) -> TaxDecision | None:
    for code in codes:
        plain = code.direction == "input" and code.category == "S" and not code.counter_account
        if plain and code.rate == rate and code.tax_account and code.holds_on(on):
            return TaxDecision(code.code, sure, f"{rate.normalize():f} % on the document")
    return None


def _role(code: str, reason: str, *, sure: bool) -> TaxDecision | None:
    return TaxDecision(code, sure, reason) if code else None
