"""Numbers that a narrow column breaks: an IBAN that goes on below, an invoice number after its dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contor.documents.document_text import DocumentText, TextLine
from contor.documents.identifiers import IBAN_LENGTH, PrintedIdentifier, is_iban
from contor.documents.layout import Cell

_BEGUN = re.compile(r"(?<![A-Za-z0-9])([A-Z]{2}\s?\d{2}(?:\s?[0-9A-Z]{1,4}){0,7})$")
_REST = re.compile(r"[0-9A-Z]{1,4}(?:\s[0-9A-Z]{1,4})*")
_GOES_ON = re.compile(r"[A-Z]{0,3}\d[\w/-]*$")
_CLOSE = 0.8
_FLUSH = 4.0


def wrapped_ibans(document: DocumentText, line: TextLine) -> Iterator[PrintedIdentifier]:
    """IBANs that begin at the end of a cell and end in the cell below, told by their check digits."""
    for place, cell in enumerate(line.line.cells):
        begun = _BEGUN.search(cell.text) if cell.text[-1:].isdigit() else None
        length = IBAN_LENGTH.get(begun[1][:2]) if begun else None
        if begun and length:
            taken = re.sub(r"\s", "", begun[1])
            value = (taken + _rest_below(document, line, cell))[:length]
            if len(taken) < length == len(value) and is_iban(value):
                start = line.cell_start(place)
                first, last = start + begun.start(1), start + begun.end(1)
                yield PrintedIdentifier("iban", value, True, first, last)


def _rest_below(document: DocumentText, line: TextLine, cell: Cell) -> str:
    below = _below(document, line)
    for other in below.line.cells if below else ():
        # Below a line that fills its column, the rest of a centred one stands alone.
        alone = below is not None and len(below.line.cells) == 1 and _REST.fullmatch(other.text)
        flush = abs(other.x0 - cell.x0) < _FLUSH
        rest = _REST.match(other.text) if flush or alone else None
        if rest:
            return re.sub(r"\s", "", rest[0])
    return ""


def goes_on_below(document: DocumentText, line: TextLine, start: int, end: int) -> str:
    """What a number that ends its cell in a dash goes on with in its column, the dash included."""
    cell = line.line.cells[line.cell_at(start)]
    below = _below(document, line)
    ends = line.text[end:].split("\t", 1)[0]
    if ends in {"-", "/"} and below:
        for other in below.line.cells:
            flush = abs(other.x0 - cell.x0) < _FLUSH or abs(other.x1 - cell.x1) < _FLUSH
            if flush and _GOES_ON.match(other.text):
                return ends + other.text
    return ""


def _below(document: DocumentText, line: TextLine) -> TextLine | None:
    """The next line of the page, where it is close."""
    for lower in document.lines[line.line.number + 1 : line.line.number + 2]:
        close = lower.line.y0 - line.line.y1 < _CLOSE * line.line.height
        return lower if close and lower.line.page == line.line.page else None
    return None
