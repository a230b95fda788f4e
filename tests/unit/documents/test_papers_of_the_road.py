"""What a bookkeeper gets from travels and utilities: hotel bills, railway tickets, energy bills."""

from __future__ import annotations

from contor.documents.facts import Facts, facts_from
from tests.unit.documents.paper import page_of, values

TOTALS = ("net_total", "tax_total", "gross_total")


def read(text: str) -> Facts:
    return facts_from([page_of(text)])


def test_a_hotels_rows_of_tax_prove_its_total_though_their_sums_are_not_printed() -> None:
    facts = read("""
RECHNUNG / INVOICE
Rechnungsnr: 21-0052/9972                                        Datum: 03/09/2021

Datum        Anzahl   Einzelpreis   Beschreibung          Rabatt    MwSt.    Betrag
03.09.2021   1              82.00   Hotelaufenthalt         0,00    7.00%     82,00
03.09.2021   1               5.00   Parkplatz               0,00   19.00%      5,00
                                                           Total            87,00 €

                    MwSt-Satz     Netto EUR     MwSt EUR      Total EUR
                          19%        4,20 €       0,80 €         5,00 €
                           7%       76,64 €       5,36 €        82,00 €
""")
    assert values(facts, *TOTALS) == ("80.84", "6.16", "87.00")
    assert [(row.rate, row.base) for row in facts.tax_breakdown] == [
        ("19.00", "4.20"),
        ("7.00", "76.64"),
    ]


def test_a_railway_ticket_is_a_receipt_with_the_tax_within_its_price() -> None:
    facts = read("""
Online-Ticket

Positionen            Preis      MwSt (D) 19%             MwSt D: 7%
ICE Fahrkarte   1    92,00€     92,00€    14,69€
Reservierung    1     0,00€
Summe                92,00€     92,00€    14,69€
""")
    assert facts.kind == "receipt"
    assert values(facts, *TOTALS) == ("77.31", "14.69", "92.00")
    assert [(row.rate, row.tax) for row in facts.tax_breakdown] == [("19.00", "14.69")]


def test_kilograms_and_amounts_of_tax_are_no_rate_of_tax() -> None:
    weighed = read("""
Rechnung Nr. 4711
Pos.   Produkt              Menge    Einzelpreis    Steuer    Gesamtpreis
1      GG-STD-05 - Brackets  9 kg        15,00 €      19 %      135,00 €
Gesamtbetrag Netto                                               135,00 €
Umsatzsteuer 19 %                                                 25,65 €
Gesamtbetrag Brutto                                              160,65 €
""")
    [line] = weighed.lines
    assert (line.quantity, line.unit, line.unit_price, line.rate) == ("9", "kg", "15.00", "19.00")
    priced = read("""
INVOICE: INV-100
DESCRIPTION             QTY       PRICE       TAX       AMOUNT
Consulting Services       2      $30.00     $6.00       $60.00
SUBTOTAL                                                $60.00
SALES TAX                                                $6.00
TOTAL                                                   $66.00
""")
    assert [line.rate for line in priced.lines] == [None]


def test_sections_with_sums_of_their_own_are_one_table() -> None:
    facts = read("""
Invoice INV/2023/03/0008
Description              Quantity     Unit Price      Taxes        Amount
Beeswax                    1.00           42.00      15.00%         42.00
Office chair               1.00           70.00      15.00%         70.00
                                                   Subtotal        112.00
Luxury truffles           15.00           10.00                    150.00
                                                   Subtotal        150.00
Subtotal                                                           262.00
Tax 15% on 112.00                                                   16.80
Total                                                              278.80
""")
    assert [line.net for line in facts.lines] == ["42.00", "70.00", "150.00"]
    assert [(row.rate, row.base) for row in facts.tax_breakdown] == [
        ("15.00", "112.00"),
        ("0.00", "150.00"),
    ]


def test_a_number_follows_the_title_with_its_date_on_the_line_or_below() -> None:
    beside = read("Ihre Rechnung vom 12.03.2026 Nr. RE-4711\nGesamt   119,00 €")
    assert values(beside, "number", "issue_date") == ("RE-4711", "2026-03-12")
    below = read("Facture du 29/01/2021\nn° 1234567890\nTotal TTC   1479,85 €")
    assert values(below, "number", "issue_date") == ("1234567890", "2021-01-29")
    another = read("Storno zu Ihrer Rechnung vom 12.03.2026 Nr. RE-4711\nGesamt   119,00 €")
    assert values(another, "number") != ("RE-4711",)


def test_what_was_left_unpaid_before_is_not_what_is_due() -> None:
    facts = read("""
INVOICE: INV-100
123 Bill St,                123 Ship St,
SUBTOTAL                     $100.00
SALES TAX                     $10.00
TOTAL                        $110.00
PREVIOUS UNPAID BALANCE      $500.00
AMOUNT DUE                   $610.00
""")
    assert values(facts, "number", "gross_total", "payable") == ("INV-100", "110.00", "610.00")


def test_two_rows_of_one_rate_count_both_and_a_number_of_nights_is_no_tax() -> None:
    facts = read("""
Invoice number: 2023527056146                                  Date: 19.08.2023
Service                    VAT      Num      Price EUR     Amount EUR
Breakfast (VAT 7%)        7.00%       2          14.13          28.26
Total Amount                                        EUR        402.19

VAT                        Net Amount EUR    VAT Amount EUR    VAT Gross EUR
19.00 % (MwSt)                       4.46              0.85             5.31
7.00 % (MwSt)                      363.92             25.47           389.39
7.00 % (Kulturabgabe)                7.00              0.49             7.49
""")
    assert values(facts, *TOTALS) == ("375.38", "26.81", "402.19")
    assert [(row.rate, row.base) for row in facts.tax_breakdown] == [
        ("19.00", "4.46"),
        ("7.00", "370.92"),
    ]


def test_a_till_names_the_tax_within_its_price_below_the_word_tax() -> None:
    facts = read("""
Uniqlo Leipziger Platz
Bon vom 24.07.2023
Zwischensumme                  52,70 €
Gesamt                         52,70 €
Steuer inkl.:
19,00% of 52,70 €               8,42 €
""")
    assert values(facts, *TOTALS) == ("44.28", "8.42", "52.70")


def test_a_rate_without_its_sign_is_not_taken_for_the_base() -> None:
    facts = read("""
Rechnung Nr. 4711
VAT (S)                        22,00      7      1,54
Rechnungssumme ohne USt.       22,00
Steuerbetrag                    1,54
Rechnungssumme mit USt.        23,54
""")
    assert [(row.rate, row.base) for row in facts.tax_breakdown] == [("7.00", "22.00")]


def test_turnover_and_the_tax_in_it_on_lines_of_their_own_make_a_row() -> None:
    inside = read("""
Noels Ballroom
Rechnung Nr: 26
Total                         144,30 €
Nettoumsatz                   129,12 €
Ums. inkl. 16% MwSt            92,00 €
enth. MwSt 16%                 12,69 €
Ums. inkl. 5% MwSt             52,30 €
enth. MwSt 5%                   2,49 €
""")
    assert values(inside, *TOTALS) == ("129.12", "15.18", "144.30")
    assert [(row.rate, row.base, row.tax) for row in inside.tax_breakdown] == [
        ("16.00", "79.31", "12.69"),
        ("5.00", "49.81", "2.49"),
    ]
    beside = read("""
La Grotta
Rechnung Nr: 7
Total                          54,90 Euro
Nettoumsatz                    49,90 Euro
Verkäufe 19% inkl.             15,00 Euro
Mwst 19%                        2,39 Euro
Verkäufe 7% inkl.              39,90 Euro
Mwst 7%                         2,61 Euro
""")
    assert [(row.rate, row.base) for row in beside.tax_breakdown] == [
        ("19.00", "12.61"),
        ("7.00", "37.29"),
    ]


def test_a_postcode_is_no_customers_number() -> None:
    facts = read("""
FACTURE N° F20260023
REF COMPTABLE : BUYER ACCOUNT
06000 Nice
N° DE CLIENT : REFCLI0215
Total TTC   104,90 €
""")
    assert values(facts, "buyer_number", "number") == ("REFCLI0215", "F20260023")


def test_lines_in_whole_dollars_are_lines_and_the_right_figure_is_the_price() -> None:
    facts = read("""
INVOICE                                     Invoice No: INV01699
DESCRIPTION          QTY/HR                UNIT PRICE         TOTAL
Toto sink                         3                 61          183
Magnetic filter                   6                 96          576
SUBTOTAL                                                        759
TOTAL TAX                                                     22.77
BALANCE DUE                                                 $781.77
""")
    assert [(line.quantity, line.unit_price, line.net) for line in facts.lines] == [
        ("3", "61.00", "183.00"),
        ("6", "96.00", "576.00"),
    ]
