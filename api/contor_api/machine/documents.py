"""Documents for programs: hand over, list, look at, save the original."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel

from contor.documents.file_name import safe_file_name
from contor.ports.store_documents import DocumentState
from contor.workflows.receive_document import receive
from contor_api.dependencies import Machine, MachineBookkeeper
from contor_api.desk.queue import PageNumber
from contor_api.desk.uploads import bytes_of
from contor_api.downloads import download
from contor_api.machine.answers import page_of, plain
from contor_api.machine.paging import Size
from contor_api.machine.spoken import findings_said, reading_said
from contor_api.machine.suggestions import Suggestion, suggestion_about

router = APIRouter(tags=["documents"])


@router.post("/documents", status_code=201)
def hand_over(desk: MachineBookkeeper, file: Annotated[UploadFile, File()]) -> dict[str, Any]:
    """Receive a document; the same bytes again are refused as ``duplicate_document`` (409)."""
    name = safe_file_name(file.filename or "")
    document = receive(desk.door.work, desk.tenant_id, bytes_of(file), name, "api")
    return {"document": plain(document)}


@router.get("/documents")
def documents(
    desk: Machine, state: DocumentState | None = None, page: PageNumber = 1, size: Size = 50
) -> dict[str, Any]:
    """Documents, youngest first."""
    with desk.unit() as uow:
        return page_of(uow.views.documents(state, page=page, size=size))


class DocumentAnswer(BaseModel):
    """A document, what was read, what was suggested, what looks wrong, and its item of the queue."""

    document: dict[str, Any]
    reading: dict[str, Any] | None
    suggestion: Suggestion | None
    findings: list[dict[str, Any]]
    item: dict[str, Any] | None


@router.get(
    "/documents/{document_id}", response_model=None, responses={200: {"model": DocumentAnswer}}
)
def document(desk: Machine, document_id: int) -> dict[str, Any]:
    """One document with its latest reading, its findings and its suggestion."""
    with desk.unit() as uow:
        found = uow.documents.get(document_id)
        reading = uow.readings.latest(document_id)
        findings = uow.findings.about("document", document_id)
        item = uow.review.about("document", document_id)
        suggestion = suggestion_about(uow, ("document", document_id), item, desk.wording)
    return {
        "document": plain(found),
        "reading": plain(reading_said(reading.content, desk.wording)) if reading else None,
        "suggestion": suggestion,
        "findings": findings_said([stored.finding for stored in findings], desk.wording),
        "item": plain(item),
    }


@router.get("/documents/{document_id}/original", response_class=Response)
def original(desk: Machine, document_id: int) -> Response:
    """The bytes as they arrived."""
    with desk.unit() as uow:
        found = uow.documents.get(document_id)
    content = desk.door.work.archive.get(found.sha256)
    return download(content, found.filename, found.media_type)
