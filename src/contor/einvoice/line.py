"""An invoice line (BG-25) with period, price, VAT, item and attributes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from contor.einvoice.amounts import AllowanceCharge
from contor.einvoice.party import Identifier
from contor.einvoice.references import InvoicingPeriod


@dataclass(frozen=True, slots=True)
class ItemAttribute:
    """A property of the item (BG-32)."""

    name: Annotated[str | None, "BT-160"] = None
    value: Annotated[str | None, "BT-161"] = None


@dataclass(frozen=True, slots=True)
class Price:
    """Price details (BG-29): ``net`` per ``base_quantity``; discount is already taken off.

    ``discounts`` says how ``discount`` came about where CII states more than one amount.
    """

    net: Annotated[Decimal | None, "BT-146"] = None
    discount: Annotated[Decimal | None, "BT-147"] = None
    gross: Annotated[Decimal | None, "BT-148"] = None
    base_quantity: Annotated[Decimal | None, "BT-149"] = None
    base_unit: Annotated[str | None, "BT-150"] = None
    gross_base_quantity: Decimal | None = None
    gross_base_unit: str | None = None
    discounts: tuple[AllowanceCharge, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """What was sold (BG-31)."""

    name: Annotated[str | None, "BT-153"] = None
    description: Annotated[str | None, "BT-154"] = None
    seller_id: Annotated[str | None, "BT-155"] = None
    buyer_id: Annotated[str | None, "BT-156"] = None
    standard_id: Annotated[Identifier | None, "BT-157"] = None
    classifications: Annotated[tuple[Identifier, ...], "BT-158"] = ()
    origin_country: Annotated[str | None, "BT-159"] = None
    attributes: tuple[ItemAttribute, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line (BG-25).

    ``parent`` is the id of the line that this one details; ``status`` GROUP or INFORMATION marks
    lines whose amount does not count again in BT-106 (Factur-X EXTENDED, XRechnung extension).
    ``kind`` is FatturaPA's TipoCessionePrestazione (SC, PR, AB, AC).
    """

    id: Annotated[str | None, "BT-126"] = None
    note: Annotated[str | None, "BT-127"] = None
    object_id: Annotated[Identifier | None, "BT-128"] = None
    quantity: Annotated[Decimal | None, "BT-129"] = None
    unit: Annotated[str | None, "BT-130"] = None
    net: Annotated[Decimal | None, "BT-131"] = None
    order_line: Annotated[str | None, "BT-132"] = None
    accounting_reference: Annotated[str | None, "BT-133"] = None
    period: InvoicingPeriod | None = None
    allowances_charges: tuple[AllowanceCharge, ...] = ()
    price: Price = Price()
    vat_category: Annotated[str | None, "BT-151"] = None
    vat_rate: Annotated[Decimal | None, "BT-152"] = None
    item: Item = Item()
    exemption_reason: str | None = None
    exemption_code: str | None = None
    parent: str | None = None
    status: str | None = None
    kind: str | None = None
