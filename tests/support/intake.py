"""Taking in for tests: what arrives is received and seen through, one after the other."""

from __future__ import annotations

from contor.adapters.durable.steps import PlainSteps
from contor.ports.store_people import Tenant
from contor.ports.workplace import Workplace
from contor.workflows.process_document import process
from contor.workflows.take_in import IntakeReport, process_waiting, receive_all

Place = tuple[Workplace, Tenant]


class InTurn:
    """Runs without a worker: each document is processed when its result is asked for."""

    def __init__(self, work: Workplace) -> None:
        self.work = work

    def start_document(self, tenant_id: int, document_id: int) -> None:
        """Nothing to queue."""

    def document_result(self, tenant_id: int, document_id: int) -> dict[str, object]:
        return process(self.work, tenant_id, document_id, PlainSteps(self.work.store, tenant_id))


def take_in(place: Place, *files: tuple[str, bytes], source: str = "folder") -> IntakeReport:
    """Receive files and process everything that waits."""
    work, tenant = place
    report = IntakeReport()
    receive_all(work, tenant.id, files, source, report)
    process_waiting(work, tenant.id, InTurn(work), report)
    return report


def arrive(place: Place, name: str, content: bytes) -> None:
    """One file arrives."""
    take_in(place, (name, content))


def listed(place: Place) -> None:
    """Print the documents as the desk lists them."""
    work, tenant = place
    with work.store.reading(tenant.id) as uow:
        for document in uow.documents.all():
            origin = f"  from {document.source}" if ":" in document.source else ""
            line = f"{document.id} {document.state:<6} {document.filename:<26}{origin}"
            print(line.rstrip())  # noqa: T201


def said_about(place: Place, document_id: int, code: str = "") -> None:
    """Print the findings about a document."""
    work, tenant = place
    with work.store.reading(tenant.id) as uow:
        for stored in uow.findings.about("document", document_id):
            if code in {"", stored.finding.code}:
                print(f"{stored.finding.code}: {stored.finding.message}")  # noqa: T201
