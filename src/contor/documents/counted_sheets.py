"""From pages as they come to the text that is read: words as they are set, sheets that say something."""

from __future__ import annotations

from collections.abc import Sequence

from contor.documents.annexes import annexes
from contor.documents.document_text import DocumentText, document_text
from contor.documents.page import Page
from contor.documents.plain_sheets import POINTS, Sheets, plain_sheets, unit_of
from contor.documents.receipts.till_paper import is_till_paper
from contor.documents.scans.askew import level, slope_of
from contor.documents.scans.ink_boxes import in_type
from contor.documents.scans.parted_words import put_together
from contor.documents.scans.worn_figures import mended


def counted_sheets(pages: Sequence[Page], *, repair: bool = True) -> tuple[Sheets, DocumentText]:
    """The pages as plain sheets, and the text of those that say something of this document.

    ``repair`` sets right worn figures of scans.
    """
    slopes = {page.number: _slope(page) for page in pages}
    set_pages = [_as_set(page, slopes[page.number]) for page in pages]
    legible = [mended(page) for page in set_pages] if repair else set_pages
    sheets = plain_sheets(legible, POINTS, slopes)
    document = document_text(sheets.pages)
    unit = unit_of(sheets.pages[0]) if sheets.pages else POINTS
    if unit != POINTS and is_till_paper(document):
        unit = POINTS  # its rolls are of any length
    if unit != POINTS:
        sheets = plain_sheets(legible, unit, slopes)
        document = document_text(sheets.pages)
    idle = annexes(document) if len(sheets.pages) > 1 else ()
    if idle:
        kept = {number for place, number in enumerate(sheets.numbers, 1) if place not in idle}
        sheets = plain_sheets([page for page in legible if page.number in kept], unit, slopes)
        document = document_text(sheets.pages)
    return sheets, document


def _slope(page: Page) -> float:
    return 0.0 if page.typeset or page.narrow else slope_of(page)


def _as_set(page: Page, slope: float) -> Page:
    """A page of somebody else's recognition with words and boxes as a text layer has them."""
    if page.typeset:
        return page
    together = put_together(level(page, slope) if slope else page)
    return together if page.narrow or page.doubted else in_type(together)
