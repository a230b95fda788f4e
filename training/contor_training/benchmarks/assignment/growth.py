"""Growth: learning time and memory over generated ledgers of ten thousand to a million lines."""

from __future__ import annotations

import resource
import time
from multiprocessing import get_context

import click
import numpy as np

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.lines import Lines

SIZES = (10_000, 100_000, 1_000_000)
_FIRST_DAY = 733_000
_DAYS = 2500
_ASKED = 2000


def generated(count: int) -> Lines:
    """A ledger: habits of suppliers with seldom ones among them, rhythm in days and amounts."""
    draw = np.random.default_rng(count)
    suppliers = max(50, count // 20)
    who = np.minimum(draw.zipf(1.3, count) - 1, suppliers - 1)
    kind = draw.integers(0, 8, count)
    code = (who * 31 + (kind > 5) * kind) % 400
    odd = draw.random(count) < 0.05
    code[odd] = draw.integers(0, 400, int(odd.sum()))
    names = [f"Supplier {number} {number * 7919 % 9973} GmbH" for number in range(suppliers)]
    texts = [f"service {number % 97} period {number}" for number in range(400)]
    label = [str(4000 + number) for number in range(400)]
    centre = [str(100 + number) for number in range(40)]
    return Lines(
        np.sort(draw.integers(_FIRST_DAY, _FIRST_DAY + _DAYS, count)),
        np.where(kind < 4, who * 100 + 999, draw.integers(100, 10**6, count)).astype(np.int64),
        {
            "supplier": tuple(names[number] for number in who.tolist()),
            "description": tuple(texts[number] for number in (code * 7 % 400).tolist()),
            "doc_no": tuple(f"ER{number:08d}" for number in range(count)),
        },
        {
            "account": tuple(label[number] for number in code.tolist()),
            "cost_centre": tuple(centre[number % 40] for number in (code + who).tolist()),
        },
    )


def measured(count: int) -> tuple[float, float, float, float]:
    """Seconds of processor and of the clock to learn, lines suggested a second, peak GB."""
    lines = generated(count)
    wall, started = time.perf_counter(), time.process_time()
    assigner = AccountAssigner().fit(lines)
    learnt, wall = time.process_time() - started, time.perf_counter() - wall
    asked = lines.take(np.arange(count - _ASKED, count))
    started = time.process_time()
    assigner.suggest(asked)
    rate = _ASKED / (time.process_time() - started)
    return learnt, wall, rate, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def growth(sizes: tuple[int, ...] = SIZES) -> None:
    """Print a line for each size, learnt in a process of its own; aim: no faster than linear."""
    click.echo("\ngrowth (generated, account and cost centre); aim: linear at most, under 4 GB")
    before: tuple[int, float] | None = None
    for count in sizes:
        with get_context("spawn").Pool(1) as pool:
            learnt, wall, rate, peak = pool.apply(measured, (count,))
        ratio = f"{learnt / before[1]:.1f} times for {count / before[0]:.0f}" if before else "-"
        kept = peak < 4 and (before is None or learnt / before[1] <= count / before[0])
        click.echo(
            f"  {count:9,d} lines: {learnt:6.1f} s of processor, {wall:6.1f} s; {rate:6.0f} lines/s;"
            f" {peak:.2f} GB; {ratio}; {'reached' if kept else 'missed'}"
        )
        before = (count, learnt)
