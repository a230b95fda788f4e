"""Invoices as hosting panels and invoicing programmes print them, from their published templates."""

from __future__ import annotations

import pytest

from contor.documents.document_text import document_text
from contor.documents.facts import Facts, facts_from
from contor.documents.items.headers import begins_another_table
from contor.documents.name_candidates import name_candidates
from contor.documents.page import Page, Word
from contor.documents.party_names import Party, choose_parties
from contor.documents.party_sections import find_blocks
from contor.documents.second_party import second_party
from tests.unit.documents.paper import page_of


def read(text: str) -> Facts:
    return facts_from([page_of(text)])


def values(facts: Facts, *names: str) -> tuple[str | None, ...]:
    return tuple(facts.fields[n].value if n in facts.fields else None for n in names)


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
