"""Scores of a replay: hit rates, macro-F1, calibration, the autopilot's promise and its truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.calibration import calibration_error
from contor.account_assignment.history import History
from contor.account_assignment.keys import Ints
from contor.account_assignment.replay import Stretch

_RARE = 20
"""A code booked fewer times than this before the day is rare."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Share of lines whose code came first, or among the first three."""

    lines: int
    top1: float
    top3: float

    def to_json(self) -> dict[str, object]:
        """As ``contor replay --json`` prints it."""
        return {"lines": self.lines, "top1": round(self.top1, 4), "top3": round(self.top3, 4)}


def hits(first: NDArray[np.bool_], three: NDArray[np.bool_]) -> Hits:
    """Count hits; no lines count as none right."""
    count = len(first)
    return Hits(count, float(first.mean()) if count else 0.0, float(three.mean()) if count else 0.0)


def score(
    history: History, target: str, stretches: Sequence[Stretch], error: float
) -> dict[str, object]:
    """The figures of one target, as ``contor replay --json`` prints them."""
    past = history.past[target]
    positions = np.concatenate([s.positions for s in stretches]) if stretches else np.zeros(0, int)
    if stretches:
        chosen = np.concatenate([s.choices.codes for s in stretches])
        confidence = np.concatenate([s.confidence for s in stretches])
        auto = np.concatenate([s.auto[error] for s in stretches])
    else:
        chosen, confidence, auto = np.zeros((0, 3), int), np.zeros(0), np.zeros(0, bool)
    coded = past.codes[positions] >= 0
    positions, chosen, confidence, auto = (
        positions[coded],
        chosen[coded],
        confidence[coded],
        auto[coded],
    )
    truth = past.codes[positions]
    cuts = history.cuts(history.lines.day[positions])
    first = chosen[:, 0] == truth
    three = (chosen == truth[:, None]).any(axis=1)
    new = history.memory.indexes[0].before(history.keys[positions, 0], cuts) == 0
    rare = past.use.before(truth + 1, cuts) < _RARE
    last = history.memory.indexes[0].latest(history.keys[positions, 0], cuts, 1)[:, 0]
    wrong = float((~first[auto]).mean()) if auto.any() else 0.0
    return {
        "lines": len(truth),
        "top1": round(hits(first, three).top1, 4),
        "top3": round(hits(first, three).top3, 4),
        "macro_f1": round(macro_f1(chosen[:, 0], truth), 4),
        "new_suppliers": hits(first[new], three[new]).to_json(),
        "rare": hits(first[rare], three[rare]).to_json(),
        "auto": {
            "promise": error,
            "share": round(float(auto.mean()) if len(auto) else 0.0, 4),
            "error": round(wrong, 4),
        },
        "calibration_error": round(calibration_error(confidence, first), 4),
        "baselines": {
            "majority": round(_majority(past.codes, cuts, truth), 4),
            "last": round(
                float((np.where(last >= 0, past.codes[last], -1) == truth).mean())
                if len(truth)
                else 0.0,
                4,
            ),
        },
    }


def macro_f1(chosen: Ints, truth: Ints) -> float:
    """Mean F1 over the codes that occur in the truth."""
    if not len(truth):
        return 0.0
    size = int(max(truth.max(), chosen.max())) + 1
    hit = np.bincount(truth[chosen == truth], minlength=size)
    said = np.bincount(chosen[chosen >= 0], minlength=size)
    real = np.bincount(truth, minlength=size)
    present = real > 0
    return float((2 * hit[present] / np.maximum(said + real, 1)[present]).mean())


def _majority(codes: Ints, cuts: Ints, truth: Ints) -> float:
    """How often the code booked most before the day would have been right."""
    right = 0
    counts = np.zeros(int(codes.max(initial=0)) + 1, np.int64)
    done = 0
    for cut in np.unique(cuts):
        part = codes[done:cut]
        counts += np.bincount(part[part >= 0], minlength=len(counts))
        done = int(cut)
        right += int((truth[cuts == cut] == int(np.argmax(counts))).sum())
    return right / len(truth) if len(truth) else 0.0
