"""Heirs: codes that took the place of others, so that a changed chart is followed from memory.

When a chart is changed or a unit renamed, suppliers move from one code to another, one after the
other. A code that nobody uses any more, while at least three lines of two suppliers went from it to
one other code on as many days, has that one for an heir: what memory and words say of it is said of
the heir. Once it is booked again it has none. It has to have rested longer than ever lately: a unit
paid once a month is silent for weeks without being gone. How many moves it takes depends on how
steadily lines used to follow the code: so many that chance would bring them about once in a thousand
times. Lines of one supplier and day are one move. As of any moment only earlier lines count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.keys import Ints, mix
from contor.account_assignment.memory import Index, Memory

Floats = NDArray[np.float32]

_FEWEST = 3
_CHANCE = 0.001
_SUPPLIERS = 2
_DAYS = 3
_SHARE = 0.75
_LATEST = 8
_RESTS = 40
"""So many of a code's latest rests between days of booking are looked at."""
_ALIKE = (4, 2, 0)
"""Keys a line's predecessor is found by: supplier and text, supplier and amount, supplier."""
_NEVER = np.iinfo(np.int64).max
_CHAIN = 2
"""An heir's heir's heir is found, too."""


def _none(columns: int) -> Ints:
    return np.zeros((0, columns), np.int64)


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

    A move is (position, old code, how often that was used before, new code, supplier, moves it
    takes, day, whether the old code had rested long enough); a span is (old code, uses, heir, from
    which and up to which cut). ``followed`` says of each code how many lines followed one of it,
    and how many of them bore it, too.
    """

    lines: int = 0
    moves: Ints = field(default_factory=lambda: _none(8))
    spans: Ints = field(default_factory=lambda: _none(5))
    followed: Ints = field(default_factory=lambda: _none(2))

    def grown(self, keys: Ints, days: Ints, memory: Memory, codes: Ints, use: Index) -> Heirs:
        """With lines put in that were not seen before; keys, days, codes and use are of all."""
        at, old = _steps(keys, days, memory, codes, self.lines)
        stays = (codes[at] == old).astype(np.int64)
        total = max(int(codes.max(initial=-1)) + 1, len(self.followed))
        followed = np.zeros((total, 2), np.int64)
        followed[: len(self.followed)] = self.followed
        order = np.lexsort((at, old))
        ranked = old[order]
        begin = np.searchsorted(ranked, ranked)
        summed = np.r_[0, np.cumsum(stays[order])]
        count = followed[ranked] + np.stack(
            [np.arange(len(order)) - begin, summed[:-1] - summed[begin]], axis=1
        )
        needed = np.empty(len(at), np.int64)
        needed[order] = _needed(count)
        np.add.at(followed, old, np.stack([np.ones_like(stays), stays], axis=1))
        moved = stays == 0
        at, old, needed = at[moved], old[moved], needed[moved]
        if not len(at):
            return Heirs(len(codes), self.moves, self.spans, followed)
        rested = _rested(days, codes, at, old)
        fresh = [at, old, use.before(old + 1, at), codes[at], keys[at, 0], needed, days[at], rested]
        moves = np.concatenate([self.moves, np.stack(fresh, axis=1)])
        # Spans rest on the moves of one old code: those of the others stay as they are.
        again = list(_spans(moves[np.isin(moves[:, 1], old)]))
        kept = self.spans[~np.isin(self.spans[:, 0], old)]
        spans = np.concatenate([kept, np.array(again, np.int64).reshape(-1, 5)])
        return Heirs(len(codes), moves, spans, followed)

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


def _steps(keys: Ints, days: Ints, memory: Memory, codes: Ints, first: int) -> tuple[Ints, Ints]:
    """Lines from ``first`` on and the code of the nearest line before their day, one a swarm."""
    where = np.arange(first, len(codes))
    cuts = np.searchsorted(days, days[where], side="left")
    before = np.full(len(where), -1, np.int64)
    for kind in _ALIKE:
        seen = memory.indexes[kind].latest(keys[where, kind], cuts, 1)[:, 0]
        code = np.where(seen >= 0, codes[seen], -1)
        before = np.where(before >= 0, before, code)
    known = (before >= 0) & (codes[where] >= 0)
    swarm = mix(keys[where, 0], cuts + 1, before + 1, codes[where] + 1)[known]
    once = np.sort(np.unique(swarm, return_index=True)[1])
    return where[known][once], before[known][once]


def _rested(days: Ints, codes: Ints, at: Ints, old: Ints) -> Ints:
    """Whether each move's old code had rested longer than between its latest days of booking."""
    used = np.flatnonzero(np.isin(codes, old))
    booked = np.unique(np.stack([codes[used], days[used]], axis=1), axis=0)
    code, day = booked.T
    rest = np.where(np.r_[True, code[1:] != code[:-1]], 0, day - np.r_[0, day[:-1]])
    span = int(days.max()) + 1
    last = np.searchsorted(code * span + day, old * span + days[at]) - 1
    places = last[:, None] - np.arange(_RESTS)
    own = places >= 0
    places = np.maximum(places, 0)
    own &= code[places] == old[:, None]
    longest = np.where(own, rest[places], 0).max(axis=1)
    return np.asarray(days[at] - day[last] > longest, np.int64)


def _needed(followed: Ints) -> Ints:
    """How many moves in a row are beyond chance, given how many lines followed and how many stayed."""
    count, stayed = followed.T
    leaving = (count - stayed + 1.0) / (count + 2.0)
    enough = np.ceil(np.log(_CHANCE) / np.log(leaving)).astype(np.int64)
    return np.asarray(np.maximum(enough, _FEWEST))


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
    there = [move for move in moves if move[3] == code]
    enough = count >= moves[0][5] and count >= _SHARE * len(moves) and moves[-1][7]
    apart = (
        len({move[4] for move in there}) >= _SUPPLIERS and len({move[6] for move in there}) >= _DAYS
    )
    return int(code) if enough and apart else -1
