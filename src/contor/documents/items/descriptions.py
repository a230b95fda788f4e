"""What a line of the table is about: the text under the label of descriptions, on its row or beside it.

Amounts centred on a text of two lines stand on neither; those printed first have their text below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from contor.documents.document_text import DocumentText
from contor.documents.items.headers import Header
from contor.documents.items.rows import Row
from contor.documents.layout import Cell

_WORD = re.compile(r"[^\W\d_]{2}")
_POSITION = re.compile(r"^\d{1,4}\s+(?=[^\W\d_])")
_FIGURE = re.compile(r"[\d.,'’ ]+ ?[^\W\d_]{1,8}$")
_LEFT, _RIGHT = 12.0, 60.0
_SHORT = 6


def description_of(document: DocumentText, header: Header, row: Row, rows: Sequence[Row]) -> str:
    """The text of a row; of the line above or below where its own holds none."""
    taken = {other.line for other in rows if other is not row}
    near = [row.line, row.line + 1, row.line - 1]
    if _stand_below(document, header, rows):
        near = [row.line, row.line - 1, row.line + 1]
    own, *others = [i for i in near if i not in taken and header.line < i < len(document.lines)]
    for cells in (
        _under_label(document, header, own),
        [cell for cell in _worded(document, own) if not _is_unit(cell)],
        *(_under_label(document, header, index) for index in others),
        *(_worded(document, index) for index in (own, *others)),
    ):
        if cells:
            best = max(cells, key=lambda cell: sum(c.isalpha() for c in cell.text))
            return _POSITION.sub("", best.text)
    return ""


def _stand_below(document: DocumentText, header: Header, rows: Sequence[Row]) -> bool:
    """Whether amounts stand below the first line of their texts: the first row's text is above it."""
    first = rows[0].line
    return (
        first - 1 > header.line
        and not _under_label(document, header, first)
        and bool(_under_label(document, header, first - 1))
    )


def _is_unit(cell: Cell) -> bool:
    """Whether a cell is a short word alone, or with a figure: *Stk*, *month*, *100.00 EUR*."""
    return bool(_FIGURE.match(cell.text)) or (len(cell.words) == 1 and len(cell.text) <= _SHORT)


def _worded(document: DocumentText, index: int) -> list[Cell]:
    return [cell for cell in document.lines[index].line.cells if _WORD.search(cell.text)]


def _under_label(document: DocumentText, header: Header, index: int) -> list[Cell]:
    """The texts of a line in the column of descriptions; all of them where no label tells it."""
    extent = header.columns.get("description")
    cells = _worded(document, index)
    if extent is None:
        return cells
    return [c for c in cells if c.x1 > extent[0] - _LEFT and c.x0 < extent[1] + _RIGHT]
