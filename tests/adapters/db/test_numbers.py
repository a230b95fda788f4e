"""Number series under many takers: unique, gapless, every unused number explained."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from random import Random

import pytest

from contor.adapters.db.engine import open_engine
from contor.adapters.db.unit_of_work import SqlStore
from contor.adapters.file_archive import FileArchive
from contor.errors import Refusal
from contor.ledger.entry import JournalEntry, JournalLine
from contor.money import Money
from contor.ports.store_billing import VoidNumber
from contor.workflows.verify_books import verify
from tests.support.databases import NOON, Books, Database
from tests.support.number_takers import take_and_sometimes_spoil

TAKERS, EACH = 8, 40


def invoice_entry(source: str) -> JournalEntry:
    euro = Money.of("119.00", "EUR")
    lines = (JournalLine("1400", euro), JournalLine("8400", -euro))
    return JournalEntry(date(2026, 3, 2), "RE", lines, source)


def test_takers_in_parallel_never_share_or_lose_a_number(books: Books, database: Database) -> None:
    """A unit that fails gives its number back: the series has no gap."""

    def work(taker: int) -> list[int]:
        engine = open_engine(database.url)
        store, chance, taken = SqlStore(engine), Random(taker), []
        for _ in range(EACH):
            with suppress(ZeroDivisionError):
                with store.unit_of_work(books.tenant.id) as uow:
                    number = uow.numbers.take("RE-2026")
                    _ = 1 / (chance.random() >= 0.05)
                taken.append(number)
        engine.dispose()
        return taken

    with ThreadPoolExecutor(TAKERS) as pool:
        numbers = sorted(n for taken in pool.map(work, range(TAKERS)) for n in taken)
    with books.store.reading(books.tenant.id) as uow:
        assert numbers == list(range(1, uow.numbers.last("RE-2026") + 1))
    assert TAKERS * EACH * 0.8 < len(numbers) < TAKERS * EACH


def test_series_are_independent_and_may_begin_elsewhere(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        uow.numbers.start_at("RE", 5000)
        assert uow.numbers.last("RE") == 0
        assert [uow.numbers.take("RE"), uow.numbers.take("GS"), uow.numbers.take("RE")] == [
            5000,
            1,
            5001,
        ]
        assert (uow.numbers.first("RE"), uow.numbers.last("RE")) == (5000, 5001)
        for series, first in (("RE", 1), ("GS", 9), ("NEW", 0)):
            with pytest.raises(Refusal, match="series_in_use"):
                uow.numbers.start_at(series, first)
    with books.store.unit_of_work(books.neighbour.id) as uow:
        assert uow.numbers.take("RE") == 1


def test_only_a_taken_and_unused_number_is_declared_void(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        uow.numbers.take("RE")
        uow.numbers.void(VoidNumber("RE", 1, "Druckfehler", "anna", NOON))
        assert [void.cause for void in uow.numbers.voids("RE")] == ["Druckfehler"]
        for void in (
            VoidNumber("RE", 2, "nie vergeben", "anna", NOON),
            VoidNumber("XX", 1, "keine Reihe", "anna", NOON),
            VoidNumber("RE", 1, "  ", "anna", NOON),
        ):
            with pytest.raises(Refusal, match="number_not_taken"):
                uow.numbers.void(void)


@pytest.mark.slow
def test_processes_of_their_own_explain_every_number(books: Books, database: Database) -> None:
    """V71 in small: numbers unique, and each that was not used has its void record."""
    arguments = [(database.url, books.tenant.id, taker, 60) for taker in range(3)]
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(take_and_sometimes_spoil, *these) for these in arguments]
        good = sum(future.result() for future in futures)
    with books.store.reading(books.tenant.id) as uow:
        voids = uow.numbers.voids("RE-2026")
        assert uow.numbers.last("RE-2026") == 180
        assert good + len(voids) == 180
        assert 0 < len(voids) < 40


def test_posters_in_parallel_keep_the_journal_gapless(
    books: Books, database: Database, tmp_path: Path
) -> None:
    def work(poster: int) -> list[str]:
        engine = open_engine(database.url)
        store, posted = SqlStore(engine), []
        for index in range(10):
            entry = invoice_entry(f"document:{index}" if index < 3 else "")
            with (
                suppress(Refusal),  # three sources are posted by whoever comes first
                store.unit_of_work(books.tenant.id) as uow,
            ):
                posted.append(uow.journal.post(entry, actor=str(poster), at=NOON).number)
        engine.dispose()
        return posted

    with ThreadPoolExecutor(4) as pool:
        running = pool.map(work, range(4))
        for _ in range(5):  # a proof in the middle sees one moment of the books
            with books.store.reading(books.tenant.id) as uow:
                assert verify(uow, FileArchive(tmp_path)) == []
        numbers = sorted(n for posted in running for n in posted)
    assert numbers == [f"2026-{n:06d}" for n in range(1, 3 + 4 * 7 + 1)]
    with books.store.reading(books.tenant.id) as uow:
        assert uow.chains.tail("journal").count == len(numbers)
