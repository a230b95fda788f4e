"""What is written can be read again, value by value, in every syntax."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contor import einvoice
from contor.einvoice.model import (
    AllowanceCharge,
    DiscountTerm,
    Identifier,
    Invoice,
    ItalianParticulars,
    Item,
    Line,
    Party,
    PaymentCondition,
    PaymentMeans,
    PensionFund,
    Price,
    ThirdPartyPayment,
    Totals,
    VatBreakdown,
    Withholding,
)
from contor.einvoice.terms import terms_of
from tests.unit.einvoice.invoices import sample_invoice

D = Decimal
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=40
).filter(lambda text: text.strip() == text)
AMOUNT = st.decimals(D("-99999999.99"), D("99999999.99"), places=2)
RATE = st.decimals(D(0), D(100), places=2)
QUANTITY = st.decimals(D("-9999"), D("9999"), places=4)
DAY = st.dates(date(1970, 1, 1), date(2099, 12, 31))


@st.composite
def invoices(draw: st.DrawFn) -> Invoice:
    """Any content in any field that all of CII and UBL have."""
    currency = draw(st.sampled_from(["EUR", "CHF", "JPY"]))
    lines = tuple(
        Line(
            id=str(number),
            quantity=draw(QUANTITY),
            unit="C62",
            net=draw(AMOUNT),
            price=Price(net=draw(AMOUNT)),
            vat_category="S",
            vat_rate=draw(RATE),
            item=Item(name=draw(TEXT), classifications=(Identifier(draw(TEXT), "TST"),)),
        )
        for number in range(1, draw(st.integers(1, 4)) + 1)
    )
    return Invoice(
        number=draw(TEXT),
        issue_date=draw(DAY),
        type_code=draw(st.sampled_from(["380", "381", "384", "389"])),
        currency=currency,
        due_date=draw(DAY),
        payment_terms=draw(TEXT),
        specification="urn:cen.eu:en16931:2017",
        seller=Party(name=draw(TEXT), tax_number=draw(TEXT)),
        buyer=Party(name=draw(TEXT), vat_id=draw(TEXT)),
        payment_means=(PaymentMeans(code="58", account="DE02120300000000202051"),),
        totals=Totals(draw(AMOUNT), None, None, draw(AMOUNT), draw(AMOUNT), None, draw(AMOUNT)),
        vat_breakdown=(VatBreakdown(draw(AMOUNT), draw(AMOUNT), "S", draw(RATE)),),
        lines=lines,
    )


@pytest.mark.parametrize("write", [einvoice.write_cii, einvoice.write_ubl])
def test_the_whole_norm_survives(write: object) -> None:
    invoice = sample_invoice()
    assert einvoice.read(write(invoice)).invoice == invoice  # type: ignore[operator]


@pytest.mark.parametrize("write", [einvoice.write_cii, einvoice.write_ubl])
def test_writing_is_the_same_bytes_every_time(write: object) -> None:
    assert write(sample_invoice()) == write(sample_invoice())  # type: ignore[operator]


@settings(max_examples=40, deadline=None)
@given(invoices())
def test_any_invoice_survives_cii_and_ubl(invoice: Invoice) -> None:
    assert einvoice.read(einvoice.write_cii(invoice)).invoice == invoice
    assert einvoice.read(einvoice.write_ubl(invoice)).invoice == invoice


@settings(max_examples=25, deadline=None)
@given(invoices())
def test_fatturapa_repeats_itself(invoice: Invoice) -> None:
    """FatturaPA says less than the norm: what it keeps it keeps, from the first reading on."""
    first = einvoice.read(einvoice.write_fatturapa(invoice)).invoice
    assert einvoice.read(einvoice.write_fatturapa(first)).invoice == first
    assert first.number == invoice.number
    assert [line.net for line in first.lines] == [line.net for line in invoice.lines]
    assert first.vat_breakdown[0].tax == invoice.vat_breakdown[0].tax
    assert first.totals.gross == invoice.totals.gross


def test_credit_note_is_a_credit_note_in_ubl() -> None:
    invoice = dataclasses.replace(sample_invoice(), type_code="381")
    xml = einvoice.write_ubl(invoice)
    assert b"<CreditNote" in xml
    assert einvoice.read(xml).invoice == invoice


def test_direct_debit_keeps_mandate_and_creditor() -> None:
    invoice = dataclasses.replace(
        sample_invoice(),
        payment_means=(PaymentMeans(code="59", debited_account="DE02120300000000202051"),),
        mandate_reference="M-1",
        creditor_identifier="DE98ZZZ09999999999",
    )
    for write in (einvoice.write_cii, einvoice.write_ubl):
        assert einvoice.read(write(invoice)).invoice == invoice


def test_tax_in_accounting_currency_is_kept_apart() -> None:
    sample = sample_invoice()
    totals = dataclasses.replace(sample.totals, tax_accounting=D("129.00"))
    invoice = dataclasses.replace(sample, vat_accounting_currency="SEK", totals=totals)
    for write in (einvoice.write_cii, einvoice.write_ubl):
        assert einvoice.read(write(invoice)).invoice == invoice


def test_several_payment_conditions_need_extended() -> None:
    conditions = (
        PaymentCondition(
            text="2 % bis 9. November", discount=DiscountTerm(7, D("2.00"), unit="DAY")
        ),
        PaymentCondition(text="netto bis 16. November", due_date=date(2026, 11, 16)),
    )
    invoice = dataclasses.replace(
        sample_invoice(), payment_terms=None, payment_conditions=conditions
    )
    extended = einvoice.read(einvoice.write_cii(invoice, "extended"))
    assert extended.profile == "extended"
    assert extended.invoice.payment_conditions == conditions
    plain = einvoice.read(einvoice.write_cii(invoice, "en16931")).invoice
    assert plain.payment_terms == "2 % bis 9. November\nnetto bis 16. November"


def test_lines_within_lines_survive_ubl() -> None:
    line = Line(id="1", net=D(10), quantity=D(1), item=Item(name="Paket"))
    within = dataclasses.replace(line, id="1.1", parent="1", item=Item(name="Teil"))
    invoice = dataclasses.replace(sample_invoice(), lines=(line, within))
    xml = einvoice.write_ubl(invoice)
    assert b"SubInvoiceLine" in xml
    assert einvoice.read(xml).invoice == invoice


def test_third_party_payment_survives_ubl() -> None:
    payment = ThirdPartyPayment("Drittzahlung", D("5.00"), "Maut")
    invoice = dataclasses.replace(sample_invoice(), third_party_payments=(payment,))
    assert einvoice.read(einvoice.write_ubl(invoice)).invoice == invoice


def test_profile_without_lines_drops_them() -> None:
    reading = einvoice.read(einvoice.write_cii(sample_invoice(), "basicwl"))
    assert reading.profile == "basicwl"
    assert reading.invoice.lines == ()
    assert reading.invoice.totals == sample_invoice().totals


def test_only_sales_order_gets_the_placeholder_in_ubl() -> None:
    invoice = dataclasses.replace(sample_invoice(), order_reference=None)
    xml = einvoice.write_ubl(invoice)
    assert b"<cbc:ID>NA</cbc:ID>" in xml
    assert einvoice.read(xml).invoice == invoice


def test_italian_particulars_survive() -> None:
    fund = PensionFund("TC22", D("4.00"), D("40.00"), D("1000.00"), D("22.00"))
    italy = ItalianParticulars(
        format="FPA12",
        transmitter_country="IT",
        transmitter_code="01234567890",
        transmission_number="00007",
        recipient_code="UF1234",
        document_type="TD06",
        tax_regime="RF19",
        withholdings=(Withholding("RT01", D("200.00"), D("20.00"), "A"),),
        pension_funds=(fund,),
    )
    line = Line(
        id="1",
        net=D("1000.00"),
        price=Price(net=D("1000.00")),
        vat_category="S",
        vat_rate=D("22.00"),
        item=Item(name="Consulenza"),
    )
    invoice = Invoice(
        number="7/2026",
        issue_date=date(2026, 11, 1),
        type_code="380",
        currency="EUR",
        seller=Party(name="Studio Rossi", vat_id="IT01234567890"),
        buyer=Party(name="Comune di Prova"),
        lines=(line,),
        allowances_charges=(
            AllowanceCharge(
                D("40.00"),
                is_charge=True,
                base=D("1000.00"),
                percent=D("4.00"),
                vat_category="S",
                vat_rate=D("22.00"),
                reason="Cassa previdenziale TC22",
            ),
        ),
        vat_breakdown=(VatBreakdown(D("1040.00"), D("228.80"), "S", D("22.00")),),
        totals=Totals(gross=D("1268.80"), payable=D("1068.80")),
        italy=italy,
    )
    again = einvoice.read(einvoice.write_fatturapa(invoice))
    assert (again.syntax, again.profile) == ("fatturapa", "fpa12")
    assert again.invoice.italy == italy
    assert again.invoice.allowances_charges == invoice.allowances_charges
    assert again.invoice.totals.payable == D("1068.80")
    assert [line.net for line in again.invoice.lines] == [D("1000.00")]


def test_terms_name_the_role() -> None:
    terms = terms_of(sample_invoice())
    assert ("BT-27", "Hosting Beispiel GmbH") in terms
    assert ("BT-44", "Kunde & Söhne <KG>") in terms
    assert ("BT-59", "Factoring AG") in terms
    assert ("BT-92", "8.97") in terms
    assert ("BT-99", "5") in terms
    assert ("BT-136", "2.47") in terms
    assert ("BT-141", "0.13") in terms
    assert ("BT-134", "2026-10-01") in terms
    assert ("BT-73", "2026-10-01") in terms


def test_control_characters_are_refused_not_written() -> None:
    from contor.errors import Refusal

    invoice = dataclasses.replace(sample_invoice(), number="R\x00-1")
    with pytest.raises(Refusal, match="einvoice_text_illegal"):
        einvoice.write_cii(invoice)
