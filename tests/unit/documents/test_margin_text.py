"""Firms print their registration up the margin; it must not fall among the amounts beside it."""

from __future__ import annotations

from contor.documents.document_text import document_text
from contor.documents.facts import facts_from
from contor.documents.page import Page, Word


def level(text: str, x: float, y: float) -> list[Word]:
    found = []
    for word in text.split():
        found.append(Word(word, x, y, x + 6.0 * len(word), y + 10))
        x += 6.0 * len(word) + 3
    return found


def upward(text: str, x: float, y: float) -> list[Word]:
    found = []
    for word in text.split():
        found.append(Word(word, x, y - 6.0 * len(word), x + 10, y))
        y -= 6.0 * len(word) + 3
    return found


BILL = [
    *level("Facture 4711", 40, 40),
    *level("Date : 02/11/2019", 40, 60),
    *level("Total HT", 40, 300), *level("10,83", 480, 300),
    *level("TVA 20 %", 40, 320), *level("2,17", 480, 320),
    *level("Total TTC", 40, 340), *level("13,00", 480, 340),
]  # fmt: skip
MARGIN = upward(
    "ACME SA - capital 930 480 EUR - RCS PARIS 397 480 930 - FR 83 404 833 048", 560, 560
)


def test_text_up_the_margin_is_a_line_of_its_own_and_amounts_stand_apart() -> None:
    page = Page(1, 595, 842, tuple(BILL + MARGIN))
    lines = document_text([page]).lines
    assert [line.text for line in lines][-1].startswith("ACME SA - capital 930 480 EUR - RCS PARIS")
    assert [line.text for line in lines][2] == "Total HT\t10,83"
    fields = facts_from([page]).fields
    assert [fields[name].value for name in ("net_total", "tax_total", "gross_total")] == [
        "10.83",
        "2.17",
        "13.00",
    ]
    assert fields["seller_vat_id"].value == "FR83404833048"


def test_a_level_page_has_no_text_across() -> None:
    page = Page(1, 595, 842, tuple(BILL + level("1:1 III l'il", 40, 400)))
    assert len(document_text([page]).lines) == 6
