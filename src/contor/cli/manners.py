"""What every command does alike: files in and out, refusals, progress, exit status.

Data goes to standard output or ``-o``; everything else goes to standard error. Exit status 0 done,
1 done but some inputs were refused, 2 wrong usage, 3 the machine failed.
"""

from __future__ import annotations

import contextlib
import csv
import functools
import gzip
import io
import json
import math
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from contor.errors import Failure, Refusal

T = TypeVar("T")

EXIT_REFUSED = 1
EXIT_USAGE = 2
EXIT_FAILED = 3

csv.field_size_limit(1 << 30)  # a cell may be as long as its file


@dataclass
class Report:
    """Notes of one run on standard error: refusals as they come, a summary at the end."""

    quiet: bool = False
    as_json: bool = False
    refusals: int = 0
    summary: dict[str, object] = field(default_factory=dict)

    def note(self, text: str) -> None:
        """One line for the person at the terminal."""
        if not self.quiet:
            click.echo(text, err=True)

    def refuse(self, where: str, refusal: Refusal) -> None:
        """``file:row: code: what is wrong and what to do``; shown even when quiet."""
        self.refusals += 1
        click.echo(f"{where}: {refusal}", err=True)

    def progress(self, items: Iterable[T], text: str, total: int | None = None) -> Iterator[T]:
        """Pass ``items`` on under a progress bar (none when quiet or not at a terminal)."""
        if self.quiet or not sys.stderr.isatty():
            yield from items
            return
        from rich.console import Console  # only a terminal pays for it
        from rich.progress import track

        yield from track(items, text, total=total, console=Console(stderr=True), transient=True)

    @contextlib.contextmanager
    def counter(self, text: str) -> Iterator[Callable[[int, int], None]]:
        """A progress bar moved by ``(done, total)``; silent when quiet or not at a terminal."""
        if self.quiet or not sys.stderr.isatty():
            yield lambda _done, _total: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.progress import TimeElapsedColumn as Elapsed

        columns = (TextColumn("{task.description:>14}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, Elapsed(), console=Console(stderr=True)) as bar:
            task = bar.add_task(text, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)


class FiniteRange(click.FloatRange):
    """A number between bounds; what is no number (``nan``) lies between none."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number, or wrong usage."""
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"{value} is no number", param, ctx)
        return number


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--quiet`` and ``--json``; hand on a ``report``; turn bad news into an exit status.

    The command returns nothing; it leaves with 1 where its report counted refusals.
    """

    @click.option("--quiet", is_flag=True, help="No notes, no progress bar.")
    @click.option("--json", "as_json", is_flag=True, help="Summary as one JSON object.")
    @functools.wraps(command)
    def wrapped(*args: Any, quiet: bool, as_json: bool, **kwargs: Any) -> None:
        report = Report(quiet=quiet, as_json=as_json)
        try:
            command(*args, report=report, **kwargs)
        except Refusal as refusal:
            words = click.get_current_context().command_path.split()[1:]
            where = getattr(refusal, "__notes__", None) or [" ".join(words)]
            click.echo(f"{where[0]}: {refusal}", err=True)
            sys.exit(EXIT_REFUSED)
        except Failure as failure:
            click.echo(str(failure), err=True)
            sys.exit(EXIT_FAILED)
        except BrokenPipeError:
            sys.exit(EXIT_FAILED)
        except OSError as error:
            click.echo(
                f"disk: {error.strerror or error}: {error.filename or ''} "
                "Check that the path exists and can be read and written.",
                err=True,
            )
            sys.exit(EXIT_FAILED)
        if report.as_json and report.summary:
            click.echo(json.dumps(report.summary, ensure_ascii=False, default=str))
        if report.refusals:
            sys.exit(EXIT_REFUSED)

    return wrapped


@contextlib.contextmanager
def text_in(path: str) -> Iterator[TextIO]:
    """Open a UTF-8 text for reading: ``-`` is standard input, ``.gz`` is unpacked.

    Refuses what is missing, a folder, no UTF-8, no table or a broken pack; a refusal that comes
    up while the text is read bears the path as its note.
    """
    try:
        with _stream_of(path) as stream:
            yield stream
    except Refusal as refusal:
        refusal.add_note(path)
        raise
    except (UnicodeError, csv.Error, EOFError, OSError, zlib.error) as error:
        refused = _refusal_of(error, path)
        if refused is None:
            raise
        refused.add_note(path)
        raise refused from None


def bytes_of(path: str) -> bytes:
    """The bytes of a file; refuses what is missing, a folder, or may not be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        refused = _refusal_of(error, path)
        if refused is None:
            raise
        raise refused from None


@contextlib.contextmanager
def _stream_of(path: str) -> Iterator[TextIO]:
    if path == "-":
        yield io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="")
    elif path.endswith(".gz"):
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
            yield stream
    else:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            yield stream


def _refusal_of(error: Exception, path: str) -> Refusal | None:
    """The refusal for what went wrong while ``path`` was read; None where the machine failed."""
    if isinstance(error, UnicodeDecodeError):
        return Refusal("not_utf8", "The file is no UTF-8 text.", "Save it as UTF-8.")
    if isinstance(error, csv.Error):
        advice = "Save it as comma separated values with names in the first row."
        return Refusal("not_csv", "The file is no table: {error}.", advice, error=str(error))
    if isinstance(error, (EOFError, gzip.BadGzipFile, zlib.error)):
        return Refusal("archive_broken", "The packed file is broken.", "Ask for it again.")
    if isinstance(error, OSError) and error.filename == path:
        if isinstance(error, FileNotFoundError):
            return Refusal("file_missing", "There is no such file.", "Check the path.")
        if isinstance(error, IsADirectoryError):
            return Refusal("file_is_folder", "This is a folder.", "Name a file inside it.")
        if isinstance(error, PermissionError):
            return Refusal("file_closed", "The file may not be read.", "Ask for the right to.")
    return None


@contextlib.contextmanager
def text_out(path: str | None) -> Iterator[TextIO]:
    """Open a UTF-8 text for writing: None and ``-`` are standard output, ``.gz`` is packed.

    A ``.gz`` carries no time stamp, so that the same input gives the same bytes.
    """
    if path is None or path == "-":
        stream = io.TextIOWrapper(
            sys.stdout.buffer, encoding="utf-8", newline="", write_through=True
        )
        try:
            yield stream
        finally:
            stream.detach()
    elif path.endswith(".gz"):
        with (
            Path(path).open("wb") as raw,
            gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed,
            io.TextIOWrapper(packed, encoding="utf-8", newline="") as stream,
        ):
            yield stream
    else:
        with Path(path).open("w", encoding="utf-8", newline="") as stream:
            yield stream


def write_bytes(path: str, content: bytes) -> None:
    """Write a whole file: ``-`` is standard output, ``.gz`` is packed, without a time stamp."""
    if path == "-":
        sys.stdout.buffer.write(content)
    else:
        packed = path.endswith(".gz")
        Path(path).write_bytes(gzip.compress(content, mtime=0) if packed else content)


def json_line(record: object) -> str:
    """One JSON Lines record: keys in their own order, text unescaped."""
    return json.dumps(record, ensure_ascii=False, separators=(", ", ": ")) + "\n"
