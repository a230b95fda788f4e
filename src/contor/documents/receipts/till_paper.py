"""Till receipts: papers so narrow that a line holds few letters, whatever the size of the scan."""

from __future__ import annotations

from statistics import median

from contor.documents.document_text import DocumentText

_TALL = 0.033
"""Height of a usual line as a share of the printed width: letters 0.03 at most, receipts 0.039 up."""
_TYPE = 1.4
"""A line is so much higher in the boxes of its type (``documents.scans.type_size``) than its ink."""
_FEWEST_LINES = 6


def is_till_paper(document: DocumentText) -> bool:
    """Whether a recognised paper is a till receipt: one page, and its letters tall for its width."""
    pages = document.layout.pages
    if len(pages) != 1 or pages[0].source != "ocr" or len(document.lines) < _FEWEST_LINES:
        return False
    left = min(line.line.cells[0].x0 for line in document.lines)
    right = max(line.line.cells[-1].x1 for line in document.lines)
    usual = median(line.line.height for line in document.lines)
    tall = _TALL * _TYPE if pages[0].doubted or pages[0].type_high else _TALL
    return usual > tall * max(1.0, right - left)
