"""Steps: how a run does its work so that a killed process neither loses nor doubles anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from contor.ports.store import UnitOfWork

T = TypeVar("T")


class Steps(Protocol):
    """The steps of one run. Results are plain JSON values: they are kept as checkpoints."""

    def compute(self, name: str, work: Callable[[], T]) -> T:
        """Do something that may be done twice (reading, fitting, rendering)."""
        ...

    def book(self, name: str, work: Callable[[UnitOfWork], T]) -> T:
        """Do something exactly once: it commits together with its checkpoint."""
        ...
