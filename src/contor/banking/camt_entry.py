"""One entry (``Ntry``) of a CAMT message as bank lines: single, or a batch with its details."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from contor.banking.camt_path import amount_of, date_of, find, number_of, text_of, texts_of
from contor.banking.remittance import provided, split_codewords
from contor.banking.returns import reason_in_text
from contor.banking.statement import BankLine
from contor.errors import Refusal


@dataclass(frozen=True, slots=True)
class _Head:
    """What all lines of one entry share."""

    booking_date: date
    value_date: date | None
    amount: Decimal
    currency: str
    account: str
    code: str
    reference: str
    information: str


def lines_of_entry(entry: etree._Element, account: str, fallback: date | None) -> list[BankLine]:
    """The lines of ``entry``: a batch is split where its details add up to the entry."""
    amount, currency = amount_of(entry)
    value_date = date_of(entry, "ValDt")
    booked = date_of(entry, "BookgDt") or value_date or fallback
    if booked is None:
        raise Refusal(
            "date_missing",
            "An entry of {amount} {currency} carries no date.",
            "Ask the bank for a complete statement.",
            amount=str(amount),
            currency=currency,
        )
    head = _Head(
        booked,
        value_date,
        amount,
        currency,
        account,
        _code_of(entry),
        text_of(entry, "AcctSvcrRef"),
        text_of(entry, "AddtlNtryInf"),
    )
    details = [
        detail
        for block in entry.iterchildren("{*}NtryDtls", "{*}TxDtls")
        for detail in (
            [block] if etree.QName(block).localname == "TxDtls" else block.iterchildren("{*}TxDtls")
        )
    ]
    if len(details) > 1:
        amounts = [_detail_amount(detail, head) for detail in details]
        if all(part is not None for part in amounts):
            split = [part for part in amounts if part is not None]
            charges = head.amount - sum(split, Decimal(0))
            if charges == 0:
                return [
                    _line_of(detail, head, part)
                    for detail, part in zip(details, split, strict=True)
                ]
            if charges == -_charges_of(entry):
                lines = [_line_of(d, head, p) for d, p in zip(details, split, strict=True)]
                return [*lines, _line_of(None, head, charges)]
        return [_joined(details, head)]
    return [_line_of(details[0] if details else None, head, head.amount)]


def _joined(details: list[etree._Element], head: _Head) -> BankLine:
    """One line for a batch whose details do not add up: nothing is invented, nothing lost."""
    texts = [_remittance_of(detail) for detail in details]
    line = _line_of(None, head, head.amount)
    joined = " ".join([line.remittance, *texts]).strip()
    return BankLine(
        booking_date=line.booking_date,
        amount=line.amount,
        currency=line.currency,
        value_date=line.value_date,
        remittance=joined,
        transaction_code=line.transaction_code,
        account_iban=line.account_iban,
        bank_reference=line.bank_reference,
    )


def _detail_amount(detail: etree._Element, head: _Head) -> Decimal | None:
    """The detail's own amount in the entry's currency, signed like the entry unless it says so."""
    places: tuple[tuple[str, ...], ...] = ((), ("AmtDtls", "TxAmt"), ("AmtDtls", "InstdAmt"))
    for place in places:
        if find(detail, *place, "Amt") is not None:
            value, currency = amount_of(detail, *place)
            if currency == head.currency:
                own = text_of(detail, "CdtDbtInd")
                return -abs(value) if (own or _sign(head)) == "DBIT" else abs(value)
    return None


def _sign(head: _Head) -> str:
    return "DBIT" if head.amount < 0 else "CRDT"


def _charges_of(entry: etree._Element) -> Decimal:
    charges = find(entry, "Chrgs")
    if charges is None:
        return Decimal(0)
    if find(charges, "TtlChrgsAndTaxAmt") is not None:
        return number_of(text_of(charges, "TtlChrgsAndTaxAmt"))
    records = [amount_of(record)[0] for record in charges.iterchildren("{*}Rcrd")]
    return abs(sum(records, Decimal(0))) if records else abs(amount_of(charges)[0])


def _line_of(detail: etree._Element | None, head: _Head, amount: Decimal) -> BankLine:
    reason, reason_text = _return_of(detail)
    name, iban = _counterparty_of(detail, head, returned=bool(reason))
    own_text = _remittance_of(detail)
    words = split_codewords(own_text) if "+" in own_text else None
    remittance = words.remittance if words else own_text
    extra = reason_text if reason_text and reason_text not in remittance else ""
    remittance = " ".join(part for part in (remittance, extra) if part) or head.information
    refs = find(detail, "Refs")
    mandate = text_of(refs, "MndtId") or text_of(detail, "RltdDts", "MndtId")
    return BankLine(
        booking_date=head.booking_date,
        amount=amount,
        currency=head.currency,
        value_date=head.value_date,
        counterparty_name=name,
        counterparty_iban=iban,
        remittance=remittance,
        end_to_end_id=provided(text_of(refs, "EndToEndId"))
        or (words.end_to_end_id if words else ""),
        mandate_id=mandate or (words.mandate_id if words else ""),
        creditor_id=_creditor_id_of(detail) or (words.creditor_id if words else ""),
        transaction_code=(_code_of(detail) if detail is not None else "") or head.code,
        return_reason=reason or reason_in_text(f"{head.information} {remittance}"),
        account_iban=head.account,
        bank_reference=text_of(refs, "AcctSvcrRef") or head.reference,
    )


def _code_of(element: etree._Element) -> str:
    """Bank transaction code: ``PMNT-RCDT-ESCT``, else the bank's proprietary code."""
    code = find(element, "BkTxCd")
    domain = [
        text_of(code, "Domn", "Cd"),
        text_of(code, "Domn", "Fmly", "Cd"),
        text_of(code, "Domn", "Fmly", "SubFmlyCd"),
    ]
    return "-".join(part for part in domain if part) or text_of(code, "Prtry", "Cd")


def _return_of(detail: etree._Element | None) -> tuple[str, str]:
    """Reason code and wording of a returned payment."""
    info = find(detail, "RtrInf")
    if info is None:
        return "", ""
    reason = find(info, "Rsn") if find(info, "Rsn") is not None else find(info, "RtrRsn")
    code = text_of(reason, "Cd") or text_of(reason, "Prtry")
    return code or "NARR", " ".join(texts_of(info, "AddtlInf"))


def _counterparty_of(
    detail: etree._Element | None, head: _Head, *, returned: bool
) -> tuple[str, str]:
    """Name and IBAN of the other side: of a return it stands where the first payment had it."""
    parties = find(detail, "RltdPties")
    sides = {role: _party_of(parties, role) for role in ("Dbtr", "Cdtr")}
    role = "Dbtr" if head.amount >= 0 else "Cdtr"
    if returned:
        role = "Cdtr" if role == "Dbtr" else "Dbtr"
    other = "Cdtr" if role == "Dbtr" else "Dbtr"
    name, iban = sides[role]
    is_us = bool(head.account) and iban == head.account
    if (is_us or not (name or iban)) and any(sides[other]) and sides[other][1] != head.account:
        name, iban = sides[other]
    return name, iban


def _party_of(parties: etree._Element | None, role: str) -> tuple[str, str]:
    name = (
        text_of(parties, role, "Nm")
        or text_of(parties, role, "Pty", "Nm")
        or text_of(parties, f"Ultmt{role}", "Nm")
        or text_of(parties, f"Ultmt{role}", "Pty", "Nm")
        or text_of(parties, role, "Agt", "FinInstnId", "Nm")
    )
    account = find(parties, f"{role}Acct", "Id")
    iban = (
        text_of(account, "IBAN")
        or text_of(account, "Othr", "Id")
        or text_of(account, "PrtryAcct", "Id")
    )
    return name, iban.replace(" ", "")


def _creditor_id_of(detail: etree._Element | None) -> str:
    parties = find(detail, "RltdPties")
    for path in (("Cdtr",), ("Cdtr", "Pty")):
        other = find(parties, *path, "Id", "PrvtId", "Othr")
        if other is not None and text_of(other, "SchmeNm", "Prtry") in {"SEPA", ""}:
            return text_of(other, "Id")
    return ""


def _remittance_of(detail: etree._Element | None) -> str:
    """Unstructured text first; then references of the structured part that it does not repeat."""
    info = find(detail, "RmtInf")
    text = " ".join(texts_of(info, "Ustrd"))
    if info is not None:
        for structured in info.iterchildren("{*}Strd"):
            pieces = [text_of(structured, "CdtrRefInf", "Ref")]
            pieces.extend(
                text_of(document, "Nb") or text_of(document, "RfrdDocNb")
                for document in structured.iterchildren("{*}RfrdDocInf")
            )
            pieces.extend(texts_of(structured, "AddtlRmtInf"))
            text = " ".join([text, *(p for p in pieces if p and p not in text)]).strip()
    return text or text_of(detail, "AddtlTxInf")
