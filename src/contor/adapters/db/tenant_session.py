"""A session that sees one tenant: every statement of the stores is made here.

Stores never write ``select`` of their own without the tenant: they begin with ``rows`` and append
with ``append``, which put the tenant in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import Select, Table, delete, func, insert, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from contor.adapters.db.tables.base import TenantOwned

RowT = TypeVar("RowT", bound=TenantOwned)
CHUNK = 500


class TenantSession:
    """The open database session, narrowed to ``tenant_id``."""

    def __init__(self, session: Session, tenant_id: int) -> None:
        self.session = session
        self.tenant_id = tenant_id

    def rows(self, table: type[RowT]) -> Select[RowT]:
        """A select of the tenant's rows, to be narrowed further."""
        return select(table).where(table.tenant_id == self.tenant_id)

    def all(self, statement: Select[RowT]) -> Sequence[RowT]:
        """The rows of a select."""
        return self.session.scalars(statement).all()

    def first(self, statement: Select[RowT]) -> RowT | None:
        """The first row of a select, or None."""
        return self.session.scalars(statement.limit(1)).first()

    def by_id(self, table: type[RowT], row_id: int) -> RowT | None:
        """The tenant's row of this id; another tenant's row is not there."""
        return self.first(self.rows(table).where(table.id == row_id))

    def count(self, statement: Select[*tuple[Any, ...]]) -> int:
        """How many rows a select has."""
        return self.session.scalar(select(func.count()).select_from(statement.subquery())) or 0

    def append(self, row: RowT) -> RowT:
        """Insert one row; its id is set."""
        row.tenant_id = self.tenant_id
        self.session.add(row)
        self.session.flush()
        return row

    def append_many(self, table: type[RowT], values: Iterable[Mapping[str, Any]]) -> int:
        """Insert in bulk; how many."""
        full = [{**value, "tenant_id": self.tenant_id} for value in values]
        if full:
            # The plain table: bulk inserts need no object map.
            self.session.execute(insert(cast("Table", inspect(table).local_table)), full)
        return len(full)

    def append_returning_ids(
        self, table: type[RowT], values: Iterable[Mapping[str, Any]]
    ) -> list[int]:
        """Insert in bulk; the new ids in the order of the values."""
        full = [{**value, "tenant_id": self.tenant_id} for value in values]
        if not full:
            return []
        statement = insert(table).returning(table.id, sort_by_parameter_order=True)
        return list(self.session.scalars(statement, full))

    def upsert(
        self, table: type[RowT], values: Sequence[Mapping[str, Any]], keys: Sequence[str]
    ) -> int:
        """Insert, or replace the rows with the same ``keys``; how many."""
        for start in range(0, len(values), CHUNK):
            chunk = [{**v, "tenant_id": self.tenant_id} for v in values[start : start + CHUNK]]
            statement = self.insert_statement(table).values(chunk)
            changed = {
                column: statement.excluded[column]
                for column in chunk[0]
                if column not in {"tenant_id", *keys}
            }
            self.session.execute(
                statement.on_conflict_do_update(index_elements=["tenant_id", *keys], set_=changed)
            )
        self.session.expire_all()
        return len(values)

    def insert_statement(self, table: type[RowT]) -> sqlite.Insert | postgresql.Insert:
        """The database's own INSERT, which knows ON CONFLICT."""
        if self.session.get_bind().dialect.name == "sqlite":
            return sqlite.insert(table)
        return postgresql.insert(table)

    def remove(self, table: type[RowT], *conditions: Any) -> None:
        """Delete rows of tables that may be edited (addresses, bank accounts of a party)."""
        self.session.execute(delete(table).where(table.tenant_id == self.tenant_id, *conditions))
