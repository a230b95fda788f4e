"""Steer the autopilot: what a person promises, switches off, or lets fly again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contor.account_assignment.targets import TARGETS
from contor.errors import Refusal
from contor.ports.workplace import Workplace
from contor.review.autopilot_changes import EVERYTHING, AutopilotChange, Change
from contor.workflows.audit_autopilot import PROMISE, ROUTING, resume
from contor.workflows.autopilot_changes import tell

MOST = 0.2
"""A promise of more than one in five is none."""


def set_autopilot(work: Workplace, tenant_id: int, actor: str, *, on: bool, promise: float) -> None:
    """Switch the autopilot on or off, and promise a share of wrong postings at most (0..1).

    Raises:
        Refusal: ``promise_out_of_range``.
    """
    if not 0.0 < promise <= MOST:
        raise Refusal(
            "promise_out_of_range",
            "A promise of {promise} makes no sense.",
            "Promise more than 0 and at most 20 percent.",
            promise=f"{promise:.1%}",
        )
    with work.store.unit_of_work(tenant_id) as uow:
        kept = dict(uow.settings.current(ROUTING) or {})
        fresh = {**kept, "autopilot": on, "promise": promise}
        if fresh != kept:
            uow.settings.add(ROUTING, fresh, actor, work.clock())
    tell(tenant_id, _changes({"autopilot": True, "promise": PROMISE, **kept}, fresh))


def _changes(kept: Mapping[str, Any], fresh: Mapping[str, Any]) -> Iterator[AutopilotChange]:
    """What a person's switch and promise change for all targets."""
    figures = {"promise": fresh["promise"]}
    if fresh["autopilot"] != kept["autopilot"]:
        change: Change = "resumed" if fresh["autopilot"] else "suspended"
        yield AutopilotChange(EVERYTHING, change, "person", figures)
    if fresh["promise"] != kept["promise"]:
        yield AutopilotChange(EVERYTHING, "promised", "person", figures)


def resume_target(work: Workplace, tenant_id: int, actor: str, target: str) -> None:
    """Let a suspended target fly again before it has proved itself; later decisions are judged.

    Raises:
        Refusal: ``target_unknown``.
    """
    if target not in TARGETS:
        raise Refusal(
            "target_unknown",
            "There is no target {target}.",
            "Use one of: {known}.",
            target=target,
            known=", ".join(TARGETS),
        )
    with work.store.unit_of_work(tenant_id) as uow:
        changes = resume(uow, target, actor, work.clock())
    tell(tenant_id, changes)
