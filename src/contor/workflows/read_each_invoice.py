"""Read a file that may hold several invoices: a reading for each of them.

An invoice is a document, whether it came alone or in a stack. The service makes a file of each (see
``split_document``); who goes from file to file gets a record of each, which says its place in the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from contor.documents.facts import facts_from
from contor.documents.filetype import file_type
from contor.documents.page import Page
from contor.documents.page_tagger import Tagger
from contor.documents.reading import Fact, LineItem, Part, Reading
from contor.documents.sheets import divide_pages
from contor.documents.splitting import IN_DOUBT
from contor.documents.structured import SEVERAL, einvoice_readings
from contor.ports.documents import ReadPages
from contor.workflows.read_document import Options, Tools, read_whole

_Placed = TypeVar("_Placed", Fact, LineItem)


def read_each(
    content: bytes, filename: str, tools: Tools, options: Options | None = None
) -> tuple[Reading, ...]:
    """Read every invoice of a file, in their order; one reading where it holds one or is refused.

    Raises:
        Failure: the machine lacks something (Tesseract, its languages).
    """
    whole = read_whole(content, filename, tools, options)
    reading = whole.reading
    if reading.route == "einvoice":
        is_batch = any(found.code == SEVERAL for found in reading.findings)
        embedded = file_type(content) == "pdf"  # its pages show one invoice
        return _of_batch(reading, content) if is_batch and not embedded else (reading,)
    if len(whole.pages) < 2 or len(whole.pages) != reading.pages:
        return (reading,)  # one page; or some were not read, and nobody knows what they hold
    division = divide_pages(whole.pages, tools.tagger)
    if division.doubtful:
        return (replace(reading, findings=(*reading.findings, IN_DOUBT)),)
    count = len(division.parts)
    parts = (Part(number, count, pages) for number, pages in enumerate(division.parts, 1))
    return tuple(_of_stack(whole, part, tools.tagger) for part in parts) or (reading,)


def _of_batch(whole: Reading, content: bytes) -> tuple[Reading, ...]:
    """The invoices of a FatturaPA batch."""
    readings = einvoice_readings(content)
    return tuple(
        replace(one, file=whole.file, sha256=whole.sha256, part=Part(number, len(readings)))
        for number, one in enumerate(readings, 1)
    )


def _of_stack(whole: ReadPages, part: Part, tagger: Tagger | None) -> Reading:
    """One invoice of a stack, read by itself; its facts stand on the pages of the file."""
    assert part.pages
    first, last = part.pages
    pages = [page for page in whole.pages if first <= page.number <= last]
    facts = facts_from(_numbered(pages), tagger)
    found = whole.reading
    return replace(
        found,
        pages=len(pages),
        kind=facts.kind,
        language=facts.language,
        fields={name: _moved(fact, first - 1) for name, fact in facts.fields.items()},
        tax_breakdown=facts.tax_breakdown,
        lines=tuple(_moved(line, first - 1) for line in facts.lines),
        findings=(*found.findings[: whole.findings], *facts.findings),
        turned={page: by for page, by in found.turned.items() if first <= page <= last},
        part=part,
    )


def _numbered(pages: Sequence[Page]) -> list[Page]:
    return [replace(page, number=number) for number, page in enumerate(pages, 1)]


def _moved(placed: _Placed, by: int) -> _Placed:
    return placed if placed.page is None else replace(placed, page=placed.page + by)
