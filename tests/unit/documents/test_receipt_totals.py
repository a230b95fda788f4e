from __future__ import annotations

from decimal import Decimal

import numpy as np

from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText, document_text
from contor.documents.fields import choose_fields
from contor.documents.receipts.till_paper import is_till_paper
from contor.documents.receipts.totals import TOTAL_EXTRAS, total_extras
from contor.documents.scored_values import score_candidates
from contor.documents.text_scores import BITS, TextScores
from contor.documents.totals import choose_totals
from tests.unit.documents.paper import page_of
from tests.unit.documents.receipt import receipt

ROUNDED = receipt(
    "ACME", "RICE\t19.00", "OIL\t14.92", "TOTAL\tRM 33.92", "ROUNDING\t-0.02",
    "TOTAL ROUNDED\tRM 33.90", "CASH\tRM 50.00", "CHANGE\tRM 16.10", "TAX INVOICE 2018",
)  # fmt: skip
NO_WORDINGS = TextScores(
    ("total",), np.zeros((1, 1 << BITS), dtype=np.float32), np.zeros(1, dtype=np.float32)
)


def amounts_of(document: DocumentText) -> list[Candidate]:
    return [c for c in score_candidates(document).candidates if c.kind == "amount"]


def feature(document: DocumentText, name: str) -> dict[str, float]:
    """The feature of each amount by its value."""
    amounts = amounts_of(document)
    column = total_extras(document, amounts, NO_WORDINGS)[:, TOTAL_EXTRAS.index(name)]
    return {a.value: float(x) for a, x in zip(amounts, column, strict=True)}


def test_cash_less_change_is_the_total() -> None:
    closes = feature(ROUNDED, "closes")
    assert [value for value, found in closes.items() if found] == ["33.90"]


def test_a_rounded_total_stands_below_the_exact_one() -> None:
    assert feature(ROUNDED, "rounds_earlier")["33.90"] == 1
    assert feature(ROUNDED, "rounds_earlier")["33.92"] == 0
    assert feature(ROUNDED, "rounded_later")["33.92"] == 1
    assert feature(ROUNDED, "coin")["33.92"] == 0


def test_the_goods_above_sum_up() -> None:
    assert feature(ROUNDED, "sum_above")["33.92"] == 1
    assert feature(ROUNDED, "sum_above")["50.00"] == 0


def test_a_settled_total_stays_whatever_adds_up() -> None:
    document = receipt(
        "ACME", "RICE\t6.00", "TOTAL\t6.00", "CASH\t50.00", "CHANGE\t44.00", "TAX INVOICE",
    )  # fmt: skip
    amounts = amounts_of(document)
    settled = next(amount for amount in amounts if amount.number == Decimal("6.00"))
    scores = {role: [0.5] * len(amounts) for role in ("net_total", "tax_total", "gross_total")}
    gross = choose_totals(amounts, scores, [], settled).gross
    assert gross is not None
    assert gross.value == Decimal("6.00")
    free = choose_totals(amounts, scores, []).gross
    assert free is not None
    assert free.value == Decimal("50.00")


def test_a_till_receipt_is_told_from_a_letter_whatever_the_scan() -> None:
    assert is_till_paper(ROUNDED)
    lines = (f"A line of a letter as it is written every day, number {n}" for n in range(20))
    assert not is_till_paper(document_text([page_of("\n".join(lines), source="ocr")]))


def test_cash_above_the_total_is_no_prepayment_and_change_nothing_to_pay() -> None:
    paper = receipt(
        "ACME STATIONERY SDN BHD", "TOTAL AMT PAYABLE\t79.50", "PAID AMOUNT\t100.00", "CHANGE\t20.50"
    )  # fmt: skip
    fields = choose_fields(paper, "ocr").fields
    assert "prepaid" not in fields
    assert fields["payable"].value == fields["gross_total"].value == "79.50"


def test_a_payment_in_advance_above_the_total_stays_one() -> None:
    paper = receipt("ACME GMBH", "RECHNUNG 77", "GESAMTBETRAG\t79.50", "ANZAHLUNG\t100.00")
    fields = choose_fields(paper, "ocr").fields
    assert fields["prepaid"].value == "100.00"
