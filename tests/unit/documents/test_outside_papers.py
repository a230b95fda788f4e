"""Invoices as other programmes and countries print them, written before anyone looked how they read."""

from __future__ import annotations

import pytest

from contor.documents.facts import Facts, facts_from
from contor.documents.identifiers import find_identifiers
from tests.unit.documents.paper import page_of, values


def read(text: str) -> Facts:
    return facts_from([page_of(text)])


def test_a_day_that_only_a_sentence_mentions_is_no_day_of_issue() -> None:
    facts = read("""
FACTURE
n° F-2026-02-0113
du 3 mars 2026
Échéance : 2 avril 2026

Total HT                      1 103,54 €
Total TVA 20 %                  220,71 €
Net à payer                   1 324,25 €
Règlement par prélèvement SEPA le 2 avril 2026.
""")
    assert values(facts, "issue_date", "due_date") == ("2026-03-03", "2026-04-02")


def test_numbers_that_their_column_breaks_are_read_whole() -> None:
    facts = read("""
Invoice Number:       EUINDE26-
                      118833
Invoice Date:         2 March 2026
Wij verzoeken u het bedrag over te maken op NL91 ABNA 0417
1643 00 o.v.v. het factuurnummer.
""")
    assert values(facts, "number", "seller_iban") == ("EUINDE26-118833", "NL91ABNA0417164300")


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Rechnungsnummer     R 26 / 00981", "R 26 / 00981"),
        ("Numéro de facture   FA 2026.117", "FA 2026.117"),
        ("Rechnungsnummer     75 8812 3456 0031", "75 8812 3456 0031"),
        ("Rechnungsnummer     NR 4711", "4711"),
    ],
)
def test_letters_set_apart_belong_to_the_number(line: str, number: str) -> None:
    assert values(read(f"{line}\nDatum               03.02.2026"), "number") == (number,)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Part. IVA e Cod. Fisc. 03778890214", "IT03778890214"),
        ("Cod. Fisc. FRRPLA70A01A952K – Part. IVA 01998870214", "IT01998870214"),
        ("C.F. e Partita I.V.A. n. 03778890214", "IT03778890214"),
        ("CIF: B87654315", "ESB87654315"),
        ("NIP: 521-345-67-84", "PL5213456784"),
    ],
)
def test_vat_numbers_written_as_at_home(printed: str, value: str) -> None:
    assert [(i.value, i.valid) for i in find_identifiers(printed) if i.kind == "vat_id"] == [
        (value, True)
    ]


def test_nothing_is_a_spanish_vat_number_whose_check_digit_fails() -> None:
    assert find_identifiers("CIF: B87654316") == []


@pytest.mark.parametrize(
    ("window", "buyer"),
    [
        ("Herrn und Frau\nMax und Eva Berger", "Max und Eva Berger"),
        ("An\nContor Rechenzentren SE", "Contor Rechenzentren SE"),
        ("Luca Rossi\nAlpen Hosting S.r.l.", "Alpen Hosting S.r.l."),
        ("Alpen Hosting\nNachtportier Süd", "Alpen Hosting"),
    ],
)
def test_who_pays_is_named_below_salutations_and_persons(window: str, buyer: str) -> None:
    facts = read(f"""
Schreinerei Huber, Dorfplatz 3, 83646 Bad Tölz


{window}
Isarweg 9
83646 Bad Tölz

Rechnung Nr. 14/26                       9. Februar 2026
""")
    assert values(facts, "seller_name", "buyer_name") == ("Schreinerei Huber", buyer)


def test_the_place_of_supply_is_no_window() -> None:
    facts = read("""
Stadtwerke Musterau GmbH, Am Wasserturm 1, 28195 Bremen

Serverhaus Süd GmbH
Hafenstraße 88
28217 Bremen

Jahresrechnung Strom
Verbrauchsstelle: Hafenstraße 88, 28217 Bremen
Rechnungsnummer: 2026000448812
""")
    assert values(facts, "buyer_name") == ("Serverhaus Süd GmbH",)


def test_a_letterhead_stands_above_the_window_and_its_particulars_below_it() -> None:
    above = read("""
SoftHandel Rhein GmbH
Hanauer Landstr. 310, 60314 Frankfurt

RechenWerk AG                                   Rechnungsnummer  981
Theodor-Heuss-Allee 100                         Rechnungsdatum   14.02.2026
60486 Frankfurt
""")
    assert values(above, "seller_name", "buyer_name") == ("SoftHandel Rhein GmbH", "RechenWerk AG")
    level = read("""
Atelier Réseau                                  Hébergeur Lyonnais
17 rue de l'Intendance                          14 quai Rambaud
33000 Bordeaux                                  69002 Lyon
Siret 512998873 00017

Facture de solde n° 2026/018 pour la prestation du client
""")
    assert values(level, "seller_name", "buyer_name") == ("Atelier Réseau", "Hébergeur Lyonnais")


def test_a_country_ends_an_address_without_postcode_and_the_vat_number_below_is_its_own() -> None:
    facts = read("""
Bill to
Luca Rossi
Alpen Hosting S.r.l.
Via Brennero 7
39042 Bressanone
VAT number: IT03112230218

Lumen Cloud EMEA Limited
70 Sir John Quay
Dublin 2
Ireland
VAT number: IE9740425P

Invoice number: 5298114402
""")
    assert values(facts, "seller_name", "buyer_name") == (
        "Lumen Cloud EMEA Limited",
        "Alpen Hosting S.r.l.",
    )
    assert values(facts, "seller_vat_id", "buyer_vat_id") == ("IE9740425P", "IT03112230218")


def test_the_tax_printed_for_a_net_holds_where_a_credit_or_a_coin_parts_it_from_the_total() -> None:
    credit = read("""
Invoice #20263341
Sub Total                    71.00 EUR
21.00% BTW                   14.91 EUR
Credit                       10.00 EUR
Total                        75.91 EUR
""")
    assert values(credit, "net_total", "tax_total", "gross_total") == ("71.00", "14.91", "85.91")
    assert [(row.rate, row.base, row.tax) for row in credit.tax_breakdown] == [
        ("21.00", "71.00", "14.91")
    ]
    coin = read("""
Facture FA-117
Sous-total                   155.70
TVA 8.1%                      12.61
Arrondi                       -0.01
Total CHF                    168.30
""")
    assert values(coin, "net_total", "tax_total", "gross_total") == ("155.70", "12.61", "168.30")


def test_a_final_invoice_tells_what_was_paid_in_parts_and_what_is_left() -> None:
    facts = read("""
Schlussrechnung Nr. SR-2026-009           Datum: 20.02.2026
Gesamtsumme netto                                        62.000,00 €
zzgl. 19 % USt                                           11.780,00 €
Gesamtsumme brutto                                       73.780,00 €
1. AR-2025-101 vom 15.11.2025   20.000,00    3.800,00   -23.800,00 €
2. AR-2025-140 vom 12.12.2025   25.000,00    4.750,00   -29.750,00 €
Restforderung                   17.000,00    3.230,00    20.230,00 €
""")
    assert values(facts, "gross_total", "prepaid", "payable") == (
        "73780.00",
        "53550.00",
        "20230.00",
    )


@pytest.mark.parametrize(
    ("terms", "due", "discount"),
    [
        (
            "Zahlung in acht Tagen mit zwei Prozent Skonto, sonst binnen dreißig Tagen ohne Abzug.",
            "2026-03-11",
            "8:2.00",
        ),
        ("Zahlbar binnen 8 Tagen mit 3 % Skonto oder 30 Tage netto.", "2026-03-11", "8:3.00"),
    ],
)
def test_terms_in_words_are_counted(terms: str, due: str, discount: str) -> None:
    facts = read(f"Rechnung Nr. 14/26\nDatum: 09.02.2026\nBetrag  100,00 EUR\n{terms}")
    assert values(facts, "due_date", "discount_terms") == (due, discount)


def test_months_of_two_years_are_one_period() -> None:
    facts = read("Rechnung 7 vom 20.02.2026\nLeistungszeitraum: Oktober 2025 bis Januar 2026")
    assert values(facts, "period_start", "period_end") == ("2025-10-01", "2026-01-31")


def test_the_buyers_own_order_comes_before_the_sellers() -> None:
    facts = read("""
Rechnungs-Nr.:    2026/00417        Auftrags-Nr.:   AB-77120
Ihre Bestellung:  BE 4500123987
""")
    assert values(facts, "order_reference") == ("BE 4500123987",)


def test_lines_with_discount_price_for_a_hundred_and_a_head_of_euros() -> None:
    facts = read("""
Rechnung 2026/00417 vom 06.02.26
Bezeichnung            Menge   ME    E-Preis   PE   Rab.       EUR
CEE-Steckdose 32A         12   ST    18,9000    1  15,00    192,78
Mantelleitung Ring       300   M    412,5000  100         1.237,50
Nettobetrag                                               1.430,28
MwSt 19,00 %                                                271,75
Rechnungsbetrag EUR                                       1.702,03
""")
    assert [(line.quantity, line.unit_price, line.net) for line in facts.lines] == [
        ("12", "18.9000", "192.78"),
        ("300", "412.5000", "1237.50"),
    ]


def test_a_credit_note_may_say_so_in_a_row_below_its_heads() -> None:
    facts = read("""
TELEFONIA DOLOMITI
Tipo documento          Numero       Data          Pagina
NOTA DI CREDITO         NC/112       27/02/2026    1/1
Storno parziale ns. fattura 2210/A del 31/01/2026
Imponibile                 199,00
IVA 22%                     43,78
TOTALE DOCUMENTO           242,78
""")
    assert facts.kind == "credit_note"
    assert values(facts, "number", "issue_date") == ("NC/112", "2026-02-27")


def test_what_is_kept_back_for_the_state_was_not_paid_before() -> None:
    facts = read("""
Parcella n. 8/2026 del 16/02/2026
Totale imponibile                        2.080,00
IVA 22%                                    457,60
Totale fattura                           2.537,60
Ritenuta d'acconto 20%                   - 400,00
Netto a pagare                           2.137,60
""")
    assert values(facts, "gross_total", "prepaid", "payable") == ("2537.60", None, "2137.60")


def test_two_prices_are_no_net_and_tax_where_no_tax_is_charged() -> None:
    facts = read("""
Faktura FV/2026/02/0087
Programming services        2.880,00
Code audit                  1.150,00
Total due                   4.030,00 EUR
Reverse charge
""")
    assert values(facts, "net_total", "tax_total", "gross_total") == ("4030.00", "0.00", "4030.00")


def test_a_price_is_no_number_and_a_heading_none_either() -> None:
    facts = read("""
Invoice A-1
User account: Funds          Initial Charge: $58.36
""")
    assert values(facts, "buyer_number") == (None,)


def test_czech_invoices_are_read_in_their_own_words() -> None:
    facts = read("""
FAKTURA č. 260100342
Datum vystavení: 3. 2. 2026
Datum splatnosti: 17. 2. 2026
Základ daně 21 %                28 100,00 Kč
DPH 21 %                         5 901,00 Kč
Celkem k úhradě                 34 001,00 Kč
""")
    assert values(facts, "issue_date", "due_date", "currency") == (
        "2026-02-03",
        "2026-02-17",
        "CZK",
    )
    assert values(facts, "net_total", "tax_total", "gross_total") == (
        "28100.00",
        "5901.00",
        "34001.00",
    )


def test_a_bank_that_collects_is_the_buyers() -> None:
    facts = read("""
Fattura 0331/FE del 13.02.2026
Pagamento: RIBA 30 gg - Banca d'appoggio: IT69K0349311600000300123456
""")
    assert values(facts, "seller_iban") == (None,)


def test_the_second_invoice_of_a_file_begins_on_a_later_page() -> None:
    text = """
SoftHandel Rhein GmbH
Hanauer Landstr. 310, 60314 Frankfurt

RechenWerk AG                                   Rechnungsnummer  981
Theodor-Heuss-Allee 100
60486 Frankfurt
"""
    facts = facts_from([page_of(text, number=3)])
    assert values(facts, "seller_name", "number") == ("SoftHandel Rhein GmbH", "981")


def test_a_delivery_notes_number_and_date_make_no_delivery_note() -> None:
    facts = read("""
Belegnummer / Datum
90012345 / 05.02.2026
Lieferscheinnummer / Datum
80033221 / 03.02.2026

Summe netto                    100,00
Umsatzsteuer 19 %               19,00
Endbetrag                      119,00
""")
    assert facts.kind == "invoice"
    assert values(facts, "gross_total") == ("119.00",)


def test_an_article_is_no_address_though_its_name_looks_like_a_town() -> None:
    facts = read("""
Electro Distrib
Platanes 12
31700 Blagnac


CODE           DATE
411            09/03/26
Onduleur       3000 VA rack
""")
    assert values(facts, "seller_name", "buyer_name") == ("Electro Distrib", None)


def test_the_day_of_issue_is_due_only_where_terms_count_no_days() -> None:
    facts = read("""
Factuurnummer   26700415
Factuurdatum    05-03-2026
Betaling binnen 30 dagen na factuurdatum.
""")
    assert values(facts, "due_date") == ("2026-04-04",)


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("Bonifico su IT69K0349311600000300123456 entro 30 giorni.", "2026-04-11"),
        ("Please transfer the amount within ten days.", "2026-03-22"),
        ("Wir ziehen den Betrag zum Fälligkeitstag 20.03.2026 ein.", "2026-03-20"),
    ],
)
def test_what_is_to_be_done_by_when(line: str, due: str) -> None:
    facts = read(f"Invoice 5/2026\nDatum: 12.03.2026\n{line}")
    assert values(facts, "due_date") == (due,)


def test_spanish_dates_are_written_with_de() -> None:
    assert values(read("Factura nº 14\nFecha: 16 de marzo de 2026"), "issue_date") == (
        "2026-03-16",
    )


def test_a_customers_number_heads_nobodys_address() -> None:
    facts = read("""
Bürowelt Hansa GmbH, Sandtorkai 4, 20457 Hamburg

Serverhaus Süd GmbH                          Rechnung Nr.  260318-77
Hafenstraße 88                               Kunde         4410
28217 Bremen

Rechnungsbetrag           119,00
                                             USt-IdNr. DE812871812
""")
    assert values(facts, "seller_vat_id", "buyer_vat_id") == ("DE812871812", None)


def test_an_iban_that_its_footer_breaks_is_no_bic() -> None:
    facts = read("""
Rechnung 7 vom 02.03.2026
Glasfaser Lahn GmbH     Volksbank Lahn IBAN DE34 2005 0550 1234 5678     HRB 8123
Gießen                  90                                               Gießen
""")
    assert values(facts, "seller_iban", "seller_bic") == ("DE34200505501234567890", None)


def test_labels_with_their_values_beside_them_are_no_names() -> None:
    facts = read("""
                                                   Tideway Software Ltd
                                                   Unit 4, Dock Road
                                                   Bristol BS1 6UX
Credit Memo
Customer :          Alpen Hosting S.r.l.
Customer VAT :      IT03112230218

Remit To: Tideway Software Ltd, PO Box 7710, Bristol
""")
    assert values(facts, "seller_name", "buyer_name") == (
        "Tideway Software Ltd",
        "Alpen Hosting S.r.l.",
    )
    assert values(facts, "order_reference") == (None,)


def test_a_difference_that_nobody_calls_tax_is_none_where_none_is_charged() -> None:
    facts = read("""
Fattura n. 5/2026 del 12/03/2026
Totale netto                    1.540,00
Imposta di bollo                    2,00
Totale a pagare                 1.603,60
Operazione in franchigia da IVA, regime forfettario
""")
    assert values(facts, "tax_total", "gross_total") == ("0.00", "1603.60")


def test_a_credit_note_is_not_called_by_the_invoice_it_takes_back() -> None:
    facts = read("""
Lac Télécom SA
Note de crédit NC-2026-014
Lausanne, le 13 mars 2026
Concerne : notre facture 2026-0881 du 1er mars 2026
""")
    assert facts.kind == "credit_note"
    assert values(facts, "number", "issue_date") == ("NC-2026-014", "2026-03-13")


def test_bases_in_brackets_make_the_net_that_nobody_prints() -> None:
    facts = read("""
Rechnung 9087712345 vom 24.03.2026
Warenwert                        172,08
Versandkosten                      5,95
MwSt 19% (140,65)                 26,72
MwSt 7% (37,38)                    2,62
Gesamtbetrag EUR                 207,37
""")
    assert values(facts, "net_total", "tax_total", "gross_total") == ("178.03", "29.34", "207.37")
    assert [(row.rate, row.base, row.tax) for row in facts.tax_breakdown] == [
        ("19.00", "140.65", "26.72"),
        ("7.00", "37.38", "2.62"),
    ]


def test_a_month_that_is_named_the_period_comes_before_the_days_of_the_lines() -> None:
    facts = read("""
Rechnung 118 vom 09.03.2026
Leistungszeitraum: Februar 2026
03.02.2026    Räumen     137,50
04.02.2026    Streuen     55,00
""")
    assert values(facts, "period_start", "period_end") == ("2026-02-01", "2026-02-28")


def test_a_credited_line_keeps_its_quantity_and_price() -> None:
    facts = read("""
Rechnung 4481 vom 31.03.2026
Elektroschrott          0,840      95,00       79,80
Gutschrift Kupfer       0,120   4.100,00     -492,00
Altakten vernichten     0,950     600,00      570,00
Nettobetrag                                   157,80
USt 19 %                                       29,98
Bruttobetrag EUR                              187,78
""")
    assert [(line.quantity, line.unit_price, line.net) for line in facts.lines][1] == (
        "0.12",
        "4100.00",
        "-492.00",
    )


def test_neither_a_structured_message_nor_a_way_to_pay_is_an_identifier() -> None:
    assert find_identifiers("Communication : +++260/0002/31086+++") == []
    facts = read("Fattura 412/00 del 28/02/2026\nBONIFICO 60 GG\nIBAN IT69K0349311600000300123456")
    assert values(facts, "seller_bic") == (None,)


def test_numbers_above_their_captions_are_read() -> None:
    facts = read("""
26-00312           09.02.2026         55-1022
Rechnungsnummer    Rechnungsdatum     Kundennummer

Nettobetrag          438,50 €
Umsatzsteuer 19 %     83,32 €
Bruttobetrag         521,82 €
""")
    assert values(facts, "number", "issue_date", "buyer_number") == (
        "26-00312", "2026-02-09", "55-1022",
    )  # fmt: skip


def test_a_row_of_headings_is_no_row_of_captions() -> None:
    facts = read("""
A-1001             B-2002             C-3003

Rechnungsnummer    Rechnungsdatum     Kundennummer
26-00312           09.02.2026         55-1022
""")
    assert values(facts, "number", "buyer_number") == ("26-00312", "55-1022")


@pytest.mark.parametrize(
    "head",
    [
        "Note d'honoraires n° 2026-03-07\nLyon, le 4 mars 2026",
        "Rechnungsnr. 2026-03-07\nRechnungsdatum 04.03.2026",
        "Rechnungsnummer      Rechnungsdatum\n2026-03-07           04.03.2026",
    ],
)
def test_a_number_in_the_shape_of_a_date_is_a_number_where_it_is_called_so(head: str) -> None:
    assert values(read(head), "number", "issue_date") == ("2026-03-07", "2026-03-04")


def test_a_date_is_no_number_where_nothing_calls_it_so() -> None:
    assert values(read("Invoice 2026-03-07\nTotal 12.00 EUR"), "number") == (None,)


def test_an_italian_vat_number_under_its_heading_is_one() -> None:
    facts = read("""
OFFICINE DATI TRENTINE S.R.L.
C.F./P.IVA 00743110157

Numero        Data            P. IVA cliente
412/00        28/02/2026      05143240017
""")
    assert values(facts, "seller_vat_id", "buyer_vat_id") == ("IT00743110157", "IT05143240017")


def test_eleven_figures_under_another_heading_or_with_a_wrong_check_digit_are_none() -> None:
    for head, figures in (("Cod. cliente", "05143240017"), ("P. IVA cliente", "05143240018")):
        facts = read(f"Numero        {head}\n412/00        {figures}")
        assert values(facts, "seller_vat_id", "buyer_vat_id") == (None, None)


@pytest.mark.parametrize(
    "head",
    [
        "Invoice\n\nNumber        4711\nDate          7 March 2026",
        "Rechnung\n\nNummer        Datum         Kunde\n4711          07.03.2026    10455",
    ],
)
def test_a_number_that_is_called_but_number_is_the_one_of_the_invoice(head: str) -> None:
    assert values(read(head), "number", "issue_date") == ("4711", "2026-03-07")


def test_the_number_of_a_row_is_none_of_the_invoice() -> None:
    facts = read("""
Rechnung

Nummer    Bezeichnung        Menge      Betrag
1001      Rack               1          400,00
""")
    assert values(facts, "number") == (None,)
