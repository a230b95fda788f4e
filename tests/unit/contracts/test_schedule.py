"""Due periods: worked figures (V7-V29), the traps of clamping and of billing twice."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contor.contracts import Contract, due_periods, parse_contract_file
from contor.contracts.proration import prorate
from contor.contracts.schedule import service_periods
from contor.errors import Refusal

TEXT = """
format: contor-contract/1
id: C-1
start: {start}
{more}
seller: {{name: S, address: {{street: a, postcode: 1, city: b, country: DE}}}}
customer: {{number: 1, name: K, business: true, address: {{street: a, postcode: 1, city: b, country: DE}}}}
billing: {{months: {months}, {billing}}}
items: [{{id: i, plan: p}}]
plans:
  - {{id: p, name: P, versions: [{{version: 1, valid_from: 2000-01-01, charges: [
      {{id: base, kind: recurring, model: flat, price: 10}}]}}]}}
"""


def contract(
    start: str, months: int = 1, billing: str = "timing: advance", more: str = ""
) -> Contract:
    text = TEXT.format(start=start, months=months, billing=billing, more=more)
    parsed = parse_contract_file(text)
    assert isinstance(parsed, Contract)
    return parsed


def advance(of: Contract, until: str) -> list[Any]:
    return [p for p in due_periods(of, date.fromisoformat(until)) if p.phase == "advance"]


def share(of: Contract, until: str) -> Fraction:
    return sum((prorate(p.served, p.full) for p in advance(of, until)), Fraction(0))


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2011-02-01", Fraction(12, 31)),
        ("2011-02-13", 1 + Fraction(12, 31)),
        ("2011-04-13", 3 + Fraction(12, 31)),
    ],
)
def test_a_start_before_the_bill_day(until: str, expected: Fraction) -> None:
    assert share(contract("2011-02-01", billing="anchor_day: 13"), until) == expected


@pytest.mark.parametrize(
    ("start", "day", "end", "until", "expected"),
    [
        ("2011-02-01", 1, "2011-02-14", "2011-02-01", Fraction(13, 28)),
        ("2011-02-14", 27, None, "2011-03-01", 1 + Fraction(13, 31)),
        ("2011-02-14", 31, None, "2011-03-01", Fraction(3, 2)),
        ("2010-12-15", 15, "2011-03-17", "2011-03-15", 3 + Fraction(2, 31)),
    ],
)
def test_first_and_last_parts(
    start: str, day: int, end: str | None, until: str, expected: Fraction
) -> None:
    more = f"end: {end}" if end else ""
    assert share(contract(start, billing=f"anchor_day: {day}", more=more), until) == expected


def test_the_thirty_first_never_drifts() -> None:
    last_days = [
        p.served.last_day.isoformat() for p in advance(contract("2024-01-31"), "2024-04-29")
    ]
    assert last_days == ["2024-02-28", "2024-03-30", "2024-04-29"]


@pytest.mark.parametrize(
    ("until", "count"),
    [("2012-04-30", 0), ("2012-05-01", 1), ("2012-05-31", 1), ("2012-06-01", 2), ("2012-06-30", 2)],
)
def test_what_is_due_on_a_target_day(until: str, count: int) -> None:
    assert len(advance(contract("2012-05-01"), until)) == count


def test_billed_periods_are_not_due_again() -> None:
    of = contract("2026-01-15")
    first = due_periods(of, date(2026, 6, 1))
    keys = [period.key for period in first]
    assert len(set(keys)) == len(keys)
    assert due_periods(of, date(2026, 6, 1), keys) == []
    later = due_periods(of, date(2026, 7, 20), keys)
    assert [p.key for p in later] == [
        p.key for p in due_periods(of, date(2026, 7, 20))[len(keys) :]
    ]


def test_what_was_billed_elsewhere_stays_there() -> None:
    of = contract("2020-01-01", billing="billed_until: 2026-10-01")
    assert [p.key for p in due_periods(of, date(2026, 10, 31))] == [
        "C-1:advance:2026-10-01/2026-11-01"
    ]


def test_a_start_that_must_be_wrong_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        due_periods(contract("1901-01-01"), date(2026, 1, 1))
    assert refusal.value.code == "too_many_periods"


@given(
    start=st.dates(date(2015, 1, 1), date(2026, 1, 1)),
    months=st.sampled_from([1, 3, 6, 12]),
    anchor=st.integers(1, 31),
)
def test_periods_touch_without_gap_or_overlap(start: date, months: int, anchor: int) -> None:
    of = contract("2026-01-01")
    billing = replace(of.billing, months=months, anchor_day=anchor)
    of = replace(of, start=start, billing=billing)
    periods = list(service_periods(of, date(2027, 1, 1)))
    assert periods[0][0].start == start
    for (left, _), (right, full) in itertools.pairwise(periods):
        assert left.end == right.start
        assert right == full


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("format: contor-contract/1", "format: x"), "contract_format"),
        (("months: 1", "months: 0"), "contract_unreadable"),
        (("id: C-1", "id: C-1\nid: C-2"), "yaml_key_twice"),
        (("plan: p", "plan: q"), "plan_unknown"),
        (("price: 10", "price: ten"), "contract_unreadable"),
        (("price: 10", f"price: {'9' * 400}"), "contract_unreadable"),
        (("price: 10", "price: 1e400"), "contract_unreadable"),
        (("format: contor-contract/1", "format: [contor-contract/1]"), "contract_format"),
        (("format: contor-contract/1", "- 1"), "yaml_unreadable"),
        (("id: C-1", "id: C-1\n1: x"), "contract_unreadable"),
        (("start: 2026-01-01", "start: 9999-12-31"), "contract_unreadable"),
        (("price: 10", "price: -"), "contract_unreadable"),
        (("model: flat, price: 10", "model: graduated"), "charge_incomplete"),
        (("start: 2026-01-01", "start: 2026-02-30"), "date_unreadable"),
        (("name: S,", "name: S, colour: red,"), "contract_unreadable"),
    ],
)
def test_bad_contracts_are_refused(change: tuple[str, str], code: str) -> None:
    text = TEXT.format(start="2026-01-01", months=1, billing="timing: advance", more="")
    assert change[0] in text
    with pytest.raises(Refusal) as refusal:
        parse_contract_file(text.replace(*change))
    assert refusal.value.code == code


def test_versions_that_overlap_are_refused() -> None:
    text = TEXT.format(start="2026-01-01", months=1, billing="timing: advance", more="").replace(
        "versions: [",
        "versions: [{version: 0, valid_from: 1999-01-01, charges: [{id: b, "
        "kind: recurring, model: flat, price: 1}]}, ",
    )
    with pytest.raises(Refusal) as refusal:
        parse_contract_file(text)
    assert refusal.value.code == "price_versions_overlap"


def test_a_contract_ended_within_a_billed_period_is_not_billed_again() -> None:
    of = contract("2026-09-01")
    keys = [period.key for period in due_periods(of, date(2026, 10, 1))]
    ended = replace(of, end=date(2026, 10, 16))
    left = [p.key for p in due_periods(ended, date(2026, 12, 1), keys)]
    assert left == ["C-1:arrears:2026-10-01/2026-10-16"]
