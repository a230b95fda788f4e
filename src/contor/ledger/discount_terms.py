"""Cash discount terms (Skonto): so many days, so many percent.

Written ``7:2.00;14:1.00``: 2 % within 7 days of the invoice date, 1 % within 14 days.

>>> terms = parse_discount_terms("14:1.00;7:2.00")
>>> [(term.days, str(term.percent)) for term in terms]
[(7, '2.00'), (14, '1.00')]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from contor.errors import Refusal
from contor.money import Money

BankDays = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class DiscountTerm:
    """``percent`` of the gross amount when paid within ``days`` days of the invoice date."""

    days: int
    percent: Decimal

    def deadline(self, issued: date, is_bank_day: BankDays | None = None) -> date:
        """The last day of payment; moved to the next bank day where a calendar is given (§ 193 BGB).

        >>> DiscountTerm(7, Decimal(2)).deadline(date(2026, 11, 2)).isoformat()
        '2026-11-09'
        """
        day = issued + timedelta(days=self.days)
        while is_bank_day is not None and not is_bank_day(day):
            day += timedelta(days=1)
        return day

    def discount(self, gross: Money) -> Money:
        """The discount, rounded half away from zero to the cent.

        >>> str(DiscountTerm(7, Decimal("2.00")).discount(Money.of("2594.20", "EUR")))
        '51.88 EUR'
        """
        return gross.times(self.percent / 100)


def parse_discount_terms(text: str) -> tuple[DiscountTerm, ...]:
    """Terms by days; empty text gives none. Refuses ``discount_terms_unreadable``."""
    try:
        terms = [_term(part) for part in text.split(";") if part.strip()]
    except (ValueError, InvalidOperation):
        raise Refusal(
            "discount_terms_unreadable",
            "The discount terms {text} cannot be read.",
            "Write days and percent like 7:2.00;14:1.00.",
            text=text,
        ) from None
    return tuple(sorted(terms, key=lambda term: term.days))


def format_discount_terms(terms: Iterable[DiscountTerm]) -> str:
    """The written form that ``parse_discount_terms`` reads."""
    return ";".join(f"{term.days}:{term.percent}" for term in terms)


def term_on(
    terms: Iterable[DiscountTerm],
    issued: date,
    paid: date,
    is_bank_day: BankDays | None = None,
) -> DiscountTerm | None:
    """The best term still running on the day of payment, or None."""
    running = [term for term in terms if paid <= term.deadline(issued, is_bank_day)]
    return max(running, key=lambda term: term.percent, default=None)


def _term(part: str) -> DiscountTerm:
    days, _, percent = part.partition(":")
    term = DiscountTerm(int(days), Decimal(percent.strip()))
    if term.days < 0 or not (term.percent.is_finite() and 0 <= term.percent < 100):
        message = "days and percent are not negative, and less than all is given away"
        raise ValueError(message)
    return term
