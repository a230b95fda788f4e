"""Refresh: what waits in the queue is read and suggested anew once somebody decided something."""

from __future__ import annotations

from contor.documents.reading import Reading
from contor.ports.store_documents import SuggestionRecord
from contor.ports.workplace import Workplace
from contor.review.blind import carried
from contor.workflows.remember_supplier import refresh_reading
from contor.workflows.suggest_bank_line import suggest_bank_line
from contor.workflows.suggest_posting import suggest


def refresh_suggestion(work: Workplace, tenant_id: int, item_id: int) -> bool:
    """Suggest an open item again if the model has learnt; whether it did.

    The new suggestion is appended; the old one stays as what was claimed before. A document of the
    blind sample carries its claim along: that is what would have been posted.
    """
    if not work.assigners.ready(tenant_id):  # nobody waits for models to be fitted
        return False
    with work.store.reading(tenant_id) as uow:
        item = uow.review.get(item_id)
    if item.state != "open" or item.kind not in {"document", "bank_line"}:
        return False
    if item.kind == "bank_line":
        return _refresh_bank_line(work, tenant_id, item.subject_id)
    with work.store.reading(tenant_id) as uow:
        claimed = uow.suggestions.latest("document", item.subject_id)
        if claimed is None:
            return False
    reread = refresh_reading(work, tenant_id, item.subject_id)
    with work.store.reading(tenant_id) as uow:
        stored = uow.readings.latest(item.subject_id)
        assigner = work.assigners.of(uow)
        if stored is None or (claimed.model_version == assigner.version and not reread):
            return False
        received = uow.documents.get(item.subject_id).received_at.date()
        reading = Reading.from_json(stored.content)
        made = suggest(uow, assigner, reading, item.subject_id, received)
    with work.store.unit_of_work(tenant_id) as uow:
        uow.suggestions.add(
            SuggestionRecord(
                "document",
                item.subject_id,
                {**made.content, **carried(claimed.content)},
                made.model_version,
                work.clock(),
            )
        )
    return True


def _refresh_bank_line(work: Workplace, tenant_id: int, line_id: int) -> bool:
    with work.store.reading(tenant_id) as uow:
        claimed = uow.suggestions.latest("bank_line", line_id)
        assigner = work.assigners.of(uow)
        if claimed is None or claimed.model_version == assigner.version:
            return False
        content = suggest_bank_line(uow, assigner, uow.bank.get(line_id))
    with work.store.unit_of_work(tenant_id) as uow:
        made = SuggestionRecord("bank_line", line_id, content, assigner.version, work.clock())
        uow.suggestions.add(made)
    return True
