"""What is missing: why a document that waits cannot be accepted as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contor.documents.reading import Reading
from contor.errors import Refusal
from contor.ports.store import UnitOfWork
from contor.ports.store_documents import Document
from contor.review.document_facts import supplier_document
from contor.workflows.suggest_lines import lines_of
from contor.workflows.suggest_posting import draft_posting
from contor.workflows.supplier import find_supplier, nobody_named


def what_is_missing(
    uow: UnitOfWork, document: Document, read: Mapping[str, Any] | None, content: Mapping[str, Any]
) -> Refusal | None:
    """The refusal that accepting the latest suggestion would meet; None where it would be posted.

    ``read`` is what the latest reading found, ``content`` what was suggested; both may be missing.
    """
    if read is None:
        return None
    reading = Reading.from_json(read)
    suggested = content.get("lines") or ()
    received = document.received_at.date()
    if not (reading.value("seller_name") or content.get("supplier") or find_supplier(uow, reading)):
        return nobody_named()
    try:
        if not suggested:
            supplier_document(reading, document.id, "", uow.tenant.currency, received)
            return Refusal(
                "nothing_to_post",
                "There is no suggestion to accept.",
                "Choose account, cost centre and tax code.",
            )
        draft_posting(uow, reading, document.id, "", lines_of(content), suggested, received)
    except Refusal as refusal:
        return refusal
    return None
