"""Unpack an archive: each document in it becomes one of its own, the archive stays as it came."""

from __future__ import annotations

from contor.documents.zip_archive import is_archive, open_archive
from contor.errors import Finding, Refusal
from contor.ports.store_documents import Document
from contor.ports.workplace import Workplace
from contor.workflows.unpacked import Unpacked, archived


def unpack_archive(work: Workplace, document: Document) -> Unpacked:
    """Archive the members of a zip archive; an office document stays whole and is refused as one."""
    content = work.archive.get(document.sha256)
    if not is_archive(content):
        return Unpacked()
    source = f"document:{document.id}"
    try:
        opened = open_archive(content)
    except Refusal as refusal:
        found = Finding(refusal.code, "warning", f"{refusal.message} {refusal.advice}")
        return Unpacked((), (), (found,), source, whole=False)
    parts = tuple(archived(work, part.filename, part.content) for part in opened.parts)
    count = len(parts)
    told = Finding("archive_unpacked", "info", f"Documents unpacked: {count}.")
    findings = (told, *opened.findings) if parts else opened.findings
    return Unpacked(parts, (), findings, source, whole=False)
