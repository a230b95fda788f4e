"""What to quote when paying, as invoices in four languages ask for it."""

from __future__ import annotations

import pytest

from contor.documents.facts import facts_from
from contor.documents.page import Page, Word
from contor.documents.payment_references import find_references

HEADS = {
    "de": ("Rechnung Nr. RE-2026-118", "Kundennummer: 40711", "Fällig am 30.11.2026"),
    "en": ("Invoice number: RE-2026-118", "Customer number: 40711", "Due date: 30 November 2026"),
    "it": ("Fattura n. RE-2026-118", "Codice cliente: 40711", "Scadenza: 30.11.2026"),
    "fr": ("Facture n° RE-2026-118", "Numéro client : 40711", "Date d'échéance : 30/11/2026"),
}


def page(*rows: str) -> Page:
    """A page with a row of words each; a tab is a wide gap."""
    words: list[Word] = []
    for number, row in enumerate(rows):
        x, y = 50.0, 60.0 + 24 * number
        for cell in row.split("\t"):
            for text in cell.split():
                words.append(Word(text, x, y, x + 5.0 * len(text), y + 10))
                x += 5.0 * len(text) + 3
            x += 60
    return Page(1, 595.0, 842.0, tuple(words))


def reference(*rows: str) -> tuple[str, str] | None:
    fact = facts_from([page(*rows)]).fields.get("payment_reference")
    return (fact.value, fact.source) if fact else None


@pytest.mark.parametrize(
    ("language", "row", "value"),
    [
        ("de", "Verwendungszweck: K40711-118", "K40711-118"),
        ("de", "Zahlungsreferenz:\t7788-2026", "7788-2026"),
        ("de", "Bitte bei Zahlung angeben: RK 4711-118", "RK 4711-118"),
        ("en", "Payment reference: PAY-99812", "PAY-99812"),
        ("it", "Causale bonifico: PAG-2026-77", "PAG-2026-77"),
        ("fr", "Motif du virement : VIR-5521", "VIR-5521"),
        ("de", "Mandatsreferenz der Lastschrift: MR-4471", "MR-4471"),
    ],
)
def test_a_printed_reference_is_read(language: str, row: str, value: str) -> None:
    assert reference(*HEADS[language], row) == (value, "text")


@pytest.mark.parametrize(
    ("language", "row", "value"),
    [
        ("de", "Bitte geben Sie bei der Überweisung Ihre Kundennummer an.", None),
        ("de", "Bitte überweisen Sie unter Angabe der Rechnungsnummer.", "RE-2026-118"),
        ("de", "Als Verwendungszweck bitte Ihre Kundennummer angeben.", "40711"),
        ("de", "Bei Zahlung bitte Rechnungsnummer und Kundennummer angeben.", "RE-2026-118 40711"),
        ("en", "Please quote your customer number when making payment.", "40711"),
        (
            "en",
            "Please state customer number and invoice number on your transfer.",
            "40711 RE-2026-118",
        ),
        ("it", "Indicare il codice cliente nella causale del bonifico.", "40711"),
        ("fr", "Merci de rappeler votre numéro de client lors du paiement.", "40711"),
        ("de", "Bitte geben Sie bei Rückfragen Ihre Kundennummer an.", "RE-2026-118"),
    ],
)
def test_what_a_sentence_asks_for_is_quoted(language: str, row: str, value: str | None) -> None:
    found = reference(*HEADS[language], row)
    assert found == (value or "40711", "derived")


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ("Referenz: RF18 5390 0754 7034", "RF18539007547034"),
        ("Referenz\t21 00000 00003 13947 14300 09017", "210000000003139471430009017"),
        ("Communication structurée : +++010/8068/17183+++", "+++010/8068/17183+++"),
        ("Please quote RF18539007547034 and nothing else", "RF18539007547034"),
    ],
)
def test_check_digits_prove_a_reference(row: str, value: str) -> None:
    """Wherever it stands, and before what a label calls the reference."""
    facts = facts_from([page(*HEADS["de"], "Referenz: A-7781", row)]).fields
    assert facts["payment_reference"].value == value
    assert facts["payment_reference"].confidence >= 0.98
    assert facts["number"].value == "RE-2026-118"


@pytest.mark.parametrize(
    "text",
    [
        "RF19 5390 0754 7034",
        "21 00000 00003 13947 14300 09018",
        "+++010/8068/17184+++",
        "PERF18 5390 0754 7034",
        "Tel. 021 000 00 00 03 13947 14300",
    ],
)
def test_wrong_check_digits_are_no_reference(text: str) -> None:
    assert find_references(text) == []


def test_two_structured_references_prove_nothing() -> None:
    rows = ("Referenz: RF18 5390 0754 7034", "Referenz: RF45 G72U UR")
    facts = facts_from([page(*HEADS["de"], *rows)]).fields
    assert facts["payment_reference"].confidence < 0.98


def test_without_a_word_of_paying_nothing_is_quoted() -> None:
    assert reference("Rechnung Nr. RE-2026-118", "Kundennummer: 40711", "Betrag 119,00 EUR") is None


@pytest.mark.parametrize("label", ["Weitere Referenz", "Additional reference", "Altro riferimento"])
def test_another_reference_is_not_for_paying(label: str) -> None:
    found = reference(
        "Rechnung Nr. RE-2026-118", f"{label}: Abrechnung 2010-77", "Fällig am 30.11.2026"
    )
    assert found == ("RE-2026-118", "derived")
