from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contor.documents.amounts import decimal_mark, parse_amount, plain

CENTS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


@given(CENTS)
def test_every_amount_is_read_back_in_the_german_form(amount: Decimal) -> None:
    printed = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    assert parse_amount(printed, ",") == amount


@given(CENTS)
def test_every_amount_is_read_back_in_the_english_form(amount: Decimal) -> None:
    assert parse_amount(f"{amount:,.2f}", ".") == amount


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("1 234,56", "1234.56"),
        ("1'234.50", "1234.50"),
        ("12,-", "12"),
        ("EUR 99", "99"),
        ("-5,00 €", "-5.00"),
        ("$4,781.25", "4781.25"),
        ("0,8403", "0.8403"),
    ],
)
def test_forms_found_on_paper(printed: str, number: str) -> None:
    assert parse_amount(printed, ",") == Decimal(number)


def test_a_thousand_or_a_bit_more_than_one_is_decided_by_the_document() -> None:
    assert parse_amount("1.234", ",") == Decimal(1234)
    assert parse_amount("1.234", ".") == Decimal("1.234")


def test_without_sure_figures_the_usual_mark_decides() -> None:
    assert decimal_mark(["100", "1.000"], ".") == "."


@given(CENTS)
def test_plain_text_is_the_same_number(amount: Decimal) -> None:
    assert Decimal(plain(amount)) == amount
    assert "E" not in plain(amount)
