"""Numbers of a series."""

from __future__ import annotations

from datetime import date

import pytest

from contor.errors import Refusal
from contor.invoicing.numbering import format_number

ON = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("series", "number", "printed"),
    [
        ("RE-{year}-{number:05}", 42, "RE-2026-00042"),
        ("{number}", 1, "1"),
        ("{yy}{month}-{number:03}", 12345, "2603-12345"),
    ],
)
def test_formats(series: str, number: int, printed: str) -> None:
    assert format_number(series, number, ON) == printed


@pytest.mark.parametrize(
    "series", ["RE", "{year}", "{number:05d}", "{number.__class__}", "{x}{number}", "{number", "}"]
)
def test_formats_that_are_refused(series: str) -> None:
    with pytest.raises(Refusal) as refusal:
        format_number(series, 1, ON)
    assert refusal.value.code == "number_format_wrong"
    assert series in str(refusal.value)


def test_numbers_begin_at_one() -> None:
    with pytest.raises(Refusal) as refusal:
        format_number("{number}", 0, ON)
    assert refusal.value.code == "number_not_positive"
