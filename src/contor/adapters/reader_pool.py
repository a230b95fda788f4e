"""Standing worker processes that read documents for the service, under limits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from contor.adapters.pdf.standing_workers import StandingWorkers
from contor.adapters.pdf.workers import Limits
from contor.documents.reading import refused
from contor.documents.supplier_layout import SupplierLayout
from contor.errors import Refusal
from contor.ports.documents import ReadPages

FileJob = tuple[bytes, str]
AgainJob = tuple[ReadPages, tuple[SupplierLayout, ...]]


class ReaderPool:
    """``count`` processes that read; ``function`` does one job: a file, or words read again."""

    def __init__(
        self,
        function: Callable[[FileJob | AgainJob], ReadPages],
        count: int = 2,
        limits: Limits | None = None,
    ) -> None:
        self._workers = StandingWorkers(function, count, limits or Limits())

    def read(self, content: bytes, filename: str) -> ReadPages:
        """The facts of a document, or its refusal, and its words.

        Raises:
            Failure: the machine lacks something that reading needs.
        """
        outcome = self._workers.ask((content, filename))
        if isinstance(outcome, Refusal):
            return ReadPages(refused(filename, hashlib.sha256(content).hexdigest(), outcome))
        return outcome

    def read_again(self, found: ReadPages, layouts: Sequence[SupplierLayout]) -> ReadPages:
        """The facts of the same words with remembered layouts; where that fails, as they were."""
        outcome = self._workers.ask((found, tuple(layouts)))
        return found if isinstance(outcome, Refusal) else outcome

    def close(self) -> None:
        """End the processes."""
        self._workers.close()
