"""Stories of a model of receipts that was fitted on invented sellers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from contor.documents.facts import facts_from
from contor.documents.page_tagger import Tagger
from contor.documents.receipts.model import ReceiptModel
from contor.documents.receipts.reader import receipt_seller, receipt_total
from contor.documents.scored_values import score_candidates
from contor_training.documents.gold import Example
from contor_training.documents.prepared import Prepared, prepare
from contor_training.documents.receipt_fit import fit_receipts
from contor_training.documents.receipt_papers import receipt_papers
from tests.unit.documents.receipt import receipt, receipt_page
from tests.unit.documents.test_page_tagger import tagger

_WORDS = ["AMAN", "BUNGA", "CEMPAKA", "DAHLIA", "ENGGANG", "FAJAR", "GEMILANG", "HARMONI", "INDAH", "JAYA", "KENANGA", "LESTARI", "MAWAR", "NUSA", "ORKID", "PERMATA", "RIMBA", "SETIA", "TERATAI", "UTAMA"]  # fmt: skip


def lines_of(seller: int, visit: int) -> list[str]:
    """A visit at one of the sellers; every one has its own form, number and street."""
    word = _WORDS[seller]
    price = 3 + (seller * 7 + visit * 13) % 40
    form = ("SDN BHD", "ENTERPRISE", "TRADING")[seller % 3]
    return [
        f"KEDAI {word} {form}", f"({500000 + 37 * seller}-W)", f"NO {seller + 2}, JALAN {word} {seller % 9},",
        "TAMAN SERI,", f"{40000 + 100 * seller} SHAH ALAM", f"TEL: 03-55{100000 + seller}", "TAX INVOICE",
        f"BILL NO: {1000 * visit + seller}", f"DATE: {1 + visit:02}/03/2018", f"RICE\t{price}.00",
        "OIL\t2.00", f"TOTAL\t{price + 2}.00", "CASH\t50.00", f"CHANGE\t{48 - price}.00",
    ]  # fmt: skip


def misread(lines: list[str]) -> list[str]:
    """The same lines with the name as a worn printer gives it."""
    return [lines[0].replace("I", "1").replace("A", "4", 1), *lines[1:]]


def example(seller: int, visit: int) -> Example:
    lines = lines_of(seller, visit)
    accepted = {
        "seller_name": (lines[0],),
        "seller_address": (" ".join(lines[2:5]),),
        "gross_total": (lines[11].split("\t")[1],),
    }
    printed = misread(lines) if visit == 1 else lines
    return Example(f"{seller}-{visit}", lines[0], (receipt_page(*printed),), accepted)


def prepared() -> list[Prepared]:
    """Every other seller is met three times, the rest once: some of what comes is new."""
    return [
        prepare(example(seller, visit))
        for seller in range(18)
        for visit in range(1 if seller % 2 else 3)
    ]


@cache
def model() -> ReceiptModel:
    fitted = fit_receipts(prepared())
    assert fitted is not None
    return fitted


def test_a_misread_name_of_a_known_seller_is_set_right() -> None:
    lines = lines_of(4, 7)
    paper = receipt(*misread(lines))
    seller = receipt_seller(paper, score_candidates(paper).finder, model())
    assert seller is not None
    assert (seller.name, seller.address) == (lines[0], " ".join(lines[2:5]))


def test_the_name_of_an_unknown_seller_is_left_as_printed() -> None:
    lines = lines_of(19, 1)
    paper = receipt(*lines)
    seller = receipt_seller(paper, score_candidates(paper).finder, model())
    assert seller is not None
    assert seller.name == lines[0]
    assert seller.name not in model().directory.names


def test_a_seller_confirmed_at_the_desk_is_known_the_next_time() -> None:
    lines = lines_of(19, 1)
    told = receipt_papers([prepare(example(19, visit)) for visit in range(3)])
    grown = model().with_heads(paper.head for paper in told)
    paper = receipt(*misread(lines))
    before = receipt_seller(paper, score_candidates(paper).finder, model())
    after = receipt_seller(paper, score_candidates(paper).finder, grown)
    assert after is not None
    assert after.name == lines[0]
    assert before is None or before.name != lines[0]


def test_the_total_is_what_was_paid_less_change() -> None:
    paper = receipt(*lines_of(19, 1))
    total = receipt_total(paper, score_candidates(paper), model())
    assert total is not None
    assert total.candidate.value == lines_of(19, 1)[11].split("\t")[1]
    assert 0 < total.confidence < 1


def test_the_same_gold_gives_the_same_bytes_and_they_give_the_model_again() -> None:
    arrays = model().to_arrays()
    again = ReceiptModel.from_arrays(arrays)
    assert again is not None
    assert {n: a.tobytes() for n, a in again.to_arrays().items()} == {
        n: a.tobytes() for n, a in arrays.items()
    }
    twice = fit_receipts(prepared())
    assert twice is not None
    assert {n: a.tobytes() for n, a in twice.to_arrays().items()} == {
        n: a.tobytes() for n, a in arrays.items()
    }


def test_a_model_of_other_features_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    arrays = model().to_arrays()
    monkeypatch.setattr("contor.documents.receipts.model.receipt_features", lambda: ["other"])
    assert ReceiptModel.from_arrays(arrays) is None


def test_the_artefact_carries_the_receipts_and_an_older_one_does_without() -> None:
    whole = Tagger.from_bytes(replace(tagger(), receipts=model()).to_bytes())
    assert whole.receipts is not None
    assert whole.to_bytes() == replace(tagger(), receipts=model()).to_bytes()
    assert Tagger.from_bytes(tagger().to_bytes()).receipts is None


def test_a_receipt_is_read_with_places_and_how_sure_they_are() -> None:
    lines = lines_of(4, 7)
    facts = facts_from([receipt_page(*misread(lines))], replace(tagger(), receipts=model()))
    name, total = facts.fields["seller_name"], facts.fields["gross_total"]
    assert (name.value, total.value) == (lines[0], lines[11].split("\t")[1])
    assert name.box is not None
    assert total.box is not None
    assert name.box[3] < total.box[1]
    assert 0.5 < name.confidence < 1


def test_few_receipts_make_no_model() -> None:
    assert fit_receipts([prepare(example(seller, 0)) for seller in range(3)]) is None


def test_sureness_rises_with_probability_and_is_never_certain() -> None:
    for head in ("name", "address", "total"):
        sure = [model().confidence(head, probability / 20) for probability in range(21)]
        assert sure == sorted(sure)
        assert sure[-1] < 1
