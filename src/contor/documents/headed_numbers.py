"""Numbers under a heading that says what they are: *P. IVA* over eleven figures, as Italian forms have it.

Written without their country they are told by heading and check digit together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contor.documents.document_text import DocumentText, TextLine
from contor.documents.identifiers import PrintedIdentifier, is_vat_id
from contor.documents.layout import Cell
from contor.documents.page import in_one_column

_HEADED = (
    ("IT", re.compile(r"\d{11}"), re.compile(r"P(?:art(?:ita)?)?\.?\s?I\.?\s?V\.?\s?A\b", re.IGNORECASE)),
)  # fmt: skip
_ROWS = 2
_CLOSE = 2.0


def headed_vat_ids(document: DocumentText, line: TextLine) -> Iterator[PrintedIdentifier]:
    """VAT numbers that fill a cell under their heading, with the country that is not printed."""
    for place, cell in enumerate(line.line.cells):
        for country, figures, heading in _HEADED:
            value = country + cell.text
            told = figures.fullmatch(cell.text) and is_vat_id(value)
            if told and _is_under(document, line, cell, heading):
                start = line.cell_start(place)
                yield PrintedIdentifier("vat_id", value, True, start, start + len(cell.text))


def _is_under(document: DocumentText, line: TextLine, cell: Cell, heading: re.Pattern[str]) -> bool:
    """Whether a heading stands above a cell in its column, close to it."""
    return any(
        line.line.y0 - upper.line.y1 < _CLOSE * line.line.height
        and in_one_column(one.box, cell.box)
        and heading.match(one.text)
        for upper in document.above(line, _ROWS)
        for one in upper.line.cells
    )
