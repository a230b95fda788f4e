"""Speeds of learning and suggesting, each beside its aim (two cores, otherwise idle)."""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
import numpy as np

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.lines import Lines
from contor_training.benchmarks.assignment.growth import generated

_LEARNT, _ASKED, _SINGLE = 100_000, 20_000, 50


def speed() -> None:
    """Print seconds of the clock and of the processor; another load on the machine shows."""
    click.echo("\nspeed (account and cost centre; clock, in brackets processor)")
    lines = generated(_LEARNT + _ASKED)
    known, new = lines.take(np.arange(_LEARNT)), lines.take(np.arange(_LEARNT, len(lines)))
    assigner = AccountAssigner()
    wall, used = _timed(lambda: assigner.fit(known))
    _told(f"learn {_LEARNT:,d} lines", wall, used, 20.0)
    wall, used = _timed(lambda: assigner.suggest(new))
    rate, own = _ASKED / wall, _ASKED / used
    verdict = "reached" if rate >= 5000 else "missed"
    click.echo(f"  suggest in bulk {rate:.0f} lines/s ({own:.0f}), aim 5,000: {verdict}")
    ones = [new.take(np.array([i])) for i in range(_SINGLE)]
    wall, used = _timed(lambda: [assigner.suggest(one) for one in ones])
    _told("suggest one line", wall / _SINGLE, used / _SINGLE, 0.015)
    wall, used = _timed(lambda: _learn(assigner, ones))
    _told("a decision takes effect", wall / _SINGLE, used / _SINGLE, 1.0)
    wall, used = _command(lines)
    _told("contor suggest, 10,000 lines of history, 100 new, whole process", wall, used, 4.0)


def _learn(assigner: AccountAssigner, ones: list[Lines]) -> None:
    for one in ones:
        assigner.learn(one)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - used


def _told(name: str, wall: float, used: float, aim: float) -> None:
    verdict = "reached" if wall <= aim else "missed"
    click.echo(f"  {name}: {wall:.3f} s ({used:.3f}), aim {aim:g}: {verdict}")


def _command(lines: Lines) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        history, new = Path(folder) / "history.csv", Path(folder) / "new.csv"
        _write(history, lines, 0, 10_000, labelled=True)
        _write(new, lines, 10_000, 10_100, labelled=False)
        out = str(Path(folder) / "out.csv")
        words = ["suggest", "--history", str(history), str(new), "-o", out]
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([sys.executable, "-m", "contor.cli", *words], check=True)  # noqa: S603
        wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _write(path: Path, lines: Lines, begin: int, end: int, *, labelled: bool) -> None:
    columns = {**lines.facts, **(lines.labels if labelled else {})}
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["date", "amount", *columns])
        for i in range(begin, end):
            day = np.datetime64(int(lines.day[i]) - 719_163, "D")
            amount = f"{int(lines.cents[i]) / 100:.2f}"
            table.writerow([str(day), amount, *(cells[i] for cells in columns.values())])
