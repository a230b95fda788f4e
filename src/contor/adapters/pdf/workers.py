"""Worker processes that read documents under limits of time and memory.

A document that crashes its worker or takes too long costs that document only: the worker is
replaced, the others go on, and results come back in the order of the input.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from contor.errors import Failure, Refusal

Item = TypeVar("Item")
Result = TypeVar("Result")

_POLL_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost."""

    seconds: float = 300.0
    memory_bytes: int = 6 * 1024**3


@dataclass(slots=True)
class Worker:
    """A worker process, the pipe to it, and the item it is at."""

    process: BaseProcess
    pipe: Connection
    index: int | None = None
    deadline: float = 0.0


class GuardedWorkers(Generic[Item, Result]):
    """``count`` processes that apply a function (importable by name) to items."""

    def __init__(self, function: Callable[[Item], Result], count: int, limits: Limits) -> None:
        self._function = function
        self._count = max(1, count)
        self._limits = limits
        self._context = multiprocessing.get_context("spawn")

    def apply(self, items: Sequence[Item]) -> Iterator[Result | Refusal | Failure]:
        """Results in the order of the items; bad news takes the place of a result."""
        results: dict[int, Result | Refusal | Failure] = {}
        workers = [self._start() for _ in range(min(self._count, len(items)))]
        upcoming = iter(range(len(items)))
        try:
            for worker in workers:
                self._give(worker, items, upcoming)
            for index in range(len(items)):
                while index not in results:
                    self._collect(workers, items, upcoming, results)
                yield results.pop(index)
        finally:
            for worker in workers:
                kill_worker(worker)

    def _start(self) -> Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(
            target=serve_items,
            args=(there, self._function, self._limits.memory_bytes),
            daemon=False,
        )
        process.start()
        there.close()
        return Worker(process, here)

    def _give(self, worker: Worker, items: Sequence[Item], upcoming: Iterator[int]) -> None:
        worker.index = next(upcoming, None)
        if worker.index is not None:
            worker.deadline = time.monotonic() + self._limits.seconds
            worker.pipe.send(items[worker.index])

    def _collect(
        self,
        workers: list[Worker],
        items: Sequence[Item],
        upcoming: Iterator[int],
        results: dict[int, Result | Refusal | Failure],
    ) -> None:
        busy = {worker.pipe: worker for worker in workers if worker.index is not None}
        for pipe in wait(list(busy), timeout=_POLL_SECONDS):
            worker = busy[pipe]  # type: ignore[index]  # wait gives back what it was given
            assert worker.index is not None
            try:
                results[worker.index] = worker.pipe.recv()
            except (EOFError, ConnectionResetError):
                results[worker.index] = crashed()
                self._replace(worker)
            self._give(worker, items, upcoming)
        for worker in workers:
            if worker.index is not None and time.monotonic() > worker.deadline:
                results[worker.index] = too_slow(self._limits.seconds)
                self._replace(worker)
                self._give(worker, items, upcoming)

    def _replace(self, worker: Worker) -> None:
        kill_worker(worker)
        fresh = self._start()
        worker.process, worker.pipe = fresh.process, fresh.pipe


def kill_worker(worker: Worker) -> None:
    """End the worker and whatever it started."""
    worker.pipe.close()
    if worker.process.pid is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(worker.process.pid, signal.SIGKILL)
    worker.process.kill()
    worker.process.join()


def serve_items(pipe: Connection, function: Callable[[Item], Result], memory_bytes: int) -> None:
    """Life of a worker: own process group, limited memory, one item after the other."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    while True:
        try:
            item = pipe.recv()
        except EOFError:
            return
        outcome: object
        try:
            outcome = function(item)
        except (Refusal, Failure) as bad_news:
            outcome = bad_news
        except MemoryError:
            outcome = Refusal(
                "too_large",
                "The document needs more memory than a document may have.",
                "Send it in parts or at a lower resolution.",
            )
        except Exception as error:  # noqa: BLE001  # the wall between one document and the others
            outcome = crashed(f"{type(error).__name__}: {error}"[:300])
        pipe.send(outcome)


_ENDED = "its process ended"


def crashed(how: str = _ENDED) -> Refusal:
    """What stands in the place of a document that broke its worker."""
    return Refusal(
        "reader_crashed",
        "Reading this document broke the reader ({how}); nothing else was disturbed.",
        "Ask the sender for the document in another form.",
        how=how,
    )


def too_slow(seconds: float) -> Refusal:
    """What stands in the place of a document that was not done in time."""
    return Refusal(
        "took_too_long",
        "The document was not read within {seconds} seconds.",
        "Send it in parts.",
        seconds=f"{seconds:g}",
    )
