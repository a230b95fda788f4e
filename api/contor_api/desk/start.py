"""The start page: what waits, what was done, what is owed."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from contor.workflows.audit_autopilot import state_of
from contor_api.dependencies import SignedIn

router = APIRouter(include_in_schema=False)


@router.get("/", name="start")
def start(desk: SignedIn) -> Response:
    """Counts and sums of today, and the first items of the queue."""
    today = desk.door.work.clock().date()
    with desk.unit() as uow:
        dashboard = uow.views.dashboard(today)
        queue = uow.views.queue(size=6)
        journal = uow.views.journal(size=6)
        suspended = state_of(uow).suspended
    return desk.page(
        "start.html",
        dashboard=dashboard,
        queue=queue,
        journal=journal,
        today=today,
        suspended=suspended,
    )
