"""Invoices as suppliers print them, and what a bookkeeper reads from each: rules alone, no model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contor.documents.facts import Facts, facts_from
from contor.documents.reading import TaxRow
from tests.unit.documents.paper import page_of, value


def read(text: str) -> Facts:
    return facts_from([page_of(text)])


TWO_RATES = """
Funkhafen Hosting GmbH & Co. KG
Feldstr. 191
24105 Kiel                                        Rechnungsnummer: INV-008741
                                                  Datum: 14.01.2024
Alpenhafen Hosting GmbH                           Leistungszeitraum: 01.12.2023 bis 31.12.2023
Prinzipalmarkt 95                                 Ihre USt-IdNr.: DE129273398
48143 Münster

Pos.  Anzahl  Artikel                       USt. Betrag
1     1       Server 1HE AS964              1.495,88
2     2       IP-Transit 15 Gbit/s          1.340,26
3     1       Fachbuch Netzrecht            199,91

Netto                                       3.036,05
zzgl. 19 % USt.                             538,87
zzgl. 7 % USt.                              13,99
Rechnungsbetrag                             3.588,91

Der Betrag wird von Ihrem Konto eingezogen.
Bankverbindung: IBAN DE92 7607 0012 0750 0077 00    USt-IdNr. DE812871812
"""


def test_bases_of_two_rates_are_told_by_the_lines() -> None:
    facts = read(TWO_RATES)
    assert [(row.rate, row.base, row.tax) for row in facts.tax_breakdown] == [
        ("19.00", "2836.14", "538.87"),
        ("7.00", "199.91", "13.99"),
    ]
    assert [line.net for line in facts.lines] == ["1495.88", "1340.26", "199.91"]


def test_a_number_that_begins_with_a_word_of_its_label_is_no_label() -> None:
    facts = read(TWO_RATES)
    assert value(facts, "number") == "INV-008741"
    assert (value(facts, "period_start"), value(facts, "period_end")) == (
        "2023-12-01",
        "2023-12-31",
    )


def test_the_sellers_bank_stands_below_the_sentence_about_the_buyers_account() -> None:
    facts = read(TWO_RATES)
    assert value(facts, "seller_iban") == "DE92760700120750007700"
    assert value(facts, "seller_vat_id") == "DE812871812"
    assert value(facts, "buyer_vat_id") == "DE129273398"


def test_what_is_proven_is_sure_and_what_is_chosen_is_not() -> None:
    fields = read(TWO_RATES).fields
    proven = ("number", "issue_date", "seller_iban", "seller_vat_id")
    assert all(fields[name].confidence >= 0.98 for name in proven)
    assert all(fields[name].confidence < 0.98 for name in ("seller_name", "buyer_name"))


AVOIR = """
Au bon moulin SARL - 1242 chemin de l'olive - 84340 Malaucène - France
TVA : FR40303265045 - SARL au capital de 120 000,00 €

Avoir AV-2017-0005
                                           Ma jolie boutique
Date de facture     16/11/2017             35 rue de la République
Facture liée        FA-2017-0010           69001 Lyon

Description            Quantité    Prix unitaire    Prix HT
Nougat de l'Abbaye     5           4,55 €           -20,48 €
Huile d'olive          10          19,80 €          -198,00 €

Taxe                   Base        Montant          Total HT       -218,48 €
TVA 20,0%              -20,48 €    -4,10 €          Total taxes    -14,99 €
TVA 5,5%               -198,00 €   -10,89 €         Total TTC      -233,47 €
"""


def test_a_french_credit_note_is_positive_and_its_firm_named_without_its_form() -> None:
    facts = read(AVOIR)
    assert facts.kind == "credit_note"
    assert value(facts, "number") == "AV-2017-0005"
    assert (value(facts, "gross_total"), value(facts, "tax_total")) == ("233.47", "14.99")
    assert value(facts, "seller_name") == "Au bon moulin"
    assert {(row.rate, row.base, row.tax) for row in facts.tax_breakdown} == {
        ("20.00", "20.48", "4.10"),
        ("5.50", "198.00", "10.89"),
    }


CORRECTION = """
Rechnungskorrektur (384) Nr. RK21012345 vom 16.09.2018
Lieferant GmbH
Nettobetrag                 -100,00
MwSt 19 %                   -19,00
Gesamtbetrag                -119,00
"""


def test_a_corrected_invoice_takes_back_with_the_amounts_as_printed() -> None:
    facts = read(CORRECTION)
    assert (facts.kind, value(facts, "number")) == ("invoice", "RK21012345")
    assert (value(facts, "net_total"), value(facts, "gross_total")) == ("-100.00", "-119.00")


def test_the_invoice_that_the_buyer_writes_is_no_credit_note() -> None:
    facts = read("""
Gutschrift (Selbst ausgestellte Rechnung) Nr. 471102 vom 05.03.2018
Nettobetrag                 100,00
MwSt 19 %                   19,00
Gesamtbetrag                119,00
""")
    assert facts.kind == "invoice"


def test_what_the_page_calls_an_iban_is_read_and_found_wrong() -> None:
    facts = read("Rechnung Nr. 12\nIBAN : DE12 1234 4321 9876 00\nGesamtbetrag 20,00 EUR")
    assert value(facts, "seller_iban") == "DE1212344321987600"
    assert "iban_invalid" in {finding.code for finding in facts.findings}
    assert facts.fields["seller_iban"].confidence < 0.9


def test_a_vat_id_before_the_bank_is_not_swallowed() -> None:
    facts = read("München HRB 99     DE812871812     IBAN DE92760700120750007700")
    assert value(facts, "seller_vat_id") == "DE812871812"
    assert value(facts, "seller_iban") == "DE92760700120750007700"


REVERSE_CHARGE = """
Stellarame Telecomunicazioni S.p.A.
Via Manzoni 148
20121 Milano
P. IVA IT00743110157

Fattura n. 4973/2024
Data emissione: 25 gennaio 2024
Vs. partita IVA: DE812871812

Imponibile            7.418,42 EUR
Totale da pagare      7.418,42 EUR
Già pagato           -2.225,53 EUR
Residuo da pagare     5.192,89 EUR

Inversione contabile - art. 196 direttiva 2006/112/CE
"""


def test_an_italian_invoice_without_tax() -> None:
    facts = read(REVERSE_CHARGE)
    assert (value(facts, "net_total"), value(facts, "gross_total")) == ("7418.42", "7418.42")
    assert facts.tax_breakdown == (TaxRow("AE", "0.00", "7418.42", "0.00"),)
    assert (value(facts, "seller_vat_id"), value(facts, "buyer_vat_id")) == (
        "IT00743110157",
        "DE812871812",
    )
    assert "reverse_charge" in {finding.code for finding in facts.findings}


def test_what_is_left_to_pay_after_a_payment() -> None:
    facts = read(REVERSE_CHARGE)
    assert (value(facts, "prepaid"), value(facts, "payable")) == ("2225.53", "5192.89")


WRAPPED = """
Elbhafen Hosting UG          Rechnungsnummer    2026-09-09063
(haftungsbeschränkt)         Ausgestellt am     18. September
Langenstr. 68                                   2026
28195 Bremen                 Leistungszeitraum  1. August 2026 -
                                                31. August 2026
"""


def test_names_dates_and_periods_that_wrap() -> None:
    facts = read(WRAPPED)
    assert value(facts, "issue_date") == "2026-09-18"
    assert (value(facts, "period_start"), value(facts, "period_end")) == (
        "2026-08-01",
        "2026-08-31",
    )
    names = {value(facts, "seller_name"), value(facts, "buyer_name")}
    assert "Elbhafen Hosting UG (haftungsbeschränkt)" in names


def test_a_period_goes_on_below_in_its_column() -> None:
    facts = read("""
Periodo di fatturazione:   Data scadenza:   Codice cliente:
01/10/2024 -               25/11/2024       482932
31/10/2024
""")
    assert (value(facts, "period_start"), value(facts, "period_end")) == (
        "2024-10-01",
        "2024-10-31",
    )
    assert value(facts, "due_date") == "2024-11-25"


@pytest.mark.parametrize(
    "line",
    [
        "Liefer- und Rechnungsdatum: 11. Juli 2014",
        "Rechnungsdatum: 11.07.2014    Das Leistungsdatum entspricht dem Rechnungsdatum.",
        "Invoice date: 11 July 2014    Delivery date = invoice date",
    ],
)
def test_one_day_of_invoice_and_delivery(line: str) -> None:
    facts = read(f"Rechnung Nr. 2014-03\n{line}")
    assert value(facts, "issue_date") == value(facts, "delivery_date") == "2014-07-11"


TOTAL_SET_LOWER = """
Rechnung Nr. 471102 vom 05.03.2018

Pos   Beschreibung      Nettopreis   Menge     Steuersatz   Nettobetrag
1     Trennblätter A4   9,9000       20 kg     19 %
      4012345001235                                         198,00
Zu- und Abschläge
Abschlag    Rechnungsrabatt          5,00                   -5,60
Rechnungssumme ohne USt.                                    198,00
"""


def test_a_total_set_lower_has_the_quantity_of_its_row_and_discounts_are_no_lines() -> None:
    page = page_of(TOTAL_SET_LOWER)
    words = tuple(
        replace(word, y0=94.0, y1=104.0) if word.y0 == 100.0 else word for word in page.words
    )
    [line] = facts_from([replace(page, words=words)]).lines
    assert (line.quantity, line.unit, line.unit_price, line.net) == ("20", "kg", "9.9000", "198.00")
    assert line.text == "Trennblätter A4"


def test_the_number_is_what_to_quote_where_a_bank_is_named_and_nothing_else_asked() -> None:
    facts = read("Rechnungsnummer: R-77\nIBAN DE92 7607 0012 0750 0077 00")
    assert value(facts, "payment_reference") == "R-77"
    assert facts.fields["payment_reference"].source == "derived"
    asked = read("Rechnungsnummer: R-77\nBitte angeben: R-77-4711\nIBAN DE92760700120750007700")
    assert value(asked, "payment_reference") == "R-77-4711"


def test_the_name_behind_its_label() -> None:
    facts = read("""
Invoice No : # BLR_WFLD20151000982590
Sold By : WS Retail Services Pvt. Ltd.,
Grand Total                319.00
""")
    assert value(facts, "number") == "BLR_WFLD20151000982590"
    assert value(facts, "seller_name") == "WS Retail Services Pvt. Ltd."
