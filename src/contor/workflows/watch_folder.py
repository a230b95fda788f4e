"""Watch a folder: what rests in it is received, then moved aside; never before it is archived."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, Protocol

from contor.errors import Failure, Refusal
from contor.ports.workplace import Workplace
from contor.workflows.take_in import IntakeReport, receive_all

Tell = Callable[[str, Refusal | Failure], None]


class Folder(Protocol):
    """A folder that somebody lays documents into."""

    def ready(self, now: float) -> Sequence[Path]:
        """Files that rest; ``now`` counts seconds from anywhere."""
        ...

    def read(self, path: Path) -> bytes:
        """The bytes; refuses ``too_large``, fails with ``file_not_readable``."""
        ...

    def settle(self, path: Path, aside: Literal["done", "refused"] = "done") -> None:
        """The file is safe, or refused: it is not given again."""
        ...


def take_ready(
    work: Workplace,
    tenant_id: int,
    watched: Folder,
    now: float,
    report: IntakeReport,
    tell: Tell,
) -> int:
    """Receive the files that rest; how many were settled. A file leaves only when it is archived.

    What goes wrong with one file is told and leaves the others alone; it is tried again.
    """
    settled = 0
    for path in watched.ready(now):
        try:
            receive_all(work, tenant_id, [(path.name, watched.read(path))], "folder", report)
            watched.settle(path)
            settled += 1
        except Refusal as refusal:
            tell(str(path), refusal)
            watched.settle(path, "refused")
        except Failure as failure:
            tell(str(path), failure)
    return settled
