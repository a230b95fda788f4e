"""The runs of the service as DBOS workflows: started by their meaning, resumed after a crash.

A run's id is its meaning (``document:1:17``): starting it twice does nothing. A worker has a fixed
executor id, so that the next process of the same worker goes on with what the last one left;
``resume_stranded`` takes over from workers that will not come back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self

import structlog
from dbos import DBOS, DBOSConfig, SetWorkflowID
from dbos import SQLAlchemyDatasource as Datasource
from sqlalchemy import Engine

from contor.adapters.durable.steps import DurableSteps
from contor.ports.steps import Steps
from contor.ports.store import Store

# Raise it only when the order of a run's steps changes: running ones then finish under the old one.
STEPS_VERSION = "2"
_LOG = structlog.get_logger("contor.runs")

QUEUE = "documents"
DOCUMENT_RUN = "document"

Run = Callable[[int, int, Steps], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class RunRequest:
    """A run by its meaning: what is to be done for which subject of which tenant."""

    kind: str
    tenant_id: int
    subject_id: int

    @property
    def id(self) -> str:
        """The run's id."""
        return f"{self.kind}:{self.tenant_id}:{self.subject_id}"


class DurableRuns:
    """One worker of this process. Use as a context manager: launched inside, stopped outside."""

    def __init__(
        self,
        store: Store,
        engine: Engine,
        system_url: str,
        runs: dict[str, Run],
        *,
        worker: str = "worker-1",
        concurrency: int = 2,
    ) -> None:
        self._store = store
        self._engine = engine
        self._system_url = system_url
        self._runs = runs
        self._worker = worker
        self._concurrency = concurrency
        self._workflow: Any = None

    def __enter__(self) -> Self:
        config: DBOSConfig = {
            "name": "contor",
            "system_database_url": self._system_url,
            "application_version": STEPS_VERSION,
            "executor_id": self._worker,
            "log_level": "ERROR",
            "enable_otlp": False,
        }
        DBOS(config=config)
        datasource = Datasource.create(
            self._engine.url.render_as_string(hide_password=False), engine=self._engine
        )

        @DBOS.workflow(name="run")
        def run(kind: str, tenant_id: int, subject_id: int) -> dict[str, Any]:
            steps = DurableSteps(datasource, self._store, tenant_id)
            begun = time.monotonic()
            try:
                result = self._runs[kind](tenant_id, subject_id, steps)
            except Exception:
                _LOG.exception("run_failed", kind=kind, tenant=tenant_id, document=subject_id)
                raise
            _LOG.info(
                "run_done",
                kind=kind,
                tenant=tenant_id,
                document=subject_id,
                state=result.get("state"),
                seconds=round(time.monotonic() - begun, 3),
            )
            return result

        self._workflow = run
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=self._concurrency, polling_interval_sec=0.1)
        return self

    def __exit__(self, *_: object) -> None:
        DBOS.destroy(workflow_completion_timeout_sec=0, destroy_registry=True)

    def start(self, request: RunRequest) -> None:
        """Queue a run; one that is known already (running or done) is left as it is."""
        with SetWorkflowID(request.id):
            DBOS.enqueue_workflow(
                QUEUE, self._workflow, request.kind, request.tenant_id, request.subject_id
            )

    def result(self, request: RunRequest) -> dict[str, Any]:
        """Wait until the run is done; its result.

        Raises whatever ended the run.
        """
        handle: Any = DBOS.retrieve_workflow(request.id)
        result: dict[str, Any] = handle.get_result(polling_interval_sec=0.05)
        return result

    def start_document(self, tenant_id: int, document_id: int) -> None:
        """Queue the run of a document."""
        self.start(RunRequest(DOCUMENT_RUN, tenant_id, document_id))

    def document_result(self, tenant_id: int, document_id: int) -> dict[str, Any]:
        """Wait for the run of a document."""
        return self.result(RunRequest(DOCUMENT_RUN, tenant_id, document_id))

    def resume_stranded(self, alive: Iterable[str] = ()) -> int:
        """Resume the runs of workers that are not ``alive``; how many."""
        working = {self._worker, *alive}
        stranded = [
            status.workflow_id
            for status in DBOS.list_workflows(status="PENDING")
            if status.executor_id not in working
        ]
        for workflow_id in stranded:
            DBOS.resume_workflow(workflow_id)
        return len(stranded)
