"""Our own checks: every cent, and what the law wants on an invoice."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from contor.einvoice.cent_checks import check_cents
from contor.einvoice.content_checks import check_content
from contor.einvoice.model import (
    Invoice,
    ItalianParticulars,
    Line,
    Party,
    Price,
    UnreadableValue,
    VatBreakdown,
    Withholding,
)
from contor.einvoice.skonto import discount_terms, parse_skonto, write_skonto
from contor.einvoice.verdict import RuleFinding, Verdict
from tests.unit.einvoice.invoices import sample_invoice

D = Decimal


def found(invoice: Invoice) -> dict[str, str]:
    return {finding.rule[-2:]: finding.severity for finding in check_cents(invoice)}


def with_line(**changes: object) -> Invoice:
    invoice = sample_invoice()
    line = dataclasses.replace(invoice.lines[0], **changes)  # type: ignore[arg-type]
    return dataclasses.replace(invoice, lines=(line, *invoice.lines[1:]))


def with_totals(**changes: object) -> Invoice:
    invoice = sample_invoice()
    totals = dataclasses.replace(invoice.totals, **changes)  # type: ignore[arg-type]
    return dataclasses.replace(invoice, totals=totals)


def test_what_an_italian_buyer_keeps_back_is_not_due_to_the_seller() -> None:
    """Ritenuta d'acconto and split payment: the buyer pays them to the state."""
    plain = sample_invoice()
    withheld = ItalianParticulars(withholdings=(Withholding("RT02", D("10.00")),))
    assert plain.totals.payable is not None
    totals = dataclasses.replace(plain.totals, payable=plain.totals.payable - 10)
    italian = dataclasses.replace(plain, totals=totals, italy=withheld)
    assert "09" not in found(italian)
    assert "09" in found(dataclasses.replace(italian, italy=ItalianParticulars()))


def test_a_right_invoice_has_no_finding() -> None:
    assert check_cents(sample_invoice()) == ()
    assert check_content(sample_invoice()) == ()


def test_vat_one_euro_off_is_an_error_though_the_official_rule_lets_it_pass() -> None:
    invoice = sample_invoice()
    first, second = invoice.vat_breakdown
    wrong = dataclasses.replace(first, tax=D("16.34"))
    invoice = dataclasses.replace(invoice, vat_breakdown=(wrong, second))
    assert found(invoice)["07"] == "error"


def test_vat_one_cent_off_is_a_warning() -> None:
    invoice = sample_invoice()
    first, second = invoice.vat_breakdown
    near = dataclasses.replace(first, tax=D("15.33"))
    invoice = dataclasses.replace(invoice, vat_breakdown=(near, second))
    assert found(invoice) == {"07": "warning", "12": "warning"}


@pytest.mark.parametrize(
    ("invoice", "rule", "severity"),
    [
        (with_line(net=D("99.70")), "01", "error"),
        (with_line(net=D("89.71")), "01", "warning"),
        (with_totals(lines=D("120.00")), "02", "error"),
        (with_totals(allowances=D("9.97")), "03", "error"),
        (with_totals(charges=D("6.00")), "04", "error"),
        (with_totals(net=D("118.08")), "05", "error"),
        (with_totals(tax=D("18.25")), "12", "error"),
        (with_totals(gross=D("126.33")), "08", "error"),
        (with_totals(payable=D("125.33")), "09", "error"),
    ],
)
def test_sums(invoice: Invoice, rule: str, severity: str) -> None:
    assert found(invoice)[rule] == severity


def test_a_price_shown_rounded_explains_its_difference() -> None:
    # 1,500 at 0.33 (really one third): 500.00 instead of 495.00
    line = Line(
        id="1", quantity=D(1500), net=D("500.00"), price=Price(net=D("0.33")), vat_category="S"
    )
    invoice = Invoice(currency="EUR", lines=(line,))
    assert found(invoice) == {"01": "warning"}


def test_base_quantity_divides_the_price() -> None:
    line = Line(
        id="1", quantity=D(50), net=D("10.00"), price=Price(net=D(20), base_quantity=D(100))
    )
    assert found(Invoice(currency="EUR", lines=(line,))) == {}


def test_a_currency_without_cents() -> None:
    line = Line(id="1", quantity=D(3), net=D(1000), price=Price(net=D("333.4")))
    invoice = Invoice(currency="JPY", lines=(line,))
    assert found(invoice) == {}
    assert "01" in found(dataclasses.replace(invoice, currency="EUR"))


def test_details_of_a_line_are_not_counted_twice() -> None:
    group = Line(id="1", net=D(10), vat_category="S", vat_rate=D(19))
    detail = dataclasses.replace(group, id="1.1", parent="1")
    invoice = Invoice(
        currency="EUR",
        lines=(group, detail),
        vat_breakdown=(VatBreakdown(D(10), D("1.90"), "S", D(19)),),
        totals=dataclasses.replace(sample_invoice().totals, lines=D(10), tax=D("1.90")),
    )
    assert "02" not in found(invoice)
    assert "06" not in found(invoice)


def test_mandatory_content() -> None:
    bare = Invoice(unreadable=(UnreadableValue("BT-2", "/x", "soon"),))
    rules = {finding.rule for finding in check_content(bare)}
    assert {"CONTOR-MUST-01", "CONTOR-MUST-02", "CONTOR-MUST-06", "CONTOR-VALUE-01"} <= rules
    anonymous = dataclasses.replace(sample_invoice(), seller=Party(name="X"))
    assert "CONTOR-MUST-07" in {finding.rule for finding in check_content(anonymous)}


def test_small_amounts_need_less() -> None:
    """§ 33 UStDV: no buyer, no number up to 250 euros."""
    small = dataclasses.replace(sample_invoice(), buyer=Party(), number=None)
    assert [f.severity for f in check_content(small) if f.rule == "CONTOR-MUST-01"] == ["warning"]
    assert "CONTOR-MUST-05" not in {finding.rule for finding in check_content(small)}


def test_official_rules_decide_where_there_are_any() -> None:
    own = (RuleFinding("CONTOR-CENT-07", "error", "", ""),)
    assert Verdict("ubl", "en16931", own).valid
    assert not Verdict("fatturapa", "fpr12", own, has_official_rules=False).valid


def test_skonto_lines() -> None:
    text = "Bitte zahlen.\n#SKONTO#TAGE=7#PROZENT=3.00#BASISBETRAG=100.00#\n#SKONTO#TAGE=14#PROZENT=2.00#\n"
    terms = parse_skonto(text)
    assert [(term.days, term.percent, term.base) for term in terms] == [
        (7, D("3.00"), D("100.00")),
        (14, D("2.00"), None),
    ]
    assert parse_skonto(write_skonto(terms)) == terms
    assert discount_terms(text, ()) == "7:3.00;14:2.00"
    assert parse_skonto("#VERZUG#TAGE=30#PROZENT=9.00#\n") == ()
    assert parse_skonto(None) == ()
