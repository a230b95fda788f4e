"""The static encoder against its teacher: speed, and accuracy of the cold start with each.

To reach: fifty times as fast at 95 % of the accuracy.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np

from contor.account_assignment.chart_prior import ChartPrior
from contor.bootstrap.assignment import encoder_for, live_sense
from contor.cli.ledger_table import read_ledger
from contor.errors import Failure, Refusal
from contor.ports.assignment import TextEncoder
from contor_training.benchmarks.assignment.cold_start import Asked, read_probe

_TIMED = {"static": 20_000, "universal": 150}


def encoders(chart: Path, probe: Path, shelf: Path) -> None:
    """Print texts a processor second, and top-1 on the held half: alone and in the cold start."""
    accounts = [(row["number"], row["name"]) for row in read_ledger(str(chart), required=())]
    asked = [one for one in read_probe(probe) if one.half == "held"]
    figures: dict[str, tuple[float, float, float]] = {}
    for name, count in _TIMED.items():
        try:
            encoder = encoder_for(name, shelf)
        except (Refusal, Failure, ImportError):
            click.echo(f"  {name}: not installed")
            return
        prior = ChartPrior(accounts, encoder, live_sense(shelf))
        names = encoder.encode([account for _, account in accounts])
        texts = [one.text for one in asked]
        figures[name] = (
            _speed(encoder, texts, count),
            _first(encoder.encode(texts) @ names.T, accounts, asked),
            _first(prior.scores(texts), accounts, asked),
        )
    click.echo("\nencoders: texts/s (CPU)   alone top-1   in the cold start top-1 (held half)")
    for name, (speed, alone, within) in figures.items():
        click.echo(f"  {name:10s} {speed:10.0f} {alone:17.1%} {within:20.1%}")
    ours, teacher = figures["static"], figures["universal"]
    click.echo(
        f"  static: {ours[0] / teacher[0]:.0f} times as fast as its teacher, {ours[1] / teacher[1]:.1%}"
        f" of its accuracy alone, {ours[2] / teacher[2]:.1%} in the cold start"
        " (to reach: 50 times, 95 %)"
    )


def _speed(encoder: TextEncoder, texts: Sequence[str], count: int) -> float:
    """New texts a second of processor time: none is met twice, so no cache helps."""
    new = [f"{texts[i % len(texts)]} {i}" for i in range(count)]
    encoder.encode(new[:8])
    begun = time.process_time()
    encoder.encode(new)
    return count / max(time.process_time() - begun, 1e-9)


def _first(
    scores: np.ndarray, accounts: Sequence[tuple[str, str]], asked: Sequence[Asked]
) -> float:
    """The share of texts whose best account is accepted."""
    best = np.argmax(scores, axis=1).tolist()
    hits = [accounts[place][0] in one.accepted for place, one in zip(best, asked, strict=True)]
    return sum(hits) / len(hits)
