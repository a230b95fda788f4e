"""Which model of a tenant is live: one appended setting, so that going back is one more line."""

from __future__ import annotations

from contor.ports.store import UnitOfWork
from contor.ports.workplace import Workplace

SETTING = "live_model"


def make_live(work: Workplace, uow: UnitOfWork, version: str, last_label: int, actor: str) -> None:
    """Serve ``version`` from now on; it has learnt from the labels up to ``last_label``."""
    content = {"version": version, "last_label": last_label}
    uow.settings.add(SETTING, content, actor, work.clock())
