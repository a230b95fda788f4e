"""What invoices of small firms, carriers and registries print differently from a model invoice."""

from __future__ import annotations

import pytest

from contor.documents.facts import Facts, facts_from
from contor.documents.identifiers import find_identifiers
from tests.unit.documents.paper import page_of, values


def read(text: str) -> Facts:
    return facts_from([page_of(text)])


def test_no_tax_is_charged_where_the_wording_says_so() -> None:
    facts = read("""
Rechnung Nr. 2026/017                Datum: 12.03.2026
Icon-Set Kundenportal                               272,00 EUR
Gesamtbetrag                                        272,00 EUR
Gemäß § 19 UStG wird keine Umsatzsteuer berechnet.
""")
    assert values(facts, "net_total", "tax_total", "gross_total") == ("272.00", "0.00", "272.00")
    assert facts.fields["tax_total"].source == "derived"


def test_lines_without_a_table_count_where_they_make_the_net() -> None:
    facts = read("""
Rechnung Nr. 118                     Datum: 30.06.2026
Trennwand                                          3.096,00
Tür einbauen                                       1.240,00
Nettobetrag                                        4.336,00
USt 19 %                                             823,84
Gesamtbetrag                                       5.159,84
""")
    assert [(line.text, line.net) for line in facts.lines] == [
        ("Trennwand", "3096.00"),
        ("Tür einbauen", "1240.00"),
    ]


def test_one_row_of_a_vat_table_is_not_the_whole() -> None:
    facts = read("""
Rechnung Nr. 88/2026                 vom 30.03.2026
Satz        Netto      MwSt     Brutto
19,00 %     48,60      9,23      57,83
7,00 %      23,76      1,66      25,42
Rechnungsendbetrag                              83,25 EUR
""")
    assert values(facts, "net_total", "tax_total", "gross_total") == ("72.36", "10.89", "83.25")


def test_what_is_called_paid_and_leaves_no_rest_is_no_prepayment() -> None:
    facts = read("""
Invoice number: FF-0312              Date: 03 April 2026
Dark fibre, quarterly in advance          1,875.00
Total net                                 1,875.00
VAT 20%                                     375.00
Invoice total                             2,250.00
""")
    assert values(facts, "prepaid", "payable") == (None, "2250.00")


def test_a_number_in_groups_is_read_whole() -> None:
    facts = read("""
Rechnungsnummer    912 004 7781 22
Rechnungsdatum     10.03.2026
Referenz: RF18 5390 0754 7034
""")
    assert values(facts, "number", "payment_reference") == ("912 004 7781 22", "RF18539007547034")


def test_headings_side_by_side_say_nothing_together() -> None:
    """*Invoice Date* beside *Due Date* is no *Date Due*."""
    facts = read("""
Invoice No.      Invoice Date     Due Date
170224881        01-Jun-2026      01-Jul-2026
""")
    assert values(facts, "issue_date", "due_date") == ("2026-06-01", "2026-07-01")


@pytest.mark.parametrize(
    ("total", "currency"),
    [("Total S$ 288.00", "SGD"), ("Summe 96,37 Euro", "EUR"), ("Total A$ 9.00", "AUD"),
     ("Total US$ 9.00", "USD")],
)  # fmt: skip
def test_currencies_by_their_names(total: str, currency: str) -> None:
    assert values(read(f"Invoice no. 4711\n{total}"), "currency") == (currency,)


def test_a_capital_word_is_a_bic_only_beside_a_bank() -> None:
    assert values(read("VAT Invoice Number: EUINDE26"), "seller_bic") == (None,)
    assert values(read("BIC: BYLADEM1001"), "seller_bic") == ("BYLADEM1001",)


def test_check_digits_of_swiss_and_british_numbers_are_asked() -> None:
    found = find_identifiers("CHE-116.281.710 MWST und CHE-116.281.711, GB 980 7806 84")
    assert [(one.value, one.valid) for one in found] == [
        ("CHE116281710", True),
        ("CHE116281711", False),
        ("GB980780684", True),
    ]


def test_a_balance_that_was_paid_is_no_part_of_this_invoice() -> None:
    facts = read("""
Invoice Number: 610022881            Invoice Date: 02/01/2026
Previous Balance                            1,980.00
Payments received - Thank you              (1,980.00)
Current charges                             1,980.00
Taxes, fees and surcharges                     41.58
Total Amount Due                        USD 2,021.58
""")
    assert values(facts, "gross_total", "payable") == ("2021.58", "2021.58")


def test_a_row_without_tax_belongs_to_the_breakdown() -> None:
    facts = read("""
Rechnung Nr. 40117                   Datum 07.05.2026
Gesamtbetrag                                    278,00
MwSt-Satz     Netto      MwSt     Brutto
7,00 %       222,43     15,57     238,00
19,00 %       30,25      5,75      36,00
0,00 %         4,00      0,00       4,00
""")
    assert values(facts, "net_total", "tax_total", "gross_total") == ("256.68", "21.32", "278.00")
    assert [row.rate for row in facts.tax_breakdown] == ["7.00", "19.00", "0.00"]


def test_a_heading_of_a_table_is_no_buyer() -> None:
    facts = read("""
Rechnung
Nummer          Datum           Kunde
RE2603114       11.03.2026      D20077

Pos. Artikel                    Menge        Netto
1    Switch 48x10G              2            100,00
""")
    assert values(facts, "number", "buyer_name") == ("RE2603114", None)


def test_the_vat_id_below_a_party_is_its_own() -> None:
    """The seller's number fails its check, the buyer's holds: they are not exchanged for that."""
    facts = read("""
OpenDomains B.V.                     Invoice number RES-260300881
Kipstraat 3                          Invoice date 31-03-2026
3011 RR Rotterdam
VAT: NL813711949B01

Nordlicht Hosting GmbH
Speicherstraße 14
20457 Hamburg
VAT: DE136695976
""")
    assert values(facts, "seller_vat_id", "buyer_vat_id") == ("NL813711949B01", "DE136695976")


def test_from_and_to_head_the_parties_and_a_country_does_not() -> None:
    facts = read("""
From:                                To:
Oliver Hart                          Nordlicht Hosting GmbH
22 Mill Lane                         Speicherstraße 14
Cambridge CB1 2AB                    20457 Hamburg
                                     DE
Invoice no: 2026-08
Total                                GBP 5,400.00
""")
    assert values(facts, "seller_name", "buyer_name") == ("Oliver Hart", "Nordlicht Hosting GmbH")


def test_two_prices_and_their_sum_are_no_net_and_tax() -> None:
    facts = read("""
Facture n° 2026-012                  Date : 15/06/2026
Traduction CGV                                     336,00
Relecture                                           60,00
Total à payer                                      396,00
TVA non applicable, art. 293 B du CGI
""")
    assert values(facts, "net_total", "tax_total", "gross_total") == ("396.00", "0.00", "396.00")
    assert len(facts.lines) == 2


def test_the_net_follows_from_a_total_with_its_tax() -> None:
    facts = read("""
Rechnung 881204                      Datum: 4. Mai 2026
Total inkl. 8.1% MWST                          CHF 232.50
davon MWST 8.1%                                 CHF 17.42
""")
    assert values(facts, "net_total", "tax_total", "gross_total") == ("215.08", "17.42", "232.50")
    assert facts.fields["net_total"].source == "derived"


def test_a_row_of_headings_names_nobody() -> None:
    facts = read("""
Fattura           Data            Cliente       Rif. ordine
FT/2026/0719      18/02/2026      C00412        ORD-77
""")
    assert values(facts, "number", "issue_date", "buyer_name") == (
        "FT/2026/0719",
        "2026-02-18",
        None,
    )


def test_an_invoice_without_a_title_and_a_number_of_the_debtor() -> None:
    facts = read("""
Nordlicht Hosting GmbH           Belegnummer: 9100882417
Speicherstraße 14                Belegdatum: 09.09.2026
20457 Hamburg                    Debitor: 1100772
                                 Auftragsbestätigung: 8100551277
Nettobetrag                                  100,00
MwSt. 19,00 %                                 19,00
Gesamtbetrag EUR                             119,00
""")
    assert facts.kind == "invoice"
    assert values(facts, "number", "buyer_number") == ("9100882417", "1100772")
    assert "8100551277" not in (values(facts, "buyer_name")[0] or "")


ABROAD = [
    ("Serwery Polskie Sp. z o.o.", "ul. Marszałkowska 10", "00-590 Warszawa"),
    ("Hostování s.r.o.", "Vinohradská 112", "130 00 Praha 3"),
    ("Serverhall AB", "Kungsgatan 44", "111 35 Stockholm"),
    ("Servidores Lusos Lda.", "Rua Augusta 24", "1100-053 Lisboa"),
    ("Emerald Hosting Ltd", "12 Pearse Street", "Dublin 2, D02 X285"),
    ("Acme Cloud Inc.", "548 Market St, Suite 200", "San Francisco, CA 94104"),
    ("Maple Servers Inc.", "100 King Street West", "Toronto, ON M5X 1A9"),
    ("Down Under Hosting Pty Ltd", "88 George Street", "Sydney NSW 2000"),
    ("Kiwi Host Limited", "1 Queen Street", "Auckland 1010"),
]


@pytest.mark.parametrize("place", ["above", "line", "foot"])
@pytest.mark.parametrize("seller", ABROAD, ids=[seller[0] for seller in ABROAD])
def test_a_seller_abroad_is_not_its_german_customer(
    seller: tuple[str, str, str], place: str
) -> None:
    above, below = {
        "above": ("\n".join(seller), ""),
        "line": (", ".join(seller), ""),
        "foot": ("", " | ".join(seller) + " | info@host.example"),
    }[place]
    text = f"""
{above}


Contor Cloud GmbH
Rheinufer 3
50668 Köln

Invoice No: RE-17
Total   1,320.00 EUR


{below}
"""
    facts = facts_from([page_of(text)])
    assert facts.fields["seller_name"].value == seller[0]
    assert "info@" not in facts.fields["seller_address"].value
    assert facts.fields["buyer_name"].value == "Contor Cloud GmbH"


@pytest.mark.parametrize(
    "courtesy",
    ["", "Firma\n", "Firma ", "Fa. ", "Herrn\n", "Herrn ", "Frau ", "Spett.le ", "Gent.ma Sig.ra ",
     "Mme ", "Mrs ", "Attn: Ivo Kern\n", "À l'attention de\n"],
)  # fmt: skip
def test_a_word_of_courtesy_is_no_part_of_the_name(courtesy: str) -> None:
    facts = read(f"""
Hafen Hosting GmbH · Kaiweg 4 · 20457 Hamburg

{courtesy}Anna Schmidt
Königstr. 7
50667 Köln

Rechnung Nr. RE-17
Gesamtbetrag   1.309,00 EUR
""")
    assert values(facts, "seller_name", "buyer_name") == ("Hafen Hosting GmbH", "Anna Schmidt")


def test_a_unit_in_a_business_park_and_a_logo_are_not_the_seller() -> None:
    facts = read("""
Emerald
Emerald Colocation Limited
Unit 9 Clonshaugh Business Park, Dublin 17, D17 AX88

Contor Cloud GmbH
Rheinufer 3
50668 Köln

Invoice No: RE-17
Total   1,320.00 EUR
""")
    assert values(facts, "seller_name", "seller_address") == (
        "Emerald Colocation Limited",
        "Unit 9 Clonshaugh Business Park, Dublin 17, D17 AX88",
    )


def test_a_logo_above_the_firm_is_short_for_it() -> None:
    facts = read("""
Hafen
Hafen Hosting GmbH
Kaiweg 4
20457 Hamburg

Contor Cloud GmbH
Rheinufer 3
50668 Köln

Rechnung Nr. RE-17
Gesamtbetrag   1.320,00 EUR
""")
    assert values(facts, "seller_name") == ("Hafen Hosting GmbH",)
