"""Till receipts for tests: one line below the other, centred, on a narrow paper."""

from __future__ import annotations

from contor.documents.document_text import DocumentText, document_text
from contor.documents.page import Page, Word

WIDTH = 460.0
_LETTER = 10.0
_STEP = 26.0


def receipt_page(*lines: str) -> Page:
    """A recognised page; of a line with a tab the second part stands at the right edge."""
    words = []
    for number, line in enumerate(lines):
        top = 20.0 + _STEP * number
        left, _, right = line.partition("\t")
        start = 20.0 if right else (WIDTH - _LETTER * len(left)) / 2
        words.append(Word(left, start, top, start + _LETTER * len(left), top + 20.0))
        if right:
            edge = WIDTH - 20.0
            words.append(Word(right, edge - _LETTER * len(right), top, edge, top + 20.0))
    return Page(1, WIDTH, 40.0 + _STEP * len(lines), tuple(words), "ocr")


def receipt(*lines: str) -> DocumentText:
    """The same as lines of text."""
    return document_text([receipt_page(*lines)])
