"""Appending to a hash chain: the tail is locked, so that two writers never share a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from contor.adapters.db.tables.operations import ChainTailRow
from contor.adapters.db.tenant_session import TenantSession
from contor.ledger.hash_chain import GENESIS, chain_hash
from contor.ports.store_chains import ChainName, ChainTail


@dataclass(frozen=True, slots=True)
class Link:
    """The place of a row in its chain."""

    index: int
    hash: str


class Chains:
    """The chains of one tenant."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db
        self._locked: dict[ChainName, ChainTailRow] = {}

    def lock(self, chain: ChainName) -> ChainTailRow:
        """The tail, locked until the unit of work ends."""
        if chain in self._locked:
            return self._locked[chain]
        tail_of = self._db.rows(ChainTailRow).where(ChainTailRow.chain == chain)
        # populate_existing: what another writer appended while we waited must be seen.
        fresh = tail_of.with_for_update().execution_options(populate_existing=True)
        tail = self._db.first(fresh)
        if tail is None:
            start = self._db.insert_statement(ChainTailRow).values(
                tenant_id=self._db.tenant_id, chain=chain, count=0, hash=GENESIS
            )
            self._db.session.execute(start.on_conflict_do_nothing())
            tail = self._db.first(fresh)
        assert tail is not None
        self._locked[chain] = tail
        return tail

    def append(self, chain: ChainName, content: Any) -> Link:
        """The next link for the content; the tail moves on."""
        tail = self.lock(chain)
        tail.count += 1
        tail.hash = chain_hash(tail.hash, content)
        self._db.session.flush()
        return Link(tail.count, tail.hash)

    def tail(self, chain: ChainName) -> ChainTail:
        """The tail as it is kept; count 0 and the genesis hash where the chain is empty."""
        row = self._db.first(self._db.rows(ChainTailRow).where(ChainTailRow.chain == chain))
        return ChainTail(0, GENESIS) if row is None else ChainTail(row.count, row.hash)
