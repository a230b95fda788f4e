"""Bank lines and statements as tables (CSV): the columns of the command line's contract.

A record that was refused is a row of its own with ``refusal`` filled, so that nothing received is
lost between a file and its table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TextIO

from contor.banking.figures import parse_date, sized
from contor.banking.statement import BankLine, Refused, Statement, check_balances
from contor.errors import Refusal
from contor.money import Money, minor_digits

COLUMNS = (
    "id",
    "booking_date",
    "value_date",
    "amount",
    "currency",
    "counterparty_name",
    "counterparty_iban",
    "remittance",
    "end_to_end_id",
    "mandate_id",
    "creditor_id",
    "transaction_code",
    "return_reason",
    "account_iban",
    "bank_reference",
    "status",
    "duplicate_of",
    "source",
    "refusal",
)
STATEMENT_COLUMNS = (
    "statement",
    "account_iban",
    "from",
    "to",
    "currency",
    "opening",
    "closing",
    "lines",
    "sum",
    "balanced",
    "pending",
    "skipped",
    "source",
    "format",
)
_TEXTS = (
    "currency",
    "counterparty_name",
    "counterparty_iban",
    "remittance",
    "end_to_end_id",
    "mandate_id",
    "creditor_id",
    "transaction_code",
    "return_reason",
    "account_iban",
    "bank_reference",
)
_NO_CURRENCY = "XXX"  # ISO 4217: no currency


def amount_text(amount: Decimal, currency: str) -> str:
    """A decimal string with at least the currency's decimals, never in powers of ten.

    >>> amount_text(Decimal("15.7"), "EUR"), amount_text(Decimal("-350"), "JPY")
    ('15.70', '-350')
    """
    digits = minor_digits(currency)
    exponent = amount.as_tuple().exponent
    given = -exponent if isinstance(exponent, int) else 0
    trimmed = amount.normalize().as_tuple().exponent
    needed = max(digits, -trimmed if isinstance(trimmed, int) else 0)
    return format(amount if given == needed else round(amount, needed), "f")


def line_record(line: BankLine, source: str = "", duplicate_of: str = "") -> dict[str, str]:
    """One line as a row of the table."""
    record = {name: getattr(line, name) for name in _TEXTS}
    return {
        "id": line.id,
        "booking_date": line.booking_date.isoformat(),
        "value_date": line.value_date.isoformat() if line.value_date else "",
        "amount": amount_text(line.amount, line.currency),
        **record,
        "status": "pending" if line.pending else "booked",
        "duplicate_of": duplicate_of,
        "source": source,
    }


def refusal_record(refused: Refused, source: str) -> dict[str, str]:
    """A refused record as a row of the table."""
    return {"source": f"{source}:{refused.row}", "refusal": str(refused.refusal)}


def statement_record(statement: Statement, source: str, kind: str) -> dict[str, str]:
    """One statement as a row; ``balanced`` is empty where a balance is unknown."""
    check = check_balances(statement)
    booked = [line for line in statement.lines if not line.pending]

    def money(amount: Decimal | None) -> str:
        return "" if amount is None else amount_text(amount, statement.currency)

    return {
        "statement": statement.id,
        "account_iban": statement.account_iban,
        "from": statement.start.isoformat() if statement.start else "",
        "to": statement.end.isoformat() if statement.end else "",
        "currency": statement.currency,
        "opening": money(statement.opening),
        "closing": money(statement.closing),
        "lines": str(len(booked)),
        "sum": money(check.total),
        "balanced": "" if check.balanced is None else str(check.balanced).lower(),
        "pending": str(len(statement.lines) - len(booked)),
        "skipped": str(statement.skipped),
        "source": source,
        "format": kind,
    }


def write_records(
    out: TextIO, columns: Iterable[str], records: Iterable[Mapping[str, str]]
) -> None:
    """Write rows under a header; absent values are empty cells."""
    writer = csv.DictWriter(out, tuple(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)


def read_lines(stream: TextIO) -> Iterator[BankLine | Refused]:
    """Bank lines from a table in file order; a row that cannot be read comes as ``Refused``."""
    reader = csv.DictReader(stream)
    if not {"id", "amount", "booking_date"} <= set(reader.fieldnames or ()):
        raise Refusal(
            "columns_missing",
            "The table of bank lines needs the columns id, booking_date and amount.",
            "Make it with contor bank-lines.",
        )
    for row in reader:
        try:
            yield _line_from(cells_of(row))
        except Refusal as refusal:
            yield Refused(reader.line_num, refusal, (row["id"] or "").strip())


def cells_of(row: Mapping[str | None, str | list[str] | None]) -> dict[str, str]:
    """The cells of a row by column, trimmed; refuses a row that has more cells than columns."""
    if any(text.strip() for text in row.get(None) or ()):
        raise Refusal(
            "cells_too_many",
            "The row has more cells than the header has columns.",
            "Put cells that hold commas or line breaks into quotation marks.",
        )
    return {name: str(text or "").strip() for name, text in row.items() if name}


def _line_from(cells: dict[str, str]) -> BankLine:
    if cells.get("refusal"):  # a row that ``contor bank-lines`` could not read is not lost here
        code, _, why = cells["refusal"].partition(": ")
        raise Refusal(code, "{why}", why=why)
    texts = {name: cells.get(name, "") for name in _TEXTS}
    texts["currency"] = texts["currency"].upper()
    amount = parse_plain(cells["amount"])
    Money.of(amount, texts["currency"] or _NO_CURRENCY)  # refuses what is finer than its currency
    return BankLine(
        id=cells["id"],
        booking_date=parse_date(cells["booking_date"] or cells.get("value_date", "")),
        value_date=_day(cells.get("value_date", "")),
        amount=amount,
        pending=cells.get("status") == "pending",
        **texts,
    )


def _day(text: str) -> date | None:
    return parse_date(text) if text else None


def parse_plain(text: str) -> Decimal:
    """A decimal string with a point, as the contract writes amounts; refuses all else."""
    bare = text.strip()
    digits = bare.removeprefix("-").removeprefix("+")
    if not digits.replace(".", "", 1).isdecimal() or not digits.isascii():
        raise Refusal(
            "amount_unreadable",
            "“{text}” is no amount.",
            "Write a decimal number such as 1190.00 in this place.",
            text=bare[:80],
        )
    return sized(Decimal(bare))
