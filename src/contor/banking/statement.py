"""Bank statements and their lines, and the proof that opening + lines = closing.

Amounts are exact decimals in major units, signed from our side: credit positive. An empty text or
None means that the source did not say.

>>> line = BankLine(date(2026, 9, 1), Decimal("119.00"), "EUR")
>>> statement = Statement("1", "", "EUR", None, None, Decimal(1), Decimal(120), (line,))
>>> check_balances(statement).balanced
True
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contor.errors import Finding, Refusal


@dataclass(frozen=True, slots=True)
class BankLine:
    """One line of a bank account; ``bank_reference`` is the bank's own id of the booking.

    A ``pending`` line is announced and not booked: it counts in no balance.
    """

    booking_date: date
    amount: Decimal
    currency: str
    value_date: date | None = None
    counterparty_name: str = ""
    counterparty_iban: str = ""
    remittance: str = ""
    end_to_end_id: str = ""
    mandate_id: str = ""
    creditor_id: str = ""
    transaction_code: str = ""
    return_reason: str = ""
    account_iban: str = ""
    bank_reference: str = ""
    pending: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one account in one currency.

    ``skipped`` counts records that move no money of this account (holds, failed payments).
    """

    id: str
    account_iban: str = ""
    currency: str = ""
    start: date | None = None
    end: date | None = None
    opening: Decimal | None = None
    closing: Decimal | None = None
    lines: tuple[BankLine, ...] = ()
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class BalanceCheck:
    """Sum of the lines, and whether opening + sum = closing (None where a balance is unknown)."""

    total: Decimal
    balanced: bool | None


@dataclass(frozen=True, slots=True)
class Refused:
    """A record of a file that could not be read: 1-based ``row`` (0: the whole file), and why.

    ``id`` is the record's own, where it has one.
    """

    row: int
    refusal: Refusal
    id: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file held: its format, statements, records refused, and findings."""

    format: str
    statements: tuple[Statement, ...] = ()
    refused: tuple[Refused, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def lines(self) -> tuple[BankLine, ...]:
        """All lines of all statements in their order."""
        return tuple(line for statement in self.statements for line in statement.lines)


def check_balances(statement: Statement) -> BalanceCheck:
    """Add the lines up and compare: opening + lines = closing, to the cent."""
    booked = [line for line in statement.lines if not line.pending]
    total = sum((line.amount for line in booked), Decimal(0))
    if statement.opening is None or statement.closing is None:
        return BalanceCheck(total, None)
    mixed = any(line.currency != statement.currency for line in booked)
    balanced = not mixed and statement.opening + total == statement.closing
    return BalanceCheck(total, balanced)


def period_of(lines: tuple[BankLine, ...]) -> tuple[date | None, date | None]:
    """First and last booking date of ``lines``."""
    days = [line.booking_date for line in lines]
    return (min(days), max(days)) if days else (None, None)
