"""The window of a German letter: the address right below the sender's line (DIN 5008).

Whatever form the address has, what stands flush left below that line is whom the letter goes to:
postcode and town on lines of their own, or no postcode at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from contor.documents.address_blocks import Block, block_of
from contor.documents.block_heads import first_name
from contor.documents.document_text import DocumentText, TextLine
from contor.documents.layout import Cell

_MOST = 7
_FEWEST = 3
_CLOSE = 1.6
_FIRST = 4.0
"""The window's first line is at most so many heights below the sender's line."""
_FLUSH = 6.0


def window_blocks(document: DocumentText, blocks: Sequence[Block]) -> list[Block]:
    """The window below each sender's line, where no other block stands there."""
    found = []
    for sender in blocks:
        if sender.sender:
            block = _below(document, sender)
            if block and not any(_overlaps(block, other) for other in blocks):
                found.append(block)
    return found


def _below(document: DocumentText, sender: Block) -> Block | None:
    column: list[Cell] = []
    left, bottom = sender.name_box[0], sender.name_box[3]
    for line in document.lines[sender.last_line + 1 : sender.last_line + 1 + _MOST]:
        if line.line.page != sender.page:
            break
        cell = next((c for c in line.line.cells if abs(c.x0 - left) < _FLUSH), None)
        if cell is None:
            continue
        allowed = _CLOSE if column else _FIRST
        if cell.y0 - bottom > allowed * (cell.y1 - cell.y0) or _is_other(line, cell):
            break
        column.append(cell)
        bottom = cell.y1
    column = column[first_name([cell.text for cell in column]) :]
    if len(column) < _FEWEST:
        return None
    return block_of(column[0], column[1:])


def _is_other(line: TextLine, cell: Cell) -> bool:
    """Whether a cell is labelled, and no line of an address."""
    labelled = any(label.x0 < cell.x1 and label.x1 > cell.x0 for label in line.labels)
    return labelled or ":" in cell.text


def _overlaps(block: Block, other: Block) -> bool:
    """Whether two blocks share lines, side by side or not."""
    return (
        block.page == other.page
        and block.first_line <= other.last_line
        and other.first_line <= block.last_line
    )
