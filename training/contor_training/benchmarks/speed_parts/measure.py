"""Measure: several ways of doing the same work, taken in turns, median of the rounds.

CPU seconds are those of this process and of the programs it started and waited for (Tesseract), wall
seconds what a person waits. On a busy machine the CPU seconds are the steadier ones.
"""

from __future__ import annotations

import math
import resource
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from contor_training.benchmarks.speed_parts.scale import Scale

OURS = "Contor"
_MOST_PASSES = 500

T = TypeVar("T")
Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Entry:
    """One way of doing a step's work: median wall and CPU seconds for all of it."""

    who: str
    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Step:
    """``count`` units of work done in several ways; ours is the first, peers follow."""

    name: str
    unit: str
    count: int
    entries: tuple[Entry, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """The steps of an area with the peak memory of its process in MiB, or why there are none."""

    name: str
    steps: tuple[Step, ...] = ()
    peak_mib: float = 0.0
    failure: str = ""


def compare(
    name: str, unit: str, count: int, ways: Mapping[str, Work], scale: Scale, note: str = ""
) -> Step:
    """Measure work that can be repeated as it is."""
    passes = {who: _passes(work, scale) for who, work in ways.items()}
    rounds = [
        {who: _timed(work, passes[who]) for who, work in ways.items()} for _ in range(scale.rounds)
    ]
    return _step(name, unit, count, rounds, note)


def compare_fresh(
    name: str,
    unit: str,
    count: int,
    ways: Mapping[str, Callable[[], Work]],
    scale: Scale,
    note: str = "",
) -> Step:
    """Measure work that can be done once only: every round prepares it anew, untimed."""
    rounds = [
        {who: _timed(prepare(), 1) for who, prepare in ways.items()} for _ in range(scale.rounds)
    ]
    return _step(name, unit, count, rounds, note)


def readable_by(reader: Callable[[T], object], items: Iterable[T]) -> list[T]:
    """The items that a peer can read at all; only these are compared with it."""
    found = []
    for item in items:
        try:
            reader(item)
        except Exception:  # noqa: BLE001, S112 - a peer may fail in any way
            continue
        found.append(item)
    return found


def peak_mib() -> float:
    """The most memory this process has had so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _timed(work: Work, passes: int) -> tuple[float, float]:
    """Wall and CPU seconds of one pass."""
    cpu, wall = _cpu(), time.perf_counter()
    for _ in range(passes):
        work()
    return (time.perf_counter() - wall) / passes, (_cpu() - cpu) / passes


def _passes(work: Work, scale: Scale) -> int:
    """How often the work fits into the least seconds; the first time warms up."""
    wall, _ = _timed(work, 1)
    if wall < scale.least_seconds:
        wall, _ = _timed(work, 1)
    return min(_MOST_PASSES, max(1, math.ceil(scale.least_seconds / max(wall, 1e-6))))


def _step(
    name: str, unit: str, count: int, rounds: list[dict[str, tuple[float, float]]], note: str
) -> Step:
    entries = tuple(
        Entry(who, median(one[who][0] for one in rounds), median(one[who][1] for one in rounds))
        for who in rounds[0]
    )
    return Step(name, unit, count, entries, note)
