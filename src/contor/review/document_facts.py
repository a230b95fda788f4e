"""From a reading to what booking needs: typed facts, posting lines, the columns a model asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from contor.documents.reading import Reading
from contor.errors import Refusal
from contor.ledger.discount_terms import format_discount_terms, parse_discount_terms
from contor.money import Money, minor_digits, round_half_up
from contor.review.far_days import check_days
from contor.review.supplier_entry import SupplierDocument

TAX_DAYS = ("delivery_date", "period_end", "issue_date")
"""Fields that say the day whose tax rates apply: that of the supply, else of the document."""
_LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class PostingLine:
    """A part of the document that is booked on its own, under one VAT rate (percent as text).

    ``includes_tax`` says that only a total is known, and ``net`` is that. ``category`` is that of
    EN 16931 where the document says it, ``reference`` the buyer's accounting reference, ``items``
    the invoice lines (from 0) that the part consists of, as far as they are told apart, and
    ``item_nets`` what each of them bears.
    """

    text: str
    net: Money
    rate: str
    includes_tax: bool = False
    category: str = ""
    reference: str = ""
    items: tuple[int, ...] = ()
    item_nets: tuple[Money, ...] = ()

    @property
    def gross(self) -> Money:
        """Net and the tax at the rate: what a coded ledger shows as the line's amount."""
        return self.net + self.net.times(Decimal(self.rate or 0) / 100)


def amount_of(value: str | None, currency: str) -> Money | None:
    """The amount of a field, None where it is missing or no number."""
    if not value:
        return None
    try:
        return Money.of(round_half_up(Decimal(value), minor_digits(currency)), currency)
    except (InvalidOperation, Refusal):
        return None


def day_of(value: str | None) -> date | None:
    """The day of a field, None where it is missing or no date."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def currency_of(reading: Reading, default: str) -> str:
    """The document's currency, or the tenant's where the document names none."""
    value = (reading.value("currency") or "").upper()
    return value if len(value) == 3 and value.isalpha() else default


def supplier_document(
    reading: Reading, document_id: int, supplier_number: str, default_currency: str, received: date
) -> SupplierDocument:
    """The booking facts of a read document; missing dates fall back on the day it came in.

    Raises:
        Refusal: ``amount_missing`` where the total is unknown, ``date_far_off`` where a day cannot
            be meant.
    """
    check_days({name: fact.value for name, fact in reading.fields.items()}, received)
    currency = currency_of(reading, default_currency)
    gross = amount_of(reading.value("gross_total") or reading.value("payable"), currency)
    if gross is None:
        raise Refusal(
            "amount_missing",
            "The total of the document is not known.",
            "Enter the total amount.",
        )
    issued = day_of(reading.value("issue_date")) or received
    return SupplierDocument(
        source=f"document:{document_id}",
        number=reading.value("number") or "",
        issue_date=issued,
        gross=abs(gross),
        supplier_number=supplier_number,
        supplier_name=reading.value("seller_name") or "",
        due_date=day_of(reading.value("due_date")),
        supply_date=day_of(reading.value("delivery_date")) or day_of(reading.value("period_end")),
        credit_note=(reading.kind == "credit_note") != (gross.minor < 0),
        discount_terms=_terms(reading.value("discount_terms") or ""),
    )


def _terms(text: str) -> str:
    """Discount terms that can be computed with; wording that cannot is left to people."""
    try:
        return format_discount_terms(parse_discount_terms(text))
    except Refusal:
        return ""


def tax_date(reading: Reading, received: date) -> date:
    """The day whose tax rates apply: of the supply, else of the document, else it came in."""
    days = (day_of(reading.value(name)) for name in TAX_DAYS)
    return next((day for day in days if day), received)


def posting_lines(reading: Reading, default_currency: str) -> tuple[PostingLine, ...]:
    """One line per VAT rate of the breakdown, or the whole document as one line.

    Empty where no amount is known.
    """
    currency = currency_of(reading, default_currency)
    rows = [
        PostingLine(
            text_at(reading, row.rate),
            abs(base),
            plain_rate(row.rate),
            category=row.category or "",
            reference=reading.value("accounting_reference") or "",
        )
        for row in reading.tax_breakdown
        if (base := amount_of(row.base, currency))
    ]
    if rows and _explains_total(reading, rows, currency):
        return tuple(rows)
    text = text_at(reading, None)
    reference = reading.value("accounting_reference") or ""
    net = _net_of(reading, currency)
    if net is None:
        total = amount_of(reading.value("gross_total") or reading.value("payable"), currency)
        whole = PostingLine(text, abs(total), "", True, reference=reference) if total else None
        return (whole,) if whole else ()
    only = reading.tax_breakdown[0] if len(reading.tax_breakdown) == 1 else None
    rate = plain_rate(only.rate) if only else ""
    category = (only.category or "") if only else ""
    rate = rate or _rate_of(reading, currency)
    return (PostingLine(text, abs(net), rate, category=category, reference=reference),)


def model_columns(
    reading: Reading,
    line: PostingLine,
    supplier_number: str,
    received: date,
    supplier_name: str = "",
) -> Mapping[str, str]:
    """The columns of a coded ledger for one posting line, as the models and rules are asked.

    ``supplier_name`` is whom the books know, for a document whose seller's name was not read.
    """
    return {
        "date": (day_of(reading.value("issue_date")) or received).isoformat(),
        "supplier": reading.value("seller_name") or supplier_name,
        "supplier_id": supplier_number,
        "description": line.text,
        "amount": str(line.gross.amount),
        "currency": line.net.currency,
        "vat_id": reading.value("seller_vat_id") or "",
        "iban": reading.value("seller_iban") or "",
        "tax_rate": line.rate,
        "doc_no": reading.value("number") or "",
        "tax_category": line.category,
        "accounting_reference": line.reference,
    }


def _explains_total(reading: Reading, rows: list[PostingLine], currency: str) -> bool:
    net = amount_of(reading.value("net_total"), currency)
    return net is None or abs(net).minor == sum(row.net.minor for row in rows)


def _net_of(reading: Reading, currency: str) -> Money | None:
    net = amount_of(reading.value("net_total"), currency)
    if net is not None:
        return net
    gross = amount_of(reading.value("gross_total") or reading.value("payable"), currency)
    tax = amount_of(reading.value("tax_total"), currency)
    return gross - tax if gross is not None and tax is not None else None


def _rate_of(reading: Reading, currency: str) -> str:
    """The rate that explains the totals to the cent, in whole percent; empty where none does."""
    net = _net_of(reading, currency)
    gross = amount_of(reading.value("gross_total"), currency)
    if not net or gross is None:
        return ""
    for rate in range(31):
        if net.times(Decimal(100 + rate) / 100) == gross:
            return str(rate)
    return ""


def text_at(reading: Reading, rate: str | None) -> str:
    """The texts of the lines at this rate (all lines without a rate), shortened."""
    texts = [
        line.text
        for line in reading.lines
        if line.text
        and (rate is None or line.rate is None or plain_rate(line.rate) == plain_rate(rate))
    ]
    return " · ".join(dict.fromkeys(texts))[:_LONGEST_TEXT]


def plain_rate(rate: str | None) -> str:
    """A rate without needless zeros: ``19.00`` is ``19``."""
    if not rate:
        return ""
    return format(Decimal(rate).normalize(), "f")
