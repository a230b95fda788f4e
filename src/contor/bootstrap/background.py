"""The worker inside the desk's process: what is uploaded is read without another program."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from contor.bootstrap.service import open_runs
from contor.errors import Failure
from contor.ports.workplace import Workplace
from contor.workflows.take_in import IntakeReport, process_waiting

_EVERY_SECONDS = 1.0


@contextmanager
def background_worker(work: Workplace) -> Iterator[None]:
    """Process what waits, every second, until the block ends."""
    stop = threading.Event()
    thread = threading.Thread(target=_serve, args=(work, stop), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def _serve(work: Workplace, stop: threading.Event) -> None:
    log = structlog.get_logger("contor.worker")
    for tenant_id in _tenants(work):  # fitted before somebody waits for a suggestion
        with work.store.reading(tenant_id) as uow:
            work.assigners.of(uow)
    with open_runs(work) as runs:
        while not stop.wait(_EVERY_SECONDS):
            for tenant_id in _tenants(work):
                try:
                    process_waiting(work, tenant_id, runs, IntakeReport())
                except Failure as failure:
                    log.exception("work_failed", code=failure.code, tenant=tenant_id)


def _tenants(work: Workplace) -> list[int]:
    with work.store.administration() as above:
        return [tenant.id for tenant in above.tenants.all()]
