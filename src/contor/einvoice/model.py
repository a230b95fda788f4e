"""The invoice in the terms of EN 16931-1: one model for CII, UBL and FatturaPA.

Names are the norm's business terms; each field's ``Annotated`` text is its BT number. Amounts are
exact decimals in the document currency, dates are dates, text is as it was sent. Every field may be
absent: the model also holds what is wrong, so that checks can say so.

>>> from datetime import date
>>> Invoice(number="R-1", issue_date=date(2026, 11, 1)).is_credit_note
False
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from contor.einvoice.amounts import AllowanceCharge, ThirdPartyPayment, Totals, VatBreakdown
from contor.einvoice.italy import (
    Bollo,
    ItalianParticulars,
    PensionFund,
    RelatedDocument,
    Withholding,
)
from contor.einvoice.line import Item, ItemAttribute, Line, Price
from contor.einvoice.party import Address, Contact, Identifier, Party
from contor.einvoice.payment import DiscountTerm, PaymentCondition, PaymentMeans
from contor.einvoice.references import (
    Attachment,
    Delivery,
    InvoicingPeriod,
    Note,
    PrecedingInvoice,
)

__all__ = [
    "Address",
    "AllowanceCharge",
    "Attachment",
    "Bollo",
    "Contact",
    "Delivery",
    "DiscountTerm",
    "Identifier",
    "Invoice",
    "InvoicingPeriod",
    "ItalianParticulars",
    "Item",
    "ItemAttribute",
    "Line",
    "Note",
    "Party",
    "PaymentCondition",
    "PaymentMeans",
    "PensionFund",
    "PrecedingInvoice",
    "Price",
    "RelatedDocument",
    "ThirdPartyPayment",
    "Totals",
    "UnreadableValue",
    "VatBreakdown",
    "Withholding",
]

# UNTDID 1001 codes that EN 16931 reads as credit notes.
_CREDIT_NOTE_CODES = frozenset(
    {"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"}
)

_NOBODY = Party()
_NO_TOTALS = Totals()


@dataclass(frozen=True, slots=True)
class UnreadableValue:
    """A value that stood in the document but is no date or number: its term, place and text."""

    term: str
    location: str
    text: str


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice or credit note (EN 16931-1)."""

    number: Annotated[str | None, "BT-1"] = None
    issue_date: Annotated[date | None, "BT-2"] = None
    type_code: Annotated[str | None, "BT-3"] = None
    currency: Annotated[str | None, "BT-5"] = None
    vat_accounting_currency: Annotated[str | None, "BT-6"] = None
    vat_point_date: Annotated[date | None, "BT-7"] = None
    vat_point_code: Annotated[str | None, "BT-8"] = None
    due_date: Annotated[date | None, "BT-9"] = None
    buyer_reference: Annotated[str | None, "BT-10"] = None
    project_reference: Annotated[str | None, "BT-11"] = None
    contract_reference: Annotated[str | None, "BT-12"] = None
    order_reference: Annotated[str | None, "BT-13"] = None
    sales_order_reference: Annotated[str | None, "BT-14"] = None
    receiving_advice_reference: Annotated[str | None, "BT-15"] = None
    despatch_advice_reference: Annotated[str | None, "BT-16"] = None
    tender_reference: Annotated[str | None, "BT-17"] = None
    object_id: Annotated[Identifier | None, "BT-18"] = None
    accounting_reference: Annotated[str | None, "BT-19"] = None
    payment_terms: Annotated[str | None, "BT-20"] = None
    notes: tuple[Note, ...] = ()
    business_process: Annotated[str | None, "BT-23"] = None
    specification: Annotated[str | None, "BT-24"] = None
    preceding_invoices: tuple[PrecedingInvoice, ...] = ()
    seller: Party = _NOBODY
    buyer: Party = _NOBODY
    payee: Party | None = None
    tax_representative: Party | None = None
    delivery: Delivery | None = None
    period: InvoicingPeriod | None = None
    payment_means: tuple[PaymentMeans, ...] = ()
    remittance_information: Annotated[str | None, "BT-83"] = None
    mandate_reference: Annotated[str | None, "BT-89"] = None
    creditor_identifier: Annotated[str | None, "BT-90"] = None
    payment_conditions: tuple[PaymentCondition, ...] = ()
    allowances_charges: tuple[AllowanceCharge, ...] = ()
    totals: Totals = _NO_TOTALS
    vat_breakdown: tuple[VatBreakdown, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    lines: tuple[Line, ...] = ()
    third_party_payments: tuple[ThirdPartyPayment, ...] = ()
    italy: ItalianParticulars | None = None
    unreadable: tuple[UnreadableValue, ...] = field(default=(), compare=False)

    @property
    def is_credit_note(self) -> bool:
        """Whether the type code (BT-3) says credit note."""
        return self.type_code in _CREDIT_NOTE_CODES
