"""Calibration and autopilot: a confidence means what it says, a promise is kept or not given."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contor.account_assignment import autopilot
from contor.account_assignment.autopilot import (
    NEVER,
    bar,
    bars,
    error_bound,
)
from contor.account_assignment.calibration import Calibration, calibration_error


@pytest.mark.parametrize(("wrong", "needed"), [(0, 299), (1, 473), (2, 628), (3, 773)])
def test_the_bound_agrees_with_the_published_sample_sizes(wrong: int, needed: int) -> None:
    assert error_bound(wrong, needed) <= 0.01 < error_bound(wrong, needed - 1)


def test_without_enough_decisions_nothing_goes_alone() -> None:
    assert bar(np.full(298, 0.99), np.ones(298, bool), 0.01) == NEVER


def test_spotless_decisions_prove_the_promise() -> None:
    score = np.linspace(0.5, 1.0, 3000)
    assert bar(score, np.ones(3000, bool), 0.01) <= 0.51


def test_errors_that_come_in_swarms_weigh_more() -> None:
    draw = np.random.default_rng(2)
    score = draw.random(4000)
    right = draw.random(4000) > 0.008
    apart = bar(score, right, 0.016, np.arange(4000))
    together = bar(score, right, 0.016, np.where(right, np.arange(4000), -1))
    assert together > apart


def test_a_payment_run_wrong_as_a_whole_would_still_leave_the_promise_kept() -> None:
    score = np.full(2400, 0.99)
    runs = np.repeat(np.arange(120), 20)  # suppliers paid twenty lines a day
    right = np.ones(2400, bool)

    def proven(count: int, swarm: np.ndarray) -> bool:
        return bar(score[:count], right[:count], 0.02, swarm[:count]) < NEVER

    assert not proven(1000, runs)  # 20 of 1,000: 2 %, nothing to spare
    assert proven(1200, runs)  # 20 of 1,200: 1.7 %
    assert proven(1000, np.arange(2400))  # lines that come alone


def test_one_bar_that_holds_among_others_that_do_not_is_luck(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    score = np.linspace(1.0, 0.5, 3000)
    right = np.arange(3000) % 33 != 5
    right[1000:] = True  # 30 errors among the surest thousand, none below

    def proven(count: int) -> bool:
        return bar(score[:count], right[:count], 0.025, np.arange(count)) < NEVER

    assert not proven(2000)  # 30 of 2,000 would do, 30 of 1,600 would not
    assert proven(3000)
    monkeypatch.setattr(autopilot, "_STEADY", 1.0)
    assert proven(2000)


def test_all_promises_at_once_are_those_one_by_one() -> None:
    draw = np.random.default_rng(5)
    score = draw.random(6000)
    right = draw.random(6000) < 0.6 + 0.4 * score**0.2
    swarm = draw.integers(0, 2000, 6000)
    promises = (0.05, 0.02, 0.01)
    one_by_one = [bar(score, right, promise, swarm) for promise in promises]
    assert bars(score, right, promises, swarm) == pytest.approx(one_by_one, abs=0.05)
    assert one_by_one == sorted(one_by_one)


def test_the_promise_holds_on_fresh_decisions() -> None:
    broken, share = 0, 0.0
    for seed in range(40):
        draw = np.random.default_rng(seed)
        score = draw.random(8000)
        right = draw.random(8000) < 0.7 + 0.3 * score
        lowest = bar(score[:4000], right[:4000], 0.05, np.arange(4000))
        flown = score[4000:] >= lowest
        share += float(flown.mean()) / 40
        broken += bool(flown.any()) and float((~right[4000:][flown]).mean()) > 0.05
    assert broken <= 4
    assert share > 0.2  # a third could fly with hindsight


@settings(max_examples=30)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=300))
def test_a_calibration_never_falls_and_stays_a_probability(
    made: list[tuple[float, bool]],
) -> None:
    odds = np.array([pair[0] for pair in made])
    map_ = Calibration().fit(odds, np.array([pair[1] for pair in made]))
    curve = map_.confidence(np.linspace(0, 1, 101))
    assert (np.diff(curve) >= -1e-12).all()
    assert ((curve >= 0) & (curve <= 1)).all()


def test_calibrated_confidence_is_honest() -> None:
    draw = np.random.default_rng(4)
    odds = draw.random(12_000)
    right = draw.random(12_000) < odds**2
    map_ = Calibration().fit(odds[:6000], right[:6000])
    assert calibration_error(odds[6000:], right[6000:]) > 0.1
    assert calibration_error(map_.confidence(odds[6000:]), right[6000:]) < 0.03
