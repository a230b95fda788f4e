"""Replay: walk a coded ledger through time and see how the suggestions would have fared.

Before each stretch the rankers learn again from all that is older; a whole day is suggested before
any of its codes is seen; then the bookkeeper's own codes enter memory, the calibration and the
autopilot's bar.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.arrivals import Arrivals
from contor.account_assignment.brake import Brake
from contor.account_assignment.choice import Choices, gather
from contor.account_assignment.fitting import LEARNT, Fitted, TargetModel, fit_targets
from contor.account_assignment.history import History
from contor.account_assignment.keys import Ints
from contor.account_assignment.walk import Batch, blocks, walk
from contor.account_assignment.words import WordsModel

_GROWTH = 1.25
"""The ranker learns again when the history has grown by this factor since it last did."""


_RENEWED = 30
"""Days after which reasons are told with what the words model has learnt meanwhile."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Suggestions for consecutive lines of the history (positions in the order of time).

    ``words`` is what the words model knew before the stretch, for reasons, where they are wanted.
    """

    positions: Ints
    choices: Choices
    confidence: NDArray[np.float64]
    auto: dict[float, NDArray[np.bool_]]
    words: WordsModel | None = None


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


def replay(
    history: History,
    targets: Sequence[str],
    *,
    every: int,
    warmup: float,
    errors: tuple[float, ...],
    watch: Watch,
    explained: bool = False,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[dict[str, Stretch]]:
    """Suggest everything after the warm-up, stretch by stretch of ``every`` days, by target.

    ``explained``: reasons will be asked for, so the words known before each stretch are kept.
    """
    begin = scored_from(history, warmup)
    started = clock()
    fitted = fit_targets(history, targets, errors, end=begin)
    watch.learning += clock() - started
    learnt_at = begin
    brakes = {
        target: [Brake.of(one.model.pilot, error) for error in errors]
        for target, one in fitted.items()
    }
    known = _Known()
    with ThreadPoolExecutor(2) as pool:
        for first, stop in blocks(history.lines.day, begin, len(history), every):
            started = clock()
            if first > learnt_at * _GROWTH:
                list(pool.map(partial(_learn_anew, history), fitted.values()))
                learnt_at = first
            if explained:
                known.renew(int(history.lines.day[first]), fitted)
            now = clock()
            watch.learning += now - started
            walked = list(pool.map(partial(_choose, history, (first, stop)), fitted.values()))
            found = dict(zip(fitted, walked, strict=True))
            models = [one.model for one in fitted.values()]
            came = _arrivals(history, first, stop)
            again = list(pool.map(partial(_look_again, came, found), models))
            watch.suggesting += clock() - now
            found = dict(zip(fitted, again, strict=True))
            where = np.arange(first, stop)
            flight = partial(_fly, history, where, came, found, brakes, known.words)
            flown = pool.map(flight, models)
            yield dict(zip(fitted, flown, strict=True))


@dataclass
class _Known:
    """By target what the words model knew before a stretch."""

    words: dict[str, WordsModel] = field(default_factory=dict)
    day: int = 0

    def renew(self, day: int, fitted: Mapping[str, Fitted]) -> None:
        """Copy the models, unless that was done a few days ago."""
        if not self.words or day >= self.day + _RENEWED:
            self.words = {target: one.model.words.copy() for target, one in fitted.items()}
            self.day = day


def _learn_anew(history: History, fitted: Fitted) -> None:
    model = fitted.model
    model.learn(fitted.rows, history.past[model.target].codes)


def _choose(history: History, stretch: tuple[int, int], fitted: Fitted) -> Choices:
    """The choices for a stretch, some of whose rows are kept to learn from."""
    model, kept = fitted.model, fitted.rows
    found = []
    for batch in walk(history, model.target, model.words, stretch):
        found.append(model.choose(batch))
        kept.append(_some(batch, min(1.0, LEARNT / 2 / max(stretch[0] * 0.25, 1))))
    while sum(len(b.positions) for b in kept[1:]) > LEARNT:
        kept.pop(0)
    return gather(found)


def _arrivals(history: History, first: int, stop: int) -> Arrivals:
    lines = history.lines.part(first, stop)
    return history.arrivals(lines, history.keys[first:stop], history.cuts(lines.day))


def _look_again(came: Arrivals, found: Mapping[str, Choices], model: TargetModel) -> Choices:
    rows = came.rows_again(model.target, found)
    return model.second.choose(rows, found[model.target])


def _fly(
    history: History,
    where: Ints,
    came: Arrivals,
    found: Mapping[str, Choices],
    brakes: Mapping[str, Sequence[Brake]],
    known: Mapping[str, WordsModel],
    model: TargetModel,
) -> Stretch:
    keys, days = came.keys, came.lines.day
    choices = came.seen_together(model.target, found)
    codes = history.past[model.target].codes[where]
    confidence, auto = model.pilot.fly(keys, days, choices, codes)
    right = codes == choices.codes[:, 0]
    for brake in brakes[model.target]:
        flown = auto[brake.error]
        auto[brake.error] = brake.hold(flown, right, codes >= 0, days, keys[:, 0])
    return Stretch(where, choices, confidence, auto, known.get(model.target))


def _some(batch: Batch, share: float) -> Batch:
    """A share of the batch's lines, drawn by their place."""
    picked = np.random.default_rng(int(batch.positions[0])).random(len(batch.positions)) < share
    return batch.where(picked)
