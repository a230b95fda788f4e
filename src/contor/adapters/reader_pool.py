"""Standing worker processes that read documents for the service, under limits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from contor.adapters.pdf.standing_workers import StandingWorkers
from contor.adapters.pdf.workers import Limits
from contor.documents.reading import refused
from contor.errors import Refusal
from contor.ports.documents import AgainJob, FileJob, ReadPages


class ReaderPool:
    """``count`` processes that read; ``function`` does one job: a file, or words read again."""

    def __init__(
        self,
        function: Callable[[FileJob | AgainJob], ReadPages],
        count: int = 2,
        limits: Limits | None = None,
    ) -> None:
        self._workers = StandingWorkers(function, count, limits or Limits())

    def read(self, job: FileJob) -> ReadPages:
        """The facts of a document, or its refusal, and its words.

        Raises:
            Failure: the machine lacks something that reading needs.
        """
        outcome = self._workers.ask(job)
        if isinstance(outcome, Refusal):
            sha256 = hashlib.sha256(job.content).hexdigest()
            return ReadPages(refused(job.filename, sha256, outcome))
        return outcome

    def read_again(self, job: AgainJob) -> ReadPages:
        """The facts of the same words with remembered layouts; where that fails, as they were."""
        outcome = self._workers.ask(job)
        return job.found if isinstance(outcome, Refusal) else outcome

    def close(self) -> None:
        """End the processes."""
        self._workers.close()
