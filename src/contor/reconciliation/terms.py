"""Early-payment discount (Skonto): tiers of days and percent, and what they take off.

>>> terms = parse_terms("7:2.00;14:1.00")
>>> discounts(terms, 11900, date(2026, 9, 1), date(2026, 9, 8))
(238, 119)
>>> discounts(terms, 11900, date(2026, 9, 1), date(2026, 9, 10))
(119,)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from contor.banking.table import parse_plain
from contor.errors import Refusal
from contor.money import round_half_up


@dataclass(frozen=True, slots=True)
class DiscountTerm:
    """``percent`` off the gross amount when paid within ``days`` of the invoice date."""

    days: int
    percent: Decimal


def parse_terms(text: str) -> tuple[DiscountTerm, ...]:
    """Tiers from ``days:percent;…``, earliest first; refuses what does not read."""
    terms = []
    for piece in text.split(";"):
        if not piece.strip():
            continue
        days, _, percent = piece.partition(":")
        if not days.strip().isdecimal():
            raise Refusal(
                "discount_terms_unreadable",
                "“{text}” are no discount terms.",
                "Write days:percent, tiers separated by semicolons, such as 7:2.00;14:1.00.",
                text=text[:80],
            )
        terms.append(DiscountTerm(int(days), parse_plain(percent)))
    return tuple(sorted(terms, key=lambda term: term.days))


def deadline(issue_date: date, days: int) -> date:
    """The last day: one that falls on a weekend moves to Monday (§ 193 BGB)."""
    last = issue_date + timedelta(days=days)
    return last + timedelta(days=7 - last.weekday()) if last.weekday() >= 5 else last


def discounts(
    terms: tuple[DiscountTerm, ...], amount: int, issue_date: date | None, paid: date
) -> tuple[int, ...]:
    """The discounts on ``amount`` (minor units) still allowed on the day ``paid``, best first."""
    if not terms or issue_date is None:
        return ()
    allowed = [term for term in terms if paid <= deadline(issue_date, term.days)]
    return tuple(discount_of(term, amount) for term in allowed)


def discount_of(term: DiscountTerm, amount: int) -> int:
    """The tier's share of ``amount``, rounded half away from zero."""
    return int(round_half_up(Decimal(amount) * term.percent / 100, 0))
