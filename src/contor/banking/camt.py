"""CAMT.052 (account report), CAMT.053 (statement), CAMT.054 (notification), ISO 20022.

Every version reads alike: elements are found by their local names, and where versions moved one
(``Sts``/``Sts/Cd``, ``Dbtr``/``Dbtr/Pty``) both places are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from contor.banking.camt_entry import lines_of_entry
from contor.banking.camt_path import amount_of, date_of, find, text_of
from contor.banking.statement import BankLine, Reading, Refused, Statement, period_of
from contor.errors import Finding, Refusal

_MESSAGES = {
    "BkToCstmrAcctRpt": ("camt.052", "Rpt"),
    "BkToCstmrStmt": ("camt.053", "Stmt"),
    "BkToCstmrDbtCdtNtfctn": ("camt.054", "Ntfctn"),
}


def parse_statement(content: bytes) -> Reading:
    """Read a CAMT message; refuses other XML, document types and broken XML."""
    root = _root_of(content)
    message, kind, part = _message_of(root)
    refused: list[Refused] = []
    statements = [
        _statement_of(element, kind, refused) for element in message.iterchildren(f"{{*}}{part}")
    ]
    findings = []
    if not any(statement.lines for statement in statements) and not refused:
        findings.append(
            Finding("no_lines", "info", "The message is well formed and holds no line.")
        )
    return Reading(kind, tuple(statements), tuple(refused), tuple(findings))


def _root_of(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refusal(
            "statement_broken",
            "The XML is broken: {reason}.",
            "Download the statement again from the bank.",
            reason=str(error).split(", line")[0][:120],
        ) from None
    if root.getroottree().docinfo.internalDTD is not None or b"<!DOCTYPE" in content[:4096]:
        raise Refusal(
            "statement_hostile",
            "The XML declares a document type, which no CAMT message does.",
            "Ask the sender for the file as the bank made it.",
        )
    return root


def _message_of(root: etree._Element) -> tuple[etree._Element, str, str]:
    for element in root.iter(tag=etree.Element):
        name = etree.QName(element).localname
        for prefix, (kind, part) in _MESSAGES.items():
            if name.startswith(prefix):
                return element, kind, part
    raise Refusal(
        "statement_unknown",
        "The XML is no account report, statement or notification (camt.052, .053, .054).",
        "Export the account as CAMT.053 from the bank.",
    )


def _row_of(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 0


def _account_of(element: etree._Element) -> str:
    account = find(element, "Acct", "Id")
    if account is None:
        return ""
    named = (
        text_of(account, "IBAN")
        or text_of(account, "Othr", "Id")
        or text_of(account, "PrtryAcct", "Id")
        or text_of(account, "BBAN")
    )
    return named.replace(" ", "")


def _statement_of(element: etree._Element, kind: str, refused: list[Refused]) -> Statement:
    account = _account_of(element)
    balances = list(_balances_of(element))
    currency = text_of(element, "Acct", "Ccy") or next((c for _, c, _, _ in balances), "")
    lines: list[BankLine] = []
    made = _told_day(element, "CreDtTm")
    for entry in element.iterchildren("{*}Ntry"):
        status = text_of(entry, "Sts", "Cd") or text_of(entry, "Sts")
        try:
            found = lines_of_entry(entry, account, made)
        except Refusal as refusal:
            refused.append(Refused(_row_of(entry), refusal))
            continue
        pending = status in {"PDNG", "INFO", "FUTR"}
        lines.extend(replace(line, pending=True) if pending else line for line in found)
    first, last = period_of(tuple(lines))
    opening, closing = _opening_and_closing(balances)
    return Statement(
        id=text_of(element, "Id"),
        account_iban=account,
        currency=currency or (lines[0].currency if lines else ""),
        start=_told_day(find(element, "FrToDt"), "Fr") or first,
        end=_told_day(find(element, "FrToDt"), "To") or last,
        opening=None if kind == "camt.054" else opening,
        closing=None if kind == "camt.054" else closing,
        lines=tuple(lines),
    )


def _told_day(element: etree._Element | None, name: str) -> date | None:
    """A day that only describes the statement: unknown where it does not read."""
    try:
        return date_of(element, name)
    except Refusal:
        return None


def _balances_of(element: etree._Element) -> Iterator[tuple[str, str, Decimal, date | None]]:
    for balance in element.iterchildren("{*}Bal"):
        code = text_of(balance, "Tp", "CdOrPrtry", "Cd") or text_of(balance, "Tp", "Cd")
        try:
            amount, currency = amount_of(balance)
        except (Refusal, InvalidOperation):
            continue
        yield code, currency, amount, _told_day(find(balance, "Dt"), "Dt")


def _opening_and_closing(
    balances: list[tuple[str, str, Decimal, date | None]],
) -> tuple[Decimal | None, Decimal | None]:
    """First opening (or previous closing) and last closing booked balance (interim of .052)."""
    by_code: dict[str, list[Decimal]] = {}
    for code, _, amount, _ in balances:
        by_code.setdefault(code, []).append(amount)
    opening = by_code.get("OPBD") or by_code.get("PRCD")
    closing = by_code.get("CLBD")
    interim = by_code.get("ITBD", [])
    if opening is None and interim and (closing or len(interim) > 1):
        opening = interim[:1]
    if closing is None and interim:
        closing = interim[-1:]
    return (opening[0] if opening else None), (closing[-1] if closing else None)
