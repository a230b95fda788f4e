"""The chain: any change of any row is found and named."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contor.ledger.hash_chain import GENESIS, broken_links, canonical_json, chain_hash
from contor.money import Money

CONTENT = st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=8), max_size=4)


def chained(contents: list[dict[str, Any]]) -> list[tuple[str, Any, str]]:
    rows, previous = [], GENESIS
    for number, content in enumerate(contents):
        previous = chain_hash(previous, content)
        rows.append((str(number), content, previous))
    return rows


@given(contents=st.lists(CONTENT, min_size=1, max_size=6), which=st.integers(min_value=0))
def test_the_altered_row_is_named(contents: list[dict[str, Any]], which: int) -> None:
    rows = chained(contents)
    assert broken_links(rows) == []
    at = which % len(rows)
    name, content, stored = rows[at]
    rows[at] = (name, {**content, "altered": True}, stored)
    assert broken_links(rows) == [name]


@given(contents=st.lists(CONTENT, min_size=2, max_size=6), which=st.integers(min_value=0))
def test_a_removed_row_breaks_the_next(contents: list[dict[str, Any]], which: int) -> None:
    rows = chained(contents)
    at = which % (len(rows) - 1)
    del rows[at]
    assert broken_links(rows) == [str(at + 1)]


def test_one_text_per_value() -> None:
    berlin = datetime(2026, 11, 2, 13, 0, tzinfo=timezone(timedelta(hours=1)))
    value = {
        "z": (Money.of("-1.00", "EUR"), None, True),
        "a": [Decimal("1E+3"), date(2026, 1, 2), berlin],
    }
    assert canonical_json(value) == (
        '{"a":["1000","2026-01-02","2026-11-02T12:00:00+00:00"],'
        '"z":[{"currency":"EUR","minor":-100},null,true]}'
    )
    assert canonical_json(berlin) == canonical_json(berlin.astimezone(UTC))


@pytest.mark.parametrize("value", [1.5, {"a": [0.1]}, object(), b"x"])
def test_values_without_one_text_are_errors(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)
