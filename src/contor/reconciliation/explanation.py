"""Explanations of a bank line: sets of open items that meet its money, and what speaks for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contor.reconciliation.candidates import Candidate, Lookup
from contor.reconciliation.covering import covering_sets
from contor.reconciliation.index import Index
from contor.reconciliation.references import STRONG
from contor.reconciliation.settlement import Part, Settlement, Tolerances, settle

_CHARGED = re.compile(
    r"geb[üu]e?hr|entgelt|spesen|charges?|\bfee|abz[üu]gl|abzug|\bsha\b|\bcommission|kommission"
    r"|spese\b|frais",
    re.IGNORECASE,
)
_PARTIAL = re.compile(
    r"teil|abschlag|anzahlung|rate\b|\brate\W|a\s?conto|akonto|part(ial)?\b|acconto|acompte|instal",
    re.IGNORECASE,
)
_MAX_COVER = 28


@dataclass(frozen=True, slots=True)
class Explanation:
    """A settlement with its evidence: ``reference`` of its weakest item, ``party`` agreement.

    ``party`` is 2 sure, 1 likely, 0 unknown, -1 another party is sure. ``rivals`` counts other
    sets that would meet the money as well.
    """

    settlement: Settlement
    reference: float
    party: int
    listed: bool
    rivals: int = 0
    contested: bool = False

    @property
    def positions(self) -> frozenset[int]:
        """The items concerned."""
        return frozenset(part.position for part in self.settlement.parts)


def explain(
    lookup: Lookup, index: Index, values: Sequence[int], limits: Tolerances
) -> list[Explanation]:
    """All explanations worth weighing, in a fixed order; the scoring ranks them."""
    found: dict[tuple[frozenset[int], str], Explanation] = {}
    for explanation in _all(lookup, index, values, limits):
        key = (explanation.positions, explanation.settlement.how)
        if key not in found:
            found[key] = explanation
    return list(found.values())


def _all(
    lookup: Lookup, index: Index, values: Sequence[int], limits: Tolerances
) -> Iterator[Explanation]:
    named = _named(lookup, values)
    closed = False
    for explanation in _by_reference(lookup, index, values, limits, named):
        closed |= explanation.settlement.how in {"exact", "discount"}
        yield explanation
    if not closed:
        yield from _by_party(lookup, index, values, limits)
    yield from _by_amount(lookup, index, values, limits)
    if not closed:
        yield from _incomplete(lookup, index, values, named)


def _named(lookup: Lookup, values: Sequence[int]) -> list[Candidate]:
    """Open items named in the text; of items of one number, those of the line's own party."""
    named = [c for c in lookup.referenced(0.6) if values[c.position]]
    own = {c.words for c in named if c.party and c.party.score >= 0.75}
    named = [c for c in named if c.words not in own or (c.party and c.party.score >= 0.75)]
    strongest: dict[str, float] = {}
    for candidate in named:
        strongest[candidate.words] = max(strongest.get(candidate.words, 0), candidate.reference)
    kept = [c for c in named if c.reference >= strongest[c.words] - 0.01]
    sure = [c for c in kept if c.reference >= STRONG]
    return (sure or kept)[:60]


def _try(
    lookup: Lookup,
    index: Index,
    values: Sequence[int],
    limits: Tolerances,
    positions: Sequence[int],
    *,
    listed: bool,
    rivals: int = 0,
) -> Explanation | None:
    text = lookup.line.remittance
    met = settle(
        positions,
        values,
        index.items,
        lookup.amount,
        lookup.line.value_date or lookup.line.booking_date,
        limits,
        charged=bool(_CHARGED.search(text)),
    )
    return _explained(lookup, index, met, listed=listed, rivals=rivals) if met else None


def _explained(
    lookup: Lookup, index: Index, met: Settlement, *, listed: bool, rivals: int = 0
) -> Explanation:
    candidates = [lookup.candidates.get(part.position) for part in met.parts]
    references = [c.reference if c else 0.0 for c in candidates]
    best = lookup.best_party
    scores = []
    for part in met.parts:
        party = lookup.parties.get(index.items[part.position].party)
        if party:
            scores.append(2 if party.score >= 0.9 else 1 if party.score >= 0.75 else 0)
        else:
            scores.append(-1 if best and best.score >= 0.9 else 0)
    return Explanation(
        met,
        min(references),
        min(scores),
        listed,
        rivals,
        any(c.contested for c in candidates if c),
    )


def _by_reference(
    lookup: Lookup,
    index: Index,
    values: Sequence[int],
    limits: Tolerances,
    named: list[Candidate],
) -> Iterator[Explanation]:
    """The items named: all of them, single ones, a covering subset, all and more of the party."""
    positions = [c.position for c in named]
    if not positions:
        return
    whole = _try(lookup, index, values, limits, positions, listed=True)
    if whole:
        yield whole
    if len(positions) > 1:
        for position in positions:
            single = _try(lookup, index, values, limits, [position], listed=False)
            if single:
                yield single
        if not whole:
            cover = covering_sets([values[p] for p in positions], lookup.amount, limit=3)
            for members in cover.sets:
                chosen = [positions[i] for i in members]
                part = _try(
                    lookup, index, values, limits, chosen, listed=False, rivals=len(cover.sets) - 1
                )
                if part:
                    yield part
    if not whole:
        yield from _with_more(lookup, index, values, limits, positions)


def _with_more(
    lookup: Lookup,
    index: Index,
    values: Sequence[int],
    limits: Tolerances,
    positions: list[int],
) -> Iterator[Explanation]:
    """The named items and further items or credit notes of the same party that make up the rest."""
    parties = {index.items[p].party for p in positions}
    if len(parties) != 1:
        return
    rest = lookup.amount - sum(values[p] for p in positions)
    others = [
        p
        for p in index.by_party.get(parties.pop(), [])
        if values[p] and p not in positions and index.items[p].currency == lookup.line.currency
    ][:_MAX_COVER]
    cover = covering_sets([values[p] for p in others], rest, limit=3, steps=3000)
    for members in cover.sets:
        chosen = positions + [others[i] for i in members]
        rivals = len(cover.sets) - 1 + (not cover.complete)
        met = _try(lookup, index, values, limits, chosen, listed=False, rivals=rivals)
        if met:
            yield met


def _by_party(
    lookup: Lookup, index: Index, values: Sequence[int], limits: Tolerances
) -> Iterator[Explanation]:
    """Items of a likely party: single ones, then covering sets."""
    ranked = sorted(lookup.parties.values(), key=lambda p: (-p.score, p.party))
    for evidence in ranked[:2]:
        if evidence.score < 0.75:
            continue
        own = [
            p
            for p in index.by_party.get(evidence.party, [])
            if values[p] and index.items[p].currency == lookup.line.currency
        ]
        singles = 0
        for position in own:
            single = _try(lookup, index, values, limits, [position], listed=False)
            if single:
                singles += single.settlement.how == "exact"
                yield single
        everything = _try(lookup, index, values, limits, own, listed=True) if len(own) > 1 else None
        if everything:
            yield everything
        if 1 < len(own) <= _MAX_COVER and not singles:
            cover = covering_sets([values[p] for p in own], lookup.amount, limit=4, steps=4000)
            for members in cover.sets:
                chosen = [own[i] for i in members]
                rivals = len(cover.sets) - 1 + (not cover.complete)
                met = _try(lookup, index, values, limits, chosen, listed=False, rivals=rivals)
                if met:
                    yield met


def _by_amount(
    lookup: Lookup, index: Index, values: Sequence[int], limits: Tolerances
) -> Iterator[Explanation]:
    """Any item whose open amount, in full or less a discount, is the money of the line."""
    hits = index.by_amount.get((lookup.line.currency, lookup.amount), [])
    if len(hits) > 60:
        return
    for position in dict.fromkeys(hits):
        if values[position]:
            single = _try(
                lookup, index, values, limits, [position], listed=False, rivals=len(hits) - 1
            )
            if single:
                yield single


def _incomplete(
    lookup: Lookup, index: Index, values: Sequence[int], named: list[Candidate]
) -> Iterator[Explanation]:
    """Part payments and overpayments of the items named, else of the party's oldest item."""
    sign = 1 if lookup.amount > 0 else -1
    positions = [c.position for c in named if values[c.position] * sign > 0]
    listed = bool(positions)
    best = lookup.best_party
    if not positions and best and best.score >= 0.75:
        own = [p for p in index.by_party.get(best.party, []) if values[p] * sign > 0]
        own = [p for p in own if index.items[p].currency == lookup.line.currency]
        positions = sorted(own, key=lambda p: (str(index.items[p].due_date), p))
    if not positions:
        return
    money, parts = abs(lookup.amount), []
    for position in positions:
        share = min(money, abs(values[position]))
        if share:
            parts.append(Part(position, sign * share))
        money -= share
    how = "overpayment" if money else "partial"
    if how == "partial" and listed and _PARTIAL.search(lookup.line.remittance):
        how = "instalment"
    yield _explained(lookup, index, Settlement(tuple(parts), how, sign * money), listed=listed)
