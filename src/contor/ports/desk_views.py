"""Read-only views for pages and reports: plain rows, paged, computed by the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from contor.ledger.open_items import OpenItem
from contor.money import Money
from contor.ports.store_bank import BankLineRecord
from contor.ports.store_billing import InvoiceRecord
from contor.ports.store_documents import Document
from contor.ports.store_ledger import JournalRecord
from contor.ports.store_review import ReviewKind

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows; ``number`` starts at 1, ``total`` counts all rows."""

    rows: tuple[Row, ...]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An open review item with what a list shows about its subject."""

    item_id: int
    kind: ReviewKind
    subject_id: int
    title: str
    reasons: tuple[str, ...]
    confidence: float
    priority: int
    created_at: datetime
    amount: Money | None
    party: str
    on: date | None


@dataclass(frozen=True, slots=True)
class TrialBalanceRow:
    """Debits, credits and balance (debits minus credits) of an account in one currency."""

    account: str
    name: str
    kind: str
    debit: Money
    credit: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Counts and sums of the desk's first page."""

    documents: dict[str, int]
    bank_lines: dict[str, int]
    queue: dict[str, int]
    entries: int
    invoices: int
    decisions: dict[str, int]
    labels: int
    outbox: dict[str, int]
    receivable: tuple[Money, ...]
    payable: tuple[Money, ...]
    overdue: tuple[Money, ...]


class DeskViews(Protocol):
    """Views of one tenant. Pages start at 1; ``size`` is the number of rows on a page."""

    def queue(
        self, kind: ReviewKind | None = None, *, page: int = 1, size: int = 50
    ) -> Page[QueueRow]:
        """Open items: priority first, then least certain, then oldest."""
        ...

    def next_in_queue(self, after_item_id: int | None = None) -> QueueRow | None:
        """The item to look at next (not the one just decided), or None."""
        ...

    def documents(
        self, state: str | None = None, *, page: int = 1, size: int = 50
    ) -> Page[Document]:
        """Documents, youngest first."""
        ...

    def bank_lines(
        self, state: str | None = None, *, page: int = 1, size: int = 50
    ) -> Page[BankLineRecord]:
        """Bank lines, youngest first."""
        ...

    def journal(
        self,
        *,
        account: str | None = None,
        text: str | None = None,
        page: int = 1,
        size: int = 50,
    ) -> Page[JournalRecord]:
        """Journal entries, youngest first; of one account, or with the text in them."""
        ...

    def open_items(
        self, kind: str | None = None, *, page: int = 1, size: int = 50
    ) -> Page[OpenItem]:
        """Items with something left, by due date."""
        ...

    def invoices(self, *, page: int = 1, size: int = 50) -> Page[InvoiceRecord]:
        """Issued invoices, youngest first."""
        ...

    def trial_balance(
        self, start: date | None = None, end: date | None = None
    ) -> Sequence[TrialBalanceRow]:
        """Per account and currency, bookings of ``[start, end)``."""
        ...

    def dashboard(self, as_of: date) -> Dashboard:
        """Counts and sums on the day."""
        ...
