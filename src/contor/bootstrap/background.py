"""The worker inside the desk's process: what is uploaded is read without another program."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

from contor.bootstrap.service import open_runs
from contor.bootstrap.store import read_settings
from contor.bootstrap.training import TrainingWatch
from contor.errors import Failure
from contor.ports.workplace import Workplace
from contor.workflows.take_in import IntakeReport, process_waiting

if TYPE_CHECKING:
    from contor.adapters.durable.runs import DurableRuns

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


def warm(work: Workplace) -> None:
    """Fit every tenant's models before somebody waits for a suggestion."""
    for tenant_id in _tenants(work):
        with work.store.reading(tenant_id) as uow:
            work.assigners.of(uow)


def _serve(work: Workplace, stop: threading.Event) -> None:
    """Whatever fails is logged and tried again: a desk without a worker would only collect."""
    log = structlog.get_logger("contor.worker")
    try:
        warm(work)
    except Failure as failure:
        log.exception("work_failed", code=failure.code)
    watch = TrainingWatch(read_settings())
    with open_runs(work) as runs, contextlib.closing(watch):
        while not stop.wait(_EVERY_SECONDS):
            try:
                for tenant_id in _tenants(work):
                    _process(work, tenant_id, runs)
                watch.look(work, time.monotonic())
            except Failure as failure:
                log.exception("work_failed", code=failure.code)


def _process(work: Workplace, tenant_id: int, runs: DurableRuns) -> None:
    try:
        process_waiting(work, tenant_id, runs, IntakeReport())
    except Failure as failure:
        log = structlog.get_logger("contor.worker")
        log.exception("work_failed", code=failure.code, tenant=tenant_id)


def _tenants(work: Workplace) -> list[int]:
    with work.store.administration() as above:
        return [tenant.id for tenant in above.tenants.all()]
