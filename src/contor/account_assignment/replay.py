"""Replay: walk a coded ledger through time and see how the suggestions would have fared.

Before each stretch the rankers learn again from all that is older; a whole day is suggested before
any of its codes is seen; then the bookkeeper's own codes enter memory, the calibration and the
autopilot's bar.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.choice import Choices, gather
from contor.account_assignment.evidence import Rows
from contor.account_assignment.fitting import LEARNT, TargetModel, fit_target
from contor.account_assignment.history import History
from contor.account_assignment.keys import Ints
from contor.account_assignment.walk import Batch, blocks, walk

_GROWTH = 1.25
"""The ranker learns again when the history has grown by this factor since it last did."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Suggestions for consecutive lines of the history (positions in the order of time)."""

    positions: Ints
    choices: Choices
    confidence: NDArray[np.float64]
    auto: dict[float, NDArray[np.bool_]]
    model: TargetModel


@dataclass
class Watch:
    """Seconds spent learning and suggesting."""

    learning: float = 0.0
    suggesting: float = 0.0


def scored_from(history: History, warmup: float) -> int:
    """The first position that is scored: at least ``warmup`` of the lines lie before its day."""
    count = len(history)
    if count == 0:
        return 0
    place = min(int(count * warmup), count - 1)
    first = int(history.cuts(history.lines.day[place : place + 1])[0])
    if first == 0:  # the first day reaches beyond the warm-up
        first = int(np.searchsorted(history.lines.day, history.lines.day[0], side="right"))
    return first


def replay_target(
    history: History,
    target: str,
    *,
    every: int,
    warmup: float,
    errors: tuple[float, ...],
    watch: Watch,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[Stretch]:
    """Suggest everything after the warm-up, stretch by stretch of ``every`` days."""
    begin = scored_from(history, warmup)
    codes = history.past[target].codes
    started = clock()
    model, kept = fit_target(history, target, errors, end=begin)
    watch.learning += clock() - started
    learnt_at = begin
    for first, stop in blocks(history.lines.day, begin, len(history), every):
        started = clock()
        if first > learnt_at * _GROWTH:
            model.learn(kept, codes)
            learnt_at = first
        now = clock()
        watch.learning += now - started
        positions, found = [], []
        for batch in walk(history, target, model.words, (first, stop)):
            positions.append(batch.positions)
            found.append(model.choose(batch))
            kept.append(_some(batch, min(1.0, LEARNT / 2 / max(first * 0.25, 1))))
        watch.suggesting += clock() - now
        while sum(len(b.positions) for b in kept[1:]) > LEARNT:
            kept.pop(0)
        where, choices = np.concatenate(positions), gather(found)
        confidence, auto = model.pilot.fly(
            history.keys[where], history.lines.day[where], choices, codes[where]
        )
        yield Stretch(where, choices, confidence, auto, model)


def _some(batch: Batch, share: float) -> Batch:
    """A share of the batch's lines, drawn by their place."""
    picked = np.random.default_rng(int(batch.positions[0])).random(len(batch.positions)) < share
    row = picked[batch.rows.line]
    number = np.cumsum(picked) - 1
    rows = batch.rows
    return Batch(
        batch.positions[picked],
        Rows(number[rows.line[row]], rows.code[row], rows.features[row], rows.prior[row]),
    )
