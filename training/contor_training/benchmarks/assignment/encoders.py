"""Encoders beside each other: how fast, and how well they find accounts by nothing but names.

The static encoder of our own is to be fifty times as fast as its teacher at 95 % of the accuracy the
teacher brings to the cold start.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from contor.account_assignment.chart_prior import ChartPrior
from contor.bootstrap.assignment import encoder_for
from contor.errors import Failure, Refusal
from contor.ports.assignment import TextEncoder

_NAMES = ("static", "universal")
_TIMED = {"static": 20_000, "universal": 150}
Row = Mapping[str, str]
Hits = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Compared:
    """One encoder: texts a processor second; top-1 and top-5 alone, and within the cold start."""

    name: str
    speed: float
    alone: Hits
    ladder: Hits


def compare(chart: Sequence[tuple[str, str]], asked: Sequence[Row], shelf: Path) -> list[Compared]:
    """Every encoder that can be had, on the same texts; without one at the end."""
    found = []
    for name in _NAMES:
        try:
            encoder = encoder_for(name, shelf)
        except (Refusal, Failure, ImportError):
            continue
        speed = _speed(encoder, [row["text"] for row in asked], _TIMED[name])
        ladder = _ladder(chart, asked, encoder)
        found.append(Compared(name, speed, _alone(chart, asked, encoder), ladder))
    found.append(Compared("none", float("nan"), (0.0, 0.0), _ladder(chart, asked, None)))
    return found


def report(found: Sequence[Compared]) -> list[str]:
    """The comparison as lines of text, with the promise of the static encoder."""
    said = [
        "",
        "encoders: texts/s of processor time, alone top-1/top-5, in the cold start top-1/top-5",
    ]
    said += [
        f"  {one.name:10s} {one.speed:9.0f}  {one.alone[0]:6.1%} {one.alone[1]:6.1%}"
        f"  {one.ladder[0]:6.1%} {one.ladder[1]:6.1%}"
        for one in found
    ]
    by_name = {one.name: one for one in found}
    if by_name.keys() >= {"static", "universal"}:
        ours, teacher = by_name["static"], by_name["universal"]
        said.append(
            f"  static against its teacher: {ours.speed / teacher.speed:.0f} times as fast, with"
            f" {ours.ladder[0] / max(teacher.ladder[0], 1e-9):.1%} of its cold-start accuracy"
            f" (alone {ours.alone[0] / max(teacher.alone[0], 1e-9):.1%})"
        )
    return said


def _speed(encoder: TextEncoder, texts: Sequence[str], count: int) -> float:
    """New texts a second of processor time: none is met twice, so no cache helps."""
    new = [f"{texts[i % len(texts)]} {i}" for i in range(count)]
    encoder.encode(new[:8])
    begun = time.process_time()
    encoder.encode(new)
    return count / max(time.process_time() - begun, 1e-9)


def _alone(chart: Sequence[tuple[str, str]], asked: Sequence[Row], encoder: TextEncoder) -> Hits:
    names = encoder.encode([name for _, name in chart])
    scores = encoder.encode([row["text"] for row in asked]) @ names.T
    order = np.argsort(-scores, axis=1, kind="stable")[:, :5]
    return _hits([[chart[place][0] for place in row] for row in order.tolist()], asked)


def _ladder(
    chart: Sequence[tuple[str, str]], asked: Sequence[Row], encoder: TextEncoder | None
) -> Hits:
    ranked = ChartPrior(chart, encoder).rank([row["text"] for row in asked])
    return _hits([[account.number for account in best] for best in ranked], asked)


def _hits(answers: Sequence[Sequence[str]], asked: Sequence[Row]) -> Hits:
    right = [
        [number in row["accepted"].split() for number in best]
        for best, row in zip(answers, asked, strict=True)
    ]
    first = sum(hit[0] for hit in right if hit) / max(len(right), 1)
    return first, sum(any(hit) for hit in right) / max(len(right), 1)
