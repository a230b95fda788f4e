"""A chart that changes midway: old codes stop being suggested, and the autopilot stops with them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.brake import Brake
from contor.account_assignment.calibration import Calibration
from contor.account_assignment.history import History
from contor.account_assignment.lines import Lines
from contor.account_assignment.pilot import Assessment, Pilot
from contor.account_assignment.replay import Watch, replay
from contor.account_assignment.suggestion import Suggestion

Row = dict[str, str]
CHANGED = date(2025, 5, 1)


def ledger(count: int = 1300, *, changed: date | None = CHANGED) -> list[Row]:
    """Forty suppliers of one account each; from ``changed`` on every account has another number."""
    draw = random.Random(5)
    rows = []
    for number in range(count):
        on = date(2024, 1, 1) + timedelta(days=number * 700 // count)
        supplier = min(int(draw.expovariate(0.1)), 39)
        prefix = "63" if changed and on >= changed else "42"
        rows.append(
            {
                "date": on.isoformat(),
                "supplier": f"Supplier {supplier} GmbH",
                "amount": f"{draw.randint(10, 900)}.00",
                "account": f"{prefix}{supplier % 6}0",
            }
        )
    return rows


@dataclass(frozen=True, slots=True)
class Walked:
    """A ledger walked through: by line the day, what was chosen and what holds, and the autopilot."""

    day: NDArray[np.int64]
    chosen: NDArray[np.str_]
    right: NDArray[np.bool_]
    auto: NDArray[np.bool_]


@pytest.fixture(scope="module")
def walked() -> Walked:
    history = History.of(Lines.from_rows(ledger()))
    found = replay(history, ["account"], every=30, warmup=0.2, errors=(0.05,), watch=Watch())
    parts = [one["account"] for one in found]
    where = np.concatenate([part.positions for part in parts])
    chosen = np.concatenate([part.choices.codes[:, 0] for part in parts])
    return Walked(
        history.lines.day[where],
        np.array(history.names["account"])[chosen],
        history.past["account"].codes[where] == chosen,
        np.concatenate([part.auto[0.05] for part in parts]),
    )


def test_old_codes_are_not_suggested_after_a_change(walked: Walked) -> None:
    after = walked.day >= CHANGED.toordinal() + 30
    assert np.mean([name.startswith("42") for name in walked.chosen[after]]) < 0.02


def test_a_change_stops_the_autopilot_within_days(walked: Walked) -> None:
    assert walked.auto[walked.day < CHANGED.toordinal()].mean() > 0.2
    wrong = np.flatnonzero(walked.auto & ~walked.right)
    assert len(wrong) <= 8
    later = walked.day > CHANGED.toordinal() + 3
    flown = walked.auto & later
    assert flown.sum() > 100
    assert np.mean(~walked.right[flown]) < 0.01


def test_a_supplier_not_seen_since_the_change_gets_the_new_code_and_is_told_why() -> None:
    rows = ledger(900)
    late = [row for row in rows if row["date"] >= CHANGED.isoformat()]
    seen = {row["supplier"] for row in late}
    quiet = next(s for i in range(40) if (s := f"Supplier {i} GmbH") not in seen or i == 39)
    rows = [row for row in rows if row["supplier"] != quiet or row not in late]
    assigner = AccountAssigner(0.05).fit(Lines.from_rows(rows))
    asked = {"date": "2025-12-01", "supplier": quiet, "amount": "50.00"}
    found = assigner.suggest(Lines.from_rows([asked]))[0]["account"]
    group = int(quiet.split()[1]) % 6
    assert found.code == f"63{group}0"
    assert f"What was booked to 42{group}0 is booked to 63{group}0 now." in found.reason


def test_a_code_that_is_used_again_has_no_heir() -> None:
    rows = ledger(900)
    back = {"date": "2025-12-01", "supplier": "Supplier 0 GmbH", "amount": "9.00"}
    history = History.of(Lines.from_rows([*rows, {**back, "account": "4200"}]))
    cuts = np.array([len(rows), len(rows) + 1])
    found = history.present("account", cuts)
    assert found is not None
    names = history.names["account"]
    old, new = names.index("4200"), names.index("6300")
    assert found.of(np.array([[old], [old]])).ravel().tolist() == [new, old]


def test_a_brake_ignores_errors_that_the_promise_allows() -> None:
    draw = random.Random(1)
    brake = Brake(0.05)
    on = 0
    for _ in range(4000):
        brake.note([float(draw.random() > 0.03)])
        on += brake.on
    assert on < 80


def asked_with(chart: tuple[str, ...], rows: list[Row]) -> Suggestion:
    """What is suggested for a quiet supplier of account 4200 once the chart is given."""
    assigner = AccountAssigner(0.05, chart=tuple((number, "Account") for number in chart))
    assigner.fit(Lines.from_rows(rows))
    asked = {"date": "2025-05-20", "supplier": "Supplier 36 GmbH", "amount": "50.00"}
    return assigner.suggest(Lines.from_rows([asked]))[0]["account"]


def test_verdicts_one_by_one_or_in_one_go_leave_the_brake_alike() -> None:
    rng = random.Random(1)
    booked = [
        {
            "date": f"2025-{1 + i // 90:02d}-{1 + i % 28:02d}",
            "supplier": f"S{i % 20}",
            "amount": str(rng.randrange(10, 17)),
            "account": f"49{i % 20:02d}",
        }
        for i in range(900)
    ]
    run = [
        {"date": "2026-02-02", "supplier": "S3", "amount": "12", "account": account}
        for account in ["4999"] * 9 + ["4903"] * 40
    ]
    single, whole = (AccountAssigner(0.05).fit(Lines.from_rows(booked)) for _ in range(2))
    whole.learn(Lines.from_rows(run))
    for row in run:
        single.learn(Lines.from_rows([row]))
    assert single.brakes_["account"].evidence > 0.0
    assert single.brakes_ == whole.brakes_


def test_an_account_that_a_new_chart_lacks_stands_back() -> None:
    rows = [row for row in ledger(900) if row["date"] < CHANGED.isoformat()]
    late = {"date": CHANGED.isoformat()}
    rows += [{**row, **late, "account": f"63{i}0"} for i, row in enumerate(rows[-6:])]
    found = asked_with(tuple(f"63{i}0" for i in range(6)), rows)
    assert found.code.startswith("63")
    assert found.confidence < 0.5
    assert not found.auto


def test_a_chart_that_lacks_accounts_in_use_changes_nothing() -> None:
    rows = [row for row in ledger(900) if row["date"] < CHANGED.isoformat()]
    found = asked_with(tuple(f"42{i}0" for i in range(1, 6)), rows)
    assert found.code == "4200"
    assert found.confidence > 0.5


def test_a_unit_paid_once_a_month_is_not_gone_after_three_weeks() -> None:
    """A unit's suppliers are booked elsewhere, two each week: an heir, or a passing habit."""

    def heirs(every: int) -> int:
        days = [date(2024, 1, 1) + timedelta(days=every * number) for number in range(30)]
        rows = [(day, f"Supplier {number % 6}", "unit") for number, day in enumerate(days)]
        for week in range(3):
            day = days[-1] + timedelta(days=2 + 7 * week)
            rows += [(day, f"Supplier {2 * week + more}", "other") for more in (0, 1)]
        lines = [
            {"date": day.isoformat(), "supplier": name, "amount": "10.00", "cost_centre": unit}
            for day, name, unit in rows
        ]
        return len(History.of(Lines.from_rows(lines)).heirs["cost_centre"].spans)

    assert heirs(every=2)
    assert not heirs(every=30)


def test_what_is_held_for_rather_wrong_does_not_go_alone_though_it_is_above_the_bar() -> None:
    """Thousands of right decisions proved the bar; lately all went wrong."""
    pilot = Pilot((0.05,))
    pilot.bars = {0.05: 0.9}
    score = np.full(1000, 0.95)
    seen = Assessment(score, np.zeros((1000, 0), np.float32), np.zeros((1000, 3), np.int64))
    pilot.calibration = Calibration().fit(score, np.ones(1000, bool))
    assert pilot.permit(0.05, seen).all()
    pilot.calibration = Calibration().fit(score, np.arange(1000) < 500)
    assert not pilot.permit(0.05, seen).any()
