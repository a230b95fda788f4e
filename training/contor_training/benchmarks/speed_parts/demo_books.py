"""Books of the demo company in a temporary folder, made once and copied for every measurement."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contor.bootstrap.demo import demo_files
from contor.bootstrap.service import find_tenant, open_workplace
from contor.bootstrap.store import migrate, read_settings
from contor.workflows.demo_morning import open_demo

if TYPE_CHECKING:
    from contor.ports.workplace import Workplace

_EMBEDDED: dict[str, Any] = {"database_url": "", "archive_dir": None}
"""The measurement is of SQLite in the folder, whatever the service's environment says."""


@contextmanager
def demo_books(samples: Path) -> Iterator[Path]:
    """A folder with ``books``, the demo company's fresh books; removed with all copies in it."""
    with tempfile.TemporaryDirectory(prefix="contor-bench-") as folder:
        books = Path(folder) / "books"
        settings = read_settings(data_dir=books, **_EMBEDDED)
        migrate(settings)
        with open_workplace(settings) as work:
            open_demo(work, demo_files(samples, statements=False))
        yield books


@contextmanager
def open_copy(books: Path) -> Iterator[tuple[Workplace, int]]:
    """A workplace on a copy of the books, and its tenant."""
    copy = Path(tempfile.mkdtemp(dir=books.parent)) / "books"
    shutil.copytree(books, copy)
    with open_workplace(read_settings(data_dir=copy, **_EMBEDDED)) as work:
        yield work, find_tenant(work, "").id


def on_copies(
    books: Path, work_on: Callable[[Workplace, int], object]
) -> Callable[[], Callable[[], object]]:
    """For ``compare_fresh``: prepares a copy each time; the work is done on it."""

    def prepare() -> Callable[[], object]:
        closing = ExitStack()
        work, tenant_id = closing.enter_context(open_copy(books))

        def run() -> None:
            with closing:
                work_on(work, tenant_id)

        return run

    return prepare
