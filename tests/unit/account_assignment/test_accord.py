"""Signs for the judge: codes that were booked together, and runs larger than any before."""

from __future__ import annotations

import numpy as np

from contor.account_assignment.accord import Accord, runs
from contor.account_assignment.choice import Choices
from contor.account_assignment.history import History
from contor.account_assignment.lines import Lines
from contor.account_assignment.memory import Index


def _choices(first: list[int], second: list[int], odds: float = 0.8) -> Choices:
    n = len(first)
    codes = np.stack([first, second, np.full(n, -1)], axis=1)
    share = np.tile(np.array([odds, 1 - odds, 0.0], np.float32), (n, 1))
    return Choices(codes, share, np.zeros((n, 0), np.float32))


def test_a_pair_booked_before_is_told_from_one_that_never_was() -> None:
    suppliers = np.full(10, 7)
    accord = Accord().grown(suppliers, np.array([0] * 8 + [1] * 2), np.array([5] * 8 + [6] * 2))
    found = accord.signs(
        np.array([7, 7, 9]),
        np.full(3, 10),
        _choices([0, 1, 0], [1, 0, 1]),
        _choices([5] * 3, [6] * 3),
    )
    usual, odd, stranger = found
    assert usual[0] > 0.8 > odd[0]  # the share of all lines at centre 5 with this account
    assert usual[1] > 0.8 > odd[1]  # the same for this supplier
    assert usual[4] > odd[4] == 0.0  # how often this supplier had the pair
    assert stranger[0] == usual[0]
    assert stranger[4] == 0.0
    np.testing.assert_allclose(found[:, 5:], [[0.8, 0.6]] * 3, rtol=1e-6)


def test_lines_of_the_day_and_lines_without_a_code_are_not_seen() -> None:
    accord = Accord().grown(
        np.full(6, 7), np.array([0, 0, 0, -1, 0, 0]), np.array([5, 5, 5, 5, -1, 5])
    )
    asked = (np.array([7]), _choices([0], [1]), _choices([5], [6]))
    three = accord.signs(asked[0], np.array([3]), *asked[1:])[0]
    every = accord.signs(asked[0], np.array([6]), *asked[1:])[0]
    np.testing.assert_allclose(np.expm1([three[4], every[4]]), [3, 4], rtol=1e-5)


def test_a_run_is_measured_by_the_runs_before_it() -> None:
    days = np.repeat([10, 20, 30], [1, 2, 1])
    known = Index().grown(np.full(4, 7))
    found = runs(np.array([7] * 8 + [9, 0]), np.full(10, 40), np.full(10, 4), known, days)
    np.testing.assert_allclose(found[0], np.log([8, 8 / 2, 8 / (4 / 3), 11]), rtol=1e-5)
    np.testing.assert_allclose(found[8, 0], 0.0)  # a supplier's first line, alone
    np.testing.assert_allclose(found[9, 0], 0.0)  # no supplier, no run


def test_lines_already_booked_today_belong_to_the_run() -> None:
    known = Index().grown(np.full(4, 7))
    found = runs(np.array([7]), np.array([30]), np.array([4]), known, np.array([10, 20, 30, 30]))
    np.testing.assert_allclose(found[0], np.log([3, 3, 3, 11]), rtol=1e-5)


def test_a_history_grown_line_by_line_knows_the_same_pairs() -> None:
    rows = [
        {"date": f"2026-01-{1 + i // 3:02d}", "supplier": f"S{i % 4}", "amount": "5",
         "account": f"{4900 + i % 3}", "cost_centre": f"C{i % 2}"}
        for i in range(60)
    ]  # fmt: skip
    whole = History.of(Lines.from_rows(rows))
    grown = History.of(Lines.from_rows(rows[:20]))
    for row in rows[20:]:
        grown = grown.grown(Lines.from_rows([row]))
    choices = {"account": _choices([0, 1], [1, 2]), "cost_centre": _choices([0, 1], [1, 0])}
    lines, keys, cuts = whole.lines.part(58, 60), whole.keys[-2:], np.array([60, 58])
    for target in choices:
        seen = [
            one.arrivals(lines, keys, cuts).seen_together(target, choices).signs
            for one in (whole, grown)
        ]
        np.testing.assert_array_equal(seen[0], seen[1])
