"""The chains as they stand: each row's content rebuilt from its columns, readable or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from contor.adapters.db.stores.archive_index import file_content, file_from
from contor.adapters.db.stores.chains import Chains
from contor.adapters.db.stores.invoices import invoice_content, invoice_from
from contor.adapters.db.stores.journal_rows import entry_content, records
from contor.adapters.db.tables.billing import InvoiceRow
from contor.adapters.db.tables.journal import JournalEntryRow
from contor.adapters.db.tables.operations import ArchivedFileRow
from contor.adapters.db.tenant_session import CHUNK, TenantSession
from contor.errors import Refusal
from contor.ports.store_chains import ChainName, ChainRow, ChainTail

Content = Mapping[str, Any]
# What somebody's hand in the database can make the reading of a row run into.
_UNREADABLE = (ValueError, TypeError, ArithmeticError, Refusal)


_TABLES: dict[ChainName, tuple[Any, Any]] = {
    "journal": (JournalEntryRow, JournalEntryRow.number),
    "invoices": (InvoiceRow, InvoiceRow.number),
    "archive": (ArchivedFileRow, ArchivedFileRow.sha256),
}


class SqlChainStore:
    """The chains of one tenant."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db
        self._contents: dict[ChainName, Callable[[Sequence[int]], dict[int, Content]]] = {
            "journal": self._journal,
            "invoices": self._invoices,
            "archive": self._archive,
        }

    def rows(self, chain: ChainName) -> Iterator[ChainRow]:
        """The rows of the chain in order."""
        table, name = _TABLES[chain]
        statement = (
            select(table.chain_index, name, table.hash, table.id)
            .where(table.tenant_id == self._db.tenant_id)
            .order_by(table.chain_index)
        )
        heads = self._db.session.execute(statement).all()
        for start in range(0, len(heads), CHUNK):
            chunk = heads[start : start + CHUNK]
            contents = self._readable(chain, [head.id for head in chunk])
            for index, row_name, row_hash, row_id in chunk:
                yield ChainRow(index, row_name, contents.get(row_id), row_hash)

    def tail(self, chain: ChainName) -> ChainTail:
        """The tail as it is kept beside the chain."""
        return Chains(self._db).tail(chain)

    def _readable(self, chain: ChainName, ids: Sequence[int]) -> dict[int, Content]:
        """Contents by id; rows that cannot be read are left out, found one by one."""
        try:
            return self._contents[chain](ids)
        except _UNREADABLE:
            if len(ids) == 1:
                return {}
        half = len(ids) // 2
        return self._readable(chain, ids[:half]) | self._readable(chain, ids[half:])

    def _journal(self, ids: Sequence[int]) -> dict[int, Content]:
        statement = self._db.rows(JournalEntryRow).where(JournalEntryRow.id.in_(ids))
        rows = self._db.all(statement.order_by(JournalEntryRow.id))
        found: dict[int, Content] = {}
        for row, record in zip(rows, records(self._db, rows), strict=True):
            if row.number == record.posted.number:
                found[row.id] = entry_content(record.posted, record.actor, record.posted_at)
        return found

    def _invoices(self, ids: Sequence[int]) -> dict[int, Content]:
        rows = self._db.all(self._db.rows(InvoiceRow).where(InvoiceRow.id.in_(ids)))
        return {row.id: invoice_content(invoice_from(row)) for row in rows}

    def _archive(self, ids: Sequence[int]) -> dict[int, Content]:
        rows = self._db.all(self._db.rows(ArchivedFileRow).where(ArchivedFileRow.id.in_(ids)))
        return {row.id: file_content(file_from(row)) for row in rows}
