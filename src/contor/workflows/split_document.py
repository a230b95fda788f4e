"""Split: a file with several invoices becomes one document each; embedded files are kept.

Only where every sign agrees is a file split (see ``documents.splitting``); where the pages look
like several invoices and the proof fails, the document stays whole and a finding says so.
"""

from __future__ import annotations

import re

from contor.documents.file_name import safe_file_name
from contor.documents.splitting import IN_DOUBT
from contor.einvoice.reading import split_batch
from contor.errors import Finding, Refusal
from contor.ports.store_documents import Document
from contor.ports.workplace import Workplace
from contor.workflows.receive_document import TIFF
from contor.workflows.unpacked import Unpacked, archived


def unpack_pages(work: Workplace, document: Document) -> Unpacked:
    """Archive what a file holds: its parts where it is split, else the files embedded in it."""
    if work.opener is None:
        return Unpacked()
    found = work.opener.contents(work.archive.get(document.sha256))
    kept = tuple(
        archived(work, safe_file_name(file.name, "attachment"), file.content)
        for file in found.attachments
        if file.content
    )
    if not found.parts:
        return Unpacked(kept=kept, findings=(IN_DOUBT,) if found.division.doubtful else ())
    suffix = ".tif" if document.media_type == TIFF else ".pdf"
    parts = tuple(
        archived(work, part_name(document.filename, pages, suffix), content)
        for pages, content in zip(found.division.parts, found.parts, strict=True)
    )
    numbers = ", ".join(_pages(pages) for pages in found.division.parts)
    told = Finding(
        "split_into_invoices", "info", f"Split into {len(parts)} invoices: pages {numbers}."
    )
    return Unpacked(parts, kept, (told,), f"document:{document.id}", whole=False)


def unpack_xml(work: Workplace, document: Document) -> Unpacked:
    """Archive the invoices of a FatturaPA batch, signed or not; anything else stays whole."""
    try:
        contents = split_batch(work.archive.get(document.sha256))
    except Refusal:
        return Unpacked()  # reading says what is wrong with it
    if not contents:
        return Unpacked()
    stem = re.sub(r"(?i)(?:\.xml|\.p7m)+$", "", document.filename)
    parts = tuple(
        archived(work, safe_file_name(f"{stem}, invoice {number}.xml"), content)
        for number, content in enumerate(contents, start=1)
    )
    told = Finding("split_into_invoices", "info", f"Split into {len(parts)} invoices.")
    return Unpacked(parts, (), (told,), f"document:{document.id}", whole=False)


def part_name(filename: str, pages: tuple[int, int], suffix: str = ".pdf") -> str:
    """The name of a part, after the whole and its pages.

    >>> part_name("scan.pdf", (1, 2)), part_name("scan", (3, 3))
    ('scan, pages 1-2.pdf', 'scan, page 3.pdf')
    >>> part_name("fax.TIFF", (1, 2), ".tif")
    'fax, pages 1-2.tif'
    """
    stem, dot, last = filename.rpartition(".")
    stem = stem if dot and last.lower() in {"pdf", "tif", "tiff"} else filename
    word = "page" if pages[0] == pages[1] else "pages"
    return safe_file_name(f"{stem}, {word} {_pages(pages)}{suffix}")


def _pages(pages: tuple[int, int]) -> str:
    return str(pages[0]) if pages[0] == pages[1] else f"{pages[0]}-{pages[1]}"
