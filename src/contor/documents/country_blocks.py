"""Addresses without a postcode, known by their country's line: *70 Quay / Dublin 2 / Ireland*.

Only a column that begins with a firm's name and its legal form counts.
"""

from __future__ import annotations

import re

from contor.documents.address_blocks import Block, block_of
from contor.documents.block_heads import FIRM, is_particular
from contor.documents.document_text import DocumentText
from contor.documents.labels import fold
from contor.documents.layout import Cell

_COUNTRY = re.compile(
    r"(?:republic of )?(?:ireland|irland|irlande|irlanda|germany|deutschland|austria|osterreich|switzerland|"
    r"schweiz|suisse|svizzera|italy|italia|italien|france|frankreich|united kingdom|uk|england|netherlands|"
    r"the netherlands|nederland|belgium|luxembourg|luxemburg|spain|espana|portugal|poland|polska|cyprus|"
    r"malta|estonia|latvia|lithuania|finland|sweden|denmark|norway|singapore|hong kong|japan|canada|usa|"
    r"united states(?: of america)?|united arab emirates|uae|india|israel|czech republic|czechia|gibraltar)"
)
_MOST = 6
_FEWEST = 3
_CLOSE = 1.2
_FLUSH = 4.0


def country_blocks(document: DocumentText) -> list[Block]:
    """Blocks from a country's line upwards to a firm's name."""
    blocks = []
    for line in document.lines:
        for cell in line.line.cells:
            if cell.text[-1:].isalpha() and _COUNTRY.fullmatch(fold(cell.text)):
                block = _upwards(document, cell)
                if block:
                    blocks.append(block)
    return blocks


def _are_flush(cell: Cell, other: Cell) -> bool:
    return abs(cell.x0 - other.x0) < _FLUSH or abs(cell.x1 - other.x1) < _FLUSH


def _upwards(document: DocumentText, country: Cell) -> Block | None:
    column = [country]
    for upper in document.above(document.lines[country.line], _MOST):
        last = column[-1]
        cell = next((c for c in upper.line.cells if _are_flush(c, last)), None)
        if cell is None:
            continue
        labelled = ":" in cell.text and not is_particular(cell.text)
        if last.y0 - cell.y1 > _CLOSE * (last.y1 - last.y0) or labelled:
            return None
        column.append(cell)
        if FIRM.match(cell.text):
            break
    column.reverse()
    name, *below = column
    rest = [cell for cell in below if not is_particular(cell.text)]
    if len(column) < _FEWEST or not FIRM.match(name.text):
        return None
    return block_of(name, rest)
