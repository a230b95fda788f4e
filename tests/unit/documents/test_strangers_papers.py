"""Papers of people we never met: what their tables, windows and letterheads taught."""

from __future__ import annotations

from decimal import Decimal

import pytest

from contor.documents.facts import Facts, facts_from
from tests.unit.documents.paper import page_of, value


def _read(text: str) -> Facts:
    return facts_from([page_of(text)])


def test_a_heading_that_wraps_names_no_totals() -> None:
    facts = _read(
        """
Hafen Hosting AG - Kaiweg 4 - 20457 Hamburg
Rechnung Nr. 30064443

Pos.   Menge   Beschreibung                VK-Preis   Zeilenbetrag
                                              ohne      ohne MwSt.
                                              MwSt.

1      1       Small Business Exchange        3,89           3,89
2      1       Quality Exchange               5,39           5,39
Total EUR                                                    9,28
"""
    )
    assert value(facts, "gross_total") == "9.28"
    assert value(facts, "tax_total") is None


def test_a_form_has_its_names_beside_their_labels() -> None:
    facts = _read(
        """
RECHNUNG
Verkäufer:   Acme Lösungen GmbH           Kunde:      Nordlicht Netze AG
Adresse:     Beispielstraße 1, 10115 Berlin   Adresse:    Kundenweg 12, 10178 Berlin
Rechnungsnummer:   RE/2025/0423
"""
    )
    assert value(facts, "seller_name") == "Acme Lösungen GmbH"
    assert value(facts, "seller_address") == "Beispielstraße 1, 10115 Berlin"
    assert value(facts, "buyer_name") == "Nordlicht Netze AG"


def test_a_window_needs_no_postcode_beside_its_town() -> None:
    facts = _read(
        """
Rainer Hosting GmbH | Schwerwa 22 | 51235 Mittelbach

Reute Maschinenbau GmbH
Abteilung Einkauf
Dorfstraße 22
88441
Mittelbiberach

Rechnung Nr. 1001
"""
    )
    assert value(facts, "seller_name") == "Rainer Hosting GmbH"
    assert value(facts, "buyer_name") == "Reute Maschinenbau GmbH"


def test_a_french_letterhead_says_its_register_between_name_and_street() -> None:
    facts = _read(
        """
SARL Atelier Web
Capital de 5000 €
SIREN : 519 887 657
SIRET : 51988765700046
NAF : 62.02A
49 Rue Maurice
33300 Bordeaux

Facturé à
Conseil et Formation Sud
SIRET : 317 288 389 00529
127 cours Victor Hugo
33000 Bordeaux

FACTURE
"""
    )
    assert value(facts, "seller_name") == "SARL Atelier Web"
    assert value(facts, "seller_address") == "49 Rue Maurice 33300 Bordeaux"
    assert value(facts, "buyer_name") == "Conseil et Formation Sud"
    assert value(facts, "buyer_address") == "127 cours Victor Hugo 33000 Bordeaux"


def test_an_address_may_stand_flush_right_below_its_label() -> None:
    facts = _read(
        """
INVOICE FROM                                         INVOICE TO
Aperture Science, Inc.                           Umbrella Corp.
Brevort Lake Rd 1234                      123 Queen Victoria St
Allenville, MI 49760                                London EC4N
Item                                                     Price
Portal device                                        10,000.00
"""
    )
    assert value(facts, "buyer_name") == "Umbrella Corp."


def test_whose_name_follows_from_sells() -> None:
    facts = _read(
        """
INVOICE
From: Tech Corp
123 Business St.
Boulder, CO 12345
Total: 28.40
"""
    )
    assert value(facts, "seller_name") == "Tech Corp"
    assert value(facts, "buyer_name") is None


def test_a_discount_is_no_rate_of_tax() -> None:
    facts = _read(
        """
Facture RE-00065
Description             Quantité   Prix unitaire   Rabais   Prix total
Planification           1.00       3000.00         25%         2250.00
Total HT                                                       2250.00
"""
    )
    assert [(line.net, line.rate) for line in facts.lines] == [("2250.00", None)]


def test_of_cost_quantity_and_price_the_last_is_the_total() -> None:
    facts = _read(
        """
INVOICE 23841
ITEM      DESCRIPTION                    COST      QTY        PRICE
W1        Insect report                $575.00      13    $7,475.00
Total                                                     $7,475.00
"""
    )
    line = facts.lines[0]
    assert (line.quantity, line.unit_price, line.net) == ("13", "575.00", "7475.00")


def test_a_line_may_begin_with_a_word_for_a_sum() -> None:
    facts = _read(
        """
Invoice 123100401
Service Description           price    quantity   Total Amount
Basic fee                    130.00           1         130.00
Basis fee for more users      10.00           2          20.00
Net fee for queries            0.50           4           2.00
Total                                                   152.00
"""
    )
    assert [line.net for line in facts.lines] == ["130.00", "20.00", "2.00"]


def test_the_heading_of_the_sums_ends_the_lines_of_the_last_page() -> None:
    heading = "Artikel        Menge     Preis     Summe   Steuersatz"
    first = page_of(
        f"""
Rechnung UA-20044211
{heading}
Notebook           1    100,00    100,00      19,00
Abgabe             1     10,00     10,00      19,00
"""
    )
    last = page_of(
        f"""
{heading}
Steuernummer 17/070/28455
Dieser Betrag wurde beglichen
Bei Fragen rufen Sie an
                         Netto      MwSt. MwSt.-Satz
                        110,00     20,90     19,00 %
Gesamtpreis (inkl. MwSt.) EUR     130,90
""",
        number=2,
    )
    assert [line.net for line in facts_from([first, last]).lines] == ["100.00", "10.00"]


def test_the_rates_of_the_lines_make_the_breakdown() -> None:
    facts = _read(
        """
Rechnung 000002
Bezeichnung      Menge   MwSt.     Preis    Gesamt
Leihgebühr       1        19 %      1,68      1,68
Pfand            1         0 %     15,00     15,00
Summe netto                                  16,68
MwSt. 19 %                                    0,32
Gesamt                                       17,00
"""
    )
    rows = [(Decimal(row.rate or 0), row.base, row.tax) for row in facts.tax_breakdown]
    assert rows == [(Decimal(19), "1.68", "0.32"), (Decimal(0), "15.00", "0.00")]


def test_lines_are_before_tax_where_both_columns_are_printed() -> None:
    facts = _read(
        """
Invoice ITDN-58512
Description      Qty    Unit Price    Total Excl. VAT    VAT Rate    Total Incl. VAT
Knit jumper        1        228.13             228.13        20 %             273.75
Shipping           1         10.00              10.00        20 %              12.00
Total excl. VAT                                                               238.13
VAT 20 %                                                                       47.62
Total incl. VAT                                                               285.75
"""
    )
    assert [line.net for line in facts.lines] == ["228.13", "10.00"]


def test_the_net_is_what_a_total_leaves_beside_its_tax() -> None:
    facts = _read(
        """
Invoice 123100401
Total                          381.12
VAT 19 %                        72.41
Gross Amount incl. VAT         453.53
"""
    )
    values = [value(facts, name) for name in ("net_total", "tax_total", "gross_total")]
    assert values == ["381.12", "72.41", "453.53"]


def test_a_number_may_stand_alone_below_its_title() -> None:
    facts = _read(
        """
RECHNUNG
2503001
Datum: 04.03.2025
Gesamtsumme     3834,06
"""
    )
    assert value(facts, "number") == "2503001"


def test_a_dash_in_the_cell_before_is_no_minus() -> None:
    facts = _read(
        """
Invoice SG-12
Description          Qty    Unit Price    Discount     Amount
Storage                1      2,400.00       -       2,400.00
Subtotal                                             2,400.00
"""
    )
    assert facts.lines[0].net == "2400.00"
    assert facts.lines[0].unit_price == "2400.00"


def test_the_code_in_the_heading_says_which_dollars_are_meant() -> None:
    facts = _read(
        """
TAX INVOICE
Date: 01/03/2024
Amount (SGD)
Subtotal:   $100.00
GST (9%):     $9.00
Total:      $109.00
"""
    )
    assert value(facts, "currency") == "SGD"
    assert value(facts, "issue_date") == "2024-03-01"


def test_an_account_with_a_bank_is_no_customer() -> None:
    facts = _read(
        """
INVOICE JD-2024-03
Total:     6,800.00
Bank: Barclays
Sort Code: 20-00-00
Account Number: 12345678
"""
    )
    assert value(facts, "buyer_number") is None


def test_what_is_credited_has_no_minus_in_its_lines() -> None:
    facts = _read(
        """
Note de crédit 167
Désignation    Quantité    Prix unitaire HT    Total HT
Produit              -2              154,00     -308,00
Total HT                                        -308,00
TVA (20%)                                        -61,60
Total TTC                                       -369,60
"""
    )
    assert facts.kind == "credit_note"
    assert [(line.quantity, line.net) for line in facts.lines] == [("2", "308.00")]


def test_the_town_stands_below_the_street_of_a_form() -> None:
    facts = _read(
        """
Handelsrechnung Nr. 471102
Verkäufer
Name:             Lieferant Muster GmbH
Ansprechpartner:  Erika Muster
Anschrift:        Musterstraße 20
                  DE 80333 München
Telefon:          +49 89 1234567
"""
    )
    assert value(facts, "seller_address") == "Musterstraße 20 DE 80333 München"


def test_a_name_may_stand_beside_a_label_without_a_colon() -> None:
    facts = _read(
        """
Alpha Solutions KG - Rechnung
Rechnungsempfänger   Testkunde GmbH, Musterstraße 2, 4020 Linz
Leistungsbeschreibung:
Diverse Dienstleistungen
Gesamtbetrag         4.522,35
"""
    )
    assert value(facts, "buyer_name") == "Testkunde GmbH"
    assert value(facts, "seller_name") != "Testkunde GmbH"


def test_name_and_address_of_a_customer_in_one_line_make_nobody_the_sender() -> None:
    facts = _read(
        """
Regolo di Leonardo Rossi
Via dei Confinati 7
75020 Marconia
P.IVA: 01335720775

Fattura n° 1
Cliente:
Lucus Informatica srl, via Puglia 12, 75015 Marconia (MT)
c.f./p.iva 01268100771
"""
    )
    assert value(facts, "buyer_name") == "Lucus Informatica srl"
    assert value(facts, "buyer_address") == "via Puglia 12, 75015 Marconia (MT)"
    assert value(facts, "seller_name") == "Regolo di Leonardo Rossi"


def test_the_day_of_a_law_dates_no_paper() -> None:
    facts = _read(
        """
Fattura n° 4
28/05/2018
Operazione non soggetta a Iva - legge n. 190 del 23 dicembre 2014
TOTALE                       35,00
"""
    )
    assert value(facts, "issue_date") == "2018-05-28"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("ReNr 775001", "775001"),
        ("Rech.-ID: R-2025-017", "R-2025-017"),
        ("RECH-NR: 0009988125", "0009988125"),
        ("Rechnungskennung: 78-WK-25", "78-WK-25"),
        ("Fattura   2 / 2024", "2 / 2024"),
    ],
)
def test_a_number_has_many_names(line: str, number: str) -> None:
    facts = _read(f"Acme GmbH\n{line}\nDatum: 07.08.2025\nGesamtbetrag    100,00")
    assert value(facts, "number") == number


def test_totals_may_stand_flush_left() -> None:
    facts = _read(
        """
Rechnung Nr. 17
Leistung              Menge        Betrag
Website               7 Stunden    12.345.050,00 EUR exkl. Ust
Equipment             15 Stück     4.500,00 EUR exkl. Ust
Beratung              1 Stunde     60,00 EUR exkl. Ust
"""
    )
    assert [line.net for line in facts.lines] == ["12345050.00", "4500.00", "60.00"]


def test_a_signature_is_nobody() -> None:
    facts = _read(
        """
Restaurant Mythos
Gasse 4
85570 Markt Schwaben

3534C3D379C6BC61F8ABF4B7AEC67D13
Hauptstraße 12
85570 Markt Schwaben
Rechnung Nr. 8413
"""
    )
    assert value(facts, "buyer_name") is None


def test_amounts_centred_on_two_lines_belong_to_the_text_above() -> None:
    facts = _read(
        """
INVOICE 1000-15088
DESCRIPTION                UNIT COST     QTY      AMOUNT
Curtain Cleaning
                               40.00       3      120.00
Superior dry cleaning
Pressure Washing
                              110.00       1      110.00
Jet washer for surfaces
SUBTOTAL                                          230.00
"""
    )
    assert [line.text for line in facts.lines] == ["Curtain Cleaning", "Pressure Washing"]


def test_a_name_may_begin_with_its_colon() -> None:
    facts = _read(
        """
INVOICE 1/2024
Seller     : Mister Twister          Buyer     : Best Solutions Ltd.
Address    : Calmstreet 1, London    Address   : Long Street 1, Leeds
"""
    )
    assert value(facts, "seller_name") == "Mister Twister"
    assert value(facts, "buyer_name") == "Best Solutions Ltd."


def test_a_table_of_bank_accounts_holds_no_address_of_the_seller() -> None:
    facts = _read(
        """
FACTURE
N° 2020140205458

                                                CASTAFIORE
                                                54 AV GUILHEM
                                                34080 MONTPELLIER

DOMICILIATION               IBAN                            BIC
Caisse d'Epargne Paris      FR7617518700000809419793890     CEPAFRPP751
18 rue de la Boétie
75008 Paris
"""
    )
    names = {value(facts, "seller_name"), value(facts, "buyer_name")}
    assert names == {None, "CASTAFIORE"}


def test_an_american_house_number_of_five_digits_is_no_town() -> None:
    facts = _read(
        """
Invoice no: 51109338
Seller:                              Client:
Andrews, Kirby and Valdez            Becker Ltd
58861 Gonzalez Prairie               8012 Stewart Summit Apt. 455
Lake Daniellefurt, IN 57228          North Douglas, AZ 95355
Tax Id: 945-82-2137                  Tax Id: 942-80-0517
"""
    )
    assert value(facts, "seller_address") == "58861 Gonzalez Prairie Lake Daniellefurt, IN 57228"
    assert value(facts, "buyer_address") == "8012 Stewart Summit Apt. 455 North Douglas, AZ 95355"


def test_gross_totals_of_lines_may_differ_by_half_a_cent_each() -> None:
    facts = _read(
        """
Invoice 51109338
Description       Qty    Net price    Net worth    VAT    Gross worth
Desktop PC          1       209,00       209,00    10%         229,90
Thin client         5        37,75       188,75    10%         207,63
Gaming PC           3       464,89      1394,67    10%        1534,14
Net worth                                                     1792,42
VAT 10%                                                        179,24
Gross worth                                                   1971,66
"""
    )
    assert [line.net for line in facts.lines] == ["209.00", "188.75", "1394.67"]


@pytest.mark.parametrize("money", ["EUR", "GBP", "US$", "CA$", "€ "])
def test_a_currency_may_stand_hard_by_its_amount(money: str) -> None:
    facts = _read(
        f"""
Invoice INV-0017
Description      Qty     Unit price          Amount
Hosting            2     {money}550.00       {money}1,100.00
Subtotal                                     {money}1,100.00
VAT 20%                                      {money}220.00
Total                                        {money}1,320.00
"""
    )
    assert (value(facts, "net_total"), value(facts, "gross_total")) == ("1100.00", "1320.00")
    assert [line.net for line in facts.lines] == ["1100.00"]


@pytest.mark.parametrize(
    "town", ["London EC1A 1BB", "London, EC1A 1BB, United Kingdom", "Vancouver, BC V6B 1A1"]
)
def test_a_letterhead_on_one_line_may_end_with_its_postcode(town: str) -> None:
    facts = _read(
        f"""
Miller Hosting Ltd, 5 High Street, {town}

Baker Ltd
7 Low Road
Leeds LS1 4AP

Invoice INV-0017
Total £1,320.00
"""
    )
    assert value(facts, "seller_name") == "Miller Hosting Ltd"
    assert value(facts, "seller_address") == f"5 High Street, {town}"
    assert value(facts, "buyer_name") == "Baker Ltd"
