"""The facts of an e-invoice in the form of a reading: field names of the house, source ``xml``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from contor.documents.amounts import plain
from contor.documents.reading import Fact, Kind, LineItem, Reading, TaxRow
from contor.documents.triage import Attachment
from contor.einvoice.cent_checks import check_cents
from contor.einvoice.model import Address, Invoice
from contor.einvoice.skonto import discount_terms
from contor.errors import Finding, Refusal

_MOST_SAID = 3
_INVOICE_NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml", "order-x.xml")


SEVERAL = "several_invoices"


def einvoice_reading(content: bytes) -> Reading:
    """Reading of an XML invoice; of a batch the first invoice, and a finding that names the rest.

    Raises:
        Refusal: what is broken, hostile or no invoice (codes ``xml_*``, ``einvoice_*``).
    """
    first, *others = einvoice_readings(content)
    if not others:
        return first
    numbers = ", ".join(reading.value("number") or "?" for reading in others)
    said = f"The file holds {len(others) + 1} invoices; also {numbers}."
    return replace(first, findings=(Finding(SEVERAL, "warning", said), *first.findings))


def einvoice_readings(content: bytes) -> tuple[Reading, ...]:
    """Readings of all invoices in an XML file: several in a FatturaPA batch.

    Raises:
        Refusal: what is broken, hostile or no invoice (codes ``xml_*``, ``einvoice_*``).
    """
    from contor.einvoice.reading import read_all  # lxml and every syntax: only where XML comes

    return tuple(reading_of(item.invoice) for item in read_all(content))


def embedded_einvoice(
    attachments: Sequence[Attachment],
) -> tuple[Reading | None, tuple[Finding, ...]]:
    """The e-invoice among a PDF's attachments; one that cannot be read is a finding."""
    findings: list[Finding] = []
    for attachment in sorted(attachments, key=_rank):
        if not attachment.name.lower().endswith(".xml"):
            continue
        try:
            return einvoice_reading(attachment.content), tuple(findings)
        except Refusal as refusal:
            if _rank(attachment) < len(_INVOICE_NAMES):
                findings.append(
                    Finding(
                        "embedded_xml_unreadable",
                        "error",
                        f"The embedded {attachment.name} was not used: {refusal}",
                    )
                )
    return None, tuple(findings)


def _rank(attachment: Attachment) -> int:
    name = attachment.name.lower()
    return _INVOICE_NAMES.index(name) if name in _INVOICE_NAMES else len(_INVOICE_NAMES)


def reading_of(invoice: Invoice) -> Reading:
    """Reading of an invoice model; file and hash are left for the caller.

    >>> from contor.einvoice.model import Invoice
    >>> reading_of(Invoice(number="R-1", currency="EUR")).value("number")
    'R-1'
    """
    kind: Kind = "credit_note" if invoice.is_credit_note else "invoice"
    fields = {name: Fact(value, 1.0, source="xml") for name, value in _values(invoice) if value}
    return Reading(
        "", "", 1, "einvoice", kind, None, fields, _tax_rows(invoice), _lines(invoice),
        (
            *(
                Finding("unreadable_value", "warning", f"{item.term}: {item.text!r} is no value.")
                for item in invoice.unreadable
            ),
            *_cents(invoice),
        ),
    )  # fmt: skip


def _cents(invoice: Invoice) -> Iterator[Finding]:
    """What does not add up to the cent; a difference that usual rounding explains is left out."""
    wrong = [found for found in check_cents(invoice) if found.severity == "error"]
    if wrong:
        said = " ".join(found.message for found in wrong[:_MOST_SAID])
        yield Finding("sums_differ", "warning", f"The e-invoice does not add up: {said}")


def _values(invoice: Invoice) -> Iterator[tuple[str, str | None]]:
    totals, seller, buyer = invoice.totals, invoice.seller, invoice.buyer
    yield "number", invoice.number
    yield "issue_date", _day(invoice.issue_date)
    yield "due_date", _day(invoice.due_date or _first_due(invoice))
    yield "delivery_date", _day(invoice.delivery.date if invoice.delivery else None)
    if invoice.period:
        yield "period_start", _day(invoice.period.start)
        yield "period_end", _day(invoice.period.end)
    yield "currency", invoice.currency
    yield "net_total", _amount(totals.net)
    yield "tax_total", _amount(totals.tax)
    yield "gross_total", _amount(totals.gross)
    yield "prepaid", _amount(totals.prepaid)
    yield "payable", _amount(totals.payable)
    yield "seller_name", seller.name
    yield "seller_address", _address(seller.address)
    yield "seller_vat_id", seller.vat_id
    yield "seller_tax_number", seller.tax_number
    for means in invoice.payment_means:
        if means.account:
            yield "seller_iban", means.account.replace(" ", "") if means.account_is_iban else None
            yield "seller_bic", means.bic
            break
    yield "buyer_name", buyer.name
    yield "buyer_address", _address(buyer.address)
    yield "buyer_vat_id", buyer.vat_id
    yield "buyer_number", buyer.identifiers[0].value if buyer.identifiers else None
    yield "order_reference", invoice.order_reference
    yield "contract_reference", invoice.contract_reference
    yield "payment_reference", invoice.remittance_information or invoice.mandate_reference
    yield "discount_terms", _discounts(invoice)
    yield "accounting_reference", invoice.accounting_reference


def _first_due(invoice: Invoice) -> date | None:
    days = [condition.due_date for condition in invoice.payment_conditions if condition.due_date]
    return min(days, default=None)


def _discounts(invoice: Invoice) -> str | None:
    """Discount tiers as ``days:percent;…``, of XRechnung's ``#SKONTO#`` lines and of conditions."""
    conditions = (condition.discount for condition in invoice.payment_conditions)
    return discount_terms(invoice.payment_terms, conditions) or None


def _tax_rows(invoice: Invoice) -> tuple[TaxRow, ...]:
    return tuple(
        TaxRow(row.category, _amount(row.rate), _amount(row.taxable), _amount(row.tax))
        for row in invoice.vat_breakdown
    )


def _lines(invoice: Invoice) -> tuple[LineItem, ...]:
    return tuple(
        LineItem(
            line.item.name or line.item.description or line.note or "",
            _number(line.quantity),
            line.unit,
            _amount(line.price.net),
            _amount(line.net),
            _amount(line.vat_rate),
            category=line.vat_category,
            accounting_reference=line.accounting_reference,
        )
        for line in invoice.lines
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _amount(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _number(number: Decimal | None) -> str | None:
    return None if number is None else f"{number.normalize():f}"


def _address(address: Address | None) -> str | None:
    if address is None:
        return None
    town = " ".join(part for part in (address.postcode, address.city) if part)
    parts = (
        address.line_1, address.line_2, address.line_3, town, address.subdivision, address.country
    )  # fmt: skip
    return ", ".join(part for part in parts if part) or None
