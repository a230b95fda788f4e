"""Seller and buyer by the trained tagger, with the rules of letters where it is unsure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from contor.documents.address_blocks import Block
from contor.documents.address_spans import address_spans, span_features
from contor.documents.context import Contexts
from contor.documents.document_text import DocumentText
from contor.documents.labels import fold
from contor.documents.name_candidates import NameCandidate, name_candidates
from contor.documents.name_features import name_features
from contor.documents.page_tagger import Tagger
from contor.documents.party_blocks import find_blocks
from contor.documents.party_names import LEGAL_FORM, Party, are_sure, choose_parties, lead_of
from contor.documents.second_party import doubted_seller, has_advertiser, second_party
from contor.documents.suppliers.memory import squeeze

_PAPER = re.compile(r"[\s,]*\b(?:invoice|rechnung|facture|fattura|statement)$", re.IGNORECASE)
_SURE_NAME = 0.3
_LEAST_NAME = 0.02
_SURE_ADDRESS = 0.3
_DECIDED = 0.6
_LEAD = 0.85
"""How far the rules must prefer a seller and a buyer to their exchange to overrule the tagger."""
_RIVALS = 8
"""Likeliest names that are weighed against one another for each role."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Who issued the document and who is to pay; None where nothing speaks for one."""

    seller: Party | None
    buyer: Party | None


def parties_of(document: DocumentText, finder: Contexts, tagger: Tagger | None) -> Parties:
    """Seller and buyer of a document."""
    blocks = find_blocks(document)
    by_rules = Parties(*choose_parties(document, blocks))
    if tagger is None:
        return by_rules
    names = name_candidates(document, blocks)
    if not names:
        return by_rules
    rows = name_features(document, names, blocks, finder, tagger.texts)
    sellers = tagger.probability("seller_name", rows)
    buyers = tagger.probability("buyer_name", rows)
    seller, buyer = likeliest_pair(names, sellers, buyers)
    labelled = _labelled_roles(document, blocks)
    if not has_advertiser(document) and are_sure(document, blocks):
        labelled = frozenset({"seller_label", "buyer_label"})
    sells = _seller(
        document, blocks, None if "seller_label" in labelled else seller, by_rules.seller, tagger,
        names,
    )  # fmt: skip
    buys = (
        by_rules.buyer
        if "buyer_label" in labelled
        else _buyer(blocks, buyer, _fallback(document, by_rules.buyer), seller)
    )
    typeset = document.layout.pages[0].typeset
    if buys and typeset:
        sells = doubted_seller(names, sells, buys)
    if has_advertiser(document):
        return Parties(sells, buys)
    if _are_exchanged(by_rules, sells, buys):
        weak = buys is None or buys.score < _SURE_NAME
        two = weak and sells is not None and sells.score < _DECIDED
        if two or lead_of(document, blocks) >= _LEAD:
            return by_rules  # two addresses are two parties
    if sells and buys is None and typeset:
        sells, buys = second_party(document, blocks, names, sells)
    return Parties(sells, buys)


def apart(parties: Parties) -> Parties:
    """Nobody sells to himself: a buyer that bears the seller's name is none."""
    sells, buys = parties.seller, parties.buyer
    same = sells is not None and buys is not None and bare(sells.name) == bare(buys.name)
    return replace(parties, buyer=None) if same else parties


def bare(name: str) -> str:
    """A name to compare: small letters, no comma behind it."""
    return fold(name).strip(" ,;:.")


def _are_exchanged(by_rules: Parties, sells: Party | None, buys: Party | None) -> bool:
    """Whether the tagger takes for the seller whom the rules take for the buyer."""
    if by_rules.seller is None or by_rules.buyer is None or sells is None:
        return False
    return fold(sells.name) == fold(by_rules.buyer.name) and (
        buys is None or fold(buys.name) == fold(by_rules.seller.name)
    )


def _labelled_roles(document: DocumentText, blocks: Sequence[Block]) -> frozenset[str]:
    """Roles that a label on the page decides; an advertiser is not who the bill is sent to."""
    if has_advertiser(document):
        return frozenset()
    return frozenset(role for block in blocks for role in block.labels)


def _fallback(document: DocumentText, by_rules: Party | None) -> Party | None:
    return None if has_advertiser(document) else by_rules


def likeliest_pair(
    names: Sequence[NameCandidate], sellers: NDArray[np.float32], buyers: NDArray[np.float32]
) -> tuple[tuple[NameCandidate, float] | None, tuple[NameCandidate, float] | None]:
    """The likeliest seller and buyer together: they do not bear the same name."""
    pairs = [
        (float(sellers[one]) * float(buyers[other]), -rank, one, other)
        for rank, one in enumerate(np.argsort(-sellers, kind="stable")[:_RIVALS].tolist())
        for other in np.argsort(-buyers, kind="stable")[:_RIVALS].tolist()
        if bare(names[one].text) != bare(names[other].text)
    ]
    if not pairs:
        only = int(np.argmax(sellers))
        return (names[only], float(sellers[only])), None
    _, _, one, other = max(pairs)
    return (names[one], float(sellers[one])), (names[other], float(buyers[other]))


def _seller(
    document: DocumentText,
    blocks: Sequence[Block],
    found: tuple[NameCandidate, float] | None,
    by_rules: Party | None,
    tagger: Tagger,
    names: Sequence[NameCandidate],
) -> Party | None:
    party = by_rules
    if found and found[1] >= (_SURE_NAME if by_rules else _LEAST_NAME):
        name, probability = found
        name = _fuller(document, name, names)
        party = _party(name, probability)
        block = _block_of(name, blocks)
        if block:
            party = replace(party, address=block.address, address_box=block.address_box)
        elif by_rules and fold(by_rules.name) == fold(name.text):
            party = replace(party, address=by_rules.address, address_box=by_rules.address_box)
    first = document.layout.pages[0]
    # A letter has blocks; the address of a receipt stands in no window.
    known = party is None or (first.typeset and (party.address is not None or not first.narrow))
    spans = [] if known else address_spans(document)
    if spans and party:
        scores = tagger.probability("seller_address", span_features(document, spans, tagger.texts))
        best = int(np.argmax(scores))
        if scores[best] >= _SURE_ADDRESS:
            party = replace(
                party,
                address=spans[best].text,
                address_box=spans[best].box,
                address_score=float(scores[best]),
            )
    return _spelled(document, party, tagger)


def _buyer(
    blocks: Sequence[Block],
    found: tuple[NameCandidate, float] | None,
    by_rules: Party | None,
    seller: tuple[NameCandidate, float] | None,
) -> Party | None:
    if by_rules and seller and bare(by_rules.name) == bare(seller[0].text):
        by_rules = None
    if found and found[1] >= (_SURE_NAME if by_rules else _LEAST_NAME):
        name, probability = found
        party = _party(name, probability)
        block = _block_of(name, blocks)
        if block:
            return replace(party, address=block.address, address_box=block.address_box)
        return party
    return by_rules


def _fuller(
    document: DocumentText, name: NameCandidate, names: Sequence[NameCandidate]
) -> NameCandidate:
    """The name as it stands elsewhere with its legal form (*Acme Invoice*: *Acme, Inc.*)."""
    if document.layout.pages[0].narrow or LEGAL_FORM.search(name.text):
        return name
    short = squeeze(_PAPER.sub("", name.text))
    for other in names:
        longer = other.rows == 1 and len(other.text) < len(short) + 20
        begins = len(short) > 5 and squeeze(other.text).startswith(short)
        if longer and begins and LEGAL_FORM.search(other.text):
            return other
    return name


def _party(name: NameCandidate, probability: float) -> Party:
    return Party(name.text, name.box, name.page, probability * (0.5 + 0.5 * name.confidence))


def _block_of(name: NameCandidate, blocks: Sequence[Block]) -> Block | None:
    for block in blocks:
        near = abs(block.name_box[0] - name.box[0]) < 8
        if block.page == name.page and block.first_line == name.line and near:
            return block
    return None


def _spelled(document: DocumentText, party: Party | None, tagger: Tagger) -> Party | None:
    """The address written as people confirmed it, where it was recognised from a picture."""
    if party is None or not party.address or document.layout.pages[0].typeset:
        return party
    return replace(party, address=tagger.memory.address(party.address) or party.address)
