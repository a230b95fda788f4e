"""Bank statements as CSV, in whatever dialect: the table is found, its columns understood.

What a file leaves open is decided by the file as a whole (decimal mark, order of day and month,
direction of the balance column), never line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from contor.banking.delimited_balance import balances_of
from contor.banking.delimited_header import currency_in, fold
from contor.banking.delimited_table import Table, find_table
from contor.banking.delimited_text import decode
from contor.banking.figures import date_order, decimal_mark, is_date, parse_amount, parse_date
from contor.banking.providers import is_provider, parse_provider
from contor.banking.remittance import split_codewords
from contor.banking.returns import reason_in_text
from contor.banking.statement import BankLine, Reading, Refused, Statement, period_of
from contor.errors import Finding, Refusal

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
_IBAN_CELL = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_PENDING = re.compile(
    r"pending|vorgemerkt|ausstehend|vorl[äa]ufig|reserved|authori[sz]ed|in attesa|unbooked|hold",
    re.IGNORECASE,
)
_DEAD = re.compile(
    r"failed|reverted|declined|cancell?ed|abgelehnt|storniert|rejected|expired|zamítnut",
    re.IGNORECASE,
)
_BALANCE_ROW = re.compile(
    r"saldo|kontostand|balance|total|summe|gesamt|brought forward|carried forward|anfangsbestand"
    r"|endbestand|übertrag|uebertrag|\*\*\*",
    re.IGNORECASE,
)
_NEGATIVE = frozenset(
    [
        "s",
        "soll",
        "d",
        "debit",
        "dr",
        "db",
        "af",
        "outflow",
        "belastung",
        "dare",
        "-",
        "debet",
        "cargo",
        "out",
        "expense",
        "sale",
        "debito",
    ]
)
_POSITIVE = frozenset(
    [
        "h",
        "haben",
        "c",
        "credit",
        "cr",
        "bij",
        "inflow",
        "gutschrift",
        "avere",
        "+",
        "abono",
        "in",
        "income",
        "payment",
        "credito",
    ]
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How this file writes dates, amounts, signs, and what holds for all of its lines."""

    mark: str
    order: str
    currency: str
    account: str
    signed_debit: bool
    sign_column: bool


def parse_statement(content: bytes) -> Reading:
    """Read a bank CSV, PayPal or Stripe export; refuses a text in which no table is found."""
    table = find_table(decode(content))
    if table is None:
        raise Refusal(
            "statement_unknown",
            "No table of bank lines was found: no column of dates beside a column of amounts.",
            "Send CAMT, MT940, OFX, QIF, or a CSV with a header that names date and amount.",
        )
    if is_provider(table):
        return parse_provider(table)
    dialect = _dialect_of(table)
    refused: list[Refused] = []
    lines, balances, skipped = _lines_of(table, dialect, refused)
    statements = _group(lines, balances, skipped)
    findings: tuple[Finding, ...] = ()
    if not lines and not refused:
        findings = (Finding("no_lines", "info", "The table is well formed and holds no line."),)
    return Reading("csv", tuple(statements), tuple(refused), findings)


def _dialect_of(table: Table) -> Dialect:
    roles = ("amount", "debit", "credit", "balance")
    amounts = [c for _, row in table.rows for role in roles for c in table.cells(row, role)]
    days = [
        cell
        for role in ("booking_date", "value_date")
        for _, row in table.rows
        for cell in table.cells(row, role)
        if cell[:1].isdigit()
    ]
    preamble = " ".join(cell for row in table.preamble for cell in row)
    named = "".join(
        table.header[i] for r in roles[:3] for i in table.columns.get(r, ()) if table.header
    )
    currency = currency_in(named) or _symbol(amounts) or currency_in(preamble)
    account = _IBAN.search(preamble)
    debits = [cell for _, row in table.rows for cell in table.cells(row, "debit")]
    signs = {fold(cell) or cell for _, row in table.rows for cell in table.cells(row, "sign")}
    return Dialect(
        mark=decimal_mark(amounts),
        order=date_order([d for d in days if _any_date(d)], american=currency == "USD"),
        currency=currency,
        account=account.group().replace(" ", "") if account else "",
        signed_debit=bool(debits)
        and all(
            cell.lstrip("€$£ ").startswith(("-", "(")) for cell in debits if cell.strip("0., ")
        ),
        sign_column=bool(signs) and signs <= _NEGATIVE | _POSITIVE,
    )


def _any_date(text: str) -> bool:
    return is_date(text) or is_date(text, "mdy") or is_date(text, "ymd")


def _symbol(amounts: Iterable[str]) -> str:
    return next((code for code in (currency_in(a) for a in amounts) if code), "")


def _lines_of(
    table: Table, dialect: Dialect, refused: list[Refused]
) -> tuple[list[BankLine], list[Decimal | None], int]:
    """All lines, the balance printed beside each, and how many records moved no money."""
    lines: list[BankLine] = []
    balances: list[Decimal | None] = []
    skipped = 0
    for number, row in table.rows:
        kind = _kind_of_row(table, row)
        if kind == "more" and lines:
            text = " ".join([lines[-1].remittance, *_texts(table, row)]).strip()
            lines[-1] = replace(lines[-1], remittance=text)
        elif kind == "dead":
            skipped += 1
        elif kind == "line":
            try:
                line = _line_of(table, row, dialect)
                balance = table.cell(row, "balance")
                balances.append(parse_amount(balance, dialect.mark) if balance else None)
                lines.append(line)
            except Refusal as refusal:
                refused.append(Refused(number, refusal))
    return lines, balances, skipped


def _kind_of_row(table: Table, row: list[str]) -> str:
    """``line``, ``more`` (text going on), ``dead`` (moved no money), ``note`` (footer, balance)."""
    day = table.cell(row, "booking_date") or table.cell(row, "value_date")
    money = [c for role in ("amount", "debit", "credit") for c in table.cells(row, role)]
    status = table.cell(row, "status")
    if _DEAD.search(status) or (day and not day[:1].isdigit() and _PENDING.search(day)):
        return "dead"
    if not day and not money:
        if len([cell for cell in row if cell.strip()]) == 1 and _BALANCE_ROW.search("".join(row)):
            return "note"
        return "more" if _texts(table, row) and len(row) > 1 else "note"
    if not money and _BALANCE_ROW.search(" ".join(row)):
        return "note"
    if not money and len(row) < len(table.header) / 2:
        return "note"
    if not day and _BALANCE_ROW.search(" ".join(row)):
        return "note"
    if not _any_date(day) and not any(c[:1].isdigit() or c[:1] in "-+€$£(" for c in money):
        return "note"
    return "line"


def _texts(table: Table, row: list[str]) -> list[str]:
    return [" ".join(cell.split()) for cell in table.cells(row, "remittance")]


def _line_of(table: Table, row: list[str], dialect: Dialect) -> BankLine:
    amount = _amount_of(table, row, dialect)
    value = table.cell(row, "value_date")
    booked = table.cell(row, "booking_date") or value
    words = split_codewords(" ".join(dict.fromkeys(_texts(table, row))))
    name, iban = _counterparty_of(table, row, amount)
    booking_text = " ".join(table.cells(row, "booking_text")[:1])
    currency = table.cell(row, "currency").upper()[:3] or dialect.currency
    account = "".join(table.cells(row, "account")[:1]).replace(" ", "")
    return BankLine(
        booking_date=parse_date(booked, dialect.order),
        amount=amount,
        currency=currency if currency.isalpha() else dialect.currency,
        value_date=parse_date(value, dialect.order) if value and _any_date(value) else None,
        counterparty_name=name or words.party,
        counterparty_iban=iban or words.iban,
        remittance=words.remittance,
        end_to_end_id=table.cell(row, "end_to_end_id") or words.end_to_end_id,
        mandate_id=table.cell(row, "mandate_id") or words.mandate_id,
        creditor_id=table.cell(row, "creditor_id") or words.creditor_id,
        transaction_code=booking_text,
        return_reason=reason_in_text(f"{booking_text} {words.remittance}"),
        account_iban=account or dialect.account,
        bank_reference=table.cell(row, "reference"),
        pending=bool(_PENDING.search(table.cell(row, "status"))),
    )


def _amount_of(table: Table, row: list[str], dialect: Dialect) -> Decimal:
    """The signed amount from an amount column (with a sign column) or debit and credit columns."""
    text = table.cell(row, "amount")
    if text or not (table.columns.get("debit") or table.columns.get("credit")):
        amount = parse_amount(text, dialect.mark)
        sign = table.cell(row, "sign")
        if dialect.sign_column and sign:
            return -abs(amount) if (fold(sign) or sign) in _NEGATIVE else abs(amount)
        return amount
    debit, credit = table.cell(row, "debit"), table.cell(row, "credit")
    if not debit and not credit:
        parse_amount("", dialect.mark)
    total = parse_amount(credit, dialect.mark) if credit else Decimal(0)
    if debit:
        out = parse_amount(debit, dialect.mark)
        total += out if dialect.signed_debit else -out
    return total


def _counterparty_of(table: Table, row: list[str], amount: Decimal) -> tuple[str, str]:
    """Name and account of the other side; payer and payee columns are told apart by the sign."""
    role = "payer" if amount >= 0 else "payee"
    names = table.cells(row, "name") or table.cells(row, role)
    names = names or table.cells(row, "payee" if role == "payer" else "payer")
    iban = table.cell(row, "iban").replace(" ", "")
    found = [name for name in names if _IBAN_CELL.fullmatch(name.replace(" ", ""))]
    if found and not iban:
        iban = found[0].replace(" ", "")
    plain = [name for name in names if name not in found]
    return " ".join(dict.fromkeys(" ".join(name.split()) for name in plain)), iban


def _group(lines: list[BankLine], balances: list[Decimal | None], skipped: int) -> list[Statement]:
    """One statement for each account and currency, in the order in which they first occur."""
    groups: dict[tuple[str, str], list[int]] = {}
    for index, line in enumerate(lines):
        groups.setdefault((line.account_iban, line.currency), []).append(index)
    statements = []
    for (account, currency), members in groups.items():
        own = tuple(lines[i] for i in members)
        opening, closing = balances_of(own, [balances[i] for i in members])
        first, last = period_of(own)
        statements.append(Statement(account, account, currency, first, last, opening, closing, own))
    if statements and skipped:
        statements[0] = replace(statements[0], skipped=skipped)
    return statements or [Statement("", skipped=skipped)]
