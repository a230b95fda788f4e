"""What leasing firms, insurers, lawyers, registrars and colocation houses print in their own way."""

from __future__ import annotations

import pytest

from contor.documents.document_text import TextLine, document_text
from contor.documents.facts import Facts, facts_from
from contor.documents.items.carried import is_carried
from contor.documents.items.pension_funds import is_fund
from tests.unit.documents.paper import page_of, values


def read(*pages: str) -> Facts:
    return facts_from([page_of(text, number) for number, text in enumerate(pages, 1)])


def test_the_row_of_sums_below_a_table_is_the_total_and_not_its_first_line() -> None:
    facts = read("""
Leasingrechnung Nr. L-118204
Datum 01.05.2026

Leistung                 Nettobetrag    USt %     USt    Bruttobetrag
Finanzleasingrate             489,00    19,00   92,91          581,91
Wartung                        42,50    19,00    8,08           50,58
Rundfunkbeitrag                 5,83     0,00    0,00            5,83
Summe                         537,33           100,99          638,32
""")
    totals = ("net_total", "tax_total", "gross_total")
    assert values(facts, *totals) == ("537.33", "100.99", "638.32")
    assert [(row.rate, row.base) for row in facts.tax_breakdown] == [
        ("19.00", "531.50"),
        ("0.00", "5.83"),
    ]
    assert [line.net for line in facts.lines] == ["489.00", "42.50", "5.83"]


def test_a_number_centred_below_its_heading_is_found() -> None:
    facts = read("""
                      Leasingrechnung
     Nummer              Datum          Kunde
 L-2605-118204        01.05.2026       7700412
""")
    assert values(facts, "number", "issue_date") == ("L-2605-118204", "2026-05-01")


def test_days_above_their_captions_are_read_like_numbers() -> None:
    facts = read("""
TAX INVOICE
SC-2026-0418        18 Apr 2026         18 May 2026       EU-2231
Invoice number      Date of issue       Payment due       Customer ID
""")
    names = ("number", "issue_date", "due_date", "period_start")
    assert values(facts, *names) == ("SC-2026-0418", "2026-04-18", "2026-05-18", None)


def test_a_lawyers_pension_fund_is_taxed_but_no_line() -> None:
    facts = read("""
FATTURA N. 27/2026 del 14/04/2026
Onorari per consulenza contratti          1.800,00
Spese generali 15%                          270,00
Contributo Cassa Forense 4%                  82,80
Imponibile IVA                            2.152,80
IVA 22%                                     473,62
Totale fattura                            2.626,42
""")
    assert values(facts, "net_total", "gross_total") == ("2152.80", "2626.42")
    assert [line.net for line in facts.lines] == ["1800.00", "270.00"]
    assert facts.findings == ()


@pytest.mark.parametrize(
    ("row", "fund"),
    [
        ("Contributo integrativo 4%", True),
        ("CNPAIA 4%", True),
        ("INARCASSA 4%", True),
        ("Rivalsa INPS 4%", True),
        ("C.P.A. 4%", True),
        ("Cassa di bottiglie", False),
        ("Contributo ambientale CONAI", False),
        ("Cassaforte ignifuga", False),
    ],
)
def test_what_is_a_pension_fund(row: str, fund: bool) -> None:
    (line,) = _lines(f"{row}     150,00")
    assert is_fund(line) == fund


@pytest.mark.parametrize(
    ("row", "carried"),
    [
        ("Übertrag", True),
        ("Übertrag von Seite 1", True),
        ("Carried forward", True),
        ("Brought forward:", True),
        ("À reporter", True),
        ("Riporto", True),
        ("Report annuel de disponibilité", False),
        ("Übertragungskapazität 10G", False),
        ("Forwarding fee", False),
    ],
)
def test_sums_carried_over_the_page_are_no_lines(row: str, carried: bool) -> None:
    (line,) = _lines(f"{row}          660,30")
    assert is_carried(line) == carried


def test_power_by_the_kilowatt_hour_over_two_pages() -> None:
    heads = "Code      Description              kWh    EUR/kWh    Amount EUR\n"
    facts = read(
        f"""
Invoice EC/26/20177    30-Apr-2026

{heads}PDU-100   Rack A1, metered power    40     0.3100         12.40
PDU-101   Rack A2, metered power    47     0.3100         14.57
          Carried forward                                 26.97
""",
        f"""
{heads}          Brought forward                                 26.97
PDU-102   Rack A3, metered power   180     0.3100         55.80

                                   Net                     82.77
                                   VAT @ 0.00%              0.00
                                   Total EUR               82.77
Reverse charge: VAT to be accounted for by the recipient.
""",
    )
    assert [(line.quantity, line.net) for line in facts.lines] == [
        ("40", "12.40"),
        ("47", "14.57"),
        ("180", "55.80"),
    ]


def test_american_sales_tax_is_charged_after_the_discount() -> None:
    facts = read("""
Invoice # RW-0099817
Description                 Qty     Price       Amount
Panel licence, annual         4    $180.00     $720.00
Priority support              1     $99.00      $99.00

                         Subtotal              $819.00
                         Discount (10%)        −$81.90
                         Sales tax (8.25%)      $60.81
                         Total                 $797.91
""")
    assert values(facts, "net_total", "tax_total", "gross_total") == ("737.10", "60.81", "797.91")
    assert [(row.rate, row.base) for row in facts.tax_breakdown] == [("8.25", "737.10")]
    assert facts.findings == ()


PREMIUM = """
Beitragsrechnung
Rechnungs-Nr. 2026 0118 4471
Hamburg, 02.01.2026

Zeitraum                    Beitrag netto   Vers.-Steuer 19 %   Gesamtbeitrag
01.02.2026 - 31.01.2027        1.840,00 €            349,60 €      2.189,60 €
"""


def test_insurance_tax_is_never_deducted_as_vat() -> None:
    facts = read(PREMIUM + "Nach § 4 Nr. 10a UStG von der Umsatzsteuer befreit.")
    assert values(facts, "tax_total", "gross_total") == ("0.00", "2189.60")
    assert [(row.category, row.base, row.tax) for row in facts.tax_breakdown] == [
        ("E", "2189.60", "0.00")
    ]


def test_vat_beside_insurance_tax_is_still_read() -> None:
    facts = read("""
Rechnung Nr. 4711
Leasingrate                   500,00 €
Versicherung inkl. Versicherungssteuer   40,00 €
Nettobetrag                   540,00 €
19 % MwSt                     102,60 €
Gesamtbetrag                  642,60 €
""")
    assert values(facts, "net_total", "tax_total") == ("540.00", "102.60")


def test_a_large_sender_needs_no_street() -> None:
    facts = read("""
Hanse Assekuranz Versicherungs-AG, 22287 Hamburg

Contor Cloud GmbH
Rheinufer 3
50668 Köln
""")
    assert values(facts, "seller_name", "buyer_name") == (
        "Hanse Assekuranz Versicherungs-AG",
        "Contor Cloud GmbH",
    )


def test_a_title_with_its_number_parts_the_letterhead_from_the_window() -> None:
    facts = read("""
nameport                                  Nameport Registry Services B.V.
                                     Keizersgracht 555, 1017 DR Amsterdam

Invoice NP260400771

Alpen Hosting S.r.l.
Via Brennero 7
IT-39042 Bressanone
""")
    names = ("Nameport Registry Services B.V.", "Alpen Hosting S.r.l.")
    assert values(facts, "seller_name", "buyer_name") == names


def test_a_swiss_subtotal_is_the_net() -> None:
    facts = read("""
Rechnung Nr. 26-10447
Zwischentotal CHF ............    12'680.80
MWST 8.1% ....................     1'027.14
Rundung ......................         0.01
Rechnungstotal CHF ...........    13'707.95
""")
    assert values(facts, "net_total", "tax_total", "gross_total") == (
        "12680.80",
        "1027.14",
        "13707.95",
    )


def test_what_is_drawn_from_the_account_is_due_that_day() -> None:
    facts = read("""
Jahresrechnung Strom 2025 Nr. 77    17.04.2026
Die Nachzahlung von 819,54 € buchen wir zum 04.05.2026 ab.
""")
    assert values(facts, "due_date") == ("2026-05-04",)


def test_import_vat_laid_out_by_the_carrier_is_net_without_tax() -> None:
    facts = read("""
Rechnung Nr. LEJR0033881     Rechnungsdatum 11.05.2026
Einfuhrumsatzsteuer (verauslagt)        0 %       782,80
Kapitalbereitstellungsprovision        19 %        19,50
Zusätzliche Warentarifnummer           19 %         6,00
Summe 0 %                                         782,80
Summe 19 % netto                                   25,50
Umsatzsteuer 19 %                                   4,85
Zahlbetrag EUR                                    813,15
""")
    assert values(facts, "net_total", "tax_total", "gross_total") == ("808.30", "4.85", "813.15")
    assert [(row.rate, row.base, row.tax) for row in facts.tax_breakdown] == [
        ("0.00", "782.80", "0.00"),
        ("19.00", "25.50", "4.85"),
    ]


def test_costs_advanced_by_a_notary_bear_no_vat() -> None:
    facts = read("""
Fattura n. 12 del 20/04/2026
Compenso                              1.000,00
Spese anticipate escluse art. 15        150,00
IVA 22%                                 220,00
Totale fattura                        1.370,00
""")
    assert values(facts, "net_total", "tax_total", "gross_total") == (
        "1150.00",
        "220.00",
        "1370.00",
    )


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Bitte innerhalb von zwei Wochen auf unser Konto überweisen.", "2026-05-26"),
        ("Payable within 4 weeks of the invoice date.", "2026-06-09"),
        ("Bitte binnen 10 Tagen auf DE89 3704 0044 0532 0130 00 zahlen.", "2026-05-22"),
        ("Widerspruch innerhalb von zwei Wochen. Zahlen Sie bitte.", None),
    ],
)
def test_weeks_to_pay(sentence: str, due: str | None) -> None:
    facts = read(f"Rechnung Nr. 2026-14\nRechnungsdatum 12.05.2026\n{sentence}")
    assert values(facts, "due_date") == (due,)


def test_a_table_of_discounts_leaves_the_whole_to_be_paid_at_its_last_day() -> None:
    facts = read("""
RECHNUNG RE2605-0331
Belegdatum: 07.05.2026
Nettowarenwert                        4.767,60
zzgl. 19,00 % MwSt                      905,84
Endbetrag EUR                         5.673,44

Zahlungsbedingungen    bis           Skonto    Zahlbetrag
8 Tage 3 %             15.05.2026    170,20      5.503,24
14 Tage 2 %            21.05.2026    113,47      5.559,97
30 Tage netto          06.06.2026      0,00      5.673,44
""")
    assert values(facts, "due_date", "payable", "prepaid") == ("2026-06-06", "5673.44", None)


def test_tax_withheld_by_its_initials_was_not_paid_before() -> None:
    facts = read("""
Fattura n. 9 del 20/04/2026
Imponibile               3.900,00
IVA 22%                    858,00
TOTALE DOCUMENTO         4.758,00
R.A. 20% su 3.750,00      -750,00
DA PAGARE                4.008,00
""")
    assert values(facts, "payable", "prepaid") == ("4008.00", None)


def test_an_address_in_one_cell_beside_its_label_ends_the_name() -> None:
    facts = read("""
Rechnung zum Online-Ticket
Rechnungsnummer        2026041688120
Rechnungsempfänger     Contor Cloud GmbH, Rheinufer 3, 50668 Köln
""")
    assert values(facts, "buyer_name", "buyer_address") == (
        "Contor Cloud GmbH",
        "Rheinufer 3, 50668 Köln",
    )


def test_a_french_company_is_named_without_its_capital() -> None:
    facts = read("""
AlpTel SA – société anonyme au capital de 2 500 000 euros
120 avenue de Genève
74000 Annecy

HÉBERGEUR LYONNAIS SARL
14 quai Rambaud
69002 LYON

Facture n° 2605118447    Émise le 2 mai 2026   Prélevée le 17 mai 2026
""")
    assert values(facts, "seller_name", "due_date") == ("AlpTel SA", "2026-05-17")


def _lines(text: str) -> tuple[TextLine, ...]:
    return document_text([page_of(text)]).lines
