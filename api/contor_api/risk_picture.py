"""Pictures of risk and of learning as drawings that need no script and can be read aloud."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from contor.account_assignment.risk_coverage import Point
from contor.account_assignment.track import Progress

WIDTH, HEIGHT = 420.0, 220.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 12.0, 12.0, 34.0
_TIGHT = 0.11
"""Ticks nearer than this to an end would be written into its own."""
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it stands and the share it stands for."""

    at: float
    share: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A curve in drawing units (``points`` of a polyline), its axes, and marks of its own.

    ``bound`` is a second curve, thin: what the first stays under, or how it began.
    """

    points: str
    bound: str
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    promise: float | None = None
    dot: tuple[float, float] | None = None
    width: float = WIDTH
    height: float = HEIGHT
    left: float = _LEFT
    right: float = WIDTH - _RIGHT
    top: float = _TOP
    bottom: float = HEIGHT - _BOTTOM


def risk_picture(curve: Sequence[Point], promise: float, share: float, error: float) -> Picture:
    """Share alone (across) against the share of wrong ones (up), the promise as a line.

    ``share`` and ``error`` are where the autopilot stands.
    """
    highest = max([point.error for point in curve] + [2.5 * promise, error])
    top = next((step for step in _STEPS if step >= highest), 1.0)
    return Picture(
        points=_line([(point.share, point.error) for point in curve], top),
        bound=_line([(point.share, min(point.bound, top)) for point in curve], top),
        across=tuple(Tick(_x(share), share) for share in (0.0, 0.25, 0.5, 0.75, 1.0)),
        up=tuple(Tick(_y(part * top, top), part * top) for part in (0.0, 0.5, 1.0)),
        promise=_y(promise, top),
        dot=(_x(share), _y(error, top)) if share else None,
    )


def learning_picture(learning: Sequence[Progress]) -> Picture:
    """Bookings learnt from (across, from none to all) against the share right first (up).

    The first bookings teach most and take the most room: four times as many are twice as far.
    """
    most = max((part.lines for part in learning), default=1)

    def place(lines: int) -> float:
        return math.sqrt(lines / most)

    pairs = [(place(part.lines), part.right) for part in learning]
    began = sum(part.early for part in learning)
    powers = [10**power for power in range(1, 9) if 10**power < most]
    apart = [0, *(one for one in powers if _TIGHT < place(one) < 1 - _TIGHT), most]
    return Picture(
        points=_line(pairs[began:], 1.0),
        bound=_line(pairs[: began + 1], 1.0) if began else "",
        across=tuple(Tick(_x(place(lines)), lines) for lines in apart),
        up=tuple(Tick(_y(share, 1.0), share) for share in (0.0, 0.5, 1.0)),
    )


def _line(pairs: Sequence[tuple[float, float]], top: float) -> str:
    return " ".join(f"{_x(x):.1f},{_y(y, top):.1f}" for x, y in pairs)


def _x(share: float) -> float:
    return _LEFT + share * (WIDTH - _LEFT - _RIGHT)


def _y(value: float, top: float) -> float:
    return HEIGHT - _BOTTOM - min(value / top, 1.0) * (HEIGHT - _TOP - _BOTTOM)
