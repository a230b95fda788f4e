"""Seller and buyer: who of the names on the page issued the document and who is to pay.

The sender's line above the window, labels (*Verkäufer*, *Bill to*), legal forms, the place on the
page and the letterhead's own web address speak for one or the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from contor.documents.address_blocks import Block
from contor.documents.document_text import DocumentText
from contor.documents.labels import fold
from contor.documents.page import Box
from contor.documents.party_places import has_particulars, places_of

LEGAL_FORM = re.compile(
    r"(?:\b(?:gmbh|mbh|ag|kg|ohg|gbr|ug|e\.?\s?k\.?|e\.\s?u\.|e\.?\s?v\.?|eg|se|ltd|limited|inc|llc|llp|plc|corp|"
    r"sarl|sas|sa|eurl|s\.?r\.?l\.?|s\.?p\.?a\.?|s\.?n\.?c\.?|bv|b\.v|nv|sdn|bhd|pte|pty|s/b|co|company|"
    r"kgaa|s\.?a\.?s\.?|oy|ab|aps|a/s|sp\. z o\.?o|enterprise|trading|emea|stiftung|verein)\b\.?)",
    re.IGNORECASE,
)
_SURE = 2.0
_AHEAD = 0.9
_PARTICULARS = 0.4
_COLUMN = 0.7
"""Share of the page's width: no window begins so far right; the sender's particulars stand there."""
_DOMAIN = re.compile(r"(?:www\.|@|https?://)([\w-]+(?:\.[\w-]+)*)\.[a-z]{2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Party:
    """A name and an address as printed, with their places."""

    name: str
    name_box: Box
    page: int
    score: float
    address: str | None = None
    address_box: Box | None = None
    address_score: float | None = None


def choose_parties(
    document: DocumentText, blocks: Sequence[Block]
) -> tuple[Party | None, Party | None]:
    """Seller and buyer, each None where nothing speaks for one."""
    if not blocks:
        return None, None
    domains = domains_of(document)
    sellers = [_seller_score(document, block, domains) for block in blocks]
    buyers = [_buyer_score(document, block, domains) for block in blocks]
    best: tuple[float, int, int] = (-99.0, -1, -1)
    for s in range(len(blocks)):
        for b in range(len(blocks)):
            if s == b or fold(blocks[s].name) == fold(blocks[b].name):
                continue
            both = sellers[s] + buyers[b] + places_of(document, blocks[s], blocks[b])
            best = max(best, (both, s, b))
    if best[1] >= 0:
        return _party(blocks[best[1]], sellers[best[1]]), _party(blocks[best[2]], buyers[best[2]])
    only = blocks[0]
    if buyers[0] > sellers[0]:
        return None, _party(only, buyers[0])
    return _party(only, sellers[0]), None


def are_sure(document: DocumentText, blocks: Sequence[Block]) -> bool:
    """Whether the page leaves no doubt who of two or more names sells and who buys.

    Both stand in blocks of their own, and no other name or exchange of roles comes near.
    """
    pairs = _pairs(document, blocks)
    return bool(pairs) and pairs[0] >= _SURE and (len(pairs) < 2 or pairs[0] - pairs[1] >= _AHEAD)


def lead_of(document: DocumentText, blocks: Sequence[Block]) -> float:
    """How far the best seller and buyer are ahead of the next pair of names."""
    pairs = _pairs(document, blocks)
    return pairs[0] - pairs[1] if len(pairs) > 1 else 0.0


def _pairs(document: DocumentText, blocks: Sequence[Block]) -> list[float]:
    """What speaks for each pair of different names, best first."""
    domains = domains_of(document)
    named = [(fold(block.name), block) for block in blocks]
    sellers = [_seller_score(document, block, domains) for block in blocks]
    buyers = [_buyer_score(document, block, domains) for block in blocks]
    pairs: dict[tuple[str, str], float] = {}
    for (seller, one), sells in zip(named, sellers, strict=True):
        for (buyer, other), buys in zip(named, buyers, strict=True):
            if seller != buyer:
                both = sells + buys + places_of(document, one, other)
                pairs[seller, buyer] = max(pairs.get((seller, buyer), -9.0), both)
    return sorted(pairs.values(), reverse=True)


def _party(block: Block, score: float) -> Party:
    return Party(
        block.name.rstrip(" ,;:"), block.name_box, block.page,
        max(0.1, min(0.95, 0.4 + 0.25 * score)), block.address, block.address_box,
    )  # fmt: skip


def _seller_score(document: DocumentText, block: Block, domains: set[str]) -> float:
    score = 1.5 * block.sender + 2.0 * ("seller_label" in block.labels)
    score -= 1.5 * ("buyer_label" in block.labels) + 1.5 * ("ship_label" in block.labels)
    score += 0.4 * bool(LEGAL_FORM.search(block.name)) + 0.8 * name_in_domain(block.name, domains)
    top = block.name_box[1] / document.layout.page(block.page).height
    score += 0.5 * (top < 0.12) + 0.3 * (top > 0.85)
    return score + _PARTICULARS * has_particulars(document, block) - 0.5 * (block.page > 1)


def _buyer_score(document: DocumentText, block: Block, domains: set[str]) -> float:
    score = -1.5 * block.sender + 2.0 * ("buyer_label" in block.labels)
    score -= 2.0 * ("seller_label" in block.labels) + 1.0 * ("ship_label" in block.labels)
    page = document.layout.page(block.page)
    top, left = block.name_box[1] / page.height, block.name_box[0] / page.width
    score += 0.7 * (0.1 < top < 0.4 and left < _COLUMN) + 0.3 * (left < 0.2)
    score -= 0.8 * name_in_domain(block.name, domains) + 0.8 * (top > 0.8) + 0.5 * (block.page > 1)
    return score - _PARTICULARS * has_particulars(document, block)


def domains_of(document: DocumentText) -> set[str]:
    """Names inside web and mail addresses."""
    return {
        fold(match[1])
        for line in document.lines
        if "." in line.text and ("@" in line.text or ":" in line.text or "ww" in line.text.lower())
        for match in _DOMAIN.finditer(line.text)
    }


def name_in_domain(name: str, domains: set[str]) -> bool:
    """Whether a web or mail address carries the name."""
    if not domains:
        return False
    parts = re.split(r"[^\w]+", fold(name))
    words = [word for word in parts if len(word) > 2]
    joined = f"{''.join(words)} {''.join(parts)}"  # *Serveurs du Midi*: without its short words or with them
    return any(
        len(domain) > 2 and (domain.replace("-", "") in joined or (words and words[0] in domain))
        for domain in domains
    )
