"""The floor under everything that is stored: the same number of rows written by sqlite3 alone.

WAL and full synchronisation as our own engine has them; no checks, no hash chain, no states.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

COMMITTED_ROWS = "sqlite3, bare rows"


def commits(folder: Path, transactions: int, rows: int) -> Callable[[], Callable[[], object]]:
    """For ``compare_fresh``: so many transactions of so many rows each in a new database."""

    def prepare() -> Callable[[], object]:
        database = _open(folder)
        database.execute("CREATE TABLE plain (id INTEGER PRIMARY KEY, text TEXT, amount INTEGER)")

        def run() -> None:
            for number in range(transactions):
                database.execute("BEGIN IMMEDIATE")
                for row in range(rows):
                    database.execute(
                        "INSERT INTO plain (text, amount) VALUES (?, ?)", (f"{number}", row)
                    )
                database.execute("COMMIT")
            database.close()

        return run

    return prepare


def queue(folder: Path, items: int) -> Callable[[int], object]:
    """A bare table of so many items in the order of a queue; gives a page of 50 and the total."""
    database = _open(folder)
    database.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, confidence REAL, title TEXT)")
    database.execute("CREATE INDEX by_confidence ON item (confidence, id)")
    database.execute("BEGIN")
    database.executemany(
        "INSERT INTO item (confidence, title) VALUES (?, ?)",
        [((number * 7919 % 1000) / 1000, f"Item {number}") for number in range(items)],
    )
    database.execute("COMMIT")

    def page(number: int) -> object:
        total = database.execute("SELECT count(*) FROM item").fetchone()
        ordered = "SELECT * FROM item ORDER BY confidence, id LIMIT 50 OFFSET ?"
        return total, database.execute(ordered, (50 * (number - 1),)).fetchall()

    return page


def _open(folder: Path) -> sqlite3.Connection:
    path = Path(mkdtemp(dir=folder)) / "plain.sqlite3"
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    return database
