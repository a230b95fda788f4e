"""Unpack: a mail, an archive, a PDF or TIFF with several invoices become documents of their own.

What came stays archived whole, in the state ``split``; each part is archived too and linked to it
in the archive's index (kind ``part``, subject ``document:<whole>``). A part whose bytes are known
is named, not stored twice. What a person must look at puts the whole into the queue.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from contor.documents.reading import Reading
from contor.errors import Finding
from contor.ports.store import UnitOfWork
from contor.ports.store_documents import Document, DocumentState, StoredFinding
from contor.ports.store_documents import Reading as StoredReading
from contor.ports.store_operations import ArchivedFile
from contor.ports.store_review import ReviewItemRecord
from contor.ports.workplace import Workplace
from contor.workflows.receive_document import MAIL, PDF, TIFF, WRAPPED_MAIL, XML, ZIP
from contor.workflows.receive_mail import unpack_mail
from contor.workflows.split_document import unpack_pages, unpack_xml
from contor.workflows.unpack_archive import unpack_archive
from contor.workflows.unpacked import Part, Unpacked


def unpack(work: Workplace, document: Document) -> Unpacked:
    """Open what may hold documents and archive what is in it; ``whole`` where nothing was split."""
    if document.media_type in {MAIL, WRAPPED_MAIL}:
        return unpack_mail(work, document)
    if document.media_type == ZIP:
        return unpack_archive(work, document)
    if document.media_type in {PDF, TIFF}:
        return unpack_pages(work, document)
    if document.media_type == XML or document.filename.lower().endswith(".p7m"):
        return unpack_xml(work, document)
    return Unpacked()


def keep_parts(work: Workplace, uow: UnitOfWork, document_id: int, found: Unpacked) -> str:
    """Store the parts as documents that wait, and what became of the whole; its state."""
    at = work.clock()
    findings = list(found.findings)
    for part in found.parts:
        known = uow.documents.by_sha256(part.sha256)
        if known is None:
            _add(uow, part, found.source, at)
        else:
            text = f"{part.filename} was received before as document {known.id}."
            findings.append(Finding("duplicate_document", "info", text))
        link_file(uow, part, "part", document_id, at)
    keep_files(uow, document_id, found, at)
    if findings:
        uow.findings.add([StoredFinding("document", document_id, f, at) for f in findings])
    state: DocumentState = "split" if found.parts else "refused"
    uow.documents.set_state(document_id, state, at)
    to_see = [finding for finding in findings if finding.severity != "info"]
    if to_see:
        _ask_a_person(uow, document_id, to_see, at)
    return state


def keep_files(uow: UnitOfWork, document_id: int, found: Unpacked, at: datetime) -> None:
    """Enter the files embedded in a document into the archive's index."""
    for file in found.kept:
        link_file(uow, file, "attachment", document_id, at)


def link_file(uow: UnitOfWork, part: Part, kind: str, document_id: int, at: datetime) -> None:
    """Enter a file into the archive's index as belonging to a document."""
    uow.archive_index.add(
        ArchivedFile(
            part.sha256,
            part.size,
            part.media_type,
            kind,
            f"document:{document_id}",
            at,
            part.filename,
        )
    )


def _add(uow: UnitOfWork, part: Part, source: str, at: datetime) -> None:
    document = uow.documents.add(
        Document(part.sha256, part.filename, part.media_type, at, source, size=part.size)
    )
    link_file(uow, part, "received", document.id, at)


def _ask_a_person(
    uow: UnitOfWork, document_id: int, findings: Sequence[Finding], at: datetime
) -> None:
    """Queue the whole with what could not be taken out of it."""
    document = uow.documents.get(document_id)
    refusal = (findings[0].code, " ".join(finding.message for finding in findings))
    reading = Reading(document.filename, document.sha256, 0, refusal=refusal)
    uow.readings.add(StoredReading(document_id, reading.to_json(), at))
    reasons = tuple(dict.fromkeys(f"refused:{finding.code}" for finding in findings))
    uow.review.add(
        ReviewItemRecord("document", document_id, reasons, 0.0, at, title=document.filename)
    )
