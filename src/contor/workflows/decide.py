"""Decide: a person accepts, corrects or rejects what waits in the queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from contor.errors import Refusal
from contor.ports.store import UnitOfWork
from contor.ports.store_review import DecisionRecord, ReviewItemRecord, ReviewState, Verdict
from contor.ports.workplace import Workplace
from contor.review.decisions import Correction
from contor.workflows.audit_autopilot import audit_autopilot
from contor.workflows.autopilot_changes import tell
from contor.workflows.decide_bank_line import decide_bank_line, reject_bank_line
from contor.workflows.decide_document import decide_document, reject_document

_STATES: dict[Verdict, ReviewState] = {
    "accept": "accepted",
    "correct": "corrected",
    "reject": "rejected",
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision led to: the entry posted (empty where none), and the verdict kept."""

    item_id: int
    verdict: Verdict
    entry_number: str


def decide(
    work: Workplace,
    tenant_id: int,
    item_id: int,
    verdict: Verdict,
    actor: str,
    correction: Correction | None = None,
    reason: str = "",
) -> Decided:
    """Apply a verdict in one transaction: entry, open item, label and decision together.

    ``accept`` posts what was suggested; ``correct`` posts what the correction says; ``reject`` posts
    nothing and needs a reason. A refusal leaves the item in the queue.

    Raises:
        Refusal: ``review_item_unknown``, ``already_decided``, ``reason_missing``,
            ``nothing_to_post``, or a refusal of the ledger.
    """
    change = correction or Correction()
    if verdict == "correct" and change.empty:
        raise Refusal(
            "correction_empty",
            "Nothing was changed.",
            "Accept the suggestion, or change what is wrong.",
        )
    if verdict == "reject" and not reason.strip():
        raise Refusal(
            "reason_missing", "A rejection needs a reason.", "Say in a few words what is wrong."
        )
    with work.store.unit_of_work(tenant_id) as uow:
        item = uow.review.get(item_id)
        if item.state != "open":
            raise Refusal(
                "already_decided",
                "This item was decided before ({state}).",
                "Go on with the next one.",
                state=item.state,
            )
        number, after = _apply(work, uow, item, verdict, actor, change, reason)
        at = work.clock()
        uow.review.close(item_id, _STATES[verdict], actor, at)
        before = uow.suggestions.latest(item.kind, item.subject_id)
        decision = DecisionRecord(
            item_id,
            verdict,
            actor,
            at,
            reason,
            before=before.content if before else None,
            after=after,
        )
        uow.decisions.add(decision)
        changes = audit_autopilot(uow, decision)
    tell(tenant_id, changes)
    return Decided(item_id, verdict, number)


def _apply(
    work: Workplace,
    uow: UnitOfWork,
    item: ReviewItemRecord,
    verdict: Verdict,
    actor: str,
    change: Correction,
    reason: str,
) -> tuple[str, Mapping[str, Any]]:
    """Number of the entry posted, and what holds now."""
    if item.kind == "document":
        if verdict == "reject":
            reject_document(work, uow, item.subject_id)
            return "", {"reason": reason}
        number = decide_document(work, uow, item.subject_id, actor, change)
    elif item.kind == "bank_line":
        if verdict == "reject":
            reject_bank_line(work, uow, item.subject_id)
            return "", {"reason": reason}
        number = decide_bank_line(work, uow, item.subject_id, actor, change)
    else:
        raise Refusal(
            "kind_not_decided_here",
            "A {kind} is not decided in this queue.",
            "Open it on its own page.",
            kind=item.kind,
        )
    return number, {"entry": number, **_plain(change)}


def _plain(change: Correction) -> dict[str, Any]:
    """The correction as JSON values: amounts as text with their currency."""
    return {
        "fields": dict(change.fields),
        "boxes": {name: list(box) for name, box in change.boxes.items()},
        "postings": [_texts(asdict(choice)) for choice in change.postings],
        "allocations": [_texts(asdict(choice)) for choice in change.allocations],
    }


def _texts(record: dict[str, Any]) -> dict[str, Any]:
    return {
        name: f"{value['minor']} {value['currency']}" if isinstance(value, dict) else value
        for name, value in record.items()
    }
