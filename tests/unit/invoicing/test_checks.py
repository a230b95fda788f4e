"""The issue gate: each rule stops, and a plain invoice passes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from contor.contracts.billing_party import ContactPoint, PostalAddress
from contor.contracts.contract import PaymentTerms
from contor.errors import Refusal
from contor.invoicing.checks import check_invoice
from contor.invoicing.invoice import Invoice
from contor.invoicing.issue import issue
from tests.support.billing import CUSTOMER, SELLER, draft, euro, line, tax

NOWHERE = PostalAddress("", "20457", "Hamburg", "DE")
REVERSE = tax("AE", "0", taxed_in="AT", legend="Reverse charge.")
PLAIN = draft([line("1", "10.00")])


def test_a_plain_invoice_passes() -> None:
    assert check_invoice(issue(PLAIN, "RE-1", date(2026, 10, 1))) == []


def _row(**change: object) -> Invoice:
    return replace(PLAIN, lines=(replace(PLAIN.lines[0], **change),))  # type: ignore[arg-type]  # a test's shorthand


CASES: list[tuple[str, Callable[[], Invoice]]] = [
    ("g01_seller", lambda: replace(PLAIN, seller=replace(SELLER, address=NOWHERE))),
    ("g02_buyer", lambda: replace(PLAIN, customer=replace(CUSTOMER, address=NOWHERE))),
    ("g03_seller_tax_id", lambda: replace(PLAIN, seller=replace(SELLER, vat_id="", tax_number=""))),
    ("g05_number", lambda: replace(PLAIN, status="issued", number=" ")),
    ("g04_issue_date", lambda: replace(PLAIN, status="issued", number="1", issue_date=None)),
    ("g06_lines", lambda: draft([])),
    ("g06_service", lambda: _row(text=" ")),
    ("g07_period", lambda: replace(_row(period=None), period=None)),
    ("g09_exemption", lambda: draft([line("1", "10.00", tax("E", "0"))])),
    ("g09_rate", lambda: draft([line("1", "10.00", tax("S", "0"))])),
    ("g10_gutschrift", lambda: replace(PLAIN, notes=("Gutschrift",))),
    ("g11_vat_id_unconfirmed", lambda: draft([line("1", "9.00", tax(hold="vat_id_unconfirmed"))])),
    (
        "g11_buyer_vat_id",
        lambda: draft([line("1", "9.00", REVERSE)], customer=replace(CUSTOMER, vat_id="")),
    ),
    (
        "g11_seller_vat_id",
        lambda: draft([line("1", "9.00", REVERSE)], seller=replace(SELLER, vat_id="")),
    ),
    ("g12_evidence", lambda: draft([line("1", "9.00", tax("AE", "0", legend="§ 13b"))])),
    ("g15_prepayments", lambda: replace(PLAIN, kind="final")),
    (
        "g16_buyer_reference",
        lambda: replace(PLAIN, customer=replace(CUSTOMER, public=True)),
    ),
    ("g18_original", lambda: replace(PLAIN, kind="credit_note")),
    ("g20_negative", lambda: draft([line("1", "-10.00")])),
    ("g20_mandate", lambda: replace(PLAIN, payment=PaymentTerms(method="direct_debit"))),
    ("g20_recomputed", lambda: replace(PLAIN, totals=replace(PLAIN.totals, gross=euro("11.91")))),
    ("g20_recomputed", lambda: _row(net=euro("10.01"))),
    ("g20_recomputed", lambda: _row(amount=euro("10.01"))),
]


@pytest.mark.parametrize(("code", "make"), CASES)
def test_each_rule_stops_the_issue(code: str, make: Callable[[], Invoice]) -> None:
    document = make()
    found = {finding.code for finding in check_invoice(document) if finding.severity == "error"}
    assert code in found


def test_the_gate_says_everything_that_is_wrong() -> None:
    bad = replace(PLAIN, seller=replace(SELLER, address=NOWHERE), notes=("Gutschrift",))
    with pytest.raises(Refusal) as refusal:
        issue(bad, "RE-1", date(2026, 10, 1))
    assert refusal.value.code == "invoice_incomplete"
    assert "g01_seller" in refusal.value.message
    assert "g10_gutschrift" in refusal.value.message
    assert bad.status == "draft"


def test_warnings_do_not_stop() -> None:
    quiet = replace(PLAIN, customer=replace(CUSTOMER, contact=ContactPoint()))
    assert issue(quiet, "RE-1", date(2026, 10, 1)).number == "RE-1"


def test_an_issued_invoice_is_not_issued_again() -> None:
    once = issue(PLAIN, "RE-1", date(2026, 10, 1))
    with pytest.raises(Refusal) as refusal:
        issue(once, "RE-2", date(2026, 10, 1))
    assert refusal.value.code == "invoice_already_issued"
