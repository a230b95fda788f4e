"""Candidates of a bank line: the open items that its texts, its party or its amount point to."""

from __future__ import annotations

from dataclasses import dataclass, field

from contor.banking.statement import BankLine
from contor.reconciliation.counterparties import PartyEvidence, parties_of
from contor.reconciliation.index import Index
from contor.reconciliation.item import minor_of
from contor.reconciliation.references import normal, resemblance, text_keys

_MAX_PARTY_ITEMS = 400
_MAX_AMOUNT_ITEMS = 60


@dataclass
class Candidate:
    """An item that may belong to the line: strength and words of its reference, its party's."""

    position: int
    reference: float = 0.0
    words: str = ""
    party: PartyEvidence | None = None
    contested: bool = False


@dataclass
class Lookup:
    """All that was looked up for one line; ``amount`` in minor units."""

    line: BankLine
    amount: int
    parties: dict[str, PartyEvidence]
    candidates: dict[int, Candidate] = field(default_factory=dict)

    @property
    def best_party(self) -> PartyEvidence | None:
        """The likeliest party, None where none is known or two are equally likely."""
        ranked = sorted(self.parties.values(), key=lambda p: (-p.score, p.party))
        if not ranked or (len(ranked) > 1 and ranked[0].score - ranked[1].score < 0.02):
            return None
        return ranked[0]

    def referenced(self, floor: float) -> list[Candidate]:
        """Candidates whose reference is at least ``floor``, the strongest first."""
        found = [c for c in self.candidates.values() if c.reference >= floor]
        return sorted(found, key=lambda c: (-c.reference, c.position))


def find_candidates(
    line: BankLine, index: Index, resolved: dict[str, list[tuple[str, float]]]
) -> Lookup:
    """Look ``line`` up by reference, party and amount; bounded whatever the index holds."""
    amount = minor_of(line.amount, line.currency)
    lookup = Lookup(line, amount, parties_of(line, index, resolved))
    text = f"{line.remittance} {line.end_to_end_id}".strip()
    keys = text_keys(text)
    _by_reference(lookup, index, keys)
    party_items: set[int] = set()
    for party in sorted(lookup.parties)[:6]:
        party_items.update(index.by_party.get(party, [])[:_MAX_PARTY_ITEMS])
    by_amount = index.by_amount.get((line.currency, amount), [])[:_MAX_AMOUNT_ITEMS]
    for position in sorted(party_items | set(by_amount)):
        item = index.items[position]
        if item.currency == line.currency:
            candidate = lookup.candidates.setdefault(position, Candidate(position))
            if candidate.reference < 0.7 and item.number:
                strength, words = resemblance(item.number, keys, line.remittance)
                if strength > candidate.reference:
                    candidate.reference, candidate.words = strength, words
    for candidate in lookup.candidates.values():
        candidate.party = lookup.parties.get(index.items[candidate.position].party)
        if candidate.party and candidate.party.score >= 0.9 and candidate.reference >= 0.3:
            # a short number proves little alone, but much beside a sure party
            candidate.reference = max(candidate.reference, 0.65)
    return lookup


def _by_reference(lookup: Lookup, index: Index, keys: dict[str, str]) -> None:
    """Items whose number, order, contract or end-to-end id stands in the text."""
    line = lookup.line
    for position in index.by_end_to_end.get(normal(line.end_to_end_id), ()):
        _note(lookup, index, position, 1.0, line.end_to_end_id)
    for key, words in keys.items():
        hits = index.by_key.get(key)
        if hits is None or len(hits) > 200:
            continue
        for position, weight in hits:
            _note(lookup, index, position, weight, words)
            if len(hits) > 1:
                lookup.candidates[position].contested |= weight >= 0.7 and key == normal(words)


def _note(lookup: Lookup, index: Index, position: int, weight: float, words: str) -> None:
    if index.items[position].currency != lookup.line.currency:
        return
    candidate = lookup.candidates.setdefault(position, Candidate(position))
    if weight > candidate.reference:
        candidate.reference, candidate.words = weight, words
