"""How a learning curve begins: right first choices by memory and words, before models are fitted.

A fit judges the latest part of the past only, since the rest is what it learns from. How the first
hundred bookings went is told by what speaks from the first line on: memory of past bookings and the
words model, each line asked before its own code was seen.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.keys import Ints

_FIRST, _FEWEST = 25, 10
ALL, SOME = 1_000, 2_000
"""The first lines are all looked at; of those up to where models learn so many more."""

Course = tuple[tuple[int, float], ...]
"""Bookings known by the end of a stretch, and the share right first in it."""


def opening(count: int, begin: int, draw: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of ``count`` lines before ``begin`` are looked at; ``draw`` is a number 0..1 for each."""
    wanted = (draw < SOME / max(begin, 1)) | (np.arange(count) < ALL)
    wanted[begin:] = False
    return wanted


def course(positions: Ints, chosen: Ints, codes: Ints) -> Course:
    """The share right first in stretches, each as long as all before it; ``codes`` of all lines.

    >>> course(np.arange(60), np.zeros(60, int), np.r_[np.ones(30, int), np.zeros(30, int)])
    ((25, 0.0), (50, 0.8), (60, 1.0))
    """
    known = np.cumsum(codes >= 0)
    coded = codes[positions] >= 0
    right = np.asarray(chosen == codes[positions])[coded]
    return tuple(_stretches(np.asarray(known[positions[coded]], np.int64), right))


def _stretches(rank: Ints, right: NDArray[np.bool_]) -> Iterator[tuple[int, float]]:
    begin, end, last = 0, _FIRST, int(rank.max(initial=0))
    while begin < last:
        inside = (rank > begin) & (rank <= end)
        if inside.sum() >= _FEWEST:
            yield min(end, last), float(right[inside].mean())
        begin, end = end, 2 * end
