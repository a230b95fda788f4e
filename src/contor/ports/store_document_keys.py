"""Natural keys of documents: who has an invoice first holds its keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class DocumentKeyStore(Protocol):
    """Keys by which the same invoice is known again; a key is held by one document for good."""

    def claim(self, document_id: int, keys: Sequence[str]) -> None:
        """Take the keys that nobody holds; of two at once, one takes them and the other waits."""
        ...

    def holders(self, keys: Sequence[str]) -> Sequence[int]:
        """The documents that hold any of the keys, oldest first."""
        ...
