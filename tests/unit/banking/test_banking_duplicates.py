"""Genuine twins are two lines; a repeated export adds none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from contor.banking.duplicates import new_lines, number_lines
from contor.banking.figures import decimal_mark, parse_amount
from contor.banking.statement import BankLine
from contor.banking.table import amount_text, parse_plain

LINES = st.lists(
    st.builds(
        BankLine,
        st.dates(date(2026, 1, 1), date(2026, 1, 3)),
        st.sampled_from([Decimal("1.00"), Decimal("2.00")]),
        st.just("EUR"),
    ),
    max_size=12,
)


@given(LINES)
def test_ids_are_unique_and_a_second_reading_has_nothing_new(lines: list[BankLine]) -> None:
    ids = [line.id for line in number_lines(lines)]
    assert len(set(ids)) == len(lines)
    assert new_lines(lines, ids) == []


@given(LINES, st.integers(0, 12))
def test_an_overlapping_export_adds_exactly_the_rest(lines: list[BankLine], cut: int) -> None:
    known = {line.id for line in number_lines(lines[:cut])}
    assert len(new_lines(lines, known)) == len(lines[cut:])


@given(st.integers(-(10**11), 10**11))
def test_amounts_survive_german_and_english_print(minor: int) -> None:
    amount = Decimal(minor).scaleb(-2)
    english = f"{amount:,.2f}"
    german = english.replace(",", "_").replace(".", ",").replace("_", ".")
    assert parse_amount(english, decimal_mark([english])) == amount
    assert parse_amount(german, decimal_mark([german])) == amount
    assert parse_plain(amount_text(amount, "EUR")) == amount
