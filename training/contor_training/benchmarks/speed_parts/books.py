"""The books: entries posted a second, and how long the queue's pages take with much in them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from contor.ledger.entry import JournalEntry, JournalLine
from contor.money import Money
from contor.ports.store_review import ReviewItemRecord
from contor_training.benchmarks.speed_parts import plain_sqlite, plain_text_ledger
from contor_training.benchmarks.speed_parts.demo_books import demo_books, on_copies, open_copy
from contor_training.benchmarks.speed_parts.measure import OURS, Step, compare, compare_fresh
from contor_training.benchmarks.speed_parts.scale import Scale

if TYPE_CHECKING:
    from contor.ports.workplace import Workplace

_START = date(2026, 1, 1)
_LINES = 3


def measure(samples: Path, scale: Scale) -> list[Step]:
    """Post entries one and many a transaction; show pages of the queue."""
    with demo_books(samples) as books:
        return [*_posting(books, scale), *_queue(books, scale)]


def _posting(books: Path, scale: Scale) -> list[Step]:
    entries = [_entry(number) for number in range(scale.entries)]
    count = len(entries)
    note = "checked, numbered, hash-chained; fsync per transaction"
    one_by_one = {
        OURS: on_copies(books, lambda work, tenant: _post_each(work, tenant, entries)),
        plain_sqlite.COMMITTED_ROWS: plain_sqlite.commits(books.parent, count, 1 + _LINES),
    }
    at_once = {
        OURS: on_copies(books, lambda work, tenant: _post_all(work, tenant, entries)),
        plain_sqlite.COMMITTED_ROWS: plain_sqlite.commits(books.parent, 1, count * (1 + _LINES)),
    }
    if plain_text_ledger.is_there():
        at_once[plain_text_ledger.NAME] = plain_text_ledger.loads(entries)
    return [
        compare_fresh("post, one a transaction", "entries", count, one_by_one, scale, note),
        compare_fresh("post, all in one transaction", "entries", count, at_once, scale),
    ]


def _queue(books: Path, scale: Scale) -> list[Step]:
    size = scale.queue_items
    with open_copy(books) as (work, tenant_id):
        with work.store.unit_of_work(tenant_id) as uow:
            for number in range(size):
                uow.review.add(_item(work, number))
        plain = plain_sqlite.queue(books.parent, size)

        def ours(number: int) -> object:
            with work.store.reading(tenant_id) as uow:
                return uow.views.queue(page=number)

        last = size // 50
        return [
            compare(f"queue of {size:,}, {which} page", "pages", 1, {
                OURS: partial(ours, page),
                "sqlite3, bare table": partial(plain, page),
            }, scale, "50 rows and the total")
            for which, page in (("first", 1), ("last", last))
        ]  # fmt: skip


def _post_each(work: Workplace, tenant_id: int, entries: list[JournalEntry]) -> None:
    for entry in entries:
        with work.store.unit_of_work(tenant_id) as uow:
            uow.journal.post(entry, actor="bench", at=work.clock())


def _post_all(work: Workplace, tenant_id: int, entries: list[JournalEntry]) -> None:
    with work.store.unit_of_work(tenant_id) as uow:
        for entry in entries:
            uow.journal.post(entry, actor="bench", at=work.clock())


def _entry(number: int) -> JournalEntry:
    """A supplier invoice: net, input tax, payable."""
    net, tax = Money(10_000 + number, "EUR"), Money(1_900, "EUR")
    return JournalEntry(
        _START + timedelta(days=number % 300),
        f"Rack {number}",
        (
            JournalLine("4964", net, cost_centre="110", tax_code="V19"),
            JournalLine("1576", tax),
            JournalLine("1600", -(net + tax), party="70001"),
        ),
        source=f"bench:{number}",
    )


def _item(work: Workplace, number: int) -> ReviewItemRecord:
    return ReviewItemRecord(
        "document",
        number + 1,
        ("unsure",),
        (number * 7919 % 1000) / 1000,
        work.clock(),
        title=f"Item {number}",
        party="Registry Inc.",
        amount=Money(11_900 + number, "EUR"),
        on=_START,
    )
