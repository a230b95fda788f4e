"""Audit the autopilot: a decision on the blind sample may end its right to post alone."""

from __future__ import annotations

from datetime import datetime

from contor.ports.store import UnitOfWork
from contor.ports.store_review import DecisionRecord
from contor.review.audit import Audit, audit, was_wrong

KIND = "autopilot_audit"
ACTOR = "autopilot"
SETTING = "routing"
PROMISE = 0.01
"""Where the tenant states none."""


def audit_autopilot(uow: UnitOfWork, decision: DecisionRecord) -> Audit | None:
    """Judge the promise after a decision on a sampled item; suspend where it is broken.

    Suspending appends the setting ``routing`` with ``autopilot`` off and the instant, and leaves a
    run of the kind ``autopilot_audit`` that says why. Once a person switches it on again, only
    decisions after the suspension count. None where the decision was not on a sampled item.
    """
    if not _sampled(decision):
        return None
    kept = dict(uow.settings.current(SETTING) or {})
    since = kept.get("suspended_at")
    decisions = uow.decisions.since(datetime.fromisoformat(since) if since else None)
    wrong = [was_wrong(d.verdict, d.before, d.after) for d in decisions if _sampled(d)]
    found = audit(wrong, float(kept.get("promise", PROMISE)))
    if found.broken and kept.get("autopilot", True):
        _suspend(uow, decision, kept, found)
    return found


def _sampled(decision: DecisionRecord) -> bool:
    return bool((decision.before or {}).get("sampled"))


def _suspend(
    uow: UnitOfWork, decision: DecisionRecord, kept: dict[str, object], found: Audit
) -> None:
    at = decision.at
    setting = {**kept, "autopilot": False, "suspended_at": at.isoformat()}
    version = uow.settings.add(SETTING, setting, ACTOR, at)
    run_id = f"{KIND}:{uow.tenant.key}:{decision.item_id}"
    uow.runs.start(run_id, KIND, at, {"item": decision.item_id})
    report = {
        "code": "autopilot_suspended",
        "sampled": found.total,
        "wrong": found.wrong,
        "error_at_least": round(found.bound, 6),
        "promise": found.promise,
        "setting_version": version,
    }
    uow.runs.record(run_id, "done", at, report)
