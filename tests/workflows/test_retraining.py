"""When a model is due to learn again: by age, by growth, by drift, and once at a time."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from contor.bootstrap.store import read_settings
from contor.bootstrap.training import TrainingWatch
from contor.money import Money
from contor.ports.store_review import LabelRecord
from contor.workflows.retraining import Due, claim, finish, retraining_due
from tests.support.databases import Books, Database, open_books

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def made(own_database: Database) -> Books:
    return open_books(own_database.engine)


def decide(books: Books, count: int, *, wrong: int = 0, supplier: str = "Rack AG") -> None:
    """Decided lines, the first ``wrong`` of them against what was suggested."""
    with books.store.unit_of_work(books.tenant.id) as uow:
        begun = uow.labels.count()
        uow.labels.add(
            [
                LabelRecord(
                    date(2025, 1, 1) + timedelta(days=(begun + n) // 3),
                    supplier,
                    Money(100_00 + n % 7, "EUR"),
                    "4964",
                    source="decision",
                    actor="anna",
                    columns={"suggested_account": "4930" if n < wrong else "4964"},
                )
                for n in range(count)
            ]
        )


def due(books: Books, at: datetime = NOW) -> Due:
    with books.store.reading(books.tenant.id) as uow:
        return retraining_due(uow, at)


def train(books: Books, at: datetime = NOW) -> str | None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        run_id = claim(uow, at, ["because"])
        if run_id:
            report = {"last_label": uow.labels.last_id(), "lines": uow.labels.count()}
            finish(uow, run_id, at, report)
    return run_id


def test_the_first_model_is_due_once_there_is_enough(made: Books) -> None:
    decide(made, 150)
    assert not due(made)
    decide(made, 50)
    assert due(made).because == ("No model was trained yet.",)
    assert train(made)
    assert not due(made)
    assert train(made) is None, "what is known was learnt"


def test_age_and_growth_make_it_due_and_few_decisions_do_not(made: Books) -> None:
    decide(made, 400)
    train(made)
    later = NOW + timedelta(days=8)
    decide(made, 20)
    assert not due(made, later)
    decide(made, 20)
    assert due(made, later).because == ("40 lines were decided since the last training.",)
    assert not due(made, NOW + timedelta(hours=3))
    decide(made, 100)
    assert due(made, NOW + timedelta(hours=3)).because == ("The bookings have grown to 540 lines.",)


def test_drift_of_errors_and_of_lines_starts_a_retraining_and_says_so(made: Books) -> None:
    decide(made, 600, wrong=10)
    train(made)
    tomorrow = NOW + timedelta(days=2)
    decide(made, 80, wrong=1)
    assert not due(made, tomorrow)
    train(made, tomorrow)
    decide(made, 80, wrong=40, supplier="Neu GmbH")
    found = due(made, tomorrow + timedelta(days=2))
    assert "More suggestions are wrong than before." in found.because
    assert "More suppliers than before are new." in found.because
    assert set(found.drifted) >= {"error", "new_suppliers"}


def test_one_trains_at_a_time_and_a_dead_one_is_taken_over(made: Books) -> None:
    decide(made, 250)
    with made.store.unit_of_work(made.tenant.id) as uow:
        first = claim(uow, NOW, ["because"])
    with made.store.unit_of_work(made.tenant.id) as uow:
        assert claim(uow, NOW + timedelta(minutes=30), ["because"]) is None
    assert not due(made, NOW + timedelta(minutes=30)), "it is at it"
    told = due(made, NOW + timedelta(hours=3)).because
    assert told == ("The training before it was broken off.",), "not only in a week"
    with made.store.unit_of_work(made.tenant.id) as uow:
        assert claim(uow, NOW + timedelta(hours=3), told) == first


def test_the_watch_starts_one_training_in_a_process_of_its_own(
    made: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def start(_: TrainingWatch, tenant: str) -> subprocess.Popen[bytes]:
        asked.append(tenant)
        return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])

    monkeypatch.setattr(TrainingWatch, "_start", start)
    work: Any = SimpleNamespace(store=made.store, clock=lambda: NOW)
    watch = TrainingWatch(read_settings(), every=10.0)
    assert watch.look(work, 0.0) == "", "nothing is due"
    decide(made, 250)
    assert watch.look(work, 5.0) == "", "not yet time to look"
    with contextlib.closing(watch):
        assert watch.look(work, 20.0) == made.tenant.key
        assert watch.look(work, 40.0) == "", "one at a time"
    assert watch.wait(10.0) is not None
    assert asked == [made.tenant.key]
