"""The hash chains of one tenant, as the proof of the books reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

ChainName = Literal["journal", "invoices", "archive"]


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One row as it stands in the database now; ``content`` is None where it cannot be read."""

    index: int
    name: str
    content: Mapping[str, Any] | None
    hash: str


@dataclass(frozen=True, slots=True)
class ChainTail:
    """How many rows the chain has and the hash of the last one, as kept beside the chain.

    Written down elsewhere (printed, sent to the auditor), it proves that nobody rebuilt the chain.
    """

    count: int
    hash: str


class ChainStore(Protocol):
    """The chains: journal, invoices, archive."""

    def rows(self, chain: ChainName) -> Iterator[ChainRow]:
        """The rows of the chain in order."""
        ...

    def tail(self, chain: ChainName) -> ChainTail:
        """The tail; count 0 and the genesis hash where the chain is empty."""
        ...
