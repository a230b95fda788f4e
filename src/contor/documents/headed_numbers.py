"""Numbers under a heading that says what they are: *P. IVA* over eleven figures, as Italian forms have it.

Written without their country they are told by heading and check digit together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contor.documents.document_text import DocumentText, TextLine
from contor.documents.identifiers import PrintedIdentifier, is_vat_id

_HEADED = (
    ("IT", re.compile(r"\d{11}"), re.compile(r"P(?:art(?:ita)?)?\.?\s?I\.?\s?V\.?\s?A\b", re.IGNORECASE)),
)  # fmt: skip
_ROWS = 2
_CLOSE, _FLUSH = 2.0, 4.0


def headed_vat_ids(document: DocumentText, line: TextLine) -> Iterator[PrintedIdentifier]:
    """VAT numbers that fill a cell under their heading, with the country that is not printed."""
    start = 0
    for cell in line.line.cells:
        for country, figures, heading in _HEADED:
            value = country + cell.text
            if figures.fullmatch(cell.text) and is_vat_id(value):
                for upper in document.above(line, _ROWS):
                    close = line.line.y0 - upper.line.y1 < _CLOSE * line.line.height
                    flush = (one for one in upper.line.cells if abs(one.x0 - cell.x0) < _FLUSH)
                    if close and any(heading.match(one.text) for one in flush):
                        end = start + len(cell.text)
                        yield PrintedIdentifier("vat_id", value, True, start, end)
                        break
        start += len(cell.text) + 1
