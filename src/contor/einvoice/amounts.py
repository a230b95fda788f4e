"""Allowances and charges (BG-20/21, BG-27/28), VAT breakdown (BG-23), totals (BG-22)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated


@dataclass(frozen=True, slots=True)
class AllowanceCharge:
    """A deduction (BG-20 document, BG-27 line) or an addition (BG-21, BG-28).

    Numbers stand in the order document allowance, document charge, line allowance, line charge.
    Line ones carry no VAT terms. ``service`` marks a CII logistics service charge.
    """

    amount: Annotated[Decimal | None, "BT-92 BT-99 BT-136 BT-141"] = None
    is_charge: bool = False
    base: Annotated[Decimal | None, "BT-93 BT-100 BT-137 BT-142"] = None
    percent: Annotated[Decimal | None, "BT-94 BT-101 BT-138 BT-143"] = None
    vat_category: Annotated[str | None, "BT-95 BT-102 - -"] = None
    vat_rate: Annotated[Decimal | None, "BT-96 BT-103 - -"] = None
    reason: Annotated[str | None, "BT-97 BT-104 BT-139 BT-144"] = None
    reason_code: Annotated[str | None, "BT-98 BT-105 BT-140 BT-145"] = None
    service: bool = False


@dataclass(frozen=True, slots=True)
class VatBreakdown:
    """One VAT category and rate (BG-23). FatturaPA keeps its Natura in ``exemption_code``.

    ``vat_due`` is FatturaPA's EsigibilitaIVA: I at once, D deferred, S split payment.
    """

    taxable: Annotated[Decimal | None, "BT-116"] = None
    tax: Annotated[Decimal | None, "BT-117"] = None
    category: Annotated[str | None, "BT-118"] = None
    rate: Annotated[Decimal | None, "BT-119"] = None
    exemption_reason: Annotated[str | None, "BT-120"] = None
    exemption_code: Annotated[str | None, "BT-121"] = None
    vat_due: str | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Document totals (BG-22), all in the invoice currency but ``tax_accounting`` (BT-6)."""

    lines: Annotated[Decimal | None, "BT-106"] = None
    allowances: Annotated[Decimal | None, "BT-107"] = None
    charges: Annotated[Decimal | None, "BT-108"] = None
    net: Annotated[Decimal | None, "BT-109"] = None
    tax: Annotated[Decimal | None, "BT-110"] = None
    tax_accounting: Annotated[Decimal | None, "BT-111"] = None
    gross: Annotated[Decimal | None, "BT-112"] = None
    prepaid: Annotated[Decimal | None, "BT-113"] = None
    rounding: Annotated[Decimal | None, "BT-114"] = None
    payable: Annotated[Decimal | None, "BT-115"] = None


@dataclass(frozen=True, slots=True)
class ThirdPartyPayment:
    """XRechnung extension BG-DEX-09: an amount collected for someone else."""

    kind: Annotated[str | None, "BT-DEX-001"] = None
    amount: Annotated[Decimal | None, "BT-DEX-002"] = None
    description: Annotated[str | None, "BT-DEX-003"] = None
