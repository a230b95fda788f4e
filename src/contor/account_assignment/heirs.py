"""Heirs: codes that took the place of others, so that a changed chart is followed from memory.

When a chart is changed or a unit renamed, suppliers move from one code to another, one after the
other. A code that nobody uses any more, while at least three lines of two suppliers went from it to
one other code, has that one for an heir: what memory and words say of it is said of the heir. Once
it is booked again it has none. As of any moment only earlier lines count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.keys import Ints
from contor.account_assignment.memory import Index, Memory

Floats = NDArray[np.float32]

_FEWEST = 3
_SUPPLIERS = 2
_SHARE = 0.75
_LATEST = 8
_ALIKE = (4, 2, 0)
"""Keys a line's predecessor is found by: supplier and text, supplier and amount, supplier."""
_NEVER = np.iinfo(np.int64).max
_CHAIN = 2
"""An heir's heir's heir is found, too."""


def _no_moves() -> Ints:
    return np.zeros((0, 5), np.int64)


@dataclass(frozen=True, slots=True)
class Present:
    """The code that stands for each code today, for some lines: their rows in ``table``."""

    row: Ints
    table: Ints

    def of(self, codes: Ints) -> Ints:
        """Codes (lines, any) as they are called at the time of each line; -1 stays."""
        found = self.table[self.row[:, None], np.maximum(codes, 0)]
        return np.asarray(np.where(codes >= 0, found, -1))

    def spoken(self, odds: Floats) -> Floats:
        """Odds (lines, codes) with those of codes that have an heir given to it."""
        moved = odds.copy()
        known = odds.shape[1]
        for row in np.unique(self.row):
            own = self.table[row, :known]
            gone = np.flatnonzero((own != np.arange(known)) & (own < known))
            lines = np.flatnonzero(self.row == row)
            for old in gone.tolist():
                moved[lines, own[old]] += moved[lines, old]
                moved[lines, old] = 0.0
        return moved


@dataclass(frozen=True, slots=True)
class Heirs:
    """Moves of suppliers from one code to another in a history of ``lines`` lines.

    A move is (position, old code, how often that was used before, new code, supplier); a span is
    (old code, uses, heir, from which and up to which cut).
    """

    lines: int = 0
    moves: Ints = field(default_factory=_no_moves)
    spans: Ints = field(default_factory=_no_moves)

    def grown(self, keys: Ints, memory: Memory, codes: Ints, use: Index) -> Heirs:
        """With lines put in that were not seen before; keys, codes and their use are of all."""
        fresh = _moves(keys, memory, codes, use, self.lines)
        if not len(fresh):
            return Heirs(len(codes), self.moves, self.spans)
        moves = np.concatenate([self.moves, fresh])
        spans = np.array(list(_spans(moves)), np.int64).reshape(-1, 5)
        return Heirs(len(codes), moves, spans)

    def present(self, cuts: Ints, codes: int, use: Index) -> Present | None:
        """What the codes are called as of each cut; None where none of them has an heir."""
        if not len(self.spans) or not len(cuts):
            return None
        old, uses, heir, begin, end = self.spans.T
        near = np.flatnonzero((begin <= int(cuts.max())) & (end > int(cuts.min())))
        days, row = np.unique(cuts, return_inverse=True)
        span, day = (
            part.ravel() for part in np.meshgrid(near, np.arange(len(days)), indexing="ij")
        )
        cut = days[day]
        holds = (begin[span] <= cut) & (cut < end[span])
        holds[holds] = use.before(old[span[holds]] + 1, cut[holds]) == uses[span[holds]]
        if not holds.any():
            return None
        table = np.tile(np.arange(codes), (len(days), 1))
        table[day[holds], old[span[holds]]] = heir[span[holds]]
        for _ in range(_CHAIN):
            table = np.take_along_axis(table, table, axis=1)
        return Present(row, table)


def _moves(keys: Ints, memory: Memory, codes: Ints, use: Index, first: int) -> Ints:
    """Lines from ``first`` on that were coded otherwise than the nearest line before them."""
    where = np.arange(first, len(codes))
    before = np.full(len(where), -1, np.int64)
    for kind in _ALIKE:
        seen = memory.indexes[kind].latest(keys[where, kind], where, 1)[:, 0]
        code = np.where(seen >= 0, codes[seen], -1)
        before = np.where(before >= 0, before, code)
    moved = (before >= 0) & (codes[where] >= 0) & (before != codes[where])
    at, old = where[moved], before[moved]
    uses = use.before(old + 1, at)
    return np.stack([at, old, uses, codes[at], keys[at, 0]], axis=1)


def _spans(moves: Ints) -> Iterator[tuple[int, int, int, int, int]]:
    """When each code that was not used again had which heir."""
    order = np.lexsort((moves[:, 0], moves[:, 2], moves[:, 1]))
    ordered = moves[order]
    fresh = np.ones(len(ordered), bool)
    fresh[1:] = (ordered[1:, 1:3] != ordered[:-1, 1:3]).any(axis=1)
    edges = np.r_[np.flatnonzero(fresh), len(ordered)]
    for begin in np.flatnonzero(np.diff(edges) >= _FEWEST).tolist():
        group = ordered[edges[begin] : edges[begin + 1]].tolist()
        heir, since = -1, 0
        for place in range(_FEWEST - 1, len(group)):
            at, old, uses = group[place][:3]
            now = _heir_of(group[max(place + 1 - _LATEST, 0) : place + 1])
            if now != heir:
                if heir >= 0:
                    yield old, uses, heir, since, at + 1
                heir, since = now, at + 1
        if heir >= 0:
            yield group[0][1], group[0][2], heir, since, _NEVER


def _heir_of(moves: list[list[int]]) -> int:
    """The code the latest moves went to; -1 where they do not agree."""
    code, count = Counter(move[3] for move in moves).most_common(1)[0]
    suppliers = {move[4] for move in moves if move[3] == code}
    enough = count >= _FEWEST and count >= _SHARE * len(moves) and len(suppliers) >= _SUPPLIERS
    return int(code) if enough else -1
