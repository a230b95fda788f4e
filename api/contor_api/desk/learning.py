"""What the desk learns and promises: the autopilot's state, its proof, and people's contradictions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from contor.account_assignment.track import TargetTrack
from contor.errors import Refusal
from contor.ports.store import UnitOfWork
from contor.ports.store_operations import RunRecord
from contor.workflows.audit_autopilot import TargetAudit, audits, promise_of
from contor.workflows.contradictions import contradictions_of
from contor.workflows.share_prior import sharing_of
from contor.workflows.steer_autopilot import resume_target, set_autopilot
from contor_api import figures
from contor_api.dependencies import Bookkeeper, PostedForm, SignedIn
from contor_api.desk.document_sheet import code_names
from contor_api.desk.forms import text
from contor_api.pages import Desk
from contor_api.refusals import status_of
from contor_api.risk_picture import Picture, learning_picture, risk_picture

router = APIRouter(include_in_schema=False)
_MOST_SHOWN = 200
_RUNS = ("training", "autopilot_audit")


@dataclass(frozen=True, slots=True)
class TargetSheet:
    """One target: its state, the sample's proof, its track record and pictures of it."""

    audit: TargetAudit
    track: TargetTrack | None
    risk: Picture | None
    learning: Picture | None
    why: Mapping[str, Any]
    since: datetime | None


@router.get("/autopilot", name="autopilot")
def autopilot(desk: SignedIn) -> Response:
    """State of the autopilot by target, why, since when, and what it is worth."""
    return _page(desk)


@router.post("/autopilot", name="steer_autopilot")
def steer(desk: Bookkeeper, form: PostedForm) -> Response:
    """Switch the autopilot, or promise something else."""
    try:
        share = figures.read_decimal(text(form, "promise").rstrip("% "), desk.wording.locale)
        on = text(form, "autopilot") == "on"
        promise = float(share / Decimal(100))
        set_autopilot(desk.door.work, desk.tenant_id, desk.actor, on=on, promise=promise)
    except Refusal as refusal:
        return _page(desk, refusal)
    return desk.redirect("/autopilot", said=desk.wording.say("The autopilot is set."))


@router.post("/autopilot/{target}/resume", name="resume_target")
def let_fly(desk: Bookkeeper, target: str, form: PostedForm) -> Response:
    """Let a suspended target fly again."""
    del form
    resume_target(desk.door.work, desk.tenant_id, desk.actor, target)
    return desk.redirect("/autopilot", said=desk.wording.say("The autopilot is set."))


@router.get("/contradictions", name="contradictions")
def contradictions(desk: SignedIn) -> Response:
    """Lines of one kind that were booked differently, and by whom."""
    with desk.unit() as uow:
        found = contradictions_of(uow)
        names = code_names(uow)
    shown = found[:_MOST_SHOWN]
    return desk.page("contradictions.html", rows=shown, total=len(found), names=names)


def _page(desk: Desk, refusal: Refusal | None = None) -> Response:
    work = desk.door.work
    ready = work.assigners.ready(desk.tenant_id)
    with desk.unit() as uow:
        tracks = work.assigners.of(uow).tracks() if ready else {}
        sheets = [_sheet(uow, one, tracks.get(one.target)) for one in audits(uow)]
        routing = uow.settings.current("routing") or {}
        promise = promise_of(uow)
        runs = _runs(uow)
        live = uow.settings.current("live_model") or {}
        labels = uow.labels.count()
        sharing = sharing_of(uow)
    message, advice = desk.wording.refusal(refusal) if refusal else ("", "")
    return desk.page(
        "autopilot.html",
        status=status_of(refusal.code) if refusal else 200,
        sheets=sheets,
        on=bool(routing.get("autopilot", True)),
        promise=figures.write_decimal(Decimal(str(round(100 * promise, 2))), desk.wording.locale),
        sample=float(routing.get("sample", 0.02)),
        ready=ready,
        runs=runs,
        live=live,
        labels=labels,
        sharing=sharing,
        refused=refusal is not None,
        message=message,
        advice=advice,
        code=refusal.code if refusal else "",
    )


def _sheet(uow: UnitOfWork, one: TargetAudit, track: TargetTrack | None) -> TargetSheet:
    run = uow.runs.get(one.state.by) if one.state.by else None
    seen = track if track is not None and track.decisions else None
    return TargetSheet(
        one,
        seen,
        risk_picture(seen.curve, seen.promise, seen.share, seen.error) if seen else None,
        learning_picture(seen.learning) if seen else None,
        (run.report or {}) if run else {},
        datetime.fromisoformat(one.state.since) if one.state.since else None,
    )


def _runs(uow: UnitOfWork) -> Sequence[RunRecord]:
    found = [run for kind in _RUNS for run in uow.runs.recent(kind, limit=8)]
    return sorted(found, key=lambda run: run.started_at, reverse=True)[:8]
