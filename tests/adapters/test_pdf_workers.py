"""Worker processes: one bad document never costs another."""

from __future__ import annotations

import os
import time

from contor.adapters.pdf.workers import GuardedWorkers, Limits
from contor.errors import Refusal


def work(item: str) -> str:
    """Do what the item says."""
    if item == "crash":
        os._exit(3)
    if item == "sleep":
        time.sleep(60)
    if item == "greedy":
        return str(len(bytearray(4 * 1024**3)))
    if item == "error":
        raise ValueError(item)
    if item == "refuse":
        raise Refusal("empty_file", "Empty.", "Ask.")
    return item.upper()


def codes(items: list[str], count: int) -> list[str]:
    limits = Limits(seconds=4.0, memory_bytes=2 * 1024**3)
    outcomes = GuardedWorkers(work, count, limits).apply(items)
    return [one.code if isinstance(one, Refusal) else str(one) for one in outcomes]


def test_results_come_in_order_and_bad_news_in_their_place() -> None:
    items = ["a", "crash", "b", "refuse", "greedy", "error", "c", "sleep", "d"]
    assert codes(items, 2) == [
        "A", "reader_crashed", "B", "empty_file", "too_large", "reader_crashed", "C",
        "took_too_long", "D",
    ]  # fmt: skip


def test_no_items_no_processes() -> None:
    assert codes([], 2) == []
