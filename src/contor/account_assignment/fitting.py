"""Fitting targets on a history: ranker on the older part, calibration on the newer one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.choice import Choices, choose, gather
from contor.account_assignment.evidence import Rows
from contor.account_assignment.history import History
from contor.account_assignment.keys import Ints, mix
from contor.account_assignment.pilot import Pilot
from contor.account_assignment.ranker import Ranker, weigh
from contor.account_assignment.walk import Batch, walk
from contor.account_assignment.words import WordsModel

LEARNT = 30_000
"""Lines the ranker learns from at most."""
_FIRST = 15_000
"""Lines it learns from before it is judged on newer ones."""
_JUDGED = 20_000
_SPEAKING = 150_000
_FEWEST = 150
_ONCE = 15_000


@dataclass
class TargetModel:
    """What is fitted for one target."""

    target: str
    words: WordsModel
    ranker: Ranker
    pilot: Pilot

    def choose(self, batch: Batch) -> Choices:
        """Rank the candidates of a batch."""
        return choose(batch.rows, self.ranker.predict(batch.rows), len(batch.positions))

    def learn(self, batches: list[Batch], codes: NDArray[np.int64]) -> None:
        """Fit the ranker anew, where there is enough to learn from."""
        if sum(len(batch.positions) for batch in batches) >= _FEWEST:
            self.ranker = fit_ranker(batches, codes)


Fitted = tuple[TargetModel, list[Batch]]
"""A target's model and the rows its ranker has learnt from."""


@dataclass
class _Walked:
    """A target half fitted: what its ranker chose on lines it had not learnt from."""

    model: TargetModel
    older: list[Batch]
    newer: list[Batch]
    positions: Ints
    choices: Choices
    count: int


def fit_targets(
    history: History,
    targets: Sequence[str],
    errors: tuple[float, ...] = (0.01,),
    horizon: int = 1,
    end: int | None = None,
) -> dict[str, Fitted]:
    """Learn targets from a history up to ``end``; decisions are made on its latest part.

    Targets are learnt side by side; judging one needs the choices of the other.
    """
    count = len(history) if end is None else end
    with ThreadPoolExecutor(2) as pool:
        walked = dict(
            zip(
                targets,
                pool.map(lambda name: _walk(history, name, errors, horizon, count), targets),
                strict=True,
            )
        )
        found = {target: one.choices for target, one in walked.items()}
        fitted = pool.map(lambda name: _judge(history, walked[name], found, horizon), targets)
        return dict(zip(targets, fitted, strict=True))


def _walk(
    history: History, target: str, errors: tuple[float, ...], horizon: int, count: int
) -> _Walked:
    codes = history.past[target].codes
    model = TargetModel(target, WordsModel(len(history.names[target])), Ranker(), Pilot(errors))
    begin = max(int(count * 0.1), count - _SPEAKING)
    border = _border(history, begin, count)
    draw = np.random.default_rng(11).random(count)
    early = draw < min(1.0, _FIRST / max(border - begin, 1))
    late = _whole_swarms(history, count) < min(1.0, _JUDGED / max(count - border, 1))
    nothing = np.zeros(count, bool)
    for _ in walk(history, target, model.words, (max(0, begin - 50_000), begin), nothing):
        pass
    older = list(walk(history, target, model.words, (begin, border), early, horizon))
    model.learn(older, codes)
    newer = list(walk(history, target, model.words, (border, count), late, horizon))
    positions = np.concatenate([np.zeros(0, np.int64), *(batch.positions for batch in newer)])
    choices = gather([model.choose(batch) for batch in newer])
    return _Walked(model, older, newer, positions, choices, count)


def _judge(history: History, walked: _Walked, found: Mapping[str, Choices], horizon: int) -> Fitted:
    model, where = walked.model, walked.positions
    codes = history.past[model.target].codes
    if len(where):
        keys, days = history.keys[where], history.lines.day[where]
        blocks = days[0] + (days - days[0]) // horizon * horizon
        cuts = history.cuts(blocks)
        run = history.run_signs(keys, days, cuts)
        choices = history.seen_together(model.target, keys, cuts, run, found)
        model.pilot.fly(keys, days, choices, codes[where], horizon)
    model.pilot.look(at_once=True)
    rows = walked.older + walked.newer
    if walked.count > _ONCE:  # a short history is learnt from once: the newest lines judge, no more
        model.learn(rows, codes)
    return model, rows


def _whole_swarms(history: History, count: int) -> NDArray[np.float64]:
    """A number in [0, 1) a line, the same for all lines of a supplier on a day.

    Lines that stand or fall together are drawn together, else errors would look independent.
    """
    swarm = mix(history.keys[:count, 0], history.lines.day[:count] + 1)
    return np.asarray((swarm & 0xFFFFF) / float(1 << 20))


def _border(history: History, begin: int, count: int) -> int:
    """Where the judged part begins: the latest third (quarter), whole days, not before ``begin``."""
    judged = min(count // 3 if count > _ONCE else count // 4, 40_000)
    if not judged:
        return count
    day = history.lines.day[count - judged : count - judged + 1]
    found = int(history.cuts(day)[0])
    return (
        found
        if found > begin
        else min(int(np.searchsorted(history.lines.day[:count], day[0], "right")), count)
    )


def fit_ranker(batches: list[Batch], codes: NDArray[np.int64]) -> Ranker:
    """A ranker learnt from the lines whose right code was among their candidates."""
    parts = [_lesson(batch, codes[batch.positions]) for batch in batches]
    counts = [len(batch.positions) for batch in batches]
    offset = np.cumsum([0, *counts])[:-1]
    line = np.concatenate([at.line + base for (at, _), base in zip(parts, offset, strict=True)])
    right = np.concatenate([truth for _, truth in parts])
    if not right.any():
        return Ranker()
    prior = np.concatenate([at.prior for at, _ in parts])
    weight = weigh(line, prior, right)
    taught = weight > 0
    cuts = np.cumsum([len(truth) for _, truth in parts])[:-1]
    features = [
        at.features[keep] for (at, _), keep in zip(parts, np.split(taught, cuts), strict=True)
    ]
    code = np.concatenate([at.code for at, _ in parts])
    rows = Rows(line[taught], code[taught], np.concatenate(features), prior[taught])
    return Ranker().fit(rows, right[taught], weight[taught])


def _lesson(batch: Batch, codes: NDArray[np.int64]) -> tuple[Rows, NDArray[np.bool_]]:
    """The rows of lines that have their right code among their candidates, and which are right."""
    rows = batch.rows
    right = rows.code == codes[rows.line]
    answered = np.zeros(len(codes), bool)
    answered[rows.line[right]] = True
    kept = answered[rows.line]
    some = Rows(rows.line[kept], rows.code[kept], rows.features[kept], rows.prior[kept])
    return some, right[kept]
