"""Retraining: split by time, promoted only when not worse, rolled back by one call."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from contor.account_assignment.challenge import Trial, judge
from contor.account_assignment.contradictions import contradictions
from contor.account_assignment.drift import CHANGED, error_drift, input_drift
from contor.account_assignment.lines import Lines
from contor.account_assignment.static_encoder import StaticEncoder
from contor.bootstrap.assignment import shelf_at
from contor.errors import Refusal
from contor_training.assignment.distil import distil
from contor_training.assignment.retrain import load_assigner, retrain, split_by_time


def rows(count: int = 400) -> list[dict[str, str]]:
    return [
        {
            "date": f"2026-{1 + i * 10 // count:02d}-{1 + i % 28:02d}",
            "supplier": f"Supplier {i % 9}",
            "amount": str(10 + i % 7),
            "account": str(4000 + i % 9 // 2),
        }
        for i in range(count)
    ]


def ledger(count: int = 400) -> Lines:
    return Lines.from_rows(rows(count))


def test_the_split_is_by_time() -> None:
    past, recent = split_by_time(ledger(), 30)
    assert past.day.max() <= recent.day.min()
    assert len(past) + len(recent) == 400


def test_a_company_of_a_few_weeks_is_tried_on_its_later_half() -> None:
    past, recent = split_by_time(ledger(), 3650)
    assert len(past) == len(recent) == 200


def test_what_was_decided_since_is_a_trial_whatever_its_date() -> None:
    lines, unseen = ledger(), np.arange(400) % 2 == 0
    past, recent = split_by_time(lines, 30, unseen)
    _, late = split_by_time(lines, 30)
    assert 0 < len(recent) < len(late), "of the latest days only what the live model has not seen"
    assert len(past) + len(recent) == 400
    mistyped = Lines.from_rows([*rows(), {**rows()[0], "date": "2031-01-01"}])
    _, recent = split_by_time(mistyped, 30, np.append(unseen, np.True_))
    assert len(recent) >= 15, "one mistyped year does not take the trial away"


def test_a_first_model_goes_live_and_comes_back_whole(tmp_path: Path) -> None:
    shelf = shelf_at(tmp_path)
    outcome = retrain(ledger(), shelf)
    assert outcome.verdict.promoted
    assert shelf.live("account-assignment") == outcome.version == "1"
    found = load_assigner(shelf)
    assert found is not None
    asked = Lines.from_rows([{"date": "2026-12-01", "supplier": "Supplier 4", "amount": "12"}])
    assert found.suggest(asked)[0]["account"].code == "4002"


def test_rolling_back_is_one_call(tmp_path: Path) -> None:
    shelf = shelf_at(tmp_path)
    for content in (b"one", b"two"):
        shelf.promote("m", shelf.put("m", content, manifest={}, metrics={}, card=""))
    assert shelf.load("m").content == b"two"
    assert shelf.roll_back("m") == "1"
    assert shelf.load("m").content == b"one"
    with pytest.raises(Refusal, match="no_earlier_model"):
        shelf.roll_back("m")


def test_an_altered_artefact_is_refused(tmp_path: Path) -> None:
    shelf = shelf_at(tmp_path)
    shelf.promote("m", shelf.put("m", b"one", manifest={}, metrics={}, card=""))
    (tmp_path / "m" / "1" / "artefact.bin").write_bytes(b"other")
    with pytest.raises(Refusal, match="model_altered"):
        shelf.load("m")


def test_a_model_of_other_libraries_is_refused(tmp_path: Path) -> None:
    shelf = shelf_at(tmp_path)
    shelf.put("m", b"one", manifest={}, metrics={}, card="")
    manifest = tmp_path / "m" / "1" / "manifest.toml"
    manifest.write_text(manifest.read_text().replace('library_numpy = "', 'library_numpy = "9'))
    with pytest.raises(Refusal, match="model_mismatch"):
        shelf.load("m", "1")


def trial(right: list[bool]) -> Trial:
    hit = np.array(right)
    return Trial({"account": hit}, {"account": {"all": np.ones(len(hit), bool)}})


def test_a_worse_challenger_stays_behind() -> None:
    good, bad = trial([True] * 90 + [False] * 10), trial([True] * 60 + [False] * 40)
    assert not judge(good, bad).promoted
    assert judge(good, bad).objections == ("Account: 30.00% fewer right, of 100 lines.",)
    assert judge(bad, good).promoted
    assert judge(good, good).promoted


def test_contradictions_name_codes_and_people() -> None:
    rows = [
        {"supplier": "Acme", "description": f"Hosting {i}", "account": "4960" if i % 3 else "3100"}
        for i in range(9)
    ]
    found = contradictions(Lines.from_rows(rows), ["anna" if i % 3 else "ben" for i in range(9)])
    assert found[0].codes == (("4960", 6), ("3100", 3))
    assert found[0].people == (("4960", ("anna",)), ("3100", ("ben",)))


def test_a_payment_run_is_no_drift_and_a_new_kind_of_amount_is() -> None:
    def run(number: int, factor: int = 1) -> list[dict[str, str]]:
        day = date(2025, 1, 1) + timedelta(days=5 * number)
        return [
            {"date": day.isoformat(), "supplier": f"S{i}", "amount": str(factor * (i % 9 + 1) ** 3)}
            for i in range(60)
        ]

    past = Lines.from_rows([line for number in range(40) for line in run(number)])
    usual = {one.name: one for one in input_drift(past, Lines.from_rows(run(40)))}
    assert usual["weekday"].size > CHANGED, "a run falls on one day, by its nature"
    assert not any(one.alarm for one in usual.values())
    dear = input_drift(past, Lines.from_rows(run(40, factor=1000)))
    assert [one.name for one in dear if one.alarm] == ["amount"]


def test_drift_speaks_up_when_errors_or_lines_change() -> None:
    steady = np.arange(2000) % 10 != 0
    assert not error_drift(steady, 200).alarm
    assert error_drift(np.r_[steady, np.arange(200) % 3 != 0], 200).alarm
    past = ledger()
    assert not any(drift.alarm for drift in input_drift(past, past))
    strange = Lines.from_rows(
        [{"date": "2026-11-02", "supplier": f"New {i}", "amount": "90000"} for i in range(50)]
    )
    assert {drift.name for drift in input_drift(past, strange) if drift.alarm} >= {
        "amount",
        "new_suppliers",
    }


def test_a_distilled_encoder_follows_its_teacher() -> None:
    texts = [f"{a} {b}" for a in ("server", "strom", "porto", "miete") for b in ("mai", "juni")]
    teacher = np.repeat(np.eye(4), 2, axis=0)
    student = StaticEncoder(distil(texts, teacher, buckets=1 << 10, dimensions=4, penalty=0.1))
    near = student.encode(["server august"]) @ student.encode(["server mai", "porto mai"]).T
    assert near[0, 0] > near[0, 1] + 0.3
