"""Unpack: a mail, or a PDF with several invoices, becomes documents of their own.

What came stays archived whole, in the state ``split``; each part is archived too and linked to it
in the archive's index (kind ``part``, subject ``document:<whole>``). A part whose bytes are known
is named, not stored twice. What a person must look at puts the whole into the queue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from contor.documents.reading import Reading
from contor.errors import Finding
from contor.ports.store import UnitOfWork
from contor.ports.store_documents import Document, StoredFinding
from contor.ports.store_documents import Reading as StoredReading
from contor.ports.store_operations import ArchivedFile
from contor.ports.store_review import ReviewItemRecord
from contor.ports.workplace import Workplace
from contor.workflows.receive_document import MAIL, media_type_of
from contor.workflows.receive_mail import unpack_mail


@dataclass(frozen=True, slots=True)
class Part:
    """A file taken out of another; its bytes lie in the archive."""

    sha256: str
    filename: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a document held: ``parts`` to be read, ``kept`` files, findings; plain JSON inside."""

    parts: tuple[Part, ...] = ()
    kept: tuple[Part, ...] = ()
    findings: tuple[Finding, ...] = ()
    source: str = ""
    whole: bool = True

    def to_json(self) -> dict[str, Any]:
        """The record of a checkpoint."""
        return asdict(self)

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Unpacked:
        """The value again from its record."""
        return cls(
            tuple(Part(**part) for part in record["parts"]),
            tuple(Part(**part) for part in record["kept"]),
            tuple(
                Finding(f["code"], f["severity"], f["message"], tuple(f["fields"]))
                for f in record["findings"]
            ),
            record["source"],
            record["whole"],
        )


def unpack(work: Workplace, document: Document) -> Unpacked:
    """Open what may hold documents and archive what is in it; ``whole`` where nothing was split."""
    if document.media_type != MAIL:
        return Unpacked()
    opened = unpack_mail(work.archive.get(document.sha256))
    parts = tuple(archived(work, part.filename, part.content) for part in opened.parts)
    return Unpacked(parts, (), opened.findings, f"mail:{opened.message_id}", whole=False)


def archived(work: Workplace, filename: str, content: bytes) -> Part:
    """Archive a part; doing it again changes nothing."""
    media_type = media_type_of(content)
    return Part(work.archive.put(content, media_type), filename, media_type, len(content))


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
    if findings:
        uow.findings.add([StoredFinding("document", document_id, f, at) for f in findings])
    state = "split" if found.parts else "refused"
    uow.documents.set_state(document_id, "split" if found.parts else "refused", at)
    to_see = [finding for finding in findings if finding.severity != "info"]
    if to_see:
        _ask_a_person(uow, document_id, to_see, at)
    return state


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
