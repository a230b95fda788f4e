"""MT940 (customer statement) and MT942 (interim report), SWIFT category 9, with bank dialects.

Tags read: ``:25:`` account, ``:28C:`` number, ``:60F:/:60M:`` opening, ``:61:`` line, ``:86:``
(or ``:NS:``) its information, ``:62F:/:62M:`` closing. A reversal (``RC``, ``RD``) turns the sign.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from contor.banking.delimited_text import decode
from contor.banking.mt940_details import read_details
from contor.banking.mt940_line import StatementLine, parse_balance, parse_line
from contor.banking.remittance import provided
from contor.banking.returns import reason_in_text
from contor.banking.statement import BankLine, Reading, Refused, Statement, period_of
from contor.errors import Finding, Refusal

_TAG = re.compile(
    r"^:(20|21|25P?|28C?|34F|13D?|60[FM]?|61|86|62[FM]?|64|65|90[CD]|NS):", re.MULTILINE
)
_BROKEN_TAG = re.compile(r"^:\n(\d\d[A-Z]?:)", re.MULTILINE)
_END = re.compile(r"^-(\}|XXX)?.*\Z", re.MULTILINE | re.DOTALL)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}")


@dataclass
class _Open:
    """The statement being read."""

    reference: str = ""
    account: str = ""
    number: str = ""
    currency: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    start: date | None = None
    end: date | None = None
    interim: bool = False
    entries: list[tuple[StatementLine, str, int]] = field(default_factory=list)


def looks_like(text: str) -> bool:
    """Whether ``text`` carries the tags of an MT940 or MT942."""
    return bool(re.search(r"^:(20|25|60[FM]|61|28C?|86|62[FM]):", text, re.MULTILINE))


def parse_statement(content: bytes) -> Reading:
    """Read every statement of the file; lines that cannot be read are refused one by one."""
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    text = _BROKEN_TAG.sub(r":\1", text)
    if not looks_like(text):
        raise Refusal(
            "statement_unknown",
            "The text holds none of the tags of an MT940 or MT942.",
            "Export the account again as MT940 or, better, CAMT.053.",
        )
    refused: list[Refused] = []
    statements = [
        _close(opened) for opened in _statements_of(text, refused) if _has_content(opened)
    ]
    findings: tuple[Finding, ...] = ()
    if not any(statement.lines for statement in statements) and not refused:
        findings = (Finding("no_lines", "info", "The file is well formed and holds no line."),)
    interim = re.search(r"^:(34F|90[CD]):", text, re.MULTILINE)
    return Reading("mt942" if interim else "mt940", tuple(statements), tuple(refused), findings)


def _has_content(opened: _Open) -> bool:
    return bool(opened.entries or opened.account or opened.opening is not None)


def _statements_of(text: str, refused: list[Refused]) -> list[_Open]:
    """Walk the tags; ``:20:`` opens a statement."""
    tags = list(_TAG.finditer(text))
    current = _Open()
    statements = [current]
    broken = False
    row, seen = 1, 0
    for index, match in enumerate(tags):
        end = tags[index + 1].start() if index + 1 < len(tags) else len(text)
        body = _body_of(text[match.end() : end])
        tag = match.group(1)
        row += text.count("\n", seen, match.start())
        seen = match.start()
        if tag == "20" and (_has_content(current) or current.reference):
            current = _Open()
            statements.append(current)
        try:
            if tag == "61":
                broken = False
                current.entries.append((parse_line(body), "", row))
            else:
                _take(current, tag, body, after_broken=broken)
        except Refusal as refusal:
            broken = tag == "61"
            refused.append(Refused(row, refusal))
    return statements


def _body_of(text: str) -> str:
    """The text of a tag up to the dash that ends a statement."""
    return _END.sub("", text) if "\n-" in text else text


def _take(current: _Open, tag: str, body: str, *, after_broken: bool) -> None:
    """Take one tag other than ``:61:`` into the open statement."""
    bare = body.strip()
    is_details = tag in {"86", "NS"} or (tag == "25" and re.match(r"\d{3}\?\d\d", bare))
    if is_details:
        if current.entries and current.closing is None and not after_broken:
            line, known, row = current.entries[-1]
            current.entries[-1] = (line, f"{known}\n{body}" if known else f"{tag}\n{body}", row)
    elif tag == "20":
        current.reference = bare
    elif tag in {"25", "25P"}:
        current.account = bare.splitlines()[0].strip() if bare else ""
    elif tag in {"28", "28C"}:
        current.number = bare
    elif tag in {"60F", "60M", "60"}:
        balance = parse_balance(bare)
        current.opening, current.start = balance.amount, balance.day
        current.currency = balance.currency
    elif tag in {"62F", "62M", "62"}:
        balance = parse_balance(bare)
        current.closing, current.end = balance.amount, balance.day
        current.currency = current.currency or balance.currency
    elif tag in {"34F", "90C", "90D"}:
        found = re.search(r"[A-Z]{3}", bare)
        current.currency = current.currency or (found.group() if found else "")


def _close(opened: _Open) -> Statement:
    account, currency = _account_of(opened.account)
    currency = opened.currency or currency
    lines = tuple(_bank_line(line, info, account, currency) for line, info, _ in opened.entries)
    first, last = period_of(lines)
    return Statement(
        id="/".join(part for part in (opened.reference, opened.number) if part),
        account_iban=account,
        currency=currency,
        start=first or opened.start,
        end=last or opened.end,
        opening=opened.opening,
        closing=opened.closing,
        lines=lines,
    )


def _account_of(text: str) -> tuple[str, str]:
    """Account and, where a German bank appends it, the currency (``70011110/4005287001EUR``)."""
    bare = text.replace(" ", "")
    iban = _IBAN.search(bare)
    if iban and "/" not in bare[: iban.start()]:
        found = iban.group()
        trail = re.fullmatch(r"([A-Z]{2}\d{10,})([A-Z]{3})", found)
        return (trail.group(1), trail.group(2)) if trail else (found, "")
    trail = re.fullmatch(r"(.*\d)([A-Z]{3})", bare)
    return (trail.group(1), trail.group(2)) if trail else (bare, "")


def _bank_line(line: StatementLine, info: str, account: str, currency: str) -> BankLine:
    tag, _, body = info.partition("\n")
    details = read_details(body, supplementary=line.supplementary, legacy=tag == "NS")
    end_to_end = details.end_to_end_id or (
        provided(line.customer_reference)
        if details.plain and not _IBAN.fullmatch(line.customer_reference)
        else ""
    )
    text = details.remittance or line.supplementary
    made = BankLine(
        booking_date=line.booking_date,
        amount=line.amount,
        currency=currency,
        value_date=line.value_date,
        counterparty_name=details.name,
        counterparty_iban=details.iban,
        remittance=text,
        end_to_end_id=provided(end_to_end),
        mandate_id=details.mandate_id,
        creditor_id=details.creditor_id,
        transaction_code=details.code or line.type_code,
        return_reason=details.return_reason,
        account_iban=account,
        bank_reference=line.bank_reference,
    )
    if not made.return_reason:
        reason = reason_in_text(f"{details.booking_text} {text}")
        return replace(made, return_reason=reason) if reason else made
    return made
