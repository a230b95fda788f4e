"""A bookkeeper books invoices; a reminder, a statement or an offer that looks like one is not booked."""

from __future__ import annotations

import pytest

from contor.account_assignment.targets import TARGETS
from contor.documents.facts import facts_from
from contor.documents.other_papers import other_paper
from contor.documents.reading import AMOUNT_FIELDS, Reading
from contor.review.document_facts import posting_lines
from contor.review.policy import RoutingPolicy, route_document
from tests.unit.documents.paper import page_of

LETTER = """
Netzwerk Süd GmbH
Isarstr. 12, 80469 München

Acme Hosting GmbH
10115 Berlin

{title}
Datum: 05.03.2026
Kundennummer: 55012

{body}
IBAN DE89 3704 0044 0532 0130 00
"""
OPEN_ITEMS = """
Rechnung RE-1001 vom 02.01.2026                   119,00 EUR
Gesamtbetrag                                      119,00 EUR
"""
PRICED = """
Server, ein Stück                                 100,00 EUR
Nettobetrag                                       100,00 EUR
MwSt 19 %                                          19,00 EUR
Gesamtbetrag                                      119,00 EUR
"""


@pytest.mark.parametrize(
    ("title", "body", "kind", "said"),
    [
        ("2. Mahnung", OPEN_ITEMS, "reminder", "payment reminder"),
        ("Zahlungserinnerung zu Ihrer Rechnung RE-1001", OPEN_ITEMS, "reminder", "reminder"),
        ("Payment Reminder", OPEN_ITEMS, "reminder", "payment reminder"),
        ("Oggetto: sollecito di pagamento fattura n. 7", OPEN_ITEMS, "reminder", "reminder"),
        ("Kontoauszug", OPEN_ITEMS, "statement", "statement of account"),
        ("Saldenbestätigung zum 31.12.2025", OPEN_ITEMS, "statement", "statement of account"),
        ("Estratto conto", OPEN_ITEMS, "statement", "statement of account"),
        ("Statement of Account", OPEN_ITEMS, "statement", "statement of account"),
        ("OPOS-Liste per 31.12.2025", OPEN_ITEMS, "statement", "statement of account"),
        ("Lieferschein Nr. LS-9", PRICED, "other", "delivery note"),
        ("DDT n. 12 del 05/03/2026", PRICED, "other", "delivery note"),
        ("Auftragsbestätigung AB-55", PRICED, "other", "order"),
        ("Conferma d'ordine n. 9", PRICED, "other", "order"),
        ("Angebot 2026-17", PRICED, "other", "offer"),
        ("Preventivo n. 9", PRICED, "other", "offer"),
        ("Proforma-Rechnung Nr. 9", PRICED, "other", "pro forma"),
        ("Fattura proforma n. 9", PRICED, "other", "pro forma"),
    ],
)
def test_the_paper_is_named_and_has_no_amount_to_book(
    title: str, body: str, kind: str, said: str
) -> None:
    facts = facts_from([page_of(LETTER.format(title=title, body=body))])

    assert facts.kind == kind
    assert facts.fields.keys().isdisjoint(AMOUNT_FIELDS)
    assert facts.tax_breakdown == ()
    finding = facts.findings[0]
    assert (finding.code, finding.severity) == ("not_an_invoice", "warning")
    assert said in finding.message
    assert facts.fields["seller_iban"].value, "what else it says is kept"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Rechnung Nr. 9", "Lieferschein Nr. LS-9 vom 01.03.2026\nAngebot 2026-17\n" + PRICED),
        ("Rechnung / Lieferschein", "Nummer: 9\n" + PRICED),
        ("Rechnung Nr. 9", "Mahnung vom 01.02.2026: Gebühr\n" + PRICED),
        ("Rechnung Nr. 9", "Kontoauszug Februar\n" + PRICED),
        ("Warenrechnung", "Lieferschein-Nr : L8\nAuftragsbestätigung 5\n" + PRICED),
        ("Fattura differita n. 9", "DDT n. 12 del 05/03/2026\n" + PRICED),
        ("Lieferschein Nr. 12", "Rechnungsnummer: 99\n" + PRICED),
        ("TAX INVOICE", "Delivery Note D-9\n" + PRICED),
    ],
)
def test_an_invoice_names_its_offer_and_delivery_and_stays_one(title: str, body: str) -> None:
    facts = facts_from([page_of(LETTER.format(title=title, body=body))])

    assert facts.kind == "invoice"
    assert facts.fields["gross_total"].value == "119.00"
    assert "not_an_invoice" not in {finding.code for finding in facts.findings}


def test_the_tallest_title_decides() -> None:
    small = [("Rechnung Nr. RE-1001", 10.0), ("Gesamt 119,00", 10.0), ("IBAN", 10.0)]
    found = other_paper([*small, ("Mahnung", 16.0)])
    assert found is not None
    assert found.kind == "reminder"
    delivered = ("Lieferschein Nr. 7", 10.0)
    assert other_paper([delivered, *small, ("Rechnung", 16.0)]) is None
    of_delivery = ("Beleg-Datum : 5.3.2026\tLieferschein-Nr\t: L87", 16.0)
    assert other_paper([of_delivery, *small]) is None
    assert other_paper([delivered, ("R E C H N U N G", 10.0)]) is None


def test_a_till_roll_is_no_statement_whatever_stands_at_its_end() -> None:
    roll = page_of("WATSONS\nSUBTOTAL 41.45\nCASH 51.50\nCHANGE 10.05\nSTATEMENT")
    narrow = type(roll)(1, 200.0, 842.0, roll.words, "ocr")
    assert facts_from([narrow]).kind == "receipt"


def test_a_reminder_at_the_desk_waits_for_a_person_without_a_line_to_book() -> None:
    facts = facts_from([page_of(LETTER.format(title="2. Mahnung", body=OPEN_ITEMS))])
    reading = Reading("m.pdf", "00", 1, "text", facts.kind, "de", facts.fields)
    assert posting_lines(reading, "EUR") == ()

    sure = {target: {"value": "4980", "auto": True, "confidence": 1.0} for target in TARGETS}
    routing = route_document(
        reading, facts.findings, [sure], supplier_known=True, entry_drafted=True,
        policy=RoutingPolicy(),
    )  # fmt: skip
    assert not routing.alone
    assert "finding:not_an_invoice" in routing.reasons


def test_a_paper_of_an_unknown_kind_never_goes_alone() -> None:
    facts = facts_from([page_of(LETTER.format(title="Rechnung Nr. 9", body=PRICED))])
    sure = {target: {"value": "4980", "auto": True, "confidence": 1.0} for target in TARGETS}
    bill = Reading("m.pdf", "00", 1, "text", "invoice", "de", facts.fields)
    contract = Reading("m.pdf", "00", 1, "text", "other", "de", facts.fields)

    def reasons(reading: Reading) -> tuple[str, ...]:
        policy = RoutingPolicy(field_confidence=0.0)
        return route_document(
            reading, [], [sure], supplier_known=True, entry_drafted=True, policy=policy
        ).reasons

    assert "paper_unknown" not in reasons(bill)
    assert "paper_unknown" in reasons(contract)
