"""Invoices as hosting panels and invoicing programmes print them, from their published templates."""

from __future__ import annotations

import pytest

from contor.documents.document_text import document_text
from contor.documents.facts import Facts, facts_from
from contor.documents.identifier_fields import choose_identifiers
from contor.documents.items.headers import begins_another_table
from contor.documents.name_candidates import name_candidates
from contor.documents.page import Page, Word
from contor.documents.party_blocks import find_blocks
from contor.documents.party_choice import Parties
from contor.documents.party_names import Party, choose_parties
from contor.documents.reading import Fact
from contor.documents.scored_values import score_candidates
from contor.documents.second_party import second_party
from tests.unit.documents.paper import page_of, values


def read(text: str) -> Facts:
    return facts_from([page_of(text)])


def set_right(text: str) -> Page:
    """A page whose second column (behind |) is set flush right at the margin."""
    words = []
    for row, line in enumerate(text.strip("\n").split("\n")):
        left, _, right = line.partition("|")
        top = 40 + row * 15.0
        for part, start in ((left, 40.0), (right, 555.0 - 6 * len(right.strip()))):
            x = start
            for word in part.split():
                words.append(Word(word, x, top, x + 6 * len(word) - 1, top + 10))
                x += 6 * len(word) + 6
    return Page(1, 595.0, 842.0, tuple(words))


def parties(page: Page) -> tuple[str, str | None]:
    """Who sells and who buys, by the rules and by what is left on the page."""
    document = document_text([page])
    blocks = find_blocks(document)
    seller, buyer = choose_parties(document, blocks)
    if seller and buyer is None:
        seller, buyer = second_party(document, blocks, name_candidates(document, blocks), seller)
    assert seller
    return seller.name, buyer.name if buyer else None


def test_amounts_centred_in_their_column_are_lines_where_they_add_up() -> None:
    facts = read("""
Beschreibung                                              Gesamt
Dedicated Server (15.03.2026 - 14.04.2026)                189,00
Domain beispiel.de, 1 Jahr (20.03.2026 - 19.03.2027)       8,40
Zwischensumme                                            197,40
19% MwSt.                                                 37,51
Gesamt                                                   234,91
""")
    assert [line.net for line in facts.lines] == ["189.00", "8.40"]


@pytest.mark.parametrize(
    ("head", "ends_lines"),
    [
        ("SCADENZE PAGAMENTI      ALIQUOTA IVA      IMPORTO      IMPORTO IVA", True),
        ("(ohne USt.)      (inkl. USt.)      (inkl. USt.)", False),
        ("Beschreibung      Menge      USt. %      USt.      Betrag", False),
    ],
)
def test_a_table_of_rates_and_taxes_ends_the_lines(head: str, ends_lines: bool) -> None:
    (line,) = document_text([page_of(head)]).lines
    assert begins_another_table(line) is ends_lines


def test_a_quantity_half_a_line_above_its_row_belongs_to_it() -> None:
    rows = [("Menge", 300, 0), ("Preis", 380, 0), ("Gesamt", 480, 0), ("Beschreibung", 40, 0)]
    rows += [("6,00", 302, 30), ("Ersatzfilter", 40, 36), ("22,50", 380, 36), ("135,00", 480, 36)]
    rows += [("Zwischensumme", 340, 80), ("135,00", 480, 80)]
    words = [Word(text, x, 40 + y, x + 6 * len(text), 50 + y) for text, x, y in rows]
    (line,) = facts_from([Page(1, 595.0, 842.0, tuple(words))]).lines
    assert (line.quantity, line.unit_price, line.net) == ("6", "22.50", "135.00")


def test_recorded_time_is_a_quantity_where_the_price_proves_it() -> None:
    facts = read("""
Beschreibung               Einzelbetrag     Anzahl     Gesamtpreis
Firewall dokumentiert      95,00 €          3:30 h     332,50 €
Rechnungsbetrag (netto)                                332,50 €
""")
    assert [(line.quantity, line.unit_price) for line in facts.lines] == [("3.5", "95.00")]


def test_a_tax_rounded_on_each_line_makes_its_row_of_the_breakdown() -> None:
    rows = "\n".join("Domain, 1 Jahr     1 Jahr     4,90     19 %     4,90" for _ in range(40))
    facts = read(f"""
Beschreibung       Menge      Preis    USt %    Netto
{rows}
Nettobetrag                                    196,00
Umsatzsteuer                                    37,20
Gesamtbetrag                                   233,20
""")
    assert [(row.rate, row.base, row.tax) for row in facts.tax_breakdown] == [
        ("19.00", "196.00", "37.20")
    ]


def test_a_reduction_below_a_line_bears_the_tax_of_that_line() -> None:
    facts = read("""
Beschreibung       Menge      Preis     USt %       Netto
Kabelführung       6 Stück    14,90     19 %        89,40
10 % Rabatt                                        − 8,94
Fachbuch           1 Stück    42,06      7 %        42,06
Nettobetrag                                        122,52
USt                                                 18,23
Gesamtbetrag                                       140,75
""")
    assert sorted((row.rate, row.base, row.tax) for row in facts.tax_breakdown) == [
        ("19.00", "80.46", "15.29"),
        ("7.00", "42.06", "2.94"),
    ]


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("Invoice\nINV-004117\n2026-06-01", "INV-004117"),
        (
            "Acme SAS\n\nNuméro             FAC-2026-771\nDate               09/06/2026",
            "FAC-2026-771",
        ),
        ("Invoice #: 20260419\nCreated: April 19, 2026", "20260419"),
        ("NR. DOCUMENTO     DATA DOCUMENTO\n118/2026          20/04/2026", "118/2026"),
    ],
)
def test_numbers_under_a_title_beside_a_bare_word_and_in_the_shape_of_a_day(
    head: str, number: str
) -> None:
    assert values(read(head), "number") == (number,)


def test_a_credit_note_may_be_called_so_by_its_labels_alone() -> None:
    facts = read("""
Rheinnetz GmbH                  Gutschriftnummer      G-2026-0009
                                Gutschriftsdatum      5. Mai 2026
Gesamt                          62,48 €
""")
    assert facts.kind == "credit_note"


def test_a_credit_is_a_credit_note() -> None:
    facts = read("CREDIT #CN-0031\n\nCredit Date      2026-04-20\nTotal            €180.00")
    assert facts.kind == "credit_note"


def test_a_recipient_above_an_iban_is_who_gets_the_money() -> None:
    facts = read("""
Serverhaus Wien GmbH
Lassallestraße 9
1020 Wien

Rechnung R260417

Empfänger: Klimatechnik Brunner e.U.
IBAN: AT61 1904 3002 3457 3201
""")
    assert values(facts, "seller_name", "buyer_name") == (
        "Klimatechnik Brunner e.U.",
        "Serverhaus Wien GmbH",
    )


def test_a_vat_number_may_stand_between_a_name_and_its_street() -> None:
    blocks = find_blocks(
        document_text(
            [page_of("Acme Networks Ltd\nVAT: GB902341762\n4 Marsh Mills\nPlymouth PL6 8LX")]
        )
    )
    assert [(block.name, block.address) for block in blocks] == [
        ("Acme Networks Ltd", "4 Marsh Mills Plymouth PL6 8LX")
    ]


def test_of_two_addresses_level_the_one_set_flush_right_is_the_letterhead() -> None:
    page = set_right("""
Contor Hosting UK Ltd | Tamar Networks Ltd
VAT: GB771334436 | VAT: GB902341762
27 Sheep Street | 4 Marsh Mills
Bicester OX26 6JF | Plymouth Devon PL6 8LX
Invoice 2026-0142
""")
    assert parties(page) == ("Tamar Networks Ltd", "Contor Hosting UK Ltd")


def test_the_web_site_is_that_of_who_issues_the_paper() -> None:
    page = page_of("""
Les Serveurs du Midi SARL




                                                                  Hébergeur Lyonnais SARL
                                                                  14 quai Rambaud
                                                                  69002 Lyon

www.serveursdumidi.example
""")
    assert parties(page) == ("Les Serveurs du Midi SARL", "Hébergeur Lyonnais SARL")


def test_the_one_address_that_is_not_the_sellers_is_the_buyers() -> None:
    page = page_of("""
Dolomiti Sistemi S.r.l.

Alpen Hosting S.r.l.
Via Brennero 7
39042 Bressanone BZ
""")
    document = document_text([page])
    blocks = find_blocks(document)
    seller = Party("Dolomiti Sistemi S.r.l.", (40.0, 40.0, 177.0, 50.0), 1, 0.9)
    _, buyer = second_party(document, blocks, name_candidates(document, blocks), seller)
    assert buyer is not None
    assert (buyer.name, buyer.address) == (
        "Alpen Hosting S.r.l.",
        "Via Brennero 7 39042 Bressanone BZ",
    )


@pytest.mark.parametrize(
    ("heads", "left_sells"),
    [
        ("À                              De", False),
        ("Company                        Client", True),
        ("To                             From", False),
    ],
)
def test_headings_side_by_side_say_who_is_who_however_short(
    heads: str, *, left_sells: bool
) -> None:
    page = page_of(f"""
{heads}
Alpha Networks GmbH            Beta Hosting SARL
Hafenweg 4                     5 rue de Tournai
48155 Münster                  59000 Lille
""")
    names = ("Alpha Networks GmbH", "Beta Hosting SARL")
    assert parties(page) == (names if left_sells else names[::-1])


def test_who_is_to_be_paid_may_stand_flush_right_under_its_heading() -> None:
    page = set_right("""
Ausgestellt auf | RECHNUNG ZU BEZAHLEN AN
Alpha Cloud GmbH | Blockhost UG (haftungsbeschränkt)
Rheinufer 3 | Hafenweg 4
50668 | 48155 Münster
""")
    assert parties(page) == ("Blockhost UG (haftungsbeschränkt)", "Alpha Cloud GmbH")


def test_names_are_no_fields_of_a_form_and_no_two_firms_side_by_side() -> None:
    document = document_text([page_of("Status: Pending\n\nAlpha Cloud GmbH  Nordic Cage ApS")])
    assert {name.text for name in name_candidates(document, [])} == {
        "Alpha Cloud GmbH",
        "Nordic Cage ApS",
    }


def test_a_vat_number_belongs_to_the_party_in_whose_column_it_stands() -> None:
    text = "Alpha GmbH   Nordic Cage\nDE717171711  DK29403473\nRheinufer 3\n50668 Köln"
    document = document_text([page_of(text)])
    (block,) = find_blocks(document)
    buyer = Party(block.name, block.name_box, 1, 0.9, block.address, block.address_box)
    seller = Party("Nordic Cage", (118.0, 40.0, 183.0, 50.0), 1, 0.9)
    fields: dict[str, Fact] = {}
    choose_identifiers(document, score_candidates(document), fields, "text", Parties(seller, buyer))
    assert {name: fact.value for name, fact in fields.items()} == {
        "seller_vat_id": "DK29403473",
        "buyer_vat_id": "DE717171711",
    }


def test_the_account_below_its_holder_is_the_sellers_where_the_seller_holds_it() -> None:
    facts = read("""
Miriam Vogt, Lindenallee 7, 99423 Weimar

Serverhaus Süd GmbH
Hafenstraße 88
28217 Bremen

Kontoinhaber:in: Miriam Vogt
IBAN: DE89 3704 0044 0532 0130 00
""")
    assert values(facts, "seller_name", "seller_iban") == ("Miriam Vogt", "DE89370400440532013000")


def test_an_account_goes_on_alone_and_centred_below_its_line() -> None:
    facts = read("""
Account Owner: Bergblick GmbH  Account Number: AT61 1904
                    3002 3457 3201
""")
    assert values(facts, "seller_iban") == ("AT611904300234573201",)


def test_what_is_to_be_paid_may_stand_before_its_term() -> None:
    facts = read("""
Rechnung Nr. 7 vom 06.03.2026
Bitte überweisen Sie den Gesamtbetrag in Höhe von 7.574,04 € innerhalb von 14 Tagen auf das Konto.
""")
    assert values(facts, "due_date") == ("2026-03-20",)


def test_quantity_and_price_may_be_printed_as_one() -> None:
    facts = read("""
#   Product                           Quantity & Price     Total
1   Hosting Business, 12 months             12x €9.90     €118.80
2   Migration, up to 20 accounts            1x €60.00      €60.00
                                     VAT 20% Tax:          €35.76
                                           Total:         €214.56
""")
    assert [(line.quantity, line.unit_price) for line in facts.lines] == [
        ("12", "9.90"),
        ("1", "60.00"),
    ]
    assert [(row.rate, row.base, row.tax) for row in facts.tax_breakdown] == [
        ("20.00", "178.80", "35.76")
    ]


def test_a_discount_without_its_minus_below_the_lines_is_no_line() -> None:
    facts = read("""
Product                    Quantity     Price      Total
Reseller Bronze                   1     39.00      39.00
SSL certificate                   2     12.50      25.00
                                    Discount:      12.00
                                       Total:      52.00
""")
    assert [line.net for line in facts.lines] == ["39.00", "25.00"]


def test_a_payment_printed_with_its_minus_was_paid_before() -> None:
    facts = read("""
Total Due                          £674.40

Sub-Total                          £562.00
Tax                                £112.40
Payment: Bank Transfer            -£200.00
Outstanding Balance                £474.40
""")
    assert values(facts, "gross_total", "prepaid", "payable") == ("674.40", "200.00", "474.40")


def test_two_taxes_may_be_charged_on_one_net() -> None:
    facts = read("""
Sub Total                  $55.00
5.00% GST                   $2.75
9.975% QST                  $5.49
Total                      $63.24
""")
    assert values(facts, "net_total", "tax_total", "gross_total") == ("55.00", "8.24", "63.24")
    assert [(row.rate, row.base, row.tax) for row in facts.tax_breakdown] == [
        ("5.00", "55.00", "2.75"),
        ("9.975", "55.00", "5.49"),
    ]


def test_a_total_price_is_no_second_price_of_one() -> None:
    facts = read("""
Descrizione              Prezzo unitario     Quantità     Prezzo totale
Configurazione           70,00 €             5,25         367,50 €
Subtotale                                                 367,50 €
""")
    assert [(line.quantity, line.unit_price) for line in facts.lines] == [("5.25", "70.00")]


def test_a_table_of_prices_may_call_its_totals_net_as_a_table_of_tax_does() -> None:
    facts = read("""
Datum         Beschreibung                    Einzelpreis     USt %      Netto
01.06.2026    Reinigung Büro, Juni 2026          420,00 €      19 %     420,00 €
01.06.2026    Glasreinigung Fassade              260,00 €      19 %     260,00 €
Nettobetrag                                                             680,00 €
""")
    assert [(line.unit_price, line.net) for line in facts.lines] == [
        ("420.00", "420.00"),
        ("260.00", "260.00"),
    ]


def test_a_discount_in_a_field_of_its_own_ends_on_its_day_and_not_on_the_one_above() -> None:
    facts = read("""
Rechnungsdatum         10.07.2026

Rechnungsbetrag        809,20 €
Zahlungsziel           09.08.2026
Skonto                 2% bis 20.07.2026: 793,02 €
""")
    assert values(facts, "due_date", "discount_terms") == ("2026-08-09", "10:2.00")
