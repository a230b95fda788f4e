"""Chart, cost centres, tax codes, periods, journal and open items of one tenant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from contor.ledger.accounts import Account, Chart
from contor.ledger.clearing import Clearing
from contor.ledger.cost_centre import CostCentre
from contor.ledger.entry import JournalEntry
from contor.ledger.fiscal_period import FiscalPeriod
from contor.ledger.open_items import OpenItem
from contor.ledger.posting import PostedEntry
from contor.ledger.tax_code import TaxCode


@dataclass(frozen=True, slots=True)
class JournalRecord:
    """A posted entry as stored: who posted it when, and its link in the hash chain."""

    posted: PostedEntry
    actor: str
    posted_at: datetime
    hash: str
    reversed_by: str = ""


class ChartStore(Protocol):
    """The chart of accounts."""

    def save(self, accounts: Sequence[Account]) -> int:
        """Insert accounts, or replace those of the same number; how many."""
        ...

    def chart(self) -> Chart:
        """The whole chart."""
        ...

    def get(self, number: str) -> Account:
        """The account; refuses ``account_unknown``."""
        ...


class CostCentreStore(Protocol):
    """Cost centres."""

    def save(self, cost_centres: Sequence[CostCentre]) -> int:
        """Insert, or replace those of the same code; how many."""
        ...

    def all(self) -> Sequence[CostCentre]:
        """All by code."""
        ...


class TaxCodeStore(Protocol):
    """Tax codes with their validity."""

    def save(self, tax_codes: Sequence[TaxCode]) -> int:
        """Insert, or replace those of the same code and first day; how many."""
        ...

    def all(self) -> Sequence[TaxCode]:
        """All by code, then first day."""
        ...

    def get(self, code: str, on: date) -> TaxCode:
        """The row that holds on the day; refuses ``tax_code_unknown``, ``tax_code_not_valid``."""
        ...


class PeriodStore(Protocol):
    """Fiscal periods."""

    def save(self, periods: Sequence[FiscalPeriod]) -> int:
        """Insert periods, or replace those of the same name; how many."""
        ...

    def all(self) -> Sequence[FiscalPeriod]:
        """All by first day."""
        ...

    def close(self, name: str, actor: str, at: datetime) -> FiscalPeriod:
        """Close a period: nothing is posted into it any more; refuses ``period_unknown``."""
        ...

    def reopen(self, name: str, actor: str, at: datetime) -> FiscalPeriod:
        """Open a period again; who and when is kept."""
        ...


class JournalStore(Protocol):
    """The journal: appended, numbered without gaps per fiscal year, hash-chained."""

    def post(self, entry: JournalEntry, *, actor: str, at: datetime) -> PostedEntry:
        """Check by ``ledger.posting.post``, take the number, append.

        Refuses ``entry_unbalanced``, ``period_closed``, ``account_unknown``, ``posted_already``
        (an entry of the same ``source``) and the rest of the ledger's refusals.
        """
        ...

    def reverse(
        self, number: str, *, on: date, reason: str, actor: str, at: datetime
    ) -> PostedEntry:
        """Post the reversing entry; refuses ``entry_unknown``, ``reversed_already``."""
        ...

    def get(self, number: str) -> JournalRecord:
        """The entry of this number; refuses ``entry_unknown``."""
        ...

    def by_source(self, source: str) -> JournalRecord | None:
        """The entry posted for this source (``document:17``), or None."""
        ...

    def all(self, *, start: date | None = None, end: date | None = None) -> Sequence[JournalRecord]:
        """Entries booked in ``[start, end)`` in the order they were posted."""
        ...


class OpenItemStore(Protocol):
    """Open items and their clearings, both appended; what remains is computed."""

    def add(self, item: OpenItem) -> OpenItem:
        """Append an item (its ``id`` is given here); refuses ``open_item_exists``."""
        ...

    def get(self, item_id: int) -> OpenItem:
        """The item with what remains; refuses ``open_item_unknown``."""
        ...

    def by_number(self, number: str, party_number: str | None = None) -> Sequence[OpenItem]:
        """Items of this document number."""
        ...

    def open(
        self, kind: str | None = None, *, party_number: str | None = None
    ) -> Sequence[OpenItem]:
        """Items with something left, by due date."""
        ...

    def all(self, *, settled: bool = True) -> Sequence[OpenItem]:
        """Every item (without settled ones where ``settled`` is false), by issue date."""
        ...

    def clear(self, clearing: Clearing, *, actor: str, at: datetime) -> OpenItem:
        """Append a clearing and give the item as it is now; refuses ``more_than_open``."""
        ...

    def clearings_of(self, payment: str) -> Sequence[Clearing]:
        """What a payment (``bank_line:9``) cleared, oldest first; taken back ones stand beside."""
        ...

    def clearings(self, item_id: int) -> Sequence[Clearing]:
        """What cleared the item, oldest first."""
        ...
