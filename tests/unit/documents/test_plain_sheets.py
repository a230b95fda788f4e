"""Pixels, inches and shares are read like points; blank sheets like none."""

from __future__ import annotations

import pytest

from contor.documents.facts import facts_from
from contor.documents.page import Page
from contor.documents.plain_sheets import Unit, in_points, unit_of
from contor.documents.reading import Reading
from tests.unit.documents.paper import page_of, told
from tests.unit.documents.receipt import receipt_page
from tests.unit.documents.test_facts import GERMAN

UNITS: list[Unit] = [
    (300 / 72, 300 / 72), (96 / 72, 96 / 72), (1 / 72, 1 / 72), (1000 / 595, 1000 / 842),
    (1 / 595, 1 / 842),
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_the_same_page_in_another_unit_has_the_same_facts(unit: Unit) -> None:
    page = page_of(GERMAN)
    plain, other = facts_from([page]), facts_from([in_points(page, unit)])
    assert told(other) == told(plain)
    assert [line.text for line in other.lines] == [line.text for line in plain.lines]
    box, pointed = other.fields["number"].box, plain.fields["number"].box
    assert box is not None
    assert pointed is not None
    expected = [edge * unit[side % 2] for side, edge in enumerate(pointed)]
    assert box == pytest.approx(expected, rel=1e-6)


def test_a_receipt_keeps_its_unit_however_large_it_was_scanned() -> None:
    rows = [f"GOODS {n}\t{n}.00" for n in range(1, 40)]
    page = in_points(receipt_page("ACME SDN BHD", *rows, "TOTAL\t780.00"), (4.0, 4.0))
    assert unit_of(page) == (1.0, 1.0)
    fact = facts_from([page]).fields["gross_total"]
    assert fact.box is not None
    assert fact.box[2] > 1000


def test_boxes_of_a_small_page_keep_their_figures() -> None:
    page = in_points(page_of(GERMAN), (1 / 595, 1 / 842))
    fact = facts_from([page]).fields["number"]
    told = Reading("a", "00", 1, "text", "invoice", "de", {"number": fact}).to_json()
    x0, y0, x1, y1 = told["fields"]["number"]["box"]
    assert 0 < x0 < x1 < 1
    assert 0 < y0 < y1 < 1


def test_a_blank_sheet_in_front_changes_nothing_but_the_page() -> None:
    alone = facts_from([page_of(GERMAN)])
    later = facts_from([Page(1, 595.0, 842.0, ()), page_of(GERMAN, 2)])
    assert told(later) == told(alone)
    assert {fact.page for fact in later.fields.values() if fact.page} == {2}
    assert {line.page for line in later.lines} == {2}
