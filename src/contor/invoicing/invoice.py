"""The Invoice value: a draft until it has a number, then frozen for ever.

Amounts are Money in the document currency; ``unit_price`` and ``charged`` are in the price mode
(net or gross), ``net`` is always without tax. Credit notes carry positive amounts and their kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from contor.contracts.billing_party import Customer, Seller
from contor.contracts.contract import PaymentTerms, References
from contor.money import Money
from contor.periods import Period

INVOICE_FORMAT = "contor-invoice/1"
InvoiceKind = Literal["invoice", "credit_note", "prepayment", "final"]
InvoiceStatus = Literal["draft", "issued"]


@dataclass(frozen=True, slots=True)
class PriceSource:
    """Which price a figure comes from."""

    plan: str
    version: str
    charge: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class LineTax:
    """How a line is taxed and why: the rule, its table's version, its inputs, the rate's source."""

    category: str
    rate: Decimal
    taxed_in: str
    rule_id: str = ""
    table: str = ""
    table_version: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    legend: str = ""
    exemption_code: str = ""
    hold: str = ""
    rate_valid_from: date | None = None
    rate_pack_version: str = ""


@dataclass(frozen=True, slots=True)
class LineDiscount:
    """A reduction of a line, in the price mode."""

    campaign: str
    text: str
    amount: Money
    percent: Decimal | None = None
    base: Money | None = None


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line; ``amount`` is quantity times price, ``charged`` that less its discounts."""

    id: str
    text: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    amount: Money
    charged: Money
    net: Money
    net_price: Decimal
    tax: LineTax
    period: Period | None = None
    note: str = ""
    discounts: tuple[LineDiscount, ...] = ()
    item: str = ""
    kind: str = ""
    account: str = ""
    cost_centre: str = ""
    price: PriceSource | None = None
    credits_line: str = ""


@dataclass(frozen=True, slots=True)
class DocumentAllowance:
    """A reduction of the whole document, the share of one VAT group."""

    campaign: str
    text: str
    amount: Money
    net: Money
    tax: LineTax


@dataclass(frozen=True, slots=True)
class TaxLine:
    """The sum of one VAT category and rate (BG-23)."""

    category: str
    rate: Decimal
    taxed_in: str
    base: Money
    tax: Money
    legend: str = ""
    exemption_code: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """Document totals (BG-22)."""

    lines: Money
    allowances: Money
    net: Money
    tax: Money
    gross: Money
    prepaid: Money
    rounding: Money
    payable: Money


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """An earlier document: number, date, and for prepayments its net and tax."""

    number: str
    issue_date: date
    net: Money | None = None
    tax: Money | None = None


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice, credit note or prepayment invoice; ``periods`` are the schedule keys it bills."""

    kind: InvoiceKind
    status: InvoiceStatus
    key: str
    contract: str
    currency: str
    language: str
    price_mode: Literal["net", "gross"]
    seller: Seller
    customer: Customer
    lines: tuple[InvoiceLine, ...]
    tax_breakdown: tuple[TaxLine, ...]
    totals: Totals
    payment: PaymentTerms
    references: References
    allowances: tuple[DocumentAllowance, ...] = ()
    number: str = ""
    issue_date: date | None = None
    due_date: date | None = None
    period: Period | None = None
    periods: tuple[str, ...] = ()
    preceding: tuple[DocumentReference, ...] = ()
    prepayments: tuple[DocumentReference, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()
    legends: tuple[str, ...] = ()
    format: str = INVOICE_FORMAT
