"""Take documents in: receive each one, and see every one that waits through to its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from contor.errors import Failure, Refusal
from contor.ports.store_documents import Document
from contor.ports.workplace import Workplace
from contor.workflows.progress import Progress, unseen
from contor.workflows.receive_document import receive


@runtime_checkable
class Runs(Protocol):
    """Starts durable runs by their meaning and waits for them."""

    def start_document(self, tenant_id: int, document_id: int) -> None:
        """Begin the document's run; one begun before is left as it is."""
        ...

    def document_result(self, tenant_id: int, document_id: int) -> dict[str, Any]:
        """Wait for the run's end; its result."""
        ...


@dataclass(slots=True)
class IntakeReport:
    """What came in: new and known documents, how they ended, what failed."""

    received: int = 0
    known: list[str] = field(default_factory=list)
    by_state: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


def receive_all(
    work: Workplace,
    tenant_id: int,
    files: Iterable[tuple[str, bytes]],
    source: str,
    report: IntakeReport,
) -> None:
    """Receive files; one that is known already is counted, not stored again."""
    for filename, content in files:
        try:
            receive(work, tenant_id, content, filename, source)
        except Refusal as refusal:
            if refusal.code != "duplicate_document":
                raise
            report.known.append(filename)
        else:
            report.received += 1


def process_waiting(
    work: Workplace,
    tenant_id: int,
    runs: Runs,
    report: IntakeReport,
    progress: Progress = unseen,
) -> None:
    """Run every document that was received and not finished, also those a crash left behind.

    What comes out of a mail or a PDF with several invoices waits in turn, until nothing is left.
    """
    tried: set[int] = set()
    while waiting := _waiting(work, tenant_id, tried):
        tried.update(document.id for document in waiting)
        _run(tenant_id, waiting, runs, report, progress)


def _waiting(work: Workplace, tenant_id: int, tried: set[int]) -> list[Document]:
    with work.store.reading(tenant_id) as uow:
        documents = [*uow.documents.all("received"), *uow.documents.all("read")]
        waiting = [document for document in documents if document.id not in tried]
        if waiting:  # fitted here, while nobody waits for the database
            work.assigners.of(uow)
    return waiting


def _run(
    tenant_id: int,
    waiting: Sequence[Document],
    runs: Runs,
    report: IntakeReport,
    progress: Progress,
) -> None:
    for document in waiting:
        runs.start_document(tenant_id, document.id)
    for done, document in enumerate(waiting, 1):
        try:
            state = str(runs.document_result(tenant_id, document.id)["state"])
        except Failure as failure:
            report.failed.append(f"{document.filename}: {failure}")
            state = "failed"
        report.by_state[state] = report.by_state.get(state, 0) + 1
        progress(done, len(waiting))
