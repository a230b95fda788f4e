"""A process that is killed loses nothing and does nothing twice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from contor.bootstrap.service import open_workplace
from tests.support.books import books, settings_in
from tests.support.shared import SAMPLES

DOCUMENTS = sorted(
    path
    for folder in ("xrechnung-testsuite", "mustang")
    for path in (SAMPLES / "documents" / folder).glob("*.xml")
)

_LONGEST = 240  # seconds
_SLICE = 0.05


@pytest.mark.slow
def test_a_killed_inbox_run_goes_on_where_it_was(tmp_path: Path) -> None:
    data, inbox = tmp_path / "data", tmp_path / "inbox"
    inbox.mkdir()
    for path in DOCUMENTS:
        shutil.copy(path, inbox / path.name)
    with books(data) as (_, tenant):
        tenant_id = tenant.id

    environment = {**os.environ, "CONTOR_DATA_DIR": str(data)}
    command = [sys.executable, "-m", "contor.cli", "inbox", str(inbox), "--quiet"]
    killed = subprocess.Popen(
        command, env=environment, start_new_session=True, stderr=subprocess.DEVNULL
    )
    before = stopped_midway(data, tenant_id, killed)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert {"received", "read"} & set(before), "killed too late to show it"

    finished = subprocess.run(command, env=environment, check=False, timeout=300)
    assert finished.returncode == 0
    with open_workplace(settings_in(data)) as work, work.store.reading(tenant_id) as uow:
        documents = uow.documents.all()
        assert len(documents) == len(DOCUMENTS)
        for document in documents:
            assert document.state in {"review", "posted"}
            assert len(uow.readings.all(document.id)) == 1
            waits = uow.review.about("document", document.id) is not None
            posted = uow.journal.by_source(f"document:{document.id}") is not None
            assert waits != posted
        open_items = [item.subject_id for item in uow.review.open("document")]
        assert len(open_items) == len(set(open_items))


def stopped_midway(data: Path, tenant_id: int, process: subprocess.Popen[bytes]) -> list[str]:
    """Let the run go on in slices until some documents are through; it stands still at the end.

    It is looked at only while it stands still: on a busy machine a look takes longer than the rest
    of the run.
    """
    deadline = time.monotonic() + _LONGEST
    with open_workplace(settings_in(data)) as work:
        while time.monotonic() < deadline and process.poll() is None:
            os.killpg(process.pid, signal.SIGSTOP)
            with work.store.reading(tenant_id) as uow:
                states: list[str] = [document.state for document in uow.documents.all()]
            if {"review", "posted"} & set(states):
                return states
            os.killpg(process.pid, signal.SIGCONT)
            time.sleep(_SLICE)
    raise AssertionError("the run ended before it could be killed")
