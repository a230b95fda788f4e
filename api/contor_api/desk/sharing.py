"""The shared prior at the desk: the owner agrees to share or ends it, and anybody sees what is shared."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from contor.workflows.share_prior import given_names, set_sharing, sharing_of
from contor_api.dependencies import Owner, PostedForm, SignedIn
from contor_api.desk.forms import text
from contor_api.pages import Desk

router = APIRouter(include_in_schema=False)
_MOST_SHOWN = 500


@router.get("/sharing", name="sharing")
def sharing(desk: SignedIn) -> Response:
    """Name by name what leaves the company while it shares, and what came back."""
    with desk.unit() as uow:
        now, given = sharing_of(uow), given_names(uow)
        names = {account.number: account.name for account in uow.accounts.chart().accounts}
    return desk.page(
        "sharing.html",
        sharing=now,
        given=list(given.items())[:_MOST_SHOWN],
        given_total=len(given),
        received=list(now.received.items())[:_MOST_SHOWN],
        names=names,
    )


@router.post("/sharing", name="set_sharing")
def switch(desk: Owner, form: PostedForm) -> Response:
    """Agree to share, or end it."""
    on = text(form, "sharing") == "on"
    known = set_sharing(desk.door.work, desk.tenant_id, desk.actor, on=on)
    return desk.redirect("/autopilot", said=_told(desk, known, on=on))


def _told(desk: Desk, known: int, *, on: bool) -> str:
    if not on:
        return desk.wording.say("Nothing is shared any more.")
    return desk.wording.say("You share. Suppliers known from others: {known}.", known=known)
