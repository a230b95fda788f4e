"""Cold start: accounts of SKR03 for texts of the hosting trade, from the chart's names alone.

The probe (``tests/golden/assignment/cold_start_skr03.csv``) was written by somebody who had seen
neither the lexicon nor the examples. Its ``dev`` half was looked at while they were extended, its
``held`` half was not. Beside it stand wordings of any other trade (``other_trades_skr03.csv``), for
the confidence: its ``dev`` halves were fitted to.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.calibration import calibration_error
from contor.account_assignment.chart_prior import ChartPrior
from contor.account_assignment.cold_start import confidence_of
from contor.bootstrap.assignment import encoder_for, live_encoder, live_sense
from contor.cli.ledger_table import read_ledger
from contor.errors import Refusal

Scores = Callable[[Sequence[str]], NDArray[np.float32]]
_MOST = 5
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Asked:
    """A text of the probe with the accounts that a careful bookkeeper would accept."""

    text: str
    accepted: frozenset[str]
    half: str


def read_probe(path: Path) -> list[Asked]:
    """The probe's texts, each with its supplier behind it as a line has it."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Asked(
                f"{row['text']} {row['supplier']}",
                frozenset(row["accepted"].split("|")),
                row["half"],
            )
            for row in csv.DictReader(stream)
        ]


def cold_start(chart: Path, probe: Path, shelf: Path) -> None:
    """Print top-1 and top-5 of each voice on both halves, and what an encoder costs."""
    accounts = [(row["number"], row["name"]) for row in read_ledger(str(chart), required=())]
    names = [name for _, name in accounts]
    asked = read_probe(probe)
    static, sense = live_encoder(shelf), live_sense(shelf)
    voices: list[tuple[str, Scores]] = [
        ("names, sense of the trade, encoder", ChartPrior(accounts, static, sense).scores),
        ("names, words of the lexicon, encoder", ChartPrior(accounts, static).scores),
    ]
    for title, name in (("the static encoder alone", "static"), ("its teacher alone", "universal")):
        try:
            encoder = encoder_for(name, shelf)
        except Refusal:
            continue
        known = encoder.encode(names)
        voices.append((title, lambda texts, e=encoder, k=known: e.encode(texts) @ k.T))  # type: ignore[misc]
    click.echo(f"\ncold start from the names of SKR03 ({len(accounts)} accounts) alone")
    click.echo(f"  {'':38s} {'dev: top-1 top-5':>18s} {'held: top-1 top-5':>18s}   CPU ms a text")
    for title, scores in voices:
        started = time.process_time()
        ranked = np.argsort(-scores([one.text for one in asked]), axis=1, kind="stable")[:, :_MOST]
        cost = (time.process_time() - started) * 1000 / len(asked)
        hits = [
            [accounts[number][0] in one.accepted for number in row]
            for one, row in zip(asked, ranked.tolist(), strict=True)
        ]
        cells = " ".join(_shares(asked, hits, half) for half in ("dev", "held"))
        click.echo(f"  {title:38s} {cells}   {cost:13.2f}")
    click.echo("  to reach: top-1 60 %, top-5 92 % (held)")
    prior = ChartPrior(accounts, static, sense)
    _confidence(prior, "the hosting trade", asked)
    _confidence(prior, "other trades", read_probe(probe.with_name("other_trades_skr03.csv")))


def _confidence(prior: ChartPrior, title: str, asked: Sequence[Asked]) -> None:
    """Print what is promised of the first account beside what comes true."""
    best = [ranked[0] for ranked in prior.rank([one.text for one in asked])]
    for half in ("dev", "held"):
        chosen = [
            (one, account) for one, account in zip(asked, best, strict=True) if one.half == half
        ]
        right = np.array([account.number in one.accepted for one, account in chosen])
        held = np.array([confidence_of(account.score) for _, account in chosen])
        sure = held >= _SURE
        click.echo(
            f"  {title}, {half}: {len(right)} texts, right {right.mean():.1%}, confidence"
            f" {held.mean():.1%}, error {calibration_error(held, right, 5):.3f};"
            f" from {_SURE:.0%} on {right[sure].mean():.1%} of {sure.sum()}"
        )


def _shares(asked: Sequence[Asked], hits: Sequence[list[bool]], half: str) -> str:
    chosen = [hit for one, hit in zip(asked, hits, strict=True) if one.half == half]
    first = sum(hit[0] for hit in chosen) / len(chosen)
    five = sum(any(hit) for hit in chosen) / len(chosen)
    return f"{first:12.1%} {five:5.1%}"
