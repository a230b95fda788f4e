"""A target's track record in figures: what was judged day by day, and where the bar stands.

Every decision was first suggested from what was known before its day, so these figures are what
the suggestions were worth, not how well the past is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.autopilot import NEVER
from contor.account_assignment.beginnings import Course
from contor.account_assignment.pilot import Pilot
from contor.account_assignment.risk_coverage import Point, risk_coverage

_STRETCHES = 12


@dataclass(frozen=True, slots=True)
class Progress:
    """A stretch of decisions: bookings learnt from by its end, and the share right first in it.

    ``early``: judged by memory and words alone, since models learn from these bookings.
    """

    lines: int
    right: float
    early: bool = False


@dataclass(frozen=True, slots=True)
class TargetTrack:
    """Decisions judged; the share above the bar and its error; curve of risk and of learning.

    ``braked``: the latest decisions were so wrong that nothing goes alone for now.
    """

    decisions: int
    right: float
    share: float
    error: float
    promise: float
    curve: Sequence[Point]
    learning: Sequence[Progress]
    braked: bool = False


def tracks_of(assigner: AccountAssigner, promise: float) -> dict[str, TargetTrack]:
    """By target how the decisions that an assigner knows went, under a promise."""
    history = assigner.history_
    if history is None:
        return {}
    found = {
        target: track_of(
            model.pilot, promise, int((history.past[target].codes >= 0).sum()), early=model.early
        )
        for target, model in assigner.models_.items()
    }
    brakes = assigner.brakes_
    return {t: replace(one, braked=t in brakes and brakes[t].on) for t, one in found.items()}


def track_of(
    pilot: Pilot, promise: float, learnt: int, points: int = 60, early: Course = ()
) -> TargetTrack:
    """The track record of a pilot under a promise; ``learnt`` bookings are known by now.

    A fit judges the latest part of the past only, so far fewer are judged than learnt from; how it
    went ``early`` is put before them.
    """
    known = pilot.decisions
    count = len(known.score)
    above = known.score >= pilot.bars.get(promise, NEVER)
    confidence = pilot.calibration.confidence(known.score)
    # Scores of one confidence keep their own order: the bar is a bar of scores.
    order = confidence + 1e-9 * known.score
    return TargetTrack(
        known.seen,
        float(known.right.mean()) if count else 0.0,
        float(above.mean()) if count else 0.0,
        float((~known.right[above]).mean()) if above.any() else 0.0,
        promise,
        tuple(risk_coverage(order, known.right, points)) if count else (),
        _learning(known.right, learnt, early),
    )


def _learning(right: NDArray[np.bool_], learnt: int, early: Course) -> tuple[Progress, ...]:
    first = learnt - len(right)
    parts = np.array_split(np.arange(len(right)), min(_STRETCHES, len(right) or 1))
    began = tuple(Progress(lines, share, early=True) for lines, share in early if lines <= first)
    return began + tuple(
        Progress(first + int(part[-1]) + 1, float(right[part].mean()))
        for part in parts
        if len(part)
    )
