"""Fitting targets on a history: ranker on the older part, calibration on the newer one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.arrivals import Arrivals
from contor.account_assignment.beginnings import Course, course, opening
from contor.account_assignment.choice import Choices, choose, gather
from contor.account_assignment.history import History
from contor.account_assignment.keys import Ints, mix
from contor.account_assignment.lesson import taught
from contor.account_assignment.pilot import Pilot
from contor.account_assignment.ranker import Ranker
from contor.account_assignment.second_look import SecondLook
from contor.account_assignment.walk import Batch, walk
from contor.account_assignment.words import WordsModel

LEARNT = 30_000
"""Lines the ranker learns from at most."""
_FIRST = 15_000
"""Lines it learns from before it is judged on newer ones."""
_JUDGED = 20_000
_SINGLE = 6
"""One in so many of a supplier's days is judged as if its lines had come singly."""
_SPEAKING = 150_000
_FEWEST = 150
_ONCE = 15_000


@dataclass
class TargetModel:
    """What is fitted for one target; ``early`` is how the past began, before anything was fitted."""

    target: str
    words: WordsModel
    ranker: Ranker
    pilot: Pilot
    second: SecondLook = field(default_factory=SecondLook)
    early: Course = ()

    def choose(self, batch: Batch) -> Choices:
        """Rank the candidates of a batch."""
        return choose(batch.rows, self.ranker.predict(batch.rows), len(batch.positions))

    def learn(self, batches: list[Batch], codes: NDArray[np.int64]) -> None:
        """Fit the ranker anew, where there is enough to learn from."""
        if sum(len(batch.positions) for batch in batches) >= _FEWEST:
            self.ranker = taught(Ranker(), batches, codes)


@dataclass
class Fitted:
    """A target's model and the rows its ranker has learnt from."""

    model: TargetModel
    rows: list[Batch]


@dataclass
class _Walked:
    """A target half fitted: what its ranker chose on lines it had not learnt from."""

    model: TargetModel
    older: list[Batch]
    newer: list[Batch]
    choices: Choices
    count: int


@dataclass
class _Judged:
    """The lines that decisions are made on, and their positions.

    ``alone`` are those looked at as if they had come singly, as many do in daily work: else nothing
    would be known of lines without neighbours where the past came in batches.
    """

    where: Ints
    came: Arrivals
    alone: NDArray[np.bool_]


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
        late = _late(history, walked, horizon)
        found = {target: one.choices for target, one in walked.items()}
        again = pool.map(lambda name: _look_again(history, walked[name], found, late), targets)
        found = dict(zip(targets, again, strict=True))
        fitted = pool.map(lambda name: _judge(history, walked[name], found, late, horizon), targets)
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
    late = _whole_days(history.lines.day[:count], border)
    first = opening(count, begin, draw)
    earlier = list(walk(history, target, model.words, (max(0, begin - 50_000), begin), first))
    older = list(walk(history, target, model.words, (begin, border), early, horizon))
    model.early = _course([*earlier, *older], model, codes)
    model.learn(older, codes)
    newer = list(walk(history, target, model.words, (border, count), late, horizon))
    choices = gather([model.choose(batch) for batch in newer])
    return _Walked(model, older, newer, choices, count)


def _course(batches: Sequence[Batch], model: TargetModel, codes: Ints) -> Course:
    """How lines fared by memory and words, while the ranker has not learnt yet."""
    if not batches:
        return ()
    chosen = gather([model.choose(batch) for batch in batches]).codes[:, 0]
    return course(np.concatenate([batch.positions for batch in batches]), chosen, codes)


def _late(history: History, walked: Mapping[str, _Walked], horizon: int) -> _Judged:
    """The lines that all targets were ranked on without having learnt from them."""
    newer = next((one.newer for one in walked.values()), [])
    where = np.concatenate([np.zeros(0, np.int64), *(batch.positions for batch in newer)])
    lines, keys = history.lines.take(where), history.keys[where]
    days, first = lines.day, lines.day[:1]
    cuts = history.cuts(first + (days - first) // horizon * horizon)
    swarm = mix(keys[:, 0], days + 1)
    alone = (swarm != 0) & ((swarm >> 20) % _SINGLE == 0)
    return _Judged(where, history.arrivals(lines, keys, cuts, alone), alone)


def _look_again(
    history: History, walked: _Walked, found: Mapping[str, Choices], late: _Judged
) -> Choices:
    model = walked.model
    rows = late.came.rows_again(model.target, found)
    codes = history.past[model.target].codes
    return model.second.fit(Batch(late.where, rows), codes, late.came.lines.day, walked.choices)


def _judge(
    history: History, walked: _Walked, found: Mapping[str, Choices], late: _Judged, horizon: int
) -> Fitted:
    model, came = walked.model, late.came
    codes = history.past[model.target].codes
    if len(came):
        choices = came.seen_together(model.target, found)
        days = came.lines.day
        model.pilot.fly(came.keys, days, choices, codes[late.where], horizon, late.alone)
    model.pilot.look(at_once=True)
    rows = walked.older + walked.newer
    if walked.count > _ONCE:  # a short history is learnt from once: the newest lines judge, no more
        model.learn(rows, codes)
    return Fitted(model, rows)


def _whole_days(days: Ints, border: int) -> NDArray[np.bool_]:
    """The lines that are judged: about so many as are needed, of whole days from ``border`` on.

    What stands or falls together has to be drawn together, else errors would look independent, and
    a line needs its neighbours.
    """
    judged = np.zeros(len(days), bool)
    met, size = np.unique(days[border:], return_counts=True)
    order = np.argsort(mix(met + 1), kind="stable")
    enough = np.r_[0, np.cumsum(size[order])[:-1]] < _JUDGED
    judged[border:] = np.isin(days[border:], met[order[enough[: len(order)]]])
    return judged


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
