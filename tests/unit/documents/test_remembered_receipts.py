"""What a till receipt taught: a total read rightly before does not move one read rightly now."""

from __future__ import annotations

import functools

from contor.adapters.document_model import load_tagger
from contor.bootstrap.documents import SHELF
from contor.documents.document_text import document_text
from contor.documents.facts import facts_from
from contor.documents.page import Page
from contor.documents.page_tagger import Tagger
from contor.documents.reading import Fact
from contor.documents.suppliers.layout import SupplierLayout, learn_layout
from tests.unit.documents.receipt import receipt_page

STREET = "NO 12, JALAN BESAR 5,"
EXACT = ("PAPER\t23.90", "TOTAL\t33.90", "CASH\t50.00", "CHANGE\t16.10")
ROUNDED = (
    "PAPER\t32.13", "TOTAL\t42.13", "ROUNDING\t0.02", "TOTAL ROUNDED\t42.15", "CASH\t50.00",
    "CHANGE\t7.85",
)  # fmt: skip


@functools.cache
def shelf() -> Tagger:
    found = load_tagger(SHELF)
    assert found
    return found


def till(*rows: str, street: str = STREET) -> Page:
    return receipt_page(
        "ACME STATIONERY SDN BHD", "(123456-X)", street, "45600 KLANG, SELANGOR",
        "TEL 03-33441221", "TAX INVOICE", "12/03/2018 14:22", "PENS 2 X 5.00\t10.00", *rows,
        "THANK YOU",
    )  # fmt: skip


def learnt(page: Page, **right: str) -> SupplierLayout:
    confirmed = facts_from([page], shelf()).fields
    confirmed |= {name: Fact(value, 1.0) for name, value in right.items()}
    return learn_layout(document_text([page]), confirmed, {}, supplier="7", source="document:1")


def read(page: Page, *layouts: SupplierLayout) -> dict[str, Fact]:
    return facts_from([page], shelf(), layouts=layouts).fields


def test_a_total_that_was_right_before_leaves_a_rounded_one_alone() -> None:
    layout = learnt(till(*EXACT), seller_name="ACME STATIONERY SDN BHD")
    assert "gross_total" not in layout.corrected
    alone, told = (read(till(*ROUNDED), *known)["gross_total"] for known in ((), (layout,)))
    assert told.value == alone.value == "42.15"
    assert told.confidence == alone.confidence


def test_a_total_that_people_corrected_is_looked_for_where_they_found_it() -> None:
    layout = SupplierLayout.from_json(learnt(till(*EXACT), gross_total="33.90").to_json())
    fact = read(till(*ROUNDED), layout)["gross_total"]
    assert (fact.value, fact.memory) == ("42.13", "document:1")


def test_an_address_keeps_the_blanks_that_are_printed_now() -> None:
    layout = learnt(till(*EXACT), seller_address="NO 12, JALAN BESAR 5, 45600 KLANG, SELANGOR")
    fact = read(till(*ROUNDED, street="NO 12,JALAN BESAR 5,"), layout)["seller_address"]
    assert fact.value == "NO 12,JALAN BESAR 5, 45600 KLANG, SELANGOR"
    assert fact.memory == "document:1"
