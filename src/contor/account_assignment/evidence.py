"""Evidence: for every line the codes that come into question, and what speaks for each.

The codes come from memory (what was booked under the line's keys), from the words model and from
what is booked most at present. Each (line, code) pair is one row of features; the ranker weighs
them. Everything is worked out for many lines at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.asked import Asked
from contor.account_assignment.keys import (
    IBAN,
    KEYS,
    RATE,
    RATE_SIDE,
    SUPPLIER,
    VAT_ID,
    Ints,
)
from contor.account_assignment.memory import Index
from contor.account_assignment.supplier_signs import supplier_signs

Floats = NDArray[np.float32]

_FADE = 0.85
_RECENT = 48
_USES = 16
_TYPICAL = (3, 15, 16, 19, 21, RATE, RATE_SIDE)
"""Kinds of keys a code's latest uses are compared by: size, document, range, category, name, tax."""
_STANDING_IN = (VAT_ID, IBAN)
_STANDS_IN = np.float32(2.0)
"""What an identity's votes weigh more where nobody of that name was booked before."""
_BY_RATE = {RATE: 1.5, RATE_SIDE: 3.0}
"""What the votes of lines that show the same tax weigh where codes follow from it."""
_UNHEARD = 0.1
"""Of so many uses a code is taken to have had one under a rate it was never met with."""
WIDTH = 8
"""Candidates kept per line: those behind them teach nothing and are next to never right."""


@dataclass(frozen=True, slots=True)
class Past:
    """What has been coded for one target: codes in the order of time (-1: none), days, amounts.

    ``by_rate``: the target's codes follow from the tax a line shows.
    """

    codes: Ints
    days: Ints
    cents: Ints
    use: Index
    by_rate: bool = False

    @classmethod
    def of(cls, codes: Ints, days: Ints, cents: Ints, *, by_rate: bool = False) -> Past:
        """Index the use of each code over time."""
        return cls(codes, days, cents, Index().grown(codes + 1), by_rate)

    def grown(self, codes: Ints, days: Ints, cents: Ints) -> Past:
        """The same with further lines at the end."""
        return Past(
            np.concatenate([self.codes, codes]),
            np.concatenate([self.days, days]),
            np.concatenate([self.cents, cents]),
            self.use.grown(codes + 1),
            self.by_rate,
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """Candidate rows, sorted by line: line number, code, features (rows, columns)."""

    line: Ints
    code: Ints
    features: Floats
    prior: Floats

    def where(self, kept: NDArray[np.bool_], line: Ints | None = None) -> Rows:
        """Some of the rows, of lines numbered anew where ``line`` says how."""
        number = self.line[kept] if line is None else line
        return Rows(number, self.code[kept], self.features[kept], self.prior[kept])


def evidence(past: Past, keys: Ints, asked: Asked) -> Rows:
    """Rows for the lines asked about; ``keys`` are those of the past."""
    n, known = asked.spoken.shape
    recent = asked.cuts[:, None] - 1 - np.arange(_RECENT)[None, :]
    events = [*asked.recalled, np.maximum(recent, -1)]
    flats, ranks = [], []
    for positions in events:
        code = np.where(positions >= 0, past.codes[positions], -1)
        if asked.present is not None:
            code = asked.present.of(code)
        line, rank = np.nonzero((code >= 0) & (code < known))
        flats.append(line * known + code[line, rank])
        ranks.append(rank)
    extra = (np.arange(n)[:, None] * known + asked.loud)[asked.loud >= 0]
    pairs, where = np.unique(np.concatenate([*flats, extra]), return_inverse=True)
    line = pairs // known
    columns: list[Floats] = []
    prior = np.zeros(len(pairs), np.float32)
    start = 0
    for place, (flat, rank) in enumerate(zip(flats, ranks, strict=True)):
        inverse = where[start : start + len(flat)]
        start += len(flat)
        share, first = _votes(flat // known, rank, inverse, n, len(pairs), line)
        columns += [share, first]
        weight = np.float32(_weight(place, by_rate=past.by_rate))
        if place in _STANDING_IN:
            weight = weight + _STANDS_IN * _stands_in(keys, asked, place)[line]
        prior += weight * share
    word = asked.spoken[line, pairs - line * known]
    prior += 1.5 * word
    keep = np.flatnonzero(foremost(line, prior, n, WIDTH))
    special = supplier_signs(
        past.days, past.cents, asked, flats[0] // known, ranks[0], where[: len(ranks[0])], line
    )
    columns += [*special, word, prior]
    block = np.stack([column[keep] for column in columns], axis=1)
    line, code = line[keep], (pairs - line * known)[keep]
    uses = past.use.latest(code + 1, asked.cuts[line], _USES)
    context = _context(past, keys, asked, line, code, uses)
    prior = prior[keep]
    if past.by_rate:
        prior *= _of_this_rate(keys, asked, line, uses)
    return Rows(line, code, np.concatenate([block, context], axis=1), prior)


def _weight(place: int, *, by_rate: bool) -> float:
    """What the votes of one kind of key weigh beforehand; behind the kinds stand the latest lines."""
    if place >= len(KEYS):
        return 0.05
    return _BY_RATE.get(place, KEYS[place].weight) if by_rate else KEYS[place].weight


def _stands_in(keys: Ints, asked: Asked, kind: int) -> NDArray[np.bool_]:
    """Whether an identity stands in for a name that was never met: one supplier alone bore it lately."""
    events = asked.recalled[kind]
    names = np.where(events >= 0, keys[events, SUPPLIER], 0)
    alone = (events < 0) | (names == names[:, :1])
    return np.asarray((asked.recalled[SUPPLIER][:, 0] < 0) & alone.all(axis=1))


def _of_this_rate(keys: Ints, asked: Asked, line: Ints, uses: Ints) -> Floats:
    """How usual the tax that a line shows is among the latest uses of each row's code.

    A code never met with a rate is next to impossible for it, whatever the supplier's habit is.
    """
    total = np.zeros(len(line), np.float32)
    for kind in _BY_RATE:
        own = asked.keys[line, kind]
        told = (uses >= 0) & (keys[uses, kind] != 0)
        same = told & (keys[uses, kind] == own[:, None])
        share = (same.sum(axis=1) + _UNHEARD) / (told.sum(axis=1) + 1.0)
        total += np.where(own != 0, share, 1.0).astype(np.float32)
    return total / np.float32(len(_BY_RATE))


def _votes(
    line: Ints, rank: Ints, inverse: Ints, n: int, rows: int, of_row: Ints
) -> tuple[Floats, Floats]:
    """The faded share of each row's code among the events of one key, and its nearness."""
    weight = _FADE ** rank.astype(np.float32)
    total = np.bincount(line, weight, minlength=n)
    share = np.bincount(inverse, weight, minlength=rows) / np.maximum(total[of_row], 1e-9)
    first = np.full(rows, -1.0, np.float32)
    first[inverse[::-1]] = 1.0 / (1.0 + rank[::-1])
    return share.astype(np.float32), first


def foremost(line: Ints, prior: Floats, n: int, width: int) -> NDArray[np.bool_]:
    """Which rows are among the ``width`` of the highest prior of their line (sorted by line)."""
    order = np.lexsort((-prior, line))
    ordered = line[order]
    first = np.searchsorted(ordered, np.arange(n))
    kept = np.zeros(len(line), bool)
    kept[order] = np.arange(len(order)) - first[ordered] < width
    return kept


def _context(past: Past, keys: Ints, asked: Asked, line: Ints, code: Ints, uses: Ints) -> Floats:
    """How the code fares in the whole ledger at present, and what kind of line this is."""
    cut = asked.cuts[line]
    used = past.use.before(code + 1, cut)
    shares = [
        (used - past.use.before(code + 1, np.maximum(cut - span, 0))) / np.minimum(span, cut + 1)
        for span in (300, 3000, 30000)
    ]
    last = uses[:, 0]
    idle = np.where(last >= 0, asked.day[line] - past.days[last], 5000)
    depth = np.stack([(positions >= 0).sum(axis=1) for positions in asked.recalled], axis=1)
    loud = asked.loud
    place = np.where(loud[line] == code[:, None], np.arange(loud.shape[1])[None, :], 9).min(axis=1)
    size = np.log(np.abs(asked.cents).astype(np.float32) + 1.0)
    weekday = (asked.day - 719163 + 3) % 7
    columns = [
        *shares,
        idle,
        np.log1p(used),
        place,
        size[line],
        (asked.cents < 0)[line],
        weekday[line],
        *(depth[line, kind] for kind in (0, 2, 3, 5, 11, 16, 17, 21, 22)),
        *_typical(past, keys, asked, line, uses, size),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _typical(
    past: Past, keys: Ints, asked: Asked, line: Ints, uses: Ints, size: Floats
) -> list[Floats]:
    """How much the line is like the latest uses of each row's code, whoever the supplier was."""
    valid = uses >= 0
    count = np.maximum(valid.sum(axis=1), 1).astype(np.float32)
    apart = np.abs(np.log(np.abs(past.cents[uses]).astype(np.float32) + 1.0) - size[line][:, None])
    found = [(apart * valid).sum(axis=1) / count]
    for kind in _TYPICAL:
        own = asked.keys[line, kind][:, None]
        found.append(((keys[uses, kind] == own) & valid & (own != 0)).sum(axis=1) / count)
    return [np.asarray(column, np.float32) for column in found]
