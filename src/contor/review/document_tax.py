"""The tax code of a posting line by rule, and the amount that goes to the cost account with it.

The rules are those of ``account_assignment.tax_rules``; this module gives them the facts of a
reading. Where the facts do not decide, the models do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from contor.account_assignment.tax_rules import TaxFacts, decide_tax_code
from contor.account_assignment.wording import fold
from contor.documents.reading import Reading
from contor.ledger.tax_code import TaxCode
from contor.money import Money
from contor.review.document_facts import PostingLine

_CUSTOMS = ("zollamt", "hauptzollamt", "zollverwaltung", "dogan")


@dataclass(frozen=True, slots=True)
class RuledTax:
    """A tax code decided by rule: ``sure`` where every fact it rests on is certain."""

    code: str
    sure: bool
    reason: str


def country_of(reading: Reading, known: str = "") -> str:
    """Where the supplier is: by its VAT-ID, its German tax number, else as it is ``known``."""
    prefix = (reading.value("seller_vat_id") or "").strip().upper()[:2]
    if prefix.isalpha() and prefix:
        return "GR" if prefix == "EL" else prefix
    return known.strip().upper()[:2] or ("DE" if reading.value("seller_tax_number") else "")


def decide_tax(
    reading: Reading,
    line: PostingLine,
    codes: Sequence[TaxCode],
    home: str,
    on: date,
    country: str | None = None,
) -> RuledTax | None:
    """The tax code of a line on the day of supply, None where the rules are silent."""
    country = country_of(reading) if country is None else country
    category = line.category or _category(reading, line) or ""
    facts = replace(
        TaxFacts.from_columns(
            {"country": country, "tax_rate": line.rate, "tax_category": category}
        ),
        customs=_from_customs(reading),
    )
    decision = decide_tax_code(facts, codes, on, home)
    if decision is None:
        return None
    sure = reading.route == "einvoice" and bool(country) and bool(category)
    return RuledTax(decision.code, sure, decision.note)


def net_to_post(line: PostingLine, code: TaxCode | None) -> Money:
    """What goes to the cost account: without the tax that is deducted, with any other."""
    deducted = code is not None and bool(code.tax_account) and not code.counter_account
    if line.includes_tax:
        if deducted and code is not None and code.rate:
            return line.net.times(Decimal(100) / (Decimal(100) + code.rate))
        return line.net
    owed_here = code is not None and bool(code.counter_account)
    return line.net if deducted or owed_here or not line.rate else line.gross


def _from_customs(reading: Reading) -> bool:
    """Whether a customs office assesses import VAT."""
    seller = fold(reading.value("seller_name") or "").split()
    return any(word.startswith(_CUSTOMS) for word in seller)


def _category(reading: Reading, line: PostingLine) -> str | None:
    for row in reading.tax_breakdown:
        if row.category and (row.rate is None or Decimal(row.rate) == Decimal(line.rate or 0)):
            return row.category
    return None
