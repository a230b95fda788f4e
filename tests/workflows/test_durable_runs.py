"""Durable runs on SQLite and on PostgreSQL: each document through once, however often asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from contor.adapters.durable.runs import DOCUMENT_RUN, RunRequest
from contor.adapters.durable.steps import PlainSteps
from contor.bootstrap.service import open_runs, open_workplace
from contor.ports.store import UnitOfWork
from contor.workflows.receive_document import receive
from contor.workflows.take_in import IntakeReport, process_waiting
from tests.support.books import open_tenant, settings_in
from tests.support.databases import Database
from tests.support.shared import SAMPLES

DOCUMENTS = [
    SAMPLES / "documents" / "xrechnung-testsuite" / "01.01a-INVOICE_ubl.xml",
    SAMPLES / "documents" / "mustang" / "factur-x_invoicingPeriod.xml",
    SAMPLES / "documents" / "hostile" / "entity-bomb.xml",
]


@pytest.mark.slow
def test_runs_happen_once_on_both_databases(own_database: Database, tmp_path: Path) -> None:
    url = own_database.engine.url.render_as_string(hide_password=False)
    settings = settings_in(tmp_path, database_url=url)
    with open_workplace(settings) as work:
        tenant = open_tenant(work)
        for path in DOCUMENTS:
            receive(work, tenant.id, path.read_bytes(), path.name, "upload")
        for _ in range(2):
            report = IntakeReport()
            with open_runs(work, settings) as runs:
                process_waiting(work, tenant.id, runs, report)
                runs.start(RunRequest(DOCUMENT_RUN, tenant.id, 1))

        with work.store.reading(tenant.id) as uow:
            documents = uow.documents.all()
            readings = [len(uow.readings.all(document.id)) for document in documents]
            waiting = uow.views.queue().total
        assert [document.state for document in documents] == ["review", "review", "refused"]
        assert readings == [1, 1, 1]
        assert waiting == 3
        assert report.by_state == {}, "the second time there was nothing left to do"


class CrashError(Exception):
    """Stands for a process that dies between two steps."""


@pytest.mark.slow
def test_a_booking_and_its_checkpoint_commit_together(
    own_database: Database, tmp_path: Path
) -> None:
    """A step that fails after writing leaves nothing; the same step repeated writes once."""
    url = own_database.engine.url.render_as_string(hide_password=False)
    settings = settings_in(tmp_path, database_url=url)
    with open_workplace(settings) as work:
        tenant = open_tenant(work)

        def write_and_die(uow: UnitOfWork) -> int:
            uow.settings.add("step", {"done": True}, "test", work.clock())
            raise CrashError

        with pytest.raises(CrashError):
            PlainSteps(work.store, tenant.id).book("write", write_and_die)
        with work.store.reading(tenant.id) as uow:
            assert uow.settings.current("step") is None
