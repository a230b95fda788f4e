"""The second look: what arrives together speaks for one another, as far as that was proven."""

from __future__ import annotations

import random

import numpy as np
import pytest

from contor.account_assignment import assigner
from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.choice import Choices
from contor.account_assignment.fitting import _whole_days
from contor.account_assignment.history import History
from contor.account_assignment.keys import keys_of
from contor.account_assignment.lines import Lines
from contor.account_assignment.neighbours import Neighbourhood, numbers
from contor.account_assignment.pilot import Pilot
from contor.account_assignment.second_look import SecondLook
from contor.account_assignment.suggestion import Suggestion
from contor.account_assignment.walk import Batch

_CLERKS = ("North", "South", "West")


def _day(day: int, rng: random.Random) -> list[dict[str, str]]:
    """Three people enter ten documents each, one after the other, in an order nobody can foresee.

    Everyone has suppliers of their own; the courier works for all, and is booked where the batch is.
    """
    rows, number = [], 500_000 + day * 1_000
    for clerk in rng.sample(_CLERKS, 3):
        number += rng.randrange(100, 200)
        for place in range(10):
            own = rng.random() < 0.7
            rows.append(
                {
                    "date": f"20{24 + day // 336:02d}-{1 + day // 28 % 12:02d}-{1 + day % 28:02d}",
                    "supplier": f"{clerk} supplier {rng.randrange(5)}" if own else "Courier",
                    "amount": str(rng.randrange(10, 400)),
                    "doc_no": str(number + place),
                    "account": f"49{_CLERKS.index(clerk)}0",
                }
            )
    return rows


@pytest.fixture(scope="module")
def office() -> AccountAssigner:
    rng = random.Random(3)
    rows = [row for day in range(170) for row in _day(day, rng)]
    return AccountAssigner().fit(Lines.from_rows(rows))


def _right(found: list[dict[str, Suggestion]], rows: list[dict[str, str]]) -> float:
    courier = [place for place, row in enumerate(rows) if row["supplier"] == "Courier"]
    hits = [found[place]["account"].code == rows[place]["account"] for place in courier]
    return sum(hits) / len(hits)


def test_the_batch_a_document_was_entered_in_tells_where_it_goes(office: AccountAssigner) -> None:
    rng = random.Random(8)
    rows = [row for day in range(170, 180) for row in _day(day, rng)]
    together = office.suggest(Lines.from_rows(rows))
    alone = [office.suggest(Lines.from_rows([row]))[0] for row in rows]
    assert _right(alone, rows) < 0.6  # a guess among three
    assert _right(together, rows) > 0.9
    moved = [one["account"].reason for one in together]
    assert any("Documents and lines that came with it speak for it." in why for why in moved)


def test_a_document_that_comes_singly_is_as_sure_as_its_past_allows(
    office: AccountAssigner,
) -> None:
    rng = random.Random(9)
    rows = [row for day in range(190, 194) for row in _day(day, rng)]
    couriers = [row for row in rows if row["supplier"] == "Courier"]
    found = [office.suggest(Lines.from_rows([row]))[0]["account"] for row in couriers]
    assert sum(one.confidence for one in found) / len(found) < 0.45  # a guess among three
    assert not any(one.auto for one in found)


def test_many_lines_are_ranked_in_parts_and_neighbours_meet_all_the_same(
    office: AccountAssigner, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(5)
    lines = Lines.from_rows([row for day in range(180, 184) for row in _day(day, rng)])
    whole = office.suggest(lines)
    monkeypatch.setattr(assigner, "_PART", 7)
    assert office.suggest(lines) == whole


def _signs(
    rows: list[dict[str, str]], codes: list[list[int]], odds: list[list[float]]
) -> np.ndarray:
    lines = Lines.from_rows(rows)
    choices = Choices(
        np.array(codes), np.array(odds, np.float32), np.zeros((len(rows), 0), np.float32)
    )
    return Neighbourhood.of(keys_of(lines), lines).signs(choices)


def test_neighbours_of_a_document_vote_by_their_odds() -> None:
    rows = [{"date": "2026-03-02", "supplier": f"S{i}", "doc_no": "7001"} for i in range(3)]
    signs = _signs(rows, [[0, 1], [1, 2], [1, 0]], [[0.6, 0.4], [0.9, 0.1]] * 1 + [[0.9, 0.1]])
    np.testing.assert_allclose(signs[0, :, 0], [0.7 / 3 - 0.6, 2.2 / 3 - 0.4], rtol=1e-5)
    np.testing.assert_allclose(signs[:, 0, 1], np.log(3), rtol=1e-6)


def test_a_line_alone_in_its_day_hears_nothing() -> None:
    rows = [{"date": f"2026-03-0{i}", "supplier": "S", "doc_no": "7001"} for i in (2, 3)]
    signs = _signs(rows, [[0, 1], [1, -1]], [[0.6, 0.4], [0.9, 0.0]])
    for column in range(0, signs.shape[2], 2):  # shares, each with its weight behind it
        np.testing.assert_allclose(signs[:, :, column], 0.0, atol=1e-6)


def test_the_nearer_a_number_the_more_its_document_says() -> None:
    numbers_ = ("7000", "7001", "7090")
    rows = [{"date": "2026-03-02", "supplier": n, "doc_no": n} for n in numbers_]
    signs = _signs(rows, [[0, 1], [0, 1], [1, 0]], [[0.5, 0.5], [0.9, 0.1], [0.9, 0.1]])
    assert signs[0, 0, -2] > signs[0, 1, -2]


def test_without_document_numbers_the_suppliers_own_invoice_numbers_count() -> None:
    rows = [{"doc_no": "", "invoice_no": "RE-77"}, {"doc_no": "4711", "invoice_no": "RE-78"}, {}]
    number, own = numbers(Lines.from_rows(rows))
    assert number.tolist() == [77, 4711, 0]
    assert own.tolist() == [False, True, False]


def _noise(count: int) -> tuple[Batch, np.ndarray, np.ndarray, Choices]:
    rng = np.random.default_rng(1)
    rows = [
        {"date": f"2026-01-{1 + i * 28 // count:02d}", "supplier": f"S{i}"} for i in range(count)
    ]
    lines = Lines.from_rows(rows)
    first = np.full((count, 2), 0.5, np.float32) + np.array([0.2, -0.2], np.float32)
    choices = Choices(np.tile([0, 1], (count, 1)), first, np.zeros((count, 0), np.float32))
    came = History.of(Lines.from_rows([])).arrivals(lines, keys_of(lines), np.zeros(count, int))
    again = came.rows_again("account", {"account": choices})
    codes = (rng.random(count) > 0.7).astype(np.int64)
    return Batch(np.arange(count), again), codes, lines.day, choices


@pytest.mark.parametrize("count", [40, 3_000])
def test_where_nothing_can_be_learnt_the_odds_stay_as_they_are(count: int) -> None:
    batch, codes, days, first = _noise(count)
    look = SecondLook()
    found = look.fit(batch, codes, days, first)
    for one in (found, look.choose(batch.rows, first)):
        np.testing.assert_allclose(one.odds[:, :2], first.odds, atol=0.03)
        assert one.moved is not None
        assert not one.moved.any()


def test_one_day_can_not_be_held_out_from_itself() -> None:
    batch, codes, days, first = _noise(2_000)
    look = SecondLook()
    look.fit(batch, codes, np.full_like(days, days[0]), first)
    assert look.ranker.booster_ is None


def test_decisions_are_judged_day_by_day_as_a_whole() -> None:
    days = np.repeat(np.arange(40), 2_000)
    judged = _whole_days(days, 20_000)
    assert not judged[:20_000].any()
    by_day = judged.reshape(40, 2_000)
    assert (by_day.all(axis=1) | ~by_day.any(axis=1)).all()
    assert judged.sum() == 20_000


def test_a_company_of_one_target_looks_again_without_the_other() -> None:
    rows = [
        {"date": f"2026-01-{1 + i % 28:02d}", "supplier": f"S{i % 4}", "account": f"4{i % 2}"}
        for i in range(300)
    ]
    one = History.of(Lines.from_rows(rows))
    assert set(one.accords) == set()
    found = AccountAssigner().fit(Lines.from_rows(rows)).suggest(Lines.from_rows(rows[:3]))
    assert all(answer["account"].code for answer in found)


def test_what_is_set_aside_teaches_the_judge_and_proves_nothing() -> None:
    count = 600
    odds = np.tile(np.array([0.8, 0.2, 0.0], np.float32), (count, 1))
    choices = Choices(np.tile([0, 1, -1], (count, 1)), odds, np.zeros((count, 1), np.float32))
    keys = keys_of(Lines.from_rows([{"supplier": f"S{i % 9}"} for i in range(count)]))
    days, codes = np.arange(count) // 10, np.zeros(count, np.int64)
    aside = np.arange(count) % 3 == 0
    codes[aside] = 1
    pilot = Pilot((0.05,))
    pilot.fly(keys, days, choices, codes, aside=aside)
    assert pilot.decisions.right.all()
    assert (len(pilot.decisions.score), len(pilot.decisions.table)) == (400, 600)
    np.testing.assert_array_equal(pilot.decisions.verdict, ~aside)
