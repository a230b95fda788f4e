"""Standing worker processes that read documents for the service, under limits.

The threads of durable runs and of the web server hand a document over and wait; a document that
crashes its worker or takes too long costs that document only.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import queue
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from contor.adapters.pdf.workers import Limits, _crashed, _kill, _serve, _too_slow, _Worker
from contor.documents.reading import Reading, refused
from contor.errors import Failure, Refusal


class ReaderPool:
    """``count`` processes, started when first needed; safe to call from several threads.

    ``function`` reads one (content, filename) and is importable by name.
    """

    def __init__(
        self,
        function: Callable[[tuple[bytes, str]], Reading],
        count: int = 2,
        limits: Limits | None = None,
    ) -> None:
        self._function = function
        self._limits = limits or Limits()
        self._context = multiprocessing.get_context("spawn")
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(count):
            self._idle.put(None)
        self._count = count

    def read(self, content: bytes, filename: str) -> Reading:
        """The facts of a document, or its refusal.

        Raises:
            Failure: the machine lacks something that reading needs.
        """
        worker = self._idle.get() or self._start()
        outcome: object
        try:
            worker.pipe.send((content, filename))
            if worker.pipe.poll(self._limits.seconds):
                outcome = worker.pipe.recv()
            else:
                outcome = _too_slow(self._limits.seconds)
        except (EOFError, ConnectionResetError, BrokenPipeError):
            outcome = _crashed()
        if isinstance(outcome, Reading):
            self._idle.put(worker)
            return outcome
        _kill(worker)
        self._idle.put(None)
        if isinstance(outcome, Failure):
            raise outcome
        assert isinstance(outcome, Refusal)
        return refused(filename, hashlib.sha256(content).hexdigest(), outcome)

    def close(self) -> None:
        """End the processes."""
        for _ in range(self._count):
            worker = self._idle.get()
            if worker is not None:
                _kill(worker)
            self._idle.put(None)

    def _start(self) -> _Worker:
        here: Connection
        there: Connection
        here, there = self._context.Pipe()
        process: BaseProcess = self._context.Process(
            target=_serve, args=(there, self._function, self._limits.memory_bytes), daemon=True
        )
        process.start()
        there.close()
        return _Worker(process, here)
