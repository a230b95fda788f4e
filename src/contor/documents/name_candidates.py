"""Candidates for names: cells of the first page that could name a company or a person.

A name may run over two lines of one column; registration numbers and labels around it are cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contor.documents.address_blocks import Block
from contor.documents.block_heads import FIRM
from contor.documents.document_text import DocumentText, TextLine
from contor.documents.labelled_values import LabelledValue, is_label, labelled_values
from contor.documents.layout import Cell
from contor.documents.page import Box, hull

_MOST_LINES = 90
_LETTERS = re.compile(r"[^\W\d_]{2}")
_REGISTRATION = re.compile(
    r"\s*[([]?\s*(?:co\.?\s*(?:reg\.?)?\s*(?:no\.?)?\s*[:.]?\s*)?(?:[A-Z]{0,3}\d{5,12}\s?[-–]?\s?[A-Z0-9]{1,2})"
    r"\s*[)\]]?(?:\s*\([A-Z]{2,4}\))?\s*$"
)
_SERIAL = re.compile(r"^#?\d{3,}\s+(?=[A-Z]{3})")
_LABEL = re.compile(
    r"^(?:advertiser|dimiliki|owned by|client|customer|buyer|seller|vendor|company|name|firma|kunde|verkäufer|käufer|"
    r"lieferant|bill to|sold to|billed to|agency|product|cliente|fornitore|vendeur|acheteur|from|to|an|von|da|de|à|a)"
    r"(?: name)?\s*[:#]\s*",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d[.,:]\d\d\b|\d/\d{1,2}/\d")
"""An amount, a time or a date: no name has one, what recognition makes of a name may."""
_STATED = re.compile(r"[^\W\d_]{3,12}: \S")
"""A field of a form with its value (*Status: Pending*)."""
_CODE = re.compile(r"\s*-?\(\d{3,}\)?$|(?<=[a-z])\d{1,2}/\d{1,2}/\d{2,4}$")
"""A customer's number behind a name, or a date that its column ran into."""


@dataclass(frozen=True, slots=True)
class NameCandidate:
    """A text that could be a name, over ``rows`` lines; ``trimmed`` where something was cut off."""

    text: str
    box: Box
    page: int
    line: int
    cell: int
    start: int
    rows: int
    trimmed: bool
    confidence: float = 1.0


def name_candidates(document: DocumentText, blocks: Sequence[Block]) -> list[NameCandidate]:
    """Candidates from the top down; those of address blocks on any page are among them."""
    found: list[NameCandidate] = []
    printed = document.layout.pages[0].typeset
    block_lines = {(block.page, block.first_line) for block in blocks}
    for index, line in enumerate(document.lines):
        if (line.line.page > 1 or index >= _MOST_LINES) and (
            line.line.page,
            index,
        ) not in block_lines:
            continue
        for cell in _cells(line, printed=printed):
            if printed and (_FIGURES.search(cell.text) or _STATED.match(clean_name(cell.text))):
                continue
            if _LETTERS.search(cell.text) and len(cell.text) <= 90:
                found.extend(_of_cell(document, line, cell))
    found.extend(_labelled(document, found))
    found.extend(
        NameCandidate(
            block.name, block.name_box, block.page, block.first_line, 0, 0, 1, trimmed=True
        )
        for block in blocks
        if block.sender
    )
    return found


def _labelled(document: DocumentText, found: Sequence[NameCandidate]) -> Iterator[NameCandidate]:
    """Names at labels of the first page that are no candidates as cells."""
    known = {(candidate.line, candidate.text) for candidate in found}
    for value in labelled_values(document, "advertiser_label"):
        name = clean_name(value.text)
        if value.page > 1 or not _LETTERS.search(name) or len(name) > 90:
            continue
        if (value.line, name) not in known:
            known.add((value.line, name))
            yield _of_value(document, value, name)


def _of_value(document: DocumentText, value: LabelledValue, name: str) -> NameCandidate:
    return NameCandidate(
        name, value.box, value.page, value.line, value.cell, value.start, value.rows,
        trimmed=name != value.text,
        confidence=round(document.lines[value.line].confidence(value.start, value.start + 1), 3),
    )  # fmt: skip


def _cells(line: TextLine, *, printed: bool) -> Iterator[Cell]:
    """The cells of a line; two or three close ones also as one (a letterhead set wide).

    What a printed form calls its fields is no name; recognition may have lost the colon's value.
    """
    cells = line.line.cells
    yield from (cell for cell in cells if not (printed and is_label(line, cell.index)))
    firms = sum(FIRM.match(cell.text) is not None for cell in cells)
    if 2 <= len(cells) <= 3 and firms < 2 and cells[-1].x0 - cells[0].x1 < 5 * line.line.height:
        words = tuple(word for cell in cells for word in cell.words)
        first = cells[0]
        yield Cell(words, first.page, first.line, 0, *hull(words))


def _of_cell(document: DocumentText, line: TextLine, cell: Cell) -> list[NameCandidate]:
    text = cell.text
    start = line.starts[sum(len(other.words) for other in line.line.cells[: cell.index])]
    cut = clean_name(text)
    found = []
    if cut:
        found.append(_candidate(cell, cut, cell.box, start, 1, trimmed=cut != text))
        if cut != text and not _LABEL.match(text) and _REGISTRATION.search(text) is None:
            found.append(_candidate(cell, text, cell.box, start, 1, trimmed=False))
    below = _next_in_column(document, cell)
    if below is not None and cut and len(cell.text) < 50:
        second = "" if _FIGURES.search(below.text) else clean_name(below.text)
        if second and _LETTERS.search(second):
            box = (
                min(cell.x0, below.x0), cell.y0, max(cell.x1, below.x1), below.y1
            )  # fmt: skip
            found.append(_candidate(cell, f"{cut} {second}", box, start, 2, trimmed=False))
    return found


def _candidate(
    cell: Cell, text: str, box: Box, start: int, rows: int, *, trimmed: bool
) -> NameCandidate:
    sure = sum(word.confidence for word in cell.words) / len(cell.words)
    return NameCandidate(
        text, box, cell.page, cell.line, cell.index, start, rows, trimmed, round(sure, 3)
    )


def clean_name(text: str) -> str:
    """A name without the label before it and the registration number behind it.

    >>> clean_name("99 SPEED MART S/B (519537-X)"), clean_name("Advertiser: Acme Inc (3258)")
    ('99 SPEED MART S/B', 'Acme Inc')
    """
    cut = _LABEL.sub("", text)
    cut = _SERIAL.sub("", cut)
    cut = without_code(cut)
    cut = _REGISTRATION.sub("", cut.rstrip(" ,;.-") if cut.endswith((",", ";")) else cut).strip()
    return cut.rstrip(" ,;:|•·*=").lstrip(" *•·|:=") if cut else ""


def without_code(text: str) -> str:
    """A name without the number its system put behind it.

    >>> without_code("Acme Inc-(3258)"), without_code("Committee for Texas02/14/20")
    ('Acme Inc', 'Committee for Texas')
    """
    return _CODE.sub("", text)


def _next_in_column(document: DocumentText, cell: Cell) -> Cell | None:
    height = cell.y1 - cell.y0
    for lower in document.lines[cell.line + 1 : cell.line + 3]:
        if lower.line.page != cell.page:
            return None
        for other in lower.line.cells:
            close = other.y0 - cell.y1 < 1.2 * height
            aligned = abs(other.x0 - cell.x0) < height or (
                abs((other.x0 + other.x1) - (cell.x0 + cell.x1)) < 3 * height
            )
            if close and aligned and len(other.text) < 60:
                return other
    return None
