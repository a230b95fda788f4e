"""The brake: the autopilot stops as soon as its latest decisions are plainly wrong.

A bar is proven by thousands of past decisions, so a change of today (a new chart, renamed units)
hardly moves it, while every line that goes alone is wrong. The brake looks at the latest decisions
only: a cumulative sum (Page 1954) of the evidence that half of what reaches the bar is wrong rather
than the promised share. What becomes known together, as the decisions of one day, counts together: the
order within a day says nothing. While it is on, decisions above the bar are still watched, and a dozen
right ones in a row let it go. A false alarm comes at most once in some five hundred swarms where the
promise is only just kept.

>>> brake = Brake(0.05)
>>> brake.note([False] * 3)
>>> brake.on
True
>>> brake.note([True] * 16)
>>> brake.on
False
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.autopilot import NEVER, swarms
from contor.account_assignment.pilot import Pilot
from contor.account_assignment.walk import blocks

_BAD = 0.5
_ENOUGH = math.log(500.0)
_MOST = _ENOUGH + math.log(20.0)
_LATEST = 4000


@dataclass
class Brake:
    """Evidence against the promise ``error``, in nats; ``on`` while it suffices."""

    error: float
    evidence: float = 0.0
    on: bool = False

    def note(self, right: Iterable[float]) -> None:
        """Take in swarms of decisions above the bar, known together: the share right in each."""
        if self.error >= _BAD:
            return
        worse = math.log(_BAD / self.error)
        better = math.log((1 - _BAD) / (1 - self.error))
        step = sum((1.0 - share) * worse + share * better for share in right)
        self.evidence = min(max(self.evidence + step, 0.0), _MOST)
        if self.evidence >= _ENOUGH:
            self.on = True
        elif self.evidence == 0.0:
            self.on = False

    @classmethod
    def of(cls, pilot: Pilot, error: float) -> Brake:
        """The brake as the latest decisions a pilot knows leave it, by the bar of today."""
        brake, known = cls(error), pilot.decisions
        late = slice(-_LATEST, None)
        above = known.score[late] >= pilot.bars.get(error, NEVER)
        brake.hold(above, known.right[late], above, known.day[late], known.group[late])
        return brake

    def hold(
        self,
        auto: NDArray[np.bool_],
        right: NDArray[np.bool_],
        coded: NDArray[np.bool_],
        days: NDArray[np.int64],
        supplier: NDArray[np.int64],
    ) -> NDArray[np.bool_]:
        """What may still go alone of decisions in the order of time, each day's known after it.

        ``coded`` says which of them a person has decided.
        """
        above, swarm = auto & coded, swarms(supplier, days)
        free = auto.copy()
        for first, stop in blocks(days, 0, len(days), 1):
            if self.on:
                free[first:stop] = False
            part = slice(first, stop)
            self.note(shares(above[part], right[part], swarm[part]))
        return free


def shares(
    above: NDArray[np.bool_], right: NDArray[np.bool_], swarm: NDArray[np.int64]
) -> list[float]:
    """Of the decisions above the bar the share right in each swarm, in the order they came."""
    where = np.flatnonzero(above)
    if not len(where):
        return []
    _, first, group = np.unique(swarm[where], return_index=True, return_inverse=True)
    found = np.bincount(group, right[where]) / np.bincount(group)
    return [float(share) for share in found[np.argsort(first, kind="stable")]]
