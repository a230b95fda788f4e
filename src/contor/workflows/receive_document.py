"""Receive: keep what arrived, once, whatever it is."""

from __future__ import annotations

from datetime import datetime

from contor.documents.filetype import web_picture
from contor.documents.mail.outlook_wrapping import SIGNATURE
from contor.documents.mail.parts import is_mail
from contor.errors import Finding, Refusal
from contor.ports.store import UnitOfWork
from contor.ports.store_documents import Document, StoredFinding
from contor.ports.store_operations import ArchivedFile
from contor.ports.workplace import Workplace

MAIL = "message/rfc822"
WRAPPED_MAIL = "application/ms-tnef"
PDF = "application/pdf"
TIFF = "image/tiff"
XML = "application/xml"
ZIP = "application/zip"
_MEDIA_TYPES = {
    b"%PDF": PDF,
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": TIFF,
    b"MM\x00*": TIFF,
    b"PK\x03\x04": ZIP,
    SIGNATURE: WRAPPED_MAIL,
}


def media_type_of(content: bytes) -> str:
    """What the bytes are by their first ones; a name may lie.

    >>> media_type_of(b"%PDF-1.7 ..."), media_type_of(b"")
    ('application/pdf', 'application/octet-stream')
    """
    for magic, media_type in _MEDIA_TYPES.items():
        if content.startswith(magic):
            return media_type
    picture = web_picture(content)
    if picture:
        return f"image/{picture}"
    head = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        return XML
    if is_mail(content):
        return MAIL
    # Some programs write a few bytes before the PDF; readers put up with it, and so does the house.
    return PDF if b"%PDF-" in content[:1024] else "application/octet-stream"


def receive(
    work: Workplace,
    tenant_id: int,
    content: bytes,
    filename: str,
    source: str,
    media_type: str = "",
) -> Document:
    """Archive the bytes and store the document; both happen once for the same bytes.

    ``source`` says where it came from (``upload``, ``folder``, ``mail``). Reading follows in a run
    of its own.

    Raises:
        Refusal: ``duplicate_document`` with the ``document_id`` of the known one, which keeps a
            finding where it came under another name or another way.
    """
    at = work.clock()
    name = filename.replace("\\", "/").rsplit("/", 1)[-1] or "unnamed"
    media_type = media_type or media_type_of(content)
    sha256 = work.archive.put(content, media_type)
    with work.store.unit_of_work(tenant_id) as uow:
        known = uow.documents.by_sha256(sha256)
        if known is None:
            new = Document(sha256, name, media_type, at, source, size=len(content))
            return _add(uow, new)
        _note_arrival(uow, known, name, source, at)
    raise Refusal(
        "duplicate_document",
        "{filename} was received before as document {document_id}.",
        "Nothing needs to be done; the first one stands.",
        filename=name,
        document_id=known.id,
    )


def _add(uow: UnitOfWork, new: Document) -> Document:
    document = uow.documents.add(new)
    uow.archive_index.add(
        ArchivedFile(
            new.sha256,
            new.size,
            new.media_type,
            "received",
            f"document:{document.id}",
            new.received_at,
            new.filename,
        )
    )
    return document


def _note_arrival(uow: UnitOfWork, known: Document, name: str, source: str, at: datetime) -> None:
    """Show on the first document that its bytes came again by another name or way; once each."""
    if (name, source) == (known.filename, known.source):
        return
    finding = Finding("duplicate_document", "info", f"The same file came as {name} ({source}).")
    if finding not in {stored.finding for stored in uow.findings.about("document", known.id)}:
        uow.findings.add([StoredFinding("document", known.id, finding, at)])
