"""Prove the books: balance, chains, archive, numbers (§ 146 AO, GoBD no. 58 ff., § 14 (4) UStG).

Every problem is a finding that names what is wrong: the journal number, the invoice number, the
archived file, the series.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from contor.errors import Failure, Finding, Refusal
from contor.ledger.hash_chain import GENESIS, chain_hash
from contor.money import Money
from contor.ports.archive import Archive
from contor.ports.store import UnitOfWork
from contor.ports.store_chains import ChainName, ChainRow, ChainTail

CHAINS: tuple[ChainName, ...] = ("journal", "invoices", "archive")


def verify(uow: UnitOfWork, archive: Archive) -> list[Finding]:
    """Every problem of one tenant's books, in a stable order; an empty list is the proof."""
    chains = {chain: tuple(uow.chains.rows(chain)) for chain in CHAINS}
    problems: list[Finding] = []
    for chain, rows in chains.items():
        problems += check_chain(chain, rows, uow.chains.tail(chain))
    entries = [row.content for row in chains["journal"] if row.content is not None]
    invoices = [row.content for row in chains["invoices"] if row.content is not None]
    files = [row.content for row in chains["archive"] if row.content is not None]
    problems += check_balance(entries)
    problems += _journal_numbers(uow, entries)
    problems += _invoice_numbers(uow, invoices)
    problems += _invoices_booked(invoices, {entry["number"] for entry in entries})
    problems += _open_items(uow)
    problems += _archived_bytes(uow, archive, files)
    return problems


def check_chain(chain: str, rows: Sequence[ChainRow], tail: ChainTail) -> list[Finding]:
    """Rows that were altered, removed or put in, by name."""
    problems = []
    previous, expected = GENESIS, 1
    for row in rows:
        if row.index != expected:
            rows_gone = (
                f"{expected}" if row.index == expected + 1 else f"{expected} to {row.index - 1}"
            )
            name = f"{chain} row {rows_gone}"
            problems.append(_problem("row_missing", name, f"removed before {row.name}"))
            expected = row.index
        elif row.content is None:
            problems.append(_problem("row_altered", f"{chain} {row.name}", "cannot be read"))
        elif chain_hash(previous, row.content) != row.hash:
            problems.append(_problem("row_altered", f"{chain} {row.name}", "was altered"))
        previous = row.hash
        expected += 1
    if expected - 1 != tail.count or previous != tail.hash:
        text = f"ends at row {expected - 1} instead of {tail.count}, or with another hash"
        problems.append(_problem("chain_end_altered", f"{chain} chain", text))
    return problems


def check_balance(entries: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """Entries whose debits and credits differ in a currency."""
    problems = []
    for entry in entries:
        sums: defaultdict[str, int] = defaultdict(int)
        for _, amount, *_ in entry["lines"]:
            sums[amount.currency] += amount.minor
        for currency, minor in sums.items():
            if minor:
                text = f"is out of balance by {Money(minor, currency)}"
                problems.append(_problem("entry_unbalanced", f"journal {entry['number']}", text))
    return problems


def missing_numbers(first: int, last: int, explained: Iterable[int]) -> list[int]:
    """The numbers of ``first`` to ``last`` that nothing explains.

    >>> missing_numbers(1, 5, [1, 2, 4])
    [3, 5]
    """
    known = set(explained)
    return [number for number in range(first, last + 1) if number not in known]


def _journal_numbers(uow: UnitOfWork, entries: Iterable[Mapping[str, Any]]) -> list[Finding]:
    by_year: defaultdict[str, list[int]] = defaultdict(list)
    for entry in entries:
        year, _, sequence = entry["number"].rpartition("-")
        by_year[year].append(int(sequence))
    series = {name for name in uow.numbers.series() if name.startswith("journal:")}
    problems = []
    for year in sorted({name.partition(":")[2] for name in series} | set(by_year)):
        used = by_year[year]
        last = max([uow.numbers.last(f"journal:{year}"), *used])
        for number in missing_numbers(1, last, used):
            name = f"journal {year}-{number:06d}"
            problems.append(_problem("number_missing", name, "is missing"))
    return problems


def _invoice_numbers(uow: UnitOfWork, invoices: Iterable[Mapping[str, Any]]) -> list[Finding]:
    by_series: defaultdict[str, list[int]] = defaultdict(list)
    for invoice in invoices:
        if invoice["series"]:
            by_series[invoice["series"]].append(invoice["sequence"])
    problems = []
    for series in uow.numbers.series():
        voids = [void.number for void in uow.numbers.voids(series)]
        if series not in by_series and not voids:
            continue
        used = by_series[series] + voids
        last = max([uow.numbers.last(series), *used])
        for number in missing_numbers(uow.numbers.first(series), last, used):
            name = f"series {series} number {number}"
            problems.append(_problem("number_missing", name, "has no invoice and no cause"))
    return problems


def _invoices_booked(invoices: Iterable[Mapping[str, Any]], numbers: set[str]) -> list[Finding]:
    return [
        _problem("entry_missing", f"invoices {invoice['number']}", "is not in the journal")
        for invoice in invoices
        if invoice["entry_number"] and invoice["entry_number"] not in numbers
    ]


def _open_items(uow: UnitOfWork) -> list[Finding]:
    try:
        uow.open_items.all()
    except Refusal as refusal:
        return [_problem(refusal.code, "open items", refusal.message)]
    return []


def _archived_bytes(
    uow: UnitOfWork, archive: Archive, files: Iterable[Mapping[str, Any]]
) -> list[Finding]:
    sizes = {file["sha256"]: file["size"] for file in files}
    for document in uow.documents.all():
        sizes.setdefault(document.sha256, document.size)
    problems = []
    for sha256, size in sizes.items():
        try:
            content = archive.get(sha256)
        except Failure as failure:
            problems.append(_problem(failure.code, f"archive {sha256}", failure.message))
            continue
        if size and len(content) != size:
            problems.append(_problem("size_differs", f"archive {sha256}", "has another size"))
    return problems


def _problem(code: str, name: str, text: str) -> Finding:
    return Finding(code, "error", f"{name}: {text}", (name,))
