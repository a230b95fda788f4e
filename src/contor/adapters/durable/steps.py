"""Two ways to take a step: at once, or with a checkpoint that survives the process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from dbos import DBOS

from contor.ports.store import Store, UnitOfWork

T = TypeVar("T")


class PlainSteps:
    """Steps without checkpoints, for runs that are started again from the beginning."""

    def __init__(self, store: Store, tenant_id: int) -> None:
        self._store = store
        self._tenant_id = tenant_id

    def compute(self, name: str, work: Callable[[], T]) -> T:
        """Do it."""
        del name
        return work()

    def book(self, name: str, work: Callable[[UnitOfWork], T]) -> T:
        """Do it in one transaction."""
        del name
        with self._store.unit_of_work(self._tenant_id) as uow:
            return work(uow)


class DurableSteps:
    """Steps of a DBOS workflow: computed at least once, booked exactly once."""

    def __init__(self, datasource: Any, store: Store, tenant_id: int) -> None:
        self._datasource = datasource
        self._store = store
        self._tenant_id = tenant_id

    def compute(self, name: str, work: Callable[[], T]) -> T:
        """Do it and keep the result; done again only where the process died before keeping it."""
        result: T = DBOS.run_step({"name": name}, work)
        return result

    def book(self, name: str, work: Callable[[UnitOfWork], T]) -> T:
        """Do it in a transaction that commits together with its checkpoint."""

        def within() -> T:
            session = self._datasource.sql_session()
            unit = self._store.unit_of_work_on(session, self._tenant_id)
            return work(unit)

        result: T = self._datasource.run_tx_step({"name": name}, within)
        return result
