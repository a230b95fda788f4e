"""Builders for billing: a seller, a customer, a contract, lines; defaults are a plain German case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from contor.contracts.billing_party import (
    BankDetails,
    ContactPoint,
    Customer,
    PostalAddress,
    Seller,
)
from contor.contracts.contract import PaymentTerms, References
from contor.invoicing.invoice import (
    DocumentAllowance,
    Invoice,
    InvoiceLine,
    LineTax,
    PriceSource,
)
from contor.invoicing.issue import dated
from contor.invoicing.totals import total_up
from contor.money import Money
from contor.periods import Period

SELLER = Seller(
    name="Nordlicht Hosting GmbH",
    address=PostalAddress("Speicherstraße 12", "20457", "Hamburg", "DE"),
    contact=ContactPoint("Kundenbuchhaltung", "+49 40 5550100", "rechnung@nordlicht.example"),
    vat_id="DE136695976",
    tax_number="48/123/45678",
    bank=BankDetails("DE02120300000000202051", "BYLADEM1001"),
)
CUSTOMER = Customer(
    number="10042",
    name="Muster GmbH",
    address=PostalAddress("Am Markt 3", "24103", "Kiel", "DE"),
    business=True,
    contact=ContactPoint(email="rechnung@muster.example"),
    vat_id="DE123456788",
    vat_id_state="valid",
)
STANDARD = LineTax("S", Decimal(19), "DE")
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))


def euro(amount: str) -> Money:
    return Money.of(amount, "EUR")


def tax(category: str = "S", rate: str = "19", **more: Any) -> LineTax:
    return LineTax(category, Decimal(rate), more.pop("taxed_in", "DE"), **more)


def line(
    quantity: str, price: str, of: LineTax = STANDARD, period: Period | None = SEPTEMBER
) -> InvoiceLine:
    """A line priced in the document's price mode."""
    amount = Money.rounded(Decimal(quantity) * Decimal(price), "EUR")
    return InvoiceLine(
        id="",
        text="Webhosting L",
        quantity=Decimal(quantity),
        unit="C62",
        unit_price=Decimal(price),
        amount=amount,
        charged=amount,
        net=amount,
        net_price=Decimal(price),
        tax=of,
        period=period,
        kind="recurring",
        account="8400",
        cost_centre="110",
        price=PriceSource("web-l", "1", "base"),
    )


def draft(
    lines: Sequence[InvoiceLine],
    mode: Literal["net", "gross"] = "net",
    allowances: Sequence[DocumentAllowance] = (),
    **more: Any,
) -> Invoice:
    """A draft of these lines, dated 1 October 2026."""
    numbered = [replace(row, id=str(i)) for i, row in enumerate(lines, 1)]
    done = total_up(numbered, allowances, "EUR", mode)
    facts: dict[str, Any] = {
        "kind": "invoice",
        "status": "draft",
        "key": "C-1:2026-10-01",
        "contract": "C-1",
        "currency": "EUR",
        "language": "de",
        "price_mode": mode,
        "seller": SELLER,
        "customer": CUSTOMER,
        "lines": done.lines,
        "allowances": done.allowances,
        "tax_breakdown": done.tax_breakdown,
        "totals": done.totals,
        "payment": PaymentTerms(),
        "references": References(),
        "period": SEPTEMBER,
        "legends": tuple(dict.fromkeys(row.tax.legend for row in lines if row.tax.legend)),
    }
    return dated(Invoice(**(facts | more)), date(2026, 10, 1))


def issued(lines: Sequence[InvoiceLine], number: str = "RE-1", **more: Any) -> Invoice:
    """An invoice that went through the gate."""
    from contor.invoicing.issue import issue

    return issue(draft(lines, **more), number, date(2026, 10, 1))
