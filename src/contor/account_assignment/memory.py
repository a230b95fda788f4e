"""Memory: every coded line, found again by any of its keys, as of any moment.

Lines are kept in the order of time; a query names how many of them it may see (its ``cut``), so
that a replay of the past sees exactly what was known on the day. New lines are added as a further
segment at once; segments are merged when the newest has grown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.keys import KEYS, Ints

_MERGE_AT = 4096


@dataclass(frozen=True, slots=True)
class Shelfmark:
    """One kind of key over one segment: positions sorted by key, then by time."""

    values: Ints
    starts: Ints
    composite: Ints
    positions: Ints
    span: int

    @classmethod
    def of(cls, column: Ints) -> Shelfmark:
        """Sort the positions of one key column (0 entries are left out)."""
        where = np.flatnonzero(column)
        order = where[np.argsort(column[where], kind="stable")]
        ranked = column[order]
        fresh = np.ones(len(ranked), bool)
        fresh[1:] = ranked[1:] != ranked[:-1]
        span = len(column) + 1
        group = np.cumsum(fresh) - 1
        return cls(ranked[fresh], np.flatnonzero(fresh), group * span + order, order, span)

    def _ends(self, keys: Ints, cuts: Ints) -> tuple[Ints, Ints, NDArray[np.bool_]]:
        """Per query where its key begins, where its visible part ends, whether it is known."""
        group = np.minimum(np.searchsorted(self.values, keys), len(self.values) - 1)
        known = (self.values[group] == keys) & (keys != 0)
        seen = np.minimum(np.maximum(cuts, 0), self.span - 1)
        return self.starts[group], np.searchsorted(self.composite, group * self.span + seen), known

    def latest(self, keys: Ints, cuts: Ints, depth: int) -> Ints:
        """For each query the ``depth`` latest positions before its cut, newest first; -1 pads."""
        if not len(self.values) or not len(keys):
            return np.full((len(keys), depth), -1, np.int64)
        begin, end, known = self._ends(keys, cuts)
        place = end[:, None] - 1 - np.arange(depth)[None, :]
        valid = known[:, None] & (place >= begin[:, None])
        return np.where(valid, self.positions[np.maximum(place, 0)], -1)

    def before(self, keys: Ints, cuts: Ints) -> Ints:
        """How many lines before each cut bear the key."""
        if not len(self.values) or not len(keys):
            return np.zeros(len(keys), np.int64)
        begin, end, known = self._ends(keys, cuts)
        return np.where(known, end - begin, 0)


@dataclass(frozen=True, slots=True)
class Index:
    """One kind of key over all lines, in segments that follow one another in time."""

    segments: tuple[tuple[int, Ints, Shelfmark], ...] = ()

    def grown(self, column: Ints) -> Index:
        """The index with further lines at its end."""
        segments = list(self.segments)
        if segments and len(segments[-1][1]) + len(column) <= _MERGE_AT and len(segments) > 1:
            offset, old, _ = segments.pop()
            column = np.concatenate([old, column])
        elif len(segments) > 1:
            offset = 0
            column = np.concatenate([part for _, part, _ in segments] + [column])
            segments = []
        else:
            offset = sum(len(part) for _, part, _ in segments)
        return Index((*segments, (offset, column, Shelfmark.of(column))))

    def latest(self, keys: Ints, cuts: Ints, depth: int) -> Ints:
        """For each query the ``depth`` latest positions before its cut, newest first; -1 pads."""
        found = [
            np.where(part >= 0, part + offset, -1) if offset else part
            for offset, _, mark in reversed(self.segments)
            for part in (mark.latest(keys, cuts - offset, depth),)
        ]
        if len(found) == 1:
            return found[0]
        if not found:
            return np.full((len(keys), depth), -1, np.int64)
        joined = np.concatenate(found, axis=1)
        order = np.argsort(joined < 0, axis=1, kind="stable")[:, :depth]
        return np.take_along_axis(joined, order, axis=1)

    def before(self, keys: Ints, cuts: Ints) -> Ints:
        """How many lines before each cut bear the key."""
        total = np.zeros(len(keys), np.int64)
        for offset, _, mark in self.segments:
            total += mark.before(keys, cuts - offset)
        return total

    def first_met(self, since: int) -> Ints:
        """The positions from ``since`` on at which a key was met for the first time."""
        found = [np.zeros(0, np.int64)]
        for offset, _, mark in self.segments:
            place = mark.positions[mark.starts] + offset
            late = place >= since
            values = mark.values[late]
            fresh = self.before(values, np.full(len(values), offset)) == 0
            found.append(place[late][fresh])
        return np.concatenate(found)


@dataclass(frozen=True, slots=True)
class Memory:
    """All kinds of keys over the same lines."""

    indexes: tuple[Index, ...] = (Index(),) * len(KEYS)

    def grown(self, keys: NDArray[np.int64]) -> Memory:
        """The memory with further lines at its end, given their key table."""
        return Memory(
            tuple(index.grown(keys[:, place]) for place, index in enumerate(self.indexes))
        )

    def recall(self, keys: NDArray[np.int64], cuts: Ints) -> list[Ints]:
        """Per kind of key the latest visible positions of each query, (queries, depth)."""
        return [
            index.latest(keys[:, place], cuts, KEYS[place].depth)
            for place, index in enumerate(self.indexes)
        ]
