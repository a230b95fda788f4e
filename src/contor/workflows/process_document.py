"""Process: read a received document, suggest its booking, post it alone or queue it for a person.

Each step leaves a checkpoint, so a killed process goes on where it was: reading may happen twice,
storing and posting happen once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from contor.documents.reading import Reading
from contor.errors import Finding
from contor.ports.documents import FileJob
from contor.ports.steps import Steps
from contor.ports.store import UnitOfWork
from contor.ports.store_documents import Reading as StoredReading
from contor.ports.store_documents import StoredFinding, SuggestionRecord
from contor.ports.store_review import ReviewItemRecord
from contor.ports.workplace import Workplace
from contor.review.blind import CAP, as_item, cap_of, claimed, is_ordinary
from contor.review.document_facts import amount_of, currency_of, day_of
from contor.review.policy import in_sample
from contor.workflows.audit_autopilot import state_of
from contor.workflows.duplicates import claim_keys
from contor.workflows.live_model import live_document_model
from contor.workflows.remember_supplier import keep_words, with_memory
from contor.workflows.suggest_posting import Suggested, routing_policy, suggest
from contor.workflows.supplier import title_of
from contor.workflows.unpack_document import keep_files, keep_parts, unpack
from contor.workflows.unpacked import Unpacked

AUTOPILOT = "autopilot"
_LOOKED_AT = 100


def process(work: Workplace, tenant_id: int, document_id: int, steps: Steps) -> dict[str, Any]:
    """Run the document through; gives ``{"state", "confidence", "entry"}``.

    What holds other documents ends in the state ``split``: they wait for runs of their own.
    """

    def opened() -> dict[str, Any]:
        with work.store.reading(tenant_id) as uow:
            document = uow.documents.get(document_id)
        return unpack(work, document).to_json()

    def read() -> dict[str, Any]:
        with work.store.reading(tenant_id) as uow:
            document, model = uow.documents.get(document_id), live_document_model(uow)
        content = work.archive.get(document.sha256)
        found = work.reader.read(FileJob(content, document.filename, model))
        return with_memory(work, tenant_id, found, model)

    unpacked = Unpacked.from_json(steps.compute("open", opened))
    if not unpacked.whole:
        state = steps.book("keep_parts", lambda uow: keep_parts(work, uow, document_id, unpacked))
        return {"state": state, "confidence": 0.0, "entry": ""}
    record = with_findings(steps.compute("read", read), unpacked.findings)

    def keep(uow: UnitOfWork) -> bool:
        keep_files(uow, document_id, unpacked, work.clock())
        keep_words(work, uow, document_id, record)
        return _keep_reading(work, uow, document_id, record)

    if not steps.book("keep_reading", keep):
        return {"state": "refused", "confidence": 0.0, "entry": ""}
    return steps.book("suggest", lambda uow: _suggest(work, uow, document_id, record))


def with_findings(record: Mapping[str, Any], findings: Sequence[Finding]) -> dict[str, Any]:
    """The record of a reading with what was found when the file was opened."""
    reading = Reading.from_json(record)
    return {**record, **replace(reading, findings=(*reading.findings, *findings)).to_json()}


def _keep_reading(
    work: Workplace, uow: UnitOfWork, document_id: int, record: Mapping[str, Any]
) -> bool:
    """Store the reading; a refused document is queued at once. False where it was refused."""
    at = work.clock()
    reading = Reading.from_json(record)
    uow.readings.add(StoredReading(document_id, record, at))
    _keep_findings(work, uow, document_id, reading.findings)
    if reading.refusal is None:
        claim_keys(uow, reading, document_id)
        uow.documents.set_state(document_id, "read", at)
        return True
    uow.documents.set_state(document_id, "refused", at)
    uow.review.add(
        ReviewItemRecord(
            "document",
            document_id,
            (f"refused:{reading.refusal[0]}",),
            0.0,
            at,
            title=uow.documents.get(document_id).filename,
        )
    )
    return False


def _suggest(
    work: Workplace, uow: UnitOfWork, document_id: int, record: Mapping[str, Any]
) -> dict[str, Any]:
    at = work.clock()
    reading = Reading.from_json(record)
    document = uow.documents.get(document_id)
    received = document.received_at.date()
    made = suggest(uow, work.assigners.of(uow), reading, document_id, received)
    made = _for_the_queue(uow, made, document.sha256)
    uow.suggestions.add(
        SuggestionRecord("document", document_id, made.content, made.model_version, at)
    )
    _keep_findings(work, uow, document_id, made.findings[len(reading.findings) :])
    if made.routing.alone and made.posting is not None:
        return _post_alone(work, uow, document_id, made)
    uow.documents.set_state(document_id, "review", at)
    uow.review.add(
        ReviewItemRecord(
            "document",
            document_id,
            made.routing.reasons,
            made.routing.confidence,
            at,
            priority=int(any(reason.startswith("finding:") for reason in made.routing.reasons)),
            title=title_of(reading, document.filename),
            amount=amount_of(
                reading.value("gross_total"), currency_of(reading, uow.tenant.currency)
            ),
            party=reading.value("seller_name") or "",
            on=day_of(reading.value("issue_date")),
        )
    )
    return {"state": "review", "confidence": made.routing.confidence, "entry": ""}


def _for_the_queue(uow: UnitOfWork, made: Suggested, sha256: str) -> Suggested:
    """What a person decides: all that is not sure, and blindly a share of what is.

    While a target is suspended that share is everything: so it can prove itself again.
    """
    sampled = made.routing.alone and (
        bool(state_of(uow).suspended) or in_sample(sha256, routing_policy(uow).sample)
    )
    if made.routing.alone and not sampled:
        return made
    latest = uow.suggestions.recent("document", _LOOKED_AT)
    known = [float(o.content["confidence"]) for o in latest if is_ordinary(o.content)]
    cap = cap_of(known)
    content = {**(claimed(made.content) if sampled else made.content), CAP: cap}
    routing = as_item(made.routing, content["lines"], cap)
    return replace(made, content=content, routing=routing)


def _post_alone(
    work: Workplace, uow: UnitOfWork, document_id: int, made: Suggested
) -> dict[str, Any]:
    at = work.clock()
    assert made.posting is not None
    posted = uow.journal.post(made.posting.entry, actor=AUTOPILOT, at=at)
    if made.posting.open_item is not None:
        uow.open_items.add(replace(made.posting.open_item, entry_number=posted.number))
    uow.documents.set_state(document_id, "posted", at)
    return {"state": "posted", "confidence": made.routing.confidence, "entry": posted.number}


def _keep_findings(
    work: Workplace, uow: UnitOfWork, document_id: int, findings: Sequence[Finding]
) -> None:
    at = work.clock()
    if findings:
        uow.findings.add([StoredFinding("document", document_id, item, at) for item in findings])
