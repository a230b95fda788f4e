"""Whatever a contract says, its documents add up, twice computed, and a second run is empty."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contor.contracts.billing_party import Customer, PostalAddress
from contor.contracts.contract import (
    BillingTerms,
    Campaign,
    Contract,
    Item,
    ItemChange,
    PaymentTerms,
    References,
)
from contor.contracts.price_plan import Charge, PricePlan, PriceVersion, Tier
from contor.invoicing.checks import check_invoice
from contor.invoicing.draft import draft_invoices
from contor.invoicing.invoice_json import invoice_text, parse_document
from contor.money import Money
from tests.support.billing import SELLER

D = Decimal
prices = st.decimals("0.0001", "999", places=4)
quantities = st.one_of(st.integers(1, 9).map(Decimal), st.decimals("0.001", "99", places=3))
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def plans(draw: Any) -> PricePlan:
    tiers = (Tier(draw(prices), D(2), draw(prices)), Tier(draw(prices), D(7)), Tier(draw(prices)))
    model = draw(st.sampled_from(["flat", "per_unit", "graduated", "volume", "package"]))
    charges = (
        Charge("base", "recurring", model, price=draw(prices), tiers=tiers, package_size=D(3)),
        Charge("setup", "one_time", "per_unit", price=draw(prices)),
    )
    border = draw(days)
    versions = (
        PriceVersion("1", date(2000, 1, 1), border, charges[:1]),
        PriceVersion("2", border, None, charges),
    )
    return PricePlan("p", {"*": "Plan"}, versions, tax_class="standard", account="8400")


@st.composite
def contracts(draw: Any) -> Contract:
    start = draw(days)
    items = tuple(
        Item(
            f"i{n}",
            "p",
            draw(quantities),
            draw(st.one_of(st.just(start), days)),
            None,
            changes=(ItemChange(draw(days), quantity=draw(quantities)),),
        )
        for n in range(draw(st.integers(1, 4)))
    )
    campaigns = (
        Campaign("a", {"*": "A"}, percent=draw(st.decimals("0.1", "100", places=2)), cycles=2),
        Campaign("b", {"*": "B"}, amount=draw(st.decimals("0.01", "50", places=2))),
    )
    country = draw(st.sampled_from(["DE", "AT", "US"]))
    customer = Customer("1", "K", PostalAddress("a", "9999", "b", country), business=False)
    return Contract(
        id="C",
        start=start,
        end=draw(st.one_of(st.none(), days.filter(lambda day: day > start))),
        currency="EUR",
        language=draw(st.sampled_from(["de", "en", "it"])),
        price_mode=draw(st.sampled_from(["net", "gross"])),
        seller=SELLER,
        customer=customer,
        billing=BillingTerms(
            draw(st.sampled_from([1, 3, 12])),
            draw(st.integers(1, 31)),
            draw(st.sampled_from(["advance", "arrears"])),
            draw(st.sampled_from(["actual_days", "fixed_30", "none"])),
            draw(st.sampled_from(["period_start", "split"])),
        ),
        payment=PaymentTerms(),
        references=References(),
        items=items,
        campaigns=campaigns[: draw(st.integers(0, 2))],
        plans={"p": draw(plans())},
    )


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(contract=contracts(), until=days)
def test_documents_add_up(contract: Contract, until: date) -> None:
    documents = draft_invoices(contract, until)
    for document in documents:
        errors = [f for f in check_invoice(document) if f.severity == "error"]
        assert errors == []
        assert parse_document(invoice_text(document)) == document
        if document.price_mode == "gross":
            zero = Money(0, "EUR")
            charged = sum((line.charged for line in document.lines), zero)
            off = sum((row.amount for row in document.allowances), zero)
            assert document.totals.gross == charged - off
    billed = {key for document in documents for key in document.periods}
    assert draft_invoices(contract, until, (), billed) == []
    assert draft_invoices(contract, until) == documents
