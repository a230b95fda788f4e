"""Values of a form: what stands right of a label, or below it, or behind it in its cell.

A form prints *Advertiser* with the name beside it, *Advertiser:* with the name behind the colon, or
the name in the row below the headings. A value runs on in the next row of its own column where no
label stands beside that row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from contor.documents.address_blocks import has_street
from contor.documents.document_text import DocumentText, PlacedLabel, TextLine
from contor.documents.layout import Cell
from contor.documents.page import Box, hull

Side = Literal["behind", "beside", "below"]

_SUBLABEL = re.compile(r"^(?:name|firma|company|nom|nome)\s*:?$", re.IGNORECASE)
_ADDRESS = re.compile(r"\d|p\.?\s?o\.?\s?box|postfach", re.IGNORECASE)
_REACH = 3
_TIGHT = 0.7
_EDGE = 3.0


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """A text at a label; ``rows`` is 2 where it runs on in the next row."""

    concept: str
    side: Side
    text: str
    box: Box
    page: int
    line: int
    cell: int
    start: int
    rows: int = 1


def labelled_values(document: DocumentText, concept: str) -> list[LabelledValue]:
    """What stands at the labels of a concept, in reading order.

    >>> from contor.documents.document_text import document_text
    >>> from contor.documents.page import Page, Word
    >>> words = (Word("Advertiser:", 10, 10, 60, 20), Word("Acme", 90, 10, 120, 20))
    >>> document = document_text([Page(1, 600, 800, words)])
    >>> [(v.side, v.text) for v in labelled_values(document, "advertiser_label")]
    [('beside', 'Acme')]
    """
    found: list[LabelledValue] = []
    for line in document.lines:
        for label in line.labels:
            if label.concept == concept:
                found.extend(_at(document, line, label))
    return found


def _at(document: DocumentText, line: TextLine, label: PlacedLabel) -> Iterator[LabelledValue]:
    index = line.cell_at(label.start)
    cell = line.line.cells[index]
    if line.starts[_first_word(line, index)] != label.start:
        return
    behind = line.text[label.end : line.cell_ends[index]].strip("\t ")
    if behind.strip(" :.#"):
        if behind.startswith(":"):
            yield from _behind(document, line, label, cell)
        return
    beside = _beside(line, index)
    if beside is not None:
        yield _of_cell(document, label, "beside", beside, cell.x0)
    below = _below(document, cell)
    if below is not None:
        yield _of_cell(document, label, "below", below, below.x0 - _EDGE)


def _first_word(line: TextLine, index: int) -> int:
    return sum(len(cell.words) for cell in line.line.cells[:index])


def _behind(
    document: DocumentText, line: TextLine, label: PlacedLabel, cell: Cell
) -> Iterator[LabelledValue]:
    """The rest of the label's own cell behind the colon."""
    first = _first_word(line, cell.index)
    words = [
        word
        for word, start in zip(cell.words, line.starts[first:], strict=False)
        if start >= label.end and word.text != ":"
    ]
    if words:
        value = Cell(tuple(words), cell.page, cell.line, cell.index, *hull(words))
        yield _of_cell(document, label, "behind", value, cell.x0)


def _beside(line: TextLine, index: int) -> Cell | None:
    """The next cell to the right that is no label itself; *Name:* between them is passed over."""
    cells = line.line.cells
    after = index + 1
    if after < len(cells) and _SUBLABEL.match(cells[after].text):
        after += 1
    if after >= len(cells) or is_label(line, after):
        return None
    return cells[after]


def is_label(line: TextLine, index: int) -> bool:
    """Whether a cell is a label: it ends with a colon or is one wording from end to end."""
    cell = line.line.cells[index]
    if cell.text.endswith(":"):
        return True
    start = line.starts[_first_word(line, index)]
    end = start + len(cell.text.rstrip(" :#."))
    return any(label.start == start and label.end >= end for label in line.labels)


def _below(document: DocumentText, cell: Cell) -> Cell | None:
    """The cell under a heading, flush left with it, within a few rows."""
    height = cell.y1 - cell.y0
    for lower in document.lines[cell.line + 1 : cell.line + 1 + _REACH]:
        if lower.line.page != cell.page or lower.line.y0 - cell.y1 > 1.5 * height:
            return None
        for index, other in enumerate(lower.line.cells):
            if abs(other.x0 - cell.x0) < 0.6 * height:
                return None if is_label(lower, index) else other
    return None


def _of_cell(
    document: DocumentText, label: PlacedLabel, side: Side, value: Cell, left: float
) -> LabelledValue:
    more = None if side == "below" else _continued(document, value, left)
    words = value.words if more is None else (*value.words, *more.words)
    line = document.lines[value.line]
    return LabelledValue(
        label.concept,
        side,
        " ".join(word.text for word in words),
        hull(words),
        value.page,
        value.line,
        value.index,
        line.starts[line.words.index(value.words[0])],
        1 if more is None else 2,
    )


def _continued(document: DocumentText, value: Cell, left: float) -> Cell | None:
    """The cell right under a value, flush left with it, where nothing stands at its label."""
    height = value.y1 - value.y0
    for lower in document.lines[value.line + 1 : value.line + 3]:
        if lower.line.page != value.page or lower.line.y0 - value.y1 > _TIGHT * height:
            return None
        for index, other in enumerate(lower.line.cells):
            if abs(other.x0 - value.x0) < _EDGE and not is_label(lower, index):
                begins_address = _ADDRESS.match(other.text) or has_street(other.text)
                between = _something_between(lower, left, value.x0)
                return None if between or begins_address else other
    return None


def _something_between(line: TextLine, left: float, right: float) -> bool:
    return any(left - _EDGE < cell.x0 < right - _EDGE for cell in line.line.cells)
