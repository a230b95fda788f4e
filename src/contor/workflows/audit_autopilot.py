"""Audit the autopilot: decisions on the blind sample may end its right to post alone, or renew it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contor.account_assignment.targets import TARGETS
from contor.ports.store import UnitOfWork
from contor.ports.store_review import DecisionRecord
from contor.review.audit import Audit, audit, errors_of
from contor.review.autopilot_changes import AutopilotChange, Change
from contor.review.autopilot_state import SETTING, AutopilotState, TargetState
from contor.review.blind import SAMPLED

KIND = "autopilot_audit"
ACTOR = "autopilot"
ROUTING = "routing"
PROMISE = 0.01
"""Where the tenant states none."""


@dataclass(frozen=True, slots=True)
class TargetAudit:
    """A target with its state and what the sample proves since that state began."""

    target: str
    state: TargetState
    found: Audit


def promise_of(uow: UnitOfWork) -> float:
    """The tenant's promise: the share of wrong postings at most."""
    return float((uow.settings.current(ROUTING) or {}).get("promise", PROMISE))


def state_of(uow: UnitOfWork) -> AutopilotState:
    """Which targets are suspended."""
    return AutopilotState.from_json(uow.settings.current(SETTING))


def audits(uow: UnitOfWork) -> list[TargetAudit]:
    """What the blind sample proves of each target; decisions before its state began do not count."""
    state, promise = state_of(uow), promise_of(uow)
    instants = [datetime.fromisoformat(s) for t in TARGETS if (s := state.of(t).since)]
    oldest = min(instants) if len(instants) == len(TARGETS) else None
    sampled = uow.decisions.sampled(oldest)
    return [_audit(target, state.of(target), sampled, promise) for target in TARGETS]


def audit_autopilot(uow: UnitOfWork, decision: DecisionRecord) -> list[AutopilotChange]:
    """Judge the promise after a decision on a sampled item; suspend or resume what it proves.

    Per target, since thresholds are: suspending and resuming append the setting
    ``autopilot_state`` and leave a run of the kind ``autopilot_audit`` that says why. While a
    target is suspended everything that would have gone alone is sampled, so that it can prove
    itself again. Nothing is judged where the decision was not on a sampled item. What changed is
    answered, to be told once the transaction holds.
    """
    if not _sampled(decision):
        return []
    return [
        _change(uow, one, decision.at, f"{KIND}:{uow.tenant.key}:{decision.item_id}:{one.target}")
        for one in audits(uow)
        if (one.found.broken and not one.state.suspended)
        or (one.state.suspended and one.found.proven)
    ]


def resume(uow: UnitOfWork, target: str, actor: str, at: datetime) -> list[AutopilotChange]:
    """A person lets a suspended target fly again; only later decisions count.

    Leaves a run as the audit does, so that it is told who did it. Nothing changes where the target
    is not suspended.
    """
    state = state_of(uow)
    if not state.of(target).suspended:
        return []
    fresh = state.changed(target, "running", at.isoformat(), actor)
    version = uow.settings.add(SETTING, fresh.to_json(), actor, at)
    run_id = f"{KIND}:{uow.tenant.key}:{actor}:{target}:{at.isoformat()}"
    uow.runs.start(run_id, KIND, at, {"target": target})
    report = {"code": "autopilot_resumed", "target": target, "by": actor}
    uow.runs.record(run_id, "done", at, {**report, "setting_version": version})
    return [AutopilotChange(target, "resumed", "person", {"promise": promise_of(uow)})]


def _audit(
    target: str, state: TargetState, sampled: Sequence[DecisionRecord], promise: float
) -> TargetAudit:
    since = datetime.fromisoformat(state.since) if state.since else None
    counted = [one for one in sampled if since is None or one.at > since]
    errors = [errors_of(one.verdict, one.before, one.after)[target] for one in counted]
    return TargetAudit(target, state, audit(errors, promise))


def _sampled(decision: DecisionRecord) -> bool:
    before: Mapping[str, Any] = decision.before or {}
    return bool(before.get(SAMPLED))


def _change(uow: UnitOfWork, one: TargetAudit, at: datetime, run_id: str) -> AutopilotChange:
    becomes = "running" if one.state.suspended else "suspended"
    state = state_of(uow).changed(one.target, becomes, at.isoformat(), run_id)
    version = uow.settings.add(SETTING, state.to_json(), ACTOR, at)
    uow.runs.start(run_id, KIND, at, {"target": one.target})
    found = one.found
    change: Change = "resumed" if one.state.suspended else "suspended"
    figures = {
        "sampled": found.total,
        "wrong": round(found.wrong, 4),
        "evidence": round(found.held if one.state.suspended else found.against, 2),
        "promise": found.promise,
    }
    made = AutopilotChange(one.target, change, "blind_sample", figures)
    report = {"code": made.event, "target": one.target, **figures}
    uow.runs.record(run_id, "done", at, {**report, "setting_version": version})
    return made
