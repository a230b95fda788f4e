"""Walking through a history: rows of evidence for each line as of the day it arrived.

The words model learns on the way, block of days by block of days, after the block was suggested.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from contor.account_assignment.asked import Asked
from contor.account_assignment.bag import bag_of
from contor.account_assignment.evidence import Rows, evidence
from contor.account_assignment.history import History, money
from contor.account_assignment.keys import Ints
from contor.account_assignment.lines import Lines
from contor.account_assignment.words import WordsModel

_BATCH = 2048
_LOUD = 6


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines (positions in the history) and their candidate rows."""

    positions: Ints
    rows: Rows

    def where(self, picked: NDArray[np.bool_]) -> Batch:
        """Some of the lines."""
        row, number = picked[self.rows.line], np.cumsum(picked) - 1
        return Batch(self.positions[picked], self.rows.where(row, number[self.rows.line[row]]))


def blocks(days: Ints, begin: int, end: int, horizon: int) -> list[tuple[int, int]]:
    """Cut the positions ``begin..end`` into stretches of ``horizon`` days, whole days each."""
    if begin >= end:
        return []
    number = (days[begin:end] - days[begin]) // max(horizon, 1)
    edges = np.flatnonzero(np.r_[True, number[1:] != number[:-1]]) + begin
    stops = np.r_[edges[1:], end]
    return list(zip(edges.tolist(), stops.tolist(), strict=True))


def walk(
    history: History,
    target: str,
    words: WordsModel,
    stretch: tuple[int, int],
    wanted: NDArray[np.bool_] | None = None,
    horizon: int = 1,
) -> Iterator[Batch]:
    """Rows for the wanted lines of a stretch, in the order of time; ``words`` learns on the way."""
    past = history.past[target]
    begin, end = stretch
    held: list[tuple[Ints, Ints, NDArray[np.float32]]] = []
    waiting = 0
    for chunk_begin in range(begin, end, _BATCH * 8):
        chunk = np.arange(chunk_begin, min(chunk_begin + _BATCH * 8, end))
        part = history.lines.part(chunk_begin, int(chunk[-1]) + 1)
        bag = words.fold(bag_of(part, history.keys[chunk]))
        for first, stop in blocks(history.lines.day, chunk_begin, int(chunk[-1]) + 1, horizon):
            seek = np.arange(first, stop)
            if wanted is not None:
                seek = seek[wanted[first:stop]]
            if len(seek):
                spoken = words.predict(bag[seek - chunk_begin])
                cut = int(np.searchsorted(history.lines.day, history.lines.day[first]))
                held.append((seek, np.full(len(seek), cut), spoken))
                waiting += len(seek)
            words.learn(bag[first - chunk_begin : stop - chunk_begin], past.codes[first:stop])
            if waiting >= _BATCH:
                yield _batch(history, target, held)
                held, waiting = [], 0
    if held:
        yield _batch(history, target, held)


def _batch(
    history: History, target: str, held: Sequence[tuple[Ints, Ints, NDArray[np.float32]]]
) -> Batch:
    positions = np.concatenate([seek for seek, _, _ in held])
    cuts = np.concatenate([cut for _, cut, _ in held])
    spoken = np.concatenate([part for _, _, part in held])
    bare = Lines(history.lines.day[positions], history.lines.cents[positions], {}, {})
    keys = history.keys[positions]
    recalled = history.memory.recall(keys, cuts)
    return _rows(history, target, positions, keys, cuts, bare, recalled, spoken)


def _rows(
    history: History,
    target: str,
    positions: Ints,
    keys: Ints,
    cuts: Ints,
    lines: Lines,
    recalled: Sequence[Ints],
    spoken: NDArray[np.float32],
) -> Batch:
    present = history.present(target, cuts)
    if present is not None:
        spoken = present.spoken(spoken)
    asked = Asked(
        keys,
        cuts,
        lines.day,
        money(lines.cents),
        recalled,
        spoken,
        loudest(spoken, cuts),
        present,
    )
    return Batch(positions, evidence(history.past[target], history.keys, asked))


def rows_of(
    history: History,
    words: Mapping[str, WordsModel],
    lines: Lines,
    keys: Ints,
    bag: sparse.csr_matrix,
) -> Iterator[dict[str, Batch]]:
    """Rows by target for new lines, seen from the end of the history; positions count the new lines.

    ``words`` are the models of the targets; what memory recalls is the same for all of them.
    """
    for begin in range(0, len(lines), _BATCH):
        part = np.arange(begin, min(begin + _BATCH, len(lines)))
        some, own = lines.part(begin, begin + len(part)), keys[part]
        cuts = np.full(len(part), len(history))
        recalled = history.memory.recall(own, cuts)
        said = {name: one.predict(bag[begin : begin + len(part)]) for name, one in words.items()}
        yield {
            target: _rows(history, target, part, own, cuts, some, recalled, spoken)
            for target, spoken in said.items()
        }


def loudest(spoken: NDArray[np.float32], cuts: Ints) -> Ints:
    """The codes the words model holds likeliest, best first; -1 where nothing was learnt yet."""
    count = min(_LOUD, spoken.shape[1])
    if count < spoken.shape[1]:
        some = np.argpartition(-spoken, count - 1, axis=1)[:, :count]
        order = np.argsort(-np.take_along_axis(spoken, some, axis=1), axis=1, kind="stable")
        best = np.take_along_axis(some, order, axis=1)
    else:
        best = np.argsort(-spoken, axis=1, kind="stable")
    return np.where((cuts > 0)[:, None], best, -1)
