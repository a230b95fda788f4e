from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contor.documents.dates.printed import Order, day_order, find_dates

DAYS = st.dates(min_value=dt.date(1995, 1, 1), max_value=dt.date(2055, 12, 31))


@given(DAYS)
def test_every_day_is_read_back(day: dt.date) -> None:
    for text, order in (
        (f"{day:%d.%m.%Y}", "dmy"),
        (f"{day:%m/%d/%Y}", "mdy"),
        (f"{day:%d/%m/%Y}", "dmy"),
        (day.isoformat(), "dmy"),
        (f"{day.day} {day:%B} {day.year}", "dmy"),
    ):
        chosen: Order = "mdy" if order == "mdy" else "dmy"
        assert [date.value for date in find_dates(text, chosen)] == [day]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5. März 2026", ["2026-03-05"]),
        ("1er août 2025", ["2025-08-01"]),
        ("12 gennaio 2026", ["2026-01-12"]),
        ("29 maart 2014", ["2014-03-29"]),
        ("19 MAR 2018 18:26", ["2018-03-19"]),
        ("02/13/20 - 02/19/20", ["2020-02-13", "2020-02-19"]),
        ("Schedule Dates 02/13/20-02/19/20", ["2020-02-13", "2020-02-19"]),
        ("1.1.2026-31.12.2026", ["2026-01-01", "2026-12-31"]),
        ("Nr. 11-05-20-44", []),
        ("IP 78.46.77.79", []),
        ("Tel. 030 12.34.56.78", []),
        ("31.02.2026", []),
    ],
)
def test_forms_found_on_paper(text: str, days: list[str]) -> None:
    found = find_dates(text, day_order([text]))
    assert [date.value.isoformat() for date in found] == days
