"""Lines are read as a bookkeeper would; keys say what a line shares with earlier ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contor.account_assignment.history import History, outcomes
from contor.account_assignment.keys import KEYS, keys_of
from contor.account_assignment.lines import UNKNOWN_CENTS, Lines, join
from contor.account_assignment.memory import Index
from contor.account_assignment.wording import document_shape, fold


def test_an_unreadable_amount_is_unknown_and_not_zero() -> None:
    lines = Lines.from_rows([{"date": "2026-01-01", "supplier": "A", "amount": "1,234.5x"}])
    assert int(lines.cents[0]) == UNKNOWN_CENTS


@pytest.mark.parametrize(
    ("text", "iso"),
    [("2026", "2026-01-01"), ("2026-03", "2026-03-01"), ("2026-03-09", "2026-03-09")],
)
def test_a_bare_year_or_month_counts_as_its_first_day(text: str, iso: str) -> None:
    one = Lines.from_rows([{"date": text}, {"date": iso}])
    assert one.day[0] == one.day[1]


def test_outcomes_of_coding_are_no_facts() -> None:
    lines = Lines.from_rows([{"date": "2026-01-01", "supplier": "A", "unit": "X", "account": "1"}])
    assert set(lines.facts) == {"supplier"}


def test_the_same_supplier_written_differently_shares_its_key() -> None:
    rows = [
        {"supplier": "Müller & Co. GmbH"},
        {"supplier": "MULLER CO GMBH"},
        {"supplier": "Meier"},
    ]
    keys = keys_of(Lines.from_rows(rows))
    assert keys[0, 0] == keys[1, 0] != keys[2, 0]
    assert keys.shape == (3, len(KEYS))


def test_a_line_without_a_fact_has_no_key_for_it() -> None:
    keys = keys_of(Lines.from_rows([{"supplier": "A", "amount": "5"}]))
    names = [key.name for key in KEYS]
    assert keys[0, names.index("text")] == 0
    assert keys[0, names.index("supplier_text")] == 0


def test_a_column_that_every_account_determines_is_an_outcome() -> None:
    rows = [
        {
            "supplier": f"S{i % 40}",
            "account": str(i % 7),
            "supplier_category": "AB"[i % 7 % 2],
            "country": "DE" if i % 40 < 20 else "NL",
        }
        for i in range(400)
    ]
    lines = Lines.from_rows(rows)
    assert outcomes(lines) == ("supplier_category",)
    assert "supplier_category" not in History.of(lines).lines.facts


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30))
def test_any_document_number_has_a_shape(text: str) -> None:
    prefix, count, digits = document_shape(text)
    assert count == len(digits)
    assert not any(c.isdecimal() and c.isascii() for c in prefix)


@given(
    st.lists(st.integers(0, 5), max_size=60),
    st.lists(st.integers(0, 5), max_size=30),
    st.integers(0, 90),
    st.integers(1, 6),
)
def test_an_index_grown_in_parts_answers_like_a_plain_scan(
    first: list[int], second: list[int], cut: int, depth: int
) -> None:
    index = Index().grown(np.array(first, np.int64)).grown(np.array(second, np.int64))
    whole = first + second
    for key in range(1, 6):
        found = index.latest(np.array([key]), np.array([cut]), depth)[0]
        seen = [i for i, one in enumerate(whole) if one == key and i < cut][::-1]
        assert [i for i in found.tolist() if i >= 0] == seen[:depth]
        assert index.before(np.array([key]), np.array([cut]))[0] == len(seen)


def test_joined_lines_keep_every_column() -> None:
    both = join(
        Lines.from_rows([{"supplier": "A", "account": "1"}]),
        Lines.from_rows([{"supplier": "B", "description": "x"}]),
    )
    assert both.facts["description"] == ("", "x")
    assert both.labels["account"] == ("1", "")
