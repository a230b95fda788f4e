"""Files from strangers, opened for intake in a process of its own with limits.

The process stays for the next file and is replaced where one breaks it.
"""

from __future__ import annotations

from collections.abc import Callable

from contor.adapters.pdf.standing_workers import StandingWorkers
from contor.adapters.pdf.workers import Limits
from contor.documents.splitting import Division
from contor.errors import Refusal
from contor.ports.file_contents import FileContents

_LIMITS = Limits(seconds=600.0, memory_bytes=4 * 1024**3)


class GuardedOpener:
    """Opens PDFs and TIFFs in one guarded process, one at a time; safe to call from several threads.

    ``function`` gives the contents of one file and is importable by name.
    """

    def __init__(self, function: Callable[[bytes], FileContents], limits: Limits = _LIMITS) -> None:
        self._workers = StandingWorkers(function, 1, limits)

    def contents(self, content: bytes) -> FileContents:
        """What the file holds; one that cannot be opened holds nothing.

        One that takes too long stays whole, in doubt.

        Raises:
            Failure: the machine lacks something.
        """
        outcome = self._workers.ask(content)
        if isinstance(outcome, Refusal):
            return FileContents(division=Division(doubtful=outcome.code == "took_too_long"))
        return outcome

    def close(self) -> None:
        """End the process."""
        self._workers.close()
