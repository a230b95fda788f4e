"""QIF (Quicken Interchange Format): records of one-letter fields, ended by ``^``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from contor.banking.delimited_text import decode
from contor.banking.figures import date_order, decimal_mark, parse_amount, parse_date
from contor.banking.statement import BankLine, Reading, Refused, Statement, period_of
from contor.errors import Finding, Refusal

_MONEY_TYPES = {"BANK", "CASH", "CCARD", "OTH A", "OTH L"}


@dataclass
class _Record:
    """One record: its first row, account, and fields (splits are left out: they sum to ``T``)."""

    row: int
    account: str
    fields: dict[str, str] = field(default_factory=dict)


def looks_like(text: str) -> bool:
    """Whether ``text`` is a QIF file."""
    return bool(re.match(r"\s*!(Type:|Account|Option:|Clear:)", text, re.IGNORECASE))


def parse_statement(content: bytes) -> Reading:
    """Read the bank, cash and card records of a QIF file, one statement an account."""
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    if not looks_like(text):
        raise Refusal(
            "statement_unknown", "The text is no QIF file.", "Export the account again as QIF."
        )
    records = list(_records(text))
    mark = decimal_mark(record.fields.get("T", "") for record in records)
    days = [_day_text(record.fields.get("D", "")) for record in records]
    order = date_order([day for day in days if day], american=True)
    refused: list[Refused] = []
    by_account: dict[str, list[BankLine]] = {}
    for record, day in zip(records, days, strict=True):
        try:
            line = _line_of(record, day, order, mark)
        except Refusal as refusal:
            refused.append(Refused(record.row, refusal))
            continue
        by_account.setdefault(record.account, []).append(line)
    statements = []
    for account, lines in by_account.items():
        first, last = period_of(tuple(lines))
        statements.append(Statement(account, account, "", first, last, lines=tuple(lines)))
    findings: tuple[Finding, ...] = ()
    if not statements and not refused:
        findings = (Finding("no_lines", "info", "The file is well formed and holds no line."),)
    return Reading("qif", tuple(statements), tuple(refused), findings)


def _records(text: str) -> Iterator[_Record]:
    kind, account = "", ""
    current: _Record | None = None
    for row, line in enumerate(text.split("\n"), start=1):
        bare = line.strip()
        if bare.startswith("!"):
            kind = bare[1:].partition(":")[2].strip().upper() if ":" in bare else bare[1:].upper()
            current = None
        elif bare == "^":
            if current is not None and kind == "ACCOUNT":
                account = current.fields.get("N", account)
            elif current is not None and kind in _MONEY_TYPES:
                yield current
            current = None
        elif bare:
            current = current or _Record(row, account)
            current.fields.setdefault(bare[0], bare[1:].strip())
    if current is not None and kind in _MONEY_TYPES:
        yield current


def _day_text(text: str) -> str:
    """``1/ 5'26`` is Quicken's way to write a year of this century."""
    return re.sub(r"['’] ?(\d\d)$", r"/20\1", text).replace(" ", "").replace("'", "/")


def _line_of(record: _Record, day: str, order: str, mark: str) -> BankLine:
    fields = record.fields
    return BankLine(
        booking_date=parse_date(day, order),
        amount=parse_amount(fields.get("T") or fields.get("U") or "", mark),
        currency="",
        counterparty_name=fields.get("P", ""),
        remittance=fields.get("M", ""),
        end_to_end_id=fields.get("N", ""),
        account_iban=record.account,
    )
