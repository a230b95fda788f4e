"""The Contract value: parties, items over time, how it is billed and paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from contor.contracts.billing_party import Customer, Seller
from contor.contracts.price_plan import PricePlan, Text
from contor.contracts.proration import ProrationPolicy


@dataclass(frozen=True, slots=True)
class ItemChange:
    """From a day on, another quantity, another plan, or both."""

    start: date
    quantity: Decimal | None = None
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Something served: a plan in a quantity, from ``start`` to before ``end``."""

    id: str
    plan: str
    quantity: Decimal
    start: date
    end: date | None
    text: Text = field(default_factory=dict)
    changes: tuple[ItemChange, ...] = ()
    account: str = ""
    cost_centre: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A reduction in a window: ``percent`` of the items, or ``amount`` off the document."""

    id: str
    text: Text
    percent: Decimal | None = None
    amount: Decimal | None = None
    start: date | None = None
    end: date | None = None
    cycles: int | None = None
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BillingTerms:
    """Period length, anchor day, timing of recurring charges (usage always follows)."""

    months: int
    anchor_day: int
    timing: Literal["advance", "arrears"] = "advance"
    proration: ProrationPolicy = "actual_days"
    price_of: Literal["period_start", "split"] = "period_start"
    time_zone: str = "Europe/Berlin"
    split: Literal["contract", "project"] = "contract"
    billed_until: date | None = None
    anchor_month: int | None = None


@dataclass(frozen=True, slots=True)
class CashDiscount:
    """Skonto: ``percent`` off when paid within ``days``."""

    days: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """When and how the customer pays."""

    due_days: int = 14
    discounts: tuple[CashDiscount, ...] = ()
    method: Literal["transfer", "direct_debit"] = "transfer"
    mandate_id: str = ""
    mandate_date: date | None = None
    debtor_iban: str = ""
    consumer_default_notice: bool = False


@dataclass(frozen=True, slots=True)
class References:
    """What the customer wants to read on the invoice."""

    order: str = ""
    contract: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract with all it needs: its plans and its seller are inside."""

    id: str
    start: date
    end: date | None
    currency: str
    language: str
    price_mode: Literal["net", "gross"]
    seller: Seller
    customer: Customer
    billing: BillingTerms
    payment: PaymentTerms
    references: References
    items: tuple[Item, ...]
    campaigns: tuple[Campaign, ...]
    plans: Mapping[str, PricePlan]
    notes: tuple[str, ...] = ()
