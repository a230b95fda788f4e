"""Which models of a tenant are live: one appended setting each, so that going back is one more line."""

from __future__ import annotations

from contor.ports.store import UnitOfWork
from contor.ports.workplace import Workplace

SETTING = "live_model"
DOCUMENT_SETTING = "live_document_model"
DOCUMENT_MODEL = "document-fields"


def make_live(work: Workplace, uow: UnitOfWork, version: str, last_label: int, actor: str) -> None:
    """Serve ``version`` from now on; it has learnt from the labels up to ``last_label``."""
    content = {"version": version, "last_label": last_label}
    uow.settings.add(SETTING, content, actor, work.clock())


def make_document_model_live(
    work: Workplace, uow: UnitOfWork, version: str, last_layout: int, actor: str
) -> None:
    """Read with ``version`` from now on (empty: the shelf's own); it knows ``last_layout``."""
    content = {"version": version, "last_layout": last_layout}
    uow.settings.add(DOCUMENT_SETTING, content, actor, work.clock())


def live_document_model(uow: UnitOfWork) -> str:
    """The tenant's model for reading as ``tenant/version``; empty where the shelf's own reads."""
    version = str((uow.settings.current(DOCUMENT_SETTING) or {}).get("version", ""))
    return f"{uow.tenant.key}/{version}" if version else ""
