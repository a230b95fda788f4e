"""Retraining of reading: when a tenant's document model is due to learn again."""

from __future__ import annotations

from datetime import datetime, timedelta

from contor.ports.store import UnitOfWork

KIND = "training_documents"
LEAST_DOCUMENTS = 40
_FEW = 20
_WEEK = timedelta(days=7)
_GROWTH = 0.25


def documents_due(uow: UnitOfWork, now: datetime) -> str:
    """Why the model should learn again (a sentence for people); empty where it should not."""
    last = next(iter(uow.runs.recent(KIND, limit=1)), None)
    if last is None:
        enough = uow.supplier_layouts.count() >= LEAST_DOCUMENTS
        return "No model for reading was trained yet." if enough else ""
    report = last.report or {}
    new = uow.supplier_layouts.count(after_id=int(report.get("last_layout", 0)))
    grown = new >= _GROWTH * int(report.get("documents", new))
    if new >= _FEW and (grown or now - last.changed_at > _WEEK):
        return f"{new} documents were confirmed since the last training."
    return ""
