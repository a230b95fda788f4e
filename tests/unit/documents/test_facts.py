"""Whole pages in four languages, read by the rules alone."""

from __future__ import annotations

import pytest

from contor.documents.facts import Facts, facts_from
from tests.unit.documents.paper import page_of

GERMAN = """
Rechenzentrum Nord GmbH · Hafenstr. 5 · 20457 Hamburg

Musterhosting AG
Am Markt 7
10115 Berlin
                                                  Kundennummer: K-4711
                                                  Rechnungsnummer: RE-2026-0815
                                                  Rechnungsdatum: 05.03.2026
Rechnung

Pos  Bezeichnung             Menge      Einzelpreis      Gesamtpreis
1    Rack 42 HE                  2           450,00           900,00
2    Strom 100 kWh              10            30,00           300,00

                                       Nettobetrag          1.200,00
                                       zzgl. 19% MwSt         228,00
                                       Rechnungsbetrag      1.428,00

Zahlbar bis 04.04.2026, bei Zahlung innerhalb 10 Tagen 2 % Skonto.
USt-IdNr.: DE812871812   IBAN: DE89 3704 0044 0532 0130 00
"""
ENGLISH = """
Northern Transit Ltd
Bill to:
Muster Hosting Inc
1 Main Street

INVOICE                                 Invoice No: NT-7788
                                        Invoice Date: March 5, 2026
                                        Due Date: April 4, 2026

Description                  Qty        Unit Price            Amount
IP transit                     1          1,000.00          1,000.00

                                        Subtotal            1,000.00
                                        VAT 20%               200.00
                                        Total USD           1,200.00
"""
ITALIAN = """
Fattura n. 12/2026                      Data: 05/03/2026
Fornitore: Nodo Rete S.r.l.
Scadenza 04/04/2026

                                        Imponibile          1.000,00
                                        IVA 22%               220,00
                                        Totale fattura      1.220,00
Partita IVA 00743110157
"""
FRENCH = """
Facture FA-2026-17
Date de facture 05/03/2026
Date d'échéance 04/04/2026

                                        Total HT            1 000,00 €
                                        TVA 20,0%             200,00 €
                                        Total TTC           1 200,00 €
"""


def read(text: str) -> Facts:
    return facts_from([page_of(text)])


def values(facts: Facts, *names: str) -> list[str | None]:
    return [facts.fields[name].value if name in facts.fields else None for name in names]


def test_a_german_invoice() -> None:
    facts = read(GERMAN)
    assert (facts.kind, facts.language) == ("invoice", "de")
    assert values(facts, "number", "issue_date", "due_date", "buyer_number") == [
        "RE-2026-0815", "2026-03-05", "2026-04-04", "K-4711",
    ]  # fmt: skip
    assert values(facts, "net_total", "tax_total", "gross_total", "payable") == [
        "1200.00", "228.00", "1428.00", "1428.00",
    ]  # fmt: skip
    assert values(facts, "seller_name", "buyer_name") == [
        "Rechenzentrum Nord GmbH", "Musterhosting AG",
    ]  # fmt: skip
    assert values(facts, "seller_vat_id", "seller_iban", "discount_terms") == [
        "DE812871812", "DE89370400440532013000", "10:2.00",
    ]  # fmt: skip
    assert [(row.rate, row.base, row.tax) for row in facts.tax_breakdown] == [
        ("19.00", "1200.00", "228.00")
    ]
    assert [(line.text, line.quantity, line.net) for line in facts.lines] == [
        ("Rack 42 HE", "2", "900.00"),
        ("Strom 100 kWh", "10", "300.00"),
    ]
    assert not facts.findings


@pytest.mark.parametrize(
    ("text", "language", "number", "gross"),
    [
        (ENGLISH, "en", "NT-7788", "1200.00"),
        (ITALIAN, "it", "12/2026", "1220.00"),
        (FRENCH, "fr", "FA-2026-17", "1200.00"),
    ],
)
def test_other_languages(text: str, language: str, number: str, gross: str) -> None:
    facts = read(text)
    assert facts.language == language
    assert values(facts, "number", "gross_total") == [number, gross]
    assert values(facts, "issue_date", "net_total")[0] == "2026-03-05"


def test_every_fact_points_to_its_place() -> None:
    page = page_of(GERMAN)
    for name, fact in facts_from([page]).fields.items():
        if fact.source == "text" and fact.box:
            assert fact.page == 1, name
            x0, y0, x1, y1 = fact.box
            assert 0 <= x0 < x1 <= page.width
            assert 0 <= y0 < y1 <= page.height


def test_sums_that_do_not_add_up_are_a_finding() -> None:
    facts = read(GERMAN.replace("1.428,00", "1.555,00"))
    assert "sums_differ" in [finding.code for finding in facts.findings]


def test_a_misread_digit_of_a_scan_is_repaired_and_said() -> None:
    text = GERMAN.replace("1.428,00", "1.423,00")
    facts = facts_from([page_of(text, source="ocr")])
    assert values(facts, "gross_total") == ["1428.00"]
    assert "digit_repaired" in [finding.code for finding in facts.findings]
    unrepaired = facts_from([page_of(text, source="ocr")], repair=False)
    assert values(unrepaired, "gross_total") == ["1423.00"]


def test_a_credit_note_has_positive_amounts() -> None:
    text = GERMAN.replace("\nRechnung\n", "\nGutschrift\n").replace(
        "Rechnungsnummer", "Gutschrift-Nr."
    )
    text = text.replace("1.200,00", "-1.200,00").replace("228,00", "-228,00")
    facts = read(text.replace("1.428,00", "-1.428,00"))
    assert facts.kind == "credit_note"
    assert values(facts, "gross_total", "net_total") == ["1428.00", "1200.00"]


def test_reading_twice_gives_the_same() -> None:
    assert read(GERMAN) == read(GERMAN)


def test_an_empty_page_has_no_facts() -> None:
    assert facts_from([page_of("")]).fields == {}


def test_a_bad_iban_is_a_finding() -> None:
    facts = read(GERMAN.replace("0130 00", "0130 01"))
    assert "iban_invalid" in [finding.code for finding in facts.findings]
