"""What is missing: why a document that waits cannot be accepted as it stands."""

from __future__ import annotations

from contor.documents.reading import Reading
from contor.errors import Refusal
from contor.ports.store import UnitOfWork
from contor.review.document_facts import supplier_document
from contor.workflows.suggest_lines import lines_of
from contor.workflows.suggest_posting import draft_posting
from contor.workflows.supplier import find_supplier, nobody_named


def what_is_missing(uow: UnitOfWork, document_id: int) -> Refusal | None:
    """The refusal that accepting the latest suggestion would meet; None where it would be posted."""
    stored = uow.readings.latest(document_id)
    if stored is None:
        return None
    reading = Reading.from_json(stored.content)
    suggestion = uow.suggestions.latest("document", document_id)
    content = suggestion.content if suggestion else {}
    suggested = content.get("lines") or ()
    received = uow.documents.get(document_id).received_at.date()
    if not (reading.value("seller_name") or content.get("supplier") or find_supplier(uow, reading)):
        return nobody_named()
    try:
        supplier_document(reading, document_id, "", uow.tenant.currency, received)
        if not suggested:
            return Refusal(
                "nothing_to_post",
                "There is no suggestion to accept.",
                "Choose account, cost centre and tax code.",
            )
        draft_posting(uow, reading, document_id, "", lines_of(content), suggested, received)
    except Refusal as refusal:
        return refusal
    return None
