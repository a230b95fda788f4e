"""All addresses of a document: under headings, by postcodes, by countries, in a letter's window."""

from __future__ import annotations

from contor.documents.address_blocks import Block, postal_blocks
from contor.documents.country_blocks import country_blocks
from contor.documents.document_text import DocumentText
from contor.documents.party_headings import find_sections
from contor.documents.party_sections import section_blocks
from contor.documents.window_blocks import window_blocks

_FLUSH = 4.0


def find_blocks(document: DocumentText) -> list[Block]:
    """All blocks of a document: under labels first, then those found by their postcodes."""
    labelled = section_blocks(document, find_sections(document))
    postal = [
        block
        for block in postal_blocks(document)
        if not any(_is_within(other, block) for other in labelled)
    ]
    abroad = [
        block
        for block in country_blocks(document)
        if not any(
            _holds(other, block) or _same_name(other, block) for other in (*labelled, *postal)
        )
    ]
    windows = window_blocks(document, (*labelled, *postal, *abroad))
    return sorted(
        (*labelled, *postal, *abroad, *windows),
        key=lambda block: (block.page, block.first_line, block.name_box),
    )


def _holds(block: Block, other: Block) -> bool:
    """Whether the end of another block stands within a block, in the same column."""
    beside = (
        other.address_box[0] > max(block.name_box[2], block.address_box[2])
        or other.address_box[2] < min(block.name_box[0], block.address_box[0])
    )  # fmt: skip
    within = block.first_line <= other.last_line <= block.last_line
    return block.page == other.page and within and not beside


def _is_within(block: Block, other: Block) -> bool:
    """Whether an address belongs to a labelled block; a sender's line does where it is its first."""
    if not other.sender:
        return _holds(block, other)
    return _same_name(block, other) and abs(block.name_box[0] - other.name_box[0]) < _FLUSH


def _same_name(block: Block, other: Block) -> bool:
    return block.page == other.page and block.first_line == other.first_line
