"""What the house learns and promises, for programs: the autopilot by target, and contradictions."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from contor.workflows.audit_autopilot import audits, promise_of
from contor.workflows.contradictions import contradictions_of
from contor_api.dependencies import Machine
from contor_api.machine.answers import plain

router = APIRouter(tags=["learning"])


@router.get("/autopilot")
def autopilot(desk: Machine) -> dict[str, Any]:
    """State, blind sample and track record of each target; the live model."""
    work = desk.door.work
    ready = work.assigners.ready(desk.tenant_id)
    with desk.unit() as uow:
        return {
            "promise": promise_of(uow),
            "on": bool((uow.settings.current("routing") or {}).get("autopilot", True)),
            "targets": {one.target: plain(one) for one in audits(uow)},
            "tracks": plain(work.assigners.of(uow).tracks()) if ready else {},
            "live_model": plain(uow.settings.current("live_model") or {}),
        }


@router.get("/contradictions")
def contradictions(desk: Machine) -> dict[str, Any]:
    """Lines of one kind that were booked differently, most doubtful first."""
    with desk.unit() as uow:
        return {"contradictions": plain(contradictions_of(uow))}
