"""The other party, where only one was told: a bill has two, and what is left names the second.

The one address that is not the seller's is the buyer's. The web site on a bill is that of who issues
it; a mail address may be either's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from contor.documents.address_blocks import Block
from contor.documents.document_text import DocumentText
from contor.documents.labels import fold
from contor.documents.name_candidates import NameCandidate
from contor.documents.party_names import LEGAL_FORM, Party, name_in_domain

_LONGEST_FIRM = 60
_GUESSED = 0.5
_DOUBTFUL, _UNSURE = 0.1, 0.6
_LEVEL = 2.0
_SITE = re.compile(
    r"(?:\bwww\.|https?://(?:www\.)?)([\w-]+(?:\.[\w-]+)*)\.[a-z]{2,}", re.IGNORECASE
)


def doubted_seller(
    names: Sequence[NameCandidate], seller: Party | None, buyer: Party
) -> Party | None:
    """The seller; where nothing much says who sells, the one firm besides the buyer."""
    if seller and seller.score >= _DOUBTFUL:
        return seller
    firms = _firms(names, buyer)
    return _firm(firms) if len(firms) == 1 else seller


def second_party(
    document: DocumentText, blocks: Sequence[Block], names: Sequence[NameCandidate], only: Party
) -> tuple[Party, Party | None]:
    """Seller and buyer where only one was told, by what else on the page bears a name."""
    firms = _firms(names, only)
    if only.score < _UNSURE and _is_block(blocks, only):
        sites = _sites(document)
        owner = _firm([firm for firm in firms if name_in_domain(firm.text, sites)])
        if owner and not name_in_domain(only.name, sites):
            return owner, only
    others = [
        block
        for block in blocks
        if not block.sender
        and not block.labels & {"seller_label", "ship_label"}
        and not _alike(block.name, only.name)
    ]
    if len(others) == 1:
        other = others[0]
        return only, Party(
            other.name, other.name_box, other.page, _GUESSED, other.address, other.address_box
        )
    return only, _firm([firm for firm in firms if abs(firm.box[1] - only.name_box[1]) < _LEVEL])


def has_advertiser(document: DocumentText) -> bool:
    """Whether a label names an advertiser, who is not whom the bill is sent to."""
    return any(
        label.concept == "advertiser_label" and line.begins_cell(label.start)
        for line in document.lines
        for label in line.labels
        if line.line.page == 1
    )


def _firms(names: Sequence[NameCandidate], known: Party) -> list[NameCandidate]:
    """The other names with a legal form, each once."""
    firms = {
        fold(name.text): name
        for name in reversed(names)
        if name.rows == 1 and LEGAL_FORM.search(name.text) and len(name.text) < _LONGEST_FIRM
    }
    return [name for text, name in firms.items() if not _alike(text, known.name)]


def _firm(firms: Sequence[NameCandidate]) -> Party | None:
    """The one firm among the names, alone in its cell or not; None where there are more."""
    name = min(firms, key=lambda firm: len(firm.text), default=None)
    if name is None or not all(_alike(name.text, firm.text) for firm in firms):
        return None
    score = _GUESSED * (0.5 + 0.5 * name.confidence)
    return Party(name.text, name.box, name.page, score)


def _alike(name: str, other: str) -> bool:
    return fold(other) in fold(name) or fold(name) in fold(other)


def _is_block(blocks: Sequence[Block], party: Party) -> bool:
    return any(not b.sender and not b.labels and fold(b.name) == fold(party.name) for b in blocks)


def _sites(document: DocumentText) -> set[str]:
    """Names of the web sites printed."""
    return {fold(match[1]) for line in document.lines for match in _SITE.finditer(line.text)}
