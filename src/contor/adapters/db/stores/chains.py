"""Appending to a hash chain: the tail is locked, so that two writers never share a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from contor.adapters.db.tables.operations import ChainTailRow
from contor.adapters.db.tenant_session import TenantSession
from contor.ledger.hash_chain import GENESIS, chain_hash

ChainName = Literal["journal", "invoices", "archive"]


@dataclass(frozen=True, slots=True)
class Link:
    """The place of a row in its chain."""

    index: int
    hash: str


class Chains:
    """The chains of one tenant."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def lock(self, chain: ChainName) -> ChainTailRow:
        """The tail, locked until the unit of work ends."""
        insert = self._db.insert_statement(ChainTailRow).values(
            tenant_id=self._db.tenant_id, chain=chain, count=0, hash=GENESIS
        )
        tail_of = self._db.rows(ChainTailRow).where(ChainTailRow.chain == chain)
        tail = self._db.first(tail_of.with_for_update())
        if tail is None:
            self._db.session.execute(insert.on_conflict_do_nothing())
            tail = self._db.first(tail_of.with_for_update())
        assert tail is not None
        self._db.session.refresh(tail, with_for_update=True)
        return tail

    def append(self, chain: ChainName, content: Any) -> Link:
        """The next link for the content; the tail moves on."""
        tail = self.lock(chain)
        tail.count += 1
        tail.hash = chain_hash(tail.hash, content)
        self._db.session.flush()
        return Link(tail.count, tail.hash)

    def tail(self, chain: ChainName) -> Link:
        """The last link, index 0 and the genesis hash where the chain is empty."""
        row = self._db.first(self._db.rows(ChainTailRow).where(ChainTailRow.chain == chain))
        return Link(0, GENESIS) if row is None else Link(row.count, row.hash)
