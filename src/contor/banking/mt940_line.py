"""The statement line (``:61:``) and the balances (``:60:``, ``:62:``) of an MT940.

>>> line = parse_line("2612310102RD1234,5NTRFRE-17//BANK1")
>>> line.value_date, line.booking_date, line.amount, line.customer_reference
(datetime.date(2026, 12, 31), datetime.date(2027, 1, 2), Decimal('1234.5'), 'RE-17')
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from contor.banking.figures import sized
from contor.errors import Refusal

_LINE = re.compile(
    r"(?P<day>\d{6})(?P<entry>\d{4}|\s{4})?(?P<mark>R?[CD]|E[CD])(?P<funds>[A-Z])?\s?"
    r"(?P<amount>\d[\d., ]*)(?P<type>[NFS][A-Z0-9 ]{3})?(?P<rest>.*)",
    re.DOTALL,
)
_BALANCE = re.compile(r"(?P<mark>[CD])(?P<day>\d{6})(?P<currency>[A-Z]{3})(?P<amount>[\d,.]+)")


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A ``:61:`` line; ``supplementary`` is its second line."""

    value_date: date
    booking_date: date
    amount: Decimal
    type_code: str
    customer_reference: str
    bank_reference: str
    supplementary: str


@dataclass(frozen=True, slots=True)
class Balance:
    """A balance: signed amount, day and currency."""

    amount: Decimal
    day: date
    currency: str


def parse_line(body: str) -> StatementLine:
    """Read a ``:61:`` body; refuses what is no statement line."""
    bare = re.sub(r"^(\d{6}(?:\d{4})?R?[CD][A-Z]?)\n", r"\1", body.strip("\n"))
    match = _LINE.match(bare)
    if not match:
        raise Refusal(
            "line_unreadable",
            "“{text}” is no statement line (:61:).",
            "Download the statement again from the bank.",
            text=bare.split("\n")[0][:80],
        )
    value_date = _day(match["day"])
    entry = (match["entry"] or "").strip()
    amount = _amount(match["amount"])
    negative = match["mark"] in {"D", "RC", "ED"}
    head, _, supplementary = match["rest"].partition("\n")
    customer, _, bank = head.partition("//")
    return StatementLine(
        value_date=value_date,
        booking_date=_near(value_date, entry) if entry else value_date,
        amount=-amount if negative else amount,
        type_code=(match["type"] or "").strip(),
        customer_reference=customer.strip(),
        bank_reference=bank.strip(),
        supplementary=" ".join(supplementary.split()),
    )


def parse_balance(body: str) -> Balance:
    """Read a ``:60:`` or ``:62:`` body; refuses what is no balance."""
    match = _BALANCE.match(body.strip())
    if not match:
        raise Refusal(
            "balance_unreadable",
            "“{text}” is no balance.",
            "Download the statement again from the bank.",
            text=body.strip()[:80],
        )
    amount = _amount(match["amount"])
    return Balance(
        -amount if match["mark"] == "D" else amount, _day(match["day"]), match["currency"]
    )


def _amount(text: str) -> Decimal:
    bare = text.replace(" ", "")
    plain = bare.replace(".", "").replace(",", ".") if "," in bare else bare
    try:
        return sized(Decimal(plain.removesuffix(".") or "x"))
    except InvalidOperation:
        raise Refusal(
            "amount_unreadable",
            "“{text}” is no amount.",
            "Write a decimal number such as 1190.00 in this place.",
            text=text[:80],
        ) from None


def _day(text: str) -> date:
    """YYMMDD; a 29th to 31st of a shorter month is its last day (value dates in 30/360)."""
    year, month, day = 2000 + int(text[:2]), int(text[2:4]), int(text[4:6])
    if year > 2079:
        year -= 100
    return _clamped(year, month, day, text)


def _clamped(year: int, month: int, day: int, text: str) -> date:
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise Refusal(
            "date_unreadable",
            "“{text}” is no date.",
            "Write a calendar date such as 2026-09-30 in this place.",
            text=text,
        )
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _near(value_date: date, entry: str) -> date:
    """The entry date (MMDD) in the year that brings it closest to the value date."""
    month, day = int(entry[:2]), int(entry[2:4])
    around = [_clamped(value_date.year + step, month, day, entry) for step in (-1, 0, 1)]
    return min(around, key=lambda candidate: abs((candidate - value_date).days))
