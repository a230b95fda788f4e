from __future__ import annotations

import re

from contor_training.documents.gold import Example
from contor_training.documents.prepared import Prepared, prepare
from contor_training.documents.worn_papers import worn_page, worn_papers
from tests.unit.documents.receipt import receipt_page

LINES = ("KEDAI BUKU MAJU SDN BHD", "(789417-W)", "NO 290, JALAN AIR PANAS", *("RICE\t19.00",) * 9)


def text_of(page_lines: tuple[str, ...], seed: int) -> str:
    return " ".join(word.text for word in worn_page(receipt_page(*page_lines), seed).words)


def papers_of(*names: str) -> list[Prepared]:
    return [
        prepare(Example(str(n), name, (receipt_page(name, *LINES[1:]),), {"seller_name": (name,)}))
        for n, name in enumerate(names)
    ]


def test_letters_are_misread_and_figures_stay() -> None:
    worn = [text_of(LINES, seed) for seed in range(20)]
    assert any("KEDAI BUKU MAJU SDN BHD" not in text for text in worn)
    assert all("789417" in text and "290" in text for text in worn)


def test_goods_and_totals_are_not_touched() -> None:
    assert all(
        re.search(r"(RICE 19.00 ){3}RICE 19.00$", text_of(LINES, seed)) for seed in range(20)
    )


def test_the_same_paper_wears_the_same_way() -> None:
    assert text_of(LINES, 3) == text_of(LINES, 3)


def test_only_sellers_met_twice_have_worn_copies() -> None:
    papers = papers_of(*("ACME",) * 30, *(f"SELLER {n}" for n in range(30)))
    places = [place for place, _ in worn_papers(papers)]
    assert places
    assert max(places) < 30
