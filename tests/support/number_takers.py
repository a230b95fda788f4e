"""Work for processes of their own: taking numbers from one series at the same time."""

from __future__ import annotations

from random import Random

from contor.adapters.db.engine import open_engine
from contor.adapters.db.unit_of_work import SqlStore
from contor.ports.store_billing import VoidNumber
from tests.support.databases import NOON


def take_and_sometimes_spoil(url: str, tenant_id: int, taker: int, times: int) -> int:
    """Take ``times`` numbers; a number spoilt after commit gets its void record. How many good."""
    engine = open_engine(url)
    store, chance, good = SqlStore(engine), Random(taker), 0
    for _ in range(times):
        with store.unit_of_work(tenant_id) as uow:
            number = uow.numbers.take("RE-2026")
        if chance.random() < 0.05:
            with store.unit_of_work(tenant_id) as uow:
                uow.numbers.void(VoidNumber("RE-2026", number, "spoilt", str(taker), NOON))
        else:
            good += 1
    engine.dispose()
    return good
