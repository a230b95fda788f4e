"""Evidence: for every line the codes that come into question, and what speaks for each.

The codes come from memory (what was booked under the line's keys), from the words model and from
what is booked most at present. Each (line, code) pair is one row of features; the ranker weighs
them. Everything is worked out for many lines at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.keys import KEYS, Ints
from contor.account_assignment.memory import Index

Floats = NDArray[np.float32]

_FADE = 0.85
_RECENT = 48
WIDTH = 12
"""Candidates kept per line."""


@dataclass(frozen=True, slots=True)
class Past:
    """What has been coded for one target: codes in the order of time (-1: none), days, amounts."""

    codes: Ints
    days: Ints
    cents: Ints
    use: Index

    @classmethod
    def of(cls, codes: Ints, days: Ints, cents: Ints) -> Past:
        """Index the use of each code over time."""
        return cls(codes, days, cents, Index().grown(codes + 1))

    def grown(self, codes: Ints, days: Ints, cents: Ints) -> Past:
        """The same with further lines at the end."""
        return Past(
            np.concatenate([self.codes, codes]),
            np.concatenate([self.days, days]),
            np.concatenate([self.cents, cents]),
            self.use.grown(codes + 1),
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """Candidate rows, sorted by line: line number, code, features (rows, columns)."""

    line: Ints
    code: Ints
    features: Floats
    prior: Floats


def evidence(
    past: Past,
    recalled: Sequence[Ints],
    cuts: Ints,
    day: Ints,
    cents: Ints,
    spoken: Floats,
    loud: Ints,
) -> Rows:
    """Rows for the queries whose events were ``recalled``.

    ``spoken`` is the words model's probability (queries, codes), ``loud`` its best codes.
    """
    n, known = spoken.shape
    recent = cuts[:, None] - 1 - np.arange(_RECENT)[None, :]
    events = [*recalled, np.maximum(recent, -1)]
    flats, ranks = [], []
    for positions in events:
        code = np.where(positions >= 0, past.codes[positions], -1)
        line, rank = np.nonzero((code >= 0) & (code < known))
        flats.append(line * known + code[line, rank])
        ranks.append(rank)
    extra = (np.arange(n)[:, None] * known + loud)[loud >= 0]
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
        prior += np.float32(KEYS[place].weight if place < len(KEYS) else 0.05) * share
    word = spoken[line, pairs - line * known]
    prior += 1.5 * word
    keep = _best(line, prior, n)
    line, code = line[keep], (pairs - line * known)[keep]
    block = np.stack([column[keep] for column in columns], axis=1)
    special = _supplier(past, recalled[0], line, code, day, cents)
    context = _context(past, recalled, line, code, cuts, day, cents, word[keep], prior[keep], loud)
    return Rows(line, code, np.concatenate([block, special, context], axis=1), prior[keep])


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


def _best(line: Ints, prior: Floats, n: int) -> Ints:
    """The rows of each line with the highest prior, at most WIDTH, still sorted by line."""
    order = np.lexsort((-prior, line))
    ordered = line[order]
    first = np.searchsorted(ordered, np.arange(n))
    place = np.arange(len(order)) - first[ordered]
    return np.sort(order[place < WIDTH])


def _supplier(
    past: Past, positions: Ints, line: Ints, code: Ints, day: Ints, cents: Ints
) -> Floats:
    """Amount, age and rhythm of the supplier's earlier bookings to the row's code."""
    seen = positions[line]
    same = (seen >= 0) & (past.codes[seen] == code[:, None])
    any_ = (seen >= 0) & (past.codes[seen] >= 0)
    age = (day[line][:, None] - past.days[seen]).astype(np.float32)
    own = np.log(np.abs(cents[line]).astype(np.float32) + 1.0)[:, None]
    ratio = np.abs(own - np.log(np.abs(past.cents[seen]).astype(np.float32) + 1.0))
    ratio = np.where((past.cents[seen] < 0) == (cents[line] < 0)[:, None], ratio, 9.0)
    ranks = np.arange(positions.shape[1], dtype=np.float32)[None, :]
    history = 0.97**ranks * (1.0 + 5.0 * (ratio < 0.002) + (ratio < 0.1))
    kernel = np.exp(-3.0 * ratio) * 0.97**ranks
    month = np.abs(age / 30.44 - np.round(age / 30.44)) * 30.44
    beat = ((month < 2.5) & (age > 20) & (age < 400)).astype(np.float32)
    year = (np.abs(age - 365) < 12).astype(np.float32)

    def part(weight: Floats) -> Floats:
        return np.asarray(
            (weight * same).sum(axis=1) / np.maximum((weight * any_).sum(axis=1), 1e-6)
        )

    far = np.float32(3000)
    youngest = np.where(same, age, far).min(axis=1)
    latest = np.where(any_, age, far).min(axis=1)
    return np.stack(
        [
            part(history.astype(np.float32)),
            part(kernel.astype(np.float32)),
            part(beat),
            part(year),
            part(np.ones_like(age)),
            np.where(same, ratio, np.float32(10)).min(axis=1),
            youngest,
            youngest - latest,
            same.sum(axis=1).astype(np.float32),
            any_.sum(axis=1).astype(np.float32),
            (np.abs(np.where(same, month, 20)) < 2.5).sum(axis=1).astype(np.float32),
        ],
        axis=1,
    ).astype(np.float32)


def _context(
    past: Past,
    recalled: Sequence[Ints],
    line: Ints,
    code: Ints,
    cuts: Ints,
    day: Ints,
    cents: Ints,
    word: Floats,
    prior: Floats,
    loud: Ints,
) -> Floats:
    """How the code fares in the whole ledger at present, and what kind of line this is."""
    cut = cuts[line]
    used = past.use.before(code + 1, cut)
    shares = [
        (used - past.use.before(code + 1, np.maximum(cut - span, 0))) / np.minimum(span, cut + 1)
        for span in (300, 3000, 30000)
    ]
    last = past.use.latest(code + 1, cut, 1)[:, 0]
    idle = np.where(last >= 0, day[line] - past.days[last], 5000)
    depth = [(positions >= 0).sum(axis=1) for positions in recalled]
    telling = [depth[place][line] for place in (0, 2, 3, 5, 11, 16, 17, 21, 22)]
    place = np.where(loud[line] == code[:, None], np.arange(loud.shape[1])[None, :], 9).min(axis=1)
    days = day[line].astype("datetime64[D]") - np.timedelta64(719163, "D")
    return np.stack(
        [
            *shares,
            idle,
            np.log1p(used),
            np.log(word + 1e-6),
            place,
            np.log(prior + 1e-3),
            np.log(np.abs(cents[line]).astype(np.float32) + 1.0),
            cents[line] < 0,
            days.astype("datetime64[D]").astype(int) % 7,
            *telling,
        ],
        axis=1,
    ).astype(np.float32)
