"""Read-only views for pages and reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select, select

from contor.adapters.db.ledger_views import LedgerViews
from contor.adapters.db.stores.bank import SqlBankStore
from contor.adapters.db.stores.bank_rows import line_from
from contor.adapters.db.stores.documents import SqlDocumentStore, document_from
from contor.adapters.db.stores.invoices import invoice_from
from contor.adapters.db.stores.journal_rows import records
from contor.adapters.db.stores.open_item_rows import item_from
from contor.adapters.db.stores.open_items import SqlOpenItemStore
from contor.adapters.db.stores.review import SqlReviewStore
from contor.adapters.db.stores.review import item_from as review_item_from
from contor.adapters.db.tables.bank import BankLineRow
from contor.adapters.db.tables.billing import InvoiceRow
from contor.adapters.db.tables.documents import DocumentRow
from contor.adapters.db.tables.journal import JournalEntryRow, JournalLineRow, OpenItemRow
from contor.adapters.db.tables.operations import CurrentStateRow
from contor.adapters.db.tables.review import ReviewItemRow
from contor.adapters.db.tenant_session import TenantSession
from contor.errors import Refusal
from contor.ledger.open_items import OpenItem
from contor.ports.desk_views import Dashboard, Page, QueueRow, TrialBalanceRow
from contor.ports.store_bank import BankLineRecord
from contor.ports.store_billing import InvoiceRecord
from contor.ports.store_documents import Document
from contor.ports.store_ledger import JournalRecord
from contor.ports.store_review import ReviewItemRecord, ReviewKind

Row = TypeVar("Row")


class SqlDeskViews:
    """Views of one tenant."""

    def __init__(self, db: TenantSession, currency: str) -> None:
        self._db = db
        self._ledger = LedgerViews(db, currency)
        self._documents = SqlDocumentStore(db)
        self._bank = SqlBankStore(db)
        self._review = SqlReviewStore(db)
        self._open_items = SqlOpenItemStore(db)

    def queue(
        self, kind: ReviewKind | None = None, *, page: int = 1, size: int = 50
    ) -> Page[QueueRow]:
        """Open items: priority first, then least certain, then oldest."""
        found, total = self._page(self._review.queue(kind), page, size)
        rows = tuple(_queue_row(review_item_from(row, "open")) for row, _ in found)
        return Page(rows, page, size, total)

    def next_in_queue(self, after_item_id: int | None = None) -> QueueRow | None:
        """The item to look at next (not the one just decided), or None."""
        statement = self._review.queue()
        if after_item_id is not None:
            statement = statement.where(ReviewItemRow.id != after_item_id)
        found = self._db.session.execute(statement.limit(1)).first()
        return None if found is None else _queue_row(review_item_from(found[0], "open"))

    def documents(
        self, state: str | None = None, *, page: int = 1, size: int = 50
    ) -> Page[Document]:
        """Documents, youngest first."""
        statement = self._documents.states_of.joined(DocumentRow).order_by(DocumentRow.id.desc())
        if state is not None:
            statement = statement.where(CurrentStateRow.state == state)
        found, total = self._page(statement, page, size)
        rows = tuple(document_from(row, current.state) for row, current in found)
        return Page(rows, page, size, total)

    def bank_lines(
        self, state: str | None = None, *, page: int = 1, size: int = 50
    ) -> Page[BankLineRecord]:
        """Bank lines, youngest first."""
        statement = self._bank.states_of.joined(BankLineRow)
        if state is not None:
            statement = statement.where(CurrentStateRow.state == state)
        ordered = statement.order_by(BankLineRow.booking_date.desc(), BankLineRow.id.desc())
        found, total = self._page(ordered, page, size)
        rows = tuple(line_from(row, current.state) for row, current in found)
        return Page(rows, page, size, total)

    def journal(
        self,
        *,
        account: str | None = None,
        text: str | None = None,
        page: int = 1,
        size: int = 50,
    ) -> Page[JournalRecord]:
        """Journal entries, youngest first; of one account, or with the text in them."""
        statement = self._db.rows(JournalEntryRow).order_by(JournalEntryRow.chain_index.desc())
        if account:
            statement = statement.where(
                JournalEntryRow.id.in_(self._lines(JournalLineRow.account == account))
            )
        if text:
            like = _containing(text)
            statement = statement.where(
                JournalEntryRow.text.ilike(like, escape="\\")
                | JournalEntryRow.reference.ilike(like, escape="\\")
                | JournalEntryRow.number.ilike(like, escape="\\")
                | JournalEntryRow.id.in_(
                    self._lines(
                        JournalLineRow.text.ilike(like, escape="\\")
                        | (JournalLineRow.party == text)
                    )
                )
            )
        found, total = self._page(statement, page, size)
        return Page(tuple(records(self._db, [row for (row,) in found])), page, size, total)

    def open_items(
        self, kind: str | None = None, *, page: int = 1, size: int = 50
    ) -> Page[OpenItem]:
        """Items with something left, by due date."""
        statement = self._open_items.statement(only_open=True)
        if kind is not None:
            statement = statement.where(OpenItemRow.kind == kind)
        found, total = self._page(
            statement.order_by(OpenItemRow.due_date, OpenItemRow.id), page, size
        )
        return Page(tuple(item_from(row, int(left)) for row, left in found), page, size, total)

    def invoices(self, *, page: int = 1, size: int = 50) -> Page[InvoiceRecord]:
        """Issued invoices, youngest first."""
        statement = self._db.rows(InvoiceRow).order_by(InvoiceRow.chain_index.desc())
        found, total = self._page(statement, page, size)
        return Page(tuple(invoice_from(row) for (row,) in found), page, size, total)

    def trial_balance(
        self, start: date | None = None, end: date | None = None
    ) -> Sequence[TrialBalanceRow]:
        """Per account and currency, bookings of ``[start, end)``."""
        return self._ledger.trial_balance(start, end)

    def dashboard(self, as_of: date) -> Dashboard:
        """Counts and sums on the day."""
        return self._ledger.dashboard(as_of)

    def _page(
        self, statement: Select[*tuple[Any, ...]], page: int, size: int
    ) -> tuple[list[Any], int]:
        if page < 1 or not 1 <= size <= 1000:
            raise Refusal(
                "page_unknown",
                "There is no page {page} of {size} rows.",
                "Pages begin at 1 and have at most 1000 rows.",
                page=page,
                size=size,
            )
        total = self._db.count(statement.order_by(None))
        found = self._db.session.execute(statement.limit(size).offset((page - 1) * size))
        return list(found), total

    def _lines(self, condition: Any) -> Select[int]:
        return select(JournalLineRow.entry_id).where(
            JournalLineRow.tenant_id == self._db.tenant_id, condition
        )


def _containing(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _queue_row(item: ReviewItemRecord) -> QueueRow:
    return QueueRow(
        item_id=item.id,
        kind=item.kind,
        subject_id=item.subject_id,
        title=item.title,
        reasons=item.reasons,
        confidence=item.confidence,
        priority=item.priority,
        created_at=item.created_at,
        amount=item.amount,
        party=item.party,
        on=item.on,
    )
