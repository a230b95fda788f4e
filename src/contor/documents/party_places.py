"""What the places of two addresses say: a letterhead stands above the window, particulars below it.

Outside of German letters, the seller's address stands left of the buyer's where both are level; set
flush right, it stands right of it.
"""

from __future__ import annotations

from contor.documents.address_blocks import Block
from contor.documents.document_text import DocumentText
from contor.documents.language import language_of

_ABOVE, _LARGER, _LEFT = 0.3, 0.2, 0.3
_HEAD = 0.15
"""Share of the page's height in which a letterhead begins."""
_TALL = 1.2
_ROWS = 3
_FLUSH = 4.0
_RAGGED = 6.0
_CLOSE = 1.2
_OWN = frozenset({"phone", "email", "bank", "tax_number_label"})


def places_of(document: DocumentText, seller: Block, buyer: Block) -> float:
    """How far the places of two blocks fit a seller and a buyer, 0 to 0.5."""
    if seller.page != buyer.page:
        return 0.0
    head, window = seller.name_box, buyer.name_box
    height = document.layout.page(seller.page).height
    if seller.address_box[3] <= window[1] and head[1] < _HEAD * height:
        return _ABOVE + _LARGER * (head[3] - head[1] > _TALL * (window[3] - window[1]))
    level = head[1] < buyer.address_box[3] and window[1] < seller.address_box[3]
    apart = max(head[2], seller.address_box[2]) < window[0]
    if level and max(window[2], buyer.address_box[2]) < head[0]:
        return _LEFT * _is_set_right(seller)
    if not level or not apart or _is_set_right(buyer):
        return 0.0
    return 0.0 if language_of([line.text for line in document.lines]) == "de" else _LEFT


def _is_set_right(block: Block) -> bool:
    """Whether an address is set flush right, as a letterhead is that stands beside the window."""
    name, rest = block.name_box, block.address_box
    return abs(name[2] - rest[2]) < _FLUSH and abs(name[0] - rest[0]) > _RAGGED


def has_particulars(document: DocumentText, block: Block) -> bool:
    """Whether phone, bank or register follow an address in its column, as who sends a bill prints."""
    bottom, left = block.address_box[3], min(block.name_box[0], block.address_box[0])
    for line in document.lines[block.last_line + 1 : block.last_line + 1 + _ROWS]:
        if line.line.page != block.page:
            return False
        cell = next((c for c in line.line.cells if abs(c.x0 - left) < _FLUSH), None)
        if cell is None:
            continue
        if cell.y0 - bottom > _CLOSE * (cell.y1 - cell.y0):
            return False
        bottom = cell.y1
        if any(
            label.concept in _OWN and cell.x0 - 1 <= label.x0 <= cell.x1 for label in line.labels
        ):
            return True
    return False
