"""The parts of a contract file as values; the JSON Schema has checked their shape before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from contor.contracts.billing_party import (
    BankDetails,
    ContactPoint,
    Customer,
    PostalAddress,
    Seller,
)
from contor.contracts.contract import (
    BillingTerms,
    Campaign,
    CashDiscount,
    Item,
    ItemChange,
    PaymentTerms,
    References,
)
from contor.contracts.price_plan import Text
from contor.errors import Refusal

Data = Mapping[str, Any]


def day(value: str) -> date:
    """A day from its ISO text; refuses ``date_unreadable``."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Refusal(
            "date_unreadable", "{value} is no day.", "Write it as 2026-01-31.", value=value
        ) from None


def day_of(data: Data, key: str) -> date | None:
    """The day under the key, or None."""
    return day(data[key]) if data.get(key) else None


def decimal(data: Data, key: str, default: str = "0") -> Decimal:
    """The exact decimal under the key."""
    return Decimal(str(data.get(key, default)))


def text(value: str | Mapping[str, str] | None) -> Text:
    """Text by language; one text for all stands under ``*``."""
    if value is None:
        return {}
    return {"*": value} if isinstance(value, str) else dict(value)


def strings(data: Data, *names: str) -> dict[str, str]:
    """Those of the names that are given, as text."""
    return {name: str(data[name]) for name in names if data.get(name) is not None}


def address(data: Data) -> PostalAddress:
    """A postal address."""
    return PostalAddress(
        **strings(data, "street", "postcode", "city", "country", "street2", "region")
    )


def contact(data: Data) -> ContactPoint:
    """A contact."""
    return ContactPoint(**strings(data, "name", "phone", "email"))


def seller(data: Data) -> Seller:
    """The seller."""
    bank = data.get("bank")
    return Seller(
        address=address(data["address"]),
        contact=contact(data.get("contact", {})),
        small_business=data.get("small_business", False),
        oss=data.get("oss", False),
        eu_consumer_turnover=decimal(data, "eu_consumer_turnover"),
        bank=BankDetails(**strings(bank, "iban", "bic", "name")) if bank else None,
        **strings(data, "name", "vat_id", "tax_number", "register", "creditor_id", "website"),
    )


def customer(data: Data) -> Customer:
    """The customer."""
    return Customer(
        address=address(data["address"]),
        contact=contact(data.get("contact", {})),
        business=data["business"],
        public=data.get("public", False),
        vat_id_state=data.get("vat_id_state", "unknown"),
        vat_id_checked=day_of(data, "vat_id_checked"),
        reverse_charge_domestic=data.get("reverse_charge_domestic", False),
        **strings(data, "number", "name", "vat_id", "tax_number", "buyer_reference", "sdi_code"),
    )


def item(data: Data, start: date, end: str | None) -> Item:
    """A contract item; without days of its own it lives as long as the contract."""
    changes = tuple(
        ItemChange(
            day(row["from"]),
            decimal(row, "quantity") if "quantity" in row else None,
            str(row["plan"]) if "plan" in row else None,
        )
        for row in data.get("changes", ())
    )
    return Item(
        plan=str(data["plan"]),
        quantity=decimal(data, "quantity", "1"),
        start=day_of(data, "from") or start,
        end=day_of(data, "to") or (day(end) if end else None),
        text=text(data.get("text")),
        changes=tuple(sorted(changes, key=lambda change: change.start)),
        **strings(data, "id", "account", "cost_centre", "project"),
    )


def campaign(data: Data) -> Campaign:
    """A campaign."""
    return Campaign(
        id=str(data["id"]),
        text=text(data["text"]),
        percent=decimal(data, "percent") if "percent" in data else None,
        amount=decimal(data, "amount") if "amount" in data else None,
        start=day_of(data, "from"),
        end=day_of(data, "to"),
        cycles=data.get("cycles"),
        items=tuple(str(name) for name in data.get("items", ())),
    )


def billing(data: Data, start: date) -> BillingTerms:
    """Billing terms; the anchor day is the contract's first unless given."""
    optional = ("timing", "proration", "price_of", "time_zone", "split")
    return BillingTerms(
        months=data["months"],
        anchor_day=data.get("anchor_day", start.day),
        anchor_month=data.get("anchor_month"),
        billed_until=day_of(data, "billed_until"),
        **{name: data[name] for name in optional if name in data},
    )


def payment(data: Data) -> PaymentTerms:
    """Payment terms."""
    discounts = tuple(
        CashDiscount(row["days"], decimal(row, "percent")) for row in data.get("discounts", ())
    )
    return PaymentTerms(
        due_days=data.get("due_days", 14),
        discounts=tuple(sorted(discounts, key=lambda term: term.days)),
        method=data.get("method", "transfer"),
        mandate_date=day_of(data, "mandate_date"),
        consumer_default_notice=data.get("consumer_default_notice", False),
        **strings(data, "mandate_id", "debtor_iban"),
    )


def references(data: Data) -> References:
    """References the customer wants to read."""
    return References(**strings(data, "order", "contract", "project"))
