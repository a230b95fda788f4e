"""Standing worker processes that read documents for the service, under limits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from contor.adapters.pdf.standing_workers import StandingWorkers
from contor.adapters.pdf.workers import Limits
from contor.documents.reading import Reading, refused
from contor.errors import Refusal


class ReaderPool:
    """``count`` processes that read; ``function`` reads one (content, filename)."""

    def __init__(
        self,
        function: Callable[[tuple[bytes, str]], Reading],
        count: int = 2,
        limits: Limits | None = None,
    ) -> None:
        self._workers = StandingWorkers(function, count, limits or Limits())

    def read(self, content: bytes, filename: str) -> Reading:
        """The facts of a document, or its refusal.

        Raises:
            Failure: the machine lacks something that reading needs.
        """
        outcome = self._workers.ask((content, filename))
        if isinstance(outcome, Refusal):
            return refused(filename, hashlib.sha256(content).hexdigest(), outcome)
        return outcome

    def close(self) -> None:
        """End the processes."""
        self._workers.close()
