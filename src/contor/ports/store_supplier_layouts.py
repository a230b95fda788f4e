"""What confirmed documents have taught about the papers of a tenant's suppliers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from contor.documents.suppliers.layout import SupplierLayout


@dataclass(frozen=True, slots=True)
class LearntLayout:
    """A layout with the document and the person it was learnt from."""

    document_id: int
    layout: SupplierLayout
    actor: str
    learnt_at: datetime
    id: int = 0


class SupplierLayoutStore(Protocol):
    """Layouts of one tenant's suppliers, appended; none leaves the tenant."""

    def add(self, learnt: LearntLayout) -> LearntLayout:
        """Append, with the keys it is found by."""
        ...

    def by_keys(self, keys: Sequence[str]) -> Sequence[LearntLayout]:
        """The youngest layouts that share a key, oldest first; of very many the last few dozen."""
        ...

    def all(self, *, after_id: int = 0) -> Sequence[LearntLayout]:
        """Every layout in the order they were learnt."""
        ...

    def count(self, *, after_id: int = 0) -> int:
        """How many there are (``after_id``: only those younger than it)."""
        ...

    def last_id(self) -> int:
        """The youngest layout's id, 0 without any."""
        ...
