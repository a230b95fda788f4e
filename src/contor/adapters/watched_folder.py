"""A watched folder: files are taken when their size rests, and moved aside once they are safe.

A scanner or a copy may still be writing: a file is ready when size and time of change stayed the
same between two looks and for ``rest`` seconds. What was taken goes to ``done`` inside the folder,
never over another file; what the house refused goes to ``refused``. Nothing is ever deleted.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from contor.errors import Failure, Refusal

Aside = Literal["done", "refused"]
_ASIDE = ("done", "refused")
_EMPTY = 10  # an empty file is given more time: some scanners make it first and fill it later
MOST_BYTES = 100_000_000
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".filepart", "~")


@dataclass(slots=True)
class WatchedFolder:
    """A folder that is looked at again and again; ``rest`` in seconds.

    With ``keep`` files stay where they are and are remembered; after a new start they are read
    once more and found known.
    """

    folder: Path
    rest: float = 2.0
    keep: bool = False
    _seen: dict[Path, tuple[int, int, float]] = field(default_factory=dict)
    _kept: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def ready(self, now: float) -> list[Path]:
        """The files that rest, in order of name; ``now`` counts seconds from anywhere.

        Raises:
            Failure: ``folder_not_readable``, retryable.
        """
        here = {path: marks for path in self._files() if (marks := _marks(path)) is not None}
        seen: dict[Path, tuple[int, int, float]] = {}
        for path, (size, changed) in here.items():
            before = self._seen.get(path)
            same = before is not None and before[:2] == (size, changed)
            seen[path] = (size, changed, before[2] if before is not None and same else now)
        self._seen = seen
        return sorted(
            path
            for path, (size, changed, since) in seen.items()
            if now - since >= (self.rest if size else _EMPTY * self.rest)
            and self._kept.get(path) != (size, changed)
        )

    def read(self, path: Path) -> bytes:
        """The bytes of a file.

        Raises:
            Refusal: ``too_large``.
            Failure: ``file_not_readable``, retryable.
        """
        try:
            size = path.stat().st_size
            if size > MOST_BYTES:
                raise Refusal(
                    "too_large",
                    "The file has {size} bytes; at most {limit} are read.",
                    "Send it in parts.",
                    size=size,
                    limit=MOST_BYTES,
                )
            return path.read_bytes()
        except OSError as error:
            raise Failure(
                "file_not_readable",
                f"{path.name} cannot be read: {error.strerror or error}.",
                "Give the service the right to read it.",
                retryable=True,
            ) from error

    def settle(self, path: Path, aside: Aside = "done") -> None:
        """A file is safe (or refused): move it aside, or remember it where files are kept."""
        if not self.keep:
            self.move_aside(path, aside)
        elif (marks := _marks(path)) is not None:
            self._kept[path] = marks

    def move_aside(self, path: Path, aside: Aside = "done") -> Path:
        """Move a file that is safe elsewhere; its new place.

        Raises:
            Failure: ``file_not_moved``, retryable: it will be found known with the next look.
        """
        target = self.folder / aside / path.relative_to(self.folder)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            free = next(name for name in _names(target) if not os.path.lexists(name))
            path.rename(free)
        except OSError as error:
            raise Failure(
                "file_not_moved",
                f"{path.name} was taken but could not be moved: {error.strerror or error}.",
                "Give the service the right to write into the folder.",
                retryable=True,
            ) from error
        self._seen.pop(path, None)
        return free

    def _files(self) -> Iterator[Path]:
        """Plain files at any depth; hidden and unfinished ones, links and what is aside are not."""

        def failed(error: OSError) -> None:
            raise Failure(
                "folder_not_readable",
                f"The folder {self.folder} cannot be read: {error.strerror or error}.",
                "Check that it exists and that the service may read it.",
                retryable=True,
            ) from error

        for root, folders, files in os.walk(self.folder, onerror=failed):
            here = Path(root)
            folders[:] = sorted(
                name
                for name in folders
                if not name.startswith(".") and not (here == self.folder and name in _ASIDE)
            )
            for name in sorted(files):
                if not name.startswith(".") and not name.lower().endswith(_UNFINISHED):
                    yield here / name


def _marks(path: Path) -> tuple[int, int] | None:
    """Size and time of change of a plain file; None for a link or what is gone since."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def _names(target: Path) -> Iterator[Path]:
    """The name, then the name with a number."""
    yield target
    for number in range(2, 100_000):
        yield target.with_name(f"{target.stem} ({number}){target.suffix}")
