"""Worker processes that stay for the next document, under limits.

Threads hand an item over and wait; an item that crashes its worker or takes too long costs that
item only: the worker is replaced.
"""

from __future__ import annotations

import multiprocessing
import queue
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from contor.adapters.pdf.workers import (
    Limits,
    Worker,
    crashed,
    kill_worker,
    serve_items,
    too_slow,
)
from contor.errors import Failure, Refusal

Item = TypeVar("Item")
Result = TypeVar("Result")


class StandingWorkers(Generic[Item, Result]):
    """``count`` processes, started when first needed; safe to call from several threads.

    ``function`` works on one item and is importable by name.
    """

    def __init__(self, function: Callable[[Item], Result], count: int, limits: Limits) -> None:
        self._function = function
        self._limits = limits
        self._context = multiprocessing.get_context("spawn")
        self._count = count
        self._idle: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        for _ in range(count):
            self._idle.put(None)

    def ask(self, item: Item) -> Result | Refusal:
        """The result for an item, or the refusal in its place.

        Raises:
            Failure: the machine lacks something that the work needs.
        """
        worker = self._idle.get() or self._start()
        outcome: Result | Refusal | Failure
        try:
            worker.pipe.send(item)
            in_time = worker.pipe.poll(self._limits.seconds)
            outcome = worker.pipe.recv() if in_time else too_slow(self._limits.seconds)
        except (EOFError, ConnectionResetError, BrokenPipeError):
            outcome = crashed()
        if not isinstance(outcome, Refusal | Failure):
            self._idle.put(worker)
            return cast("Result", outcome)  # what comes through a pipe has no type
        kill_worker(worker)
        self._idle.put(None)
        if isinstance(outcome, Failure):
            raise outcome
        return outcome

    def close(self) -> None:
        """End the processes."""
        for _ in range(self._count):
            worker = self._idle.get()
            if worker is not None:
                kill_worker(worker)
            self._idle.put(None)

    def _start(self) -> Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(
            target=serve_items, args=(there, self._function, self._limits.memory_bytes), daemon=True
        )
        process.start()
        there.close()
        return Worker(process, here)
