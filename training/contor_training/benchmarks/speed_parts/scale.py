"""How much work a bench does: the whole measurement, or a quick look."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes of the work; ``rounds`` times are taken of each, and the median is what counts.

    Work shorter than ``least_seconds`` is repeated within a round until it takes that long.
    """

    rounds: int = 3
    least_seconds: float = 0.5
    documents: int = 1000
    scans: int = 5
    a4_pages: int = 2
    bulk_lines: int = 5000
    single_lines: int = 100
    pdfs: int = 20
    entries: int = 500
    queue_items: int = 10_000


FULL = Scale()
QUICK = Scale(
    rounds=1,
    least_seconds=0.1,
    documents=12,
    scans=2,
    a4_pages=1,
    bulk_lines=1000,
    single_lines=30,
    pdfs=5,
    entries=100,
    queue_items=2000,
)
