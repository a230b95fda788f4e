"""Every tax case, every e-invoice format: valid by XSD, EN 16931 and XRechnung, and to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from contor.bootstrap.billing import RenderFormat, render
from contor.bootstrap.einvoice import official_rules
from contor.contracts import Contract, parse_contract_file
from contor.invoicing.credit_note import credit
from contor.invoicing.draft import draft_invoices
from contor.invoicing.invoice import Invoice
from contor.invoicing.issue import issue
from contor.invoicing.prepayment import deduct_prepayments
from contor.money import Money

CONTRACT = """
format: contor-contract/1
id: C-1
start: 2026-09-14
language: {language}
price_mode: {mode}
seller:
  name: Nordlicht Hosting GmbH
  address: {{street: Speicherstraße 12, postcode: "20457", city: Hamburg, country: DE}}
  contact: {{phone: +49 40 5550100, email: rechnung@nordlicht.example}}
  {seller}
  tax_number: 48/123/45678
  eu_consumer_turnover: 20000
  creditor_id: DE98ZZZ09999999999
  bank: {{iban: DE02120300000000202051}}
customer:
  number: 1
  name: Kunde & Söhne <GmbH>
  address: {{street: Weg 1, postcode: "{postcode}", city: Ort, country: {country}}}
  contact: {{email: kunde@kunde.example}}
  business: {business}
  {customer}
billing: {{months: 1, anchor_day: 1}}
payment: {{{payment}}}
items:
  - {{id: web, plan: web, quantity: 7}}
  - {{id: srv, plan: srv, quantity: 3}}
campaigns:
  - {{id: X, text: Aktion, percent: "33.33", items: [web]}}
  - {{id: Y, text: Coupon, amount: "10.01"}}
plans:
  - {{id: web, name: Web, supply: {supply}, versions: [{{version: 1, valid_from: 2025-01-01, charges: [
      {{id: base, kind: recurring, model: per_unit, price: "12.90", unit: MON}}]}}]}}
  - {{id: srv, name: Server, supply: {supply}, versions: [{{version: 1, valid_from: 2025-01-01, charges: [
      {{id: base, kind: recurring, model: graduated, tiers: [{{up_to: 1, price: 89, flat: 5}}, {{price: "79.333"}}]}}]}}]}}
"""
PLAIN = {
    "language": "de",
    "mode": "net",
    "seller": "vat_id: DE136695976",
    "postcode": "10115",
    "country": "DE",
    "business": "true",
    "customer": "",
    "payment": "",
    "supply": "electronic",
}
ITALIAN = {"country": "IT", "postcode": "39100", "language": "it"}
CASES: dict[str, dict[str, str]] = {
    "domestic": {"payment": "discounts: [{days: 7, percent: 2}]"},
    "gross": {"mode": "gross", "business": "false"},
    "public": {"customer": 'public: true\n  buyer_reference: "04011000-12345-03"'},
    "debit": {
        "payment": "method: direct_debit, mandate_id: M, debtor_iban: DE02500105170137075030"
    },
    "small": {"seller": "small_business: true"},
    "reverse": {"country": "FR", "customer": "vat_id: FR83404833048\n  vat_id_state: valid"},
    "domestic-reverse": {"customer": "reverse_charge_domestic: true\n  vat_id: DE136695976"},
    "third": {"country": "US", "postcode": "10001", "language": "en"},
    "oss-gross": {**ITALIAN, "mode": "gross", "business": "false"},
    "goods": {
        **ITALIAN,
        "supply": "goods",
        "customer": "vat_id: IT00743110157\n  vat_id_state: valid",
    },
    "export": {"country": "CH", "postcode": "8001", "supply": "goods"},
}


@cache
def invoice_of(case: str) -> Invoice:
    contract = parse_contract_file(CONTRACT.format(**(PLAIN | CASES[case])))
    assert isinstance(contract, Contract)
    return issue(draft_invoices(contract, date(2026, 9, 14))[0], "RE-1", date(2026, 9, 14))


def broken(document: Invoice, form: RenderFormat, *, cent: bool = False) -> list[str]:
    """Errors of the check. ``cent``: the VAT may be a cent off rate times base, on purpose.

    That is so in the credit note that takes the rest of an invoice's VAT, and in gross prices,
    where what the customer agreed to pay does not move.
    """
    verdict = official_rules().check(render(document, form))
    assert verdict.valid
    return [
        f"{finding.rule} {finding.message}"
        for finding in verdict.findings
        if finding.severity == "error" and not (cent and finding.rule.startswith("CONTOR-CENT"))
    ]


FORMS: list[RenderFormat] = ["xrechnung-cii", "xrechnung-ubl", "fatturapa"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES)
def test_invoices_and_their_credits_are_valid(case: str, form: RenderFormat) -> None:
    invoice = invoice_of(case)
    part = {line.id: Money(line.charged.minor // 3, "EUR") for line in invoice.lines}
    first = issue(credit(invoice, "Minderung", part), "CN-1", date(2026, 9, 20))
    rest = issue(credit(invoice, "Rest", None, [first]), "CN-2", date(2026, 9, 21))
    gross = invoice.price_mode == "gross"
    for document in (invoice, first, rest):
        assert broken(document, form, cent=gross or document is rest) == []
    assert first.totals.gross + rest.totals.gross == invoice.totals.gross


@pytest.mark.parametrize("form", FORMS)
def test_final_invoices_deduct_their_prepayments(form: RenderFormat) -> None:
    invoice = invoice_of("domestic")
    paid = replace(invoice, kind="prepayment", number="AZ-1")
    final = issue(
        deduct_prepayments(replace(invoice, status="draft"), [paid]), "RE-2", date(2026, 10, 1)
    )
    assert not final.totals.payable
    assert broken(final, form) == []


def test_an_electronic_invoice_to_a_public_buyer_carries_its_leitweg_id() -> None:
    assert b"04011000-12345-03" in render(invoice_of("public"), "xrechnung-ubl")
