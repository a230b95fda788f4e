from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from contor.documents.arithmetic import repaired
from contor.documents.candidates import Candidate
from contor.documents.chosen_amounts import Choice, Totals
from contor.documents.tax_rows import TaxRowCandidate
from contor.documents.totals import choose_totals


def amount(value: str, line: int, confidence: float = 1.0) -> Candidate:
    box = (300.0, 15.0 * line, 340.0, 15.0 * line + 10)
    return Candidate(
        "amount", value, value, line, 0, 5, 1, box, confidence, number=Decimal(value)
    )  # fmt: skip


def choice(value: str, line: int, confidence: float = 1.0) -> Choice:
    return Choice(Decimal(value), amount(value, line, confidence), 0.9)


def test_the_triple_that_adds_up_beats_the_better_label() -> None:
    amounts = [amount("100.00", 1), amount("19.00", 2), amount("119.00", 3), amount("120.00", 4)]
    scores = {
        "net_total": [0.9, 0.0, 0.0, 0.0],
        "tax_total": [0.0, 0.9, 0.0, 0.0],
        "gross_total": [0.1, 0.0, 0.8, 0.9],
    }
    totals = choose_totals(amounts, scores, [])
    assert totals.adds_up
    assert totals.gross is not None
    assert totals.gross.value == Decimal("119.00")


def test_shares_of_a_market_that_add_up_are_no_net_and_tax() -> None:
    amounts = [amount("1025.00", 1), amount("101475.00", 2), amount("102500.00", 3)]
    scores = {
        "net_total": [0.9, 0.1, 0.0],
        "tax_total": [0.0, 0.05, 0.0],
        "gross_total": [0.4, 0.0, 0.3],
    }
    totals = choose_totals(amounts, scores, [], rated=frozenset({1, 2, 3}))
    assert not totals.adds_up
    assert (totals.gross and totals.gross.value) == Decimal("1025.00")


def test_pieces_times_price_make_the_total_of_a_line_and_no_tax() -> None:
    amounts = [
        amount("1230.00", 1),
        amount("10", 2), amount("100.00", 2), amount("1000.00", 2),
        amount("2", 3), amount("115.00", 3), amount("230.00", 3),
    ]  # fmt: skip
    scores = {
        "net_total": [0.0, 0.0, 0.0, 0.59, 0.0, 0.0, 0.0],
        "tax_total": [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.05],
        "gross_total": [0.9, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    }
    totals = choose_totals(amounts, scores, [])
    assert (totals.net, totals.tax) == (None, None)
    assert (totals.gross and totals.gross.value) == Decimal("1230.00")


def test_the_same_amount_as_net_and_gross_is_untaxed() -> None:
    amounts = [amount("380.00", 1), amount("0.00", 2), amount("380.00", 3)]
    scores = {
        "net_total": [1.0, 0.0, 0.1],
        "tax_total": [0.0, 1.0, 0.0],
        "gross_total": [0.1, 0.0, 1.0],
    }
    totals = choose_totals(amounts, scores, [])
    assert (totals.tax and totals.tax.value) == 0
    assert totals.adds_up


def test_amounts_that_are_called_so_are_taxed_whatever_else_is_zero() -> None:
    """Two rates, of which one is nothing, make a share that is no usual rate."""
    amounts = [
        amount("1850.00", 1), amount("280.00", 2), amount("0.00", 3), amount("2130.00", 4),
        amount("2130.00", 5),
    ]  # fmt: skip
    scores = {
        "net_total": [1.0, 0.0, 0.0, 0.0, 0.61],
        "tax_total": [0.0, 1.0, 0.9, 0.0, 0.0],
        "gross_total": [0.0, 0.0, 0.0, 1.0, 0.9],
    }
    totals = choose_totals(amounts, scores, [])
    assert [c and c.value for c in (totals.net, totals.tax)] == [Decimal(1850), Decimal(280)]


def test_a_tax_at_its_rate_on_the_rest_of_the_total_is_charged() -> None:
    """The net after the discount is printed nowhere, and the total stands where a net might."""
    amounts = [
        amount("50.00", 1), amount("928.40", 2), amount("166.90", 3), amount("1045.30", 4),
        amount("1045.30", 5),
    ]  # fmt: skip
    scores = {
        "net_total": [0.0, 0.3, 0.0, 0.0, 0.9],
        "tax_total": [0.0, 0.0, 0.2, 0.0, 0.0],
        "gross_total": [0.0, 0.0, 0.0, 1.0, 0.0],
    }
    row = TaxRowCandidate(Decimal(19), None, Decimal("166.90"), 3)
    totals = choose_totals(amounts, scores, [row])
    assert [c and c.value for c in (totals.net, totals.tax)] == [
        Decimal("878.40"),
        Decimal("166.90"),
    ]


def test_one_misread_digit_is_set_right() -> None:
    totals = Totals(choice("100.00", 1), choice("19.00", 2), choice("179.00", 3, 0.6))
    fixed = repaired(totals)
    assert fixed.misread == "gross_total"
    assert (fixed.gross and fixed.gross.value) == Decimal("119.00")
    assert fixed.adds_up


def test_two_misread_digits_are_left_for_people() -> None:
    totals = Totals(choice("100.00", 1), choice("19.00", 2), choice("178.00", 3))
    assert repaired(totals) == totals


def test_a_derived_amount_is_never_repaired() -> None:
    totals = Totals(
        choice("100.00", 1), replace(choice("19.00", 2), candidate=None), choice("179.00", 3)
    )
    assert repaired(totals) == totals


def test_nothing_chosen_nothing_claimed() -> None:
    totals = choose_totals([], {"net_total": [], "tax_total": [], "gross_total": []}, [])
    assert totals == Totals(None, None, None)
