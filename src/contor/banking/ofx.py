"""OFX 1.x (SGML, no closing tags on values) and OFX 2.x (XML), bank and credit card statements."""

from __future__ import annotations

import html
import re
from datetime import date
from decimal import Decimal

from contor.banking.delimited_text import decode
from contor.banking.figures import decimal_mark, parse_amount, parse_date
from contor.banking.statement import BankLine, Reading, Refused, Statement, period_of
from contor.errors import Finding, Refusal

_VALUE = re.compile(r"<([A-Z0-9.]+)>([^<\r\n]*)", re.IGNORECASE)
_BLOCK = re.compile(
    r"<(STMTRS|CCSTMTRS)>(.*?)(?=</\1>|<(?:CC)?STMTRS>|\Z)", re.DOTALL | re.IGNORECASE
)
_LINE = re.compile(
    r"<STMTTRN>(.*?)(?=</STMTTRN>|<STMTTRN>|</BANKTRANLIST>|\Z)", re.DOTALL | re.IGNORECASE
)


def looks_like(text: str) -> bool:
    """Whether ``text`` is an OFX or QFX file."""
    head = text[:4000].upper()
    return "OFXHEADER" in head or "<OFX>" in head


def parse_statement(content: bytes) -> Reading:
    """Read all statements of an OFX file; refuses hostile XML and files without a statement."""
    text = decode(content)
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise Refusal(
            "statement_hostile",
            "The OFX declares a document type, which no OFX statement does.",
            "Ask the sender for the file as the bank made it.",
        )
    if not looks_like(text):
        raise Refusal(
            "statement_unknown", "The text is no OFX statement.", "Export the account again as OFX."
        )
    refused: list[Refused] = []
    blocks = [match.group(2) for match in _BLOCK.finditer(text)]
    if not blocks and _LINE.search(text):
        blocks = [text]
    statements = tuple(_statement_of(block, text, refused) for block in blocks)
    findings: tuple[Finding, ...] = ()
    if not any(statement.lines for statement in statements) and not refused:
        findings = (Finding("no_lines", "info", "The file is well formed and holds no line."),)
    return Reading("ofx", statements, tuple(refused), findings)


def _values(block: str) -> dict[str, str]:
    """Tag -> first non-empty value."""
    found: dict[str, str] = {}
    for match in _VALUE.finditer(block):
        value = html.unescape(match.group(2)).strip()
        if value:
            found.setdefault(match.group(1).upper(), value)
    return found


def _statement_of(block: str, text: str, refused: list[Refused]) -> Statement:
    head = _values(_LINE.sub("", block))
    account = head.get("ACCTID", "")
    currency = head.get("CURDEF", "")[:3].upper()
    raw = [_values(match.group(1)) for match in _LINE.finditer(block)]
    mark = decimal_mark(values.get("TRNAMT", "") for values in raw)
    lines: list[BankLine] = []
    for values, match in zip(raw, _LINE.finditer(block), strict=True):
        try:
            lines.append(_line_of(values, account, currency, mark))
        except Refusal as refusal:
            place = text.find(match.group(0)[:400])
            refused.append(Refused(text.count("\n", 0, max(place, 0)) + 1, refusal))
    first, last = period_of(tuple(lines))
    closing = _balance_of(head, mark)
    return Statement(
        id=head.get("TRNUID", "") or account,
        account_iban=account,
        currency=currency,
        start=_day(head.get("DTSTART", "")) or first,
        end=_day(head.get("DTEND", "")) or last,
        closing=closing,
        lines=tuple(lines),
    )


def _balance_of(head: dict[str, str], mark: str) -> Decimal | None:
    """The ledger balance; it stands at its own day, so it proves nothing about the lines."""
    try:
        return parse_amount(head["BALAMT"], mark) if "BALAMT" in head else None
    except Refusal:
        return None


def _day(text: str) -> date | None:
    try:
        return parse_date(text[:8]) if text else None
    except Refusal:
        return None


def _line_of(values: dict[str, str], account: str, currency: str, mark: str) -> BankLine:
    """One ``STMTTRN``; its original currency is only told, the amount is in ``CURDEF``."""
    memo, name = values.get("MEMO", ""), values.get("NAME", "") or values.get("PAYEE", "")
    return BankLine(
        booking_date=parse_date(values.get("DTPOSTED", "")[:8]),
        amount=parse_amount(values.get("TRNAMT", ""), mark),
        currency=currency,
        value_date=_day(values.get("DTAVAIL", "") or values.get("DTUSER", "")),
        counterparty_name=name,
        counterparty_iban=values.get("BANKACCTTO", ""),
        remittance=memo,
        end_to_end_id=values.get("CHECKNUM", "") or values.get("REFNUM", ""),
        transaction_code=values.get("TRNTYPE", ""),
        account_iban=account,
        bank_reference=values.get("FITID", ""),
    )
