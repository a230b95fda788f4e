"""The worker inside the desk outlives what fails: a locked database is tried again."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from contor.bootstrap import background
from contor.errors import Failure
from contor.ports.workplace import Workplace
from tests.support.books import books


def test_a_failure_does_not_leave_the_desk_without_a_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, went_on = [], threading.Event()

    def tenants(_: Workplace) -> list[int]:
        asked.append(1)
        if len(asked) < 3:
            message = "The database is locked."
            raise Failure("database_unavailable", message, retryable=True)
        went_on.set()
        return []

    monkeypatch.setenv("CONTOR_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(background, "_tenants", tenants)
    monkeypatch.setattr(background, "_EVERY_SECONDS", 0.01)
    with books(tmp_path) as (work, _), background.background_worker(work):
        assert went_on.wait(20), "warming and the first round failed, the second round came"
