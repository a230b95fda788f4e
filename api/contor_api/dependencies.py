"""What endpoints are handed: the desk of a signed-in person, posted forms, allowed actions."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request, Response
from starlette.datastructures import FormData

from contor.errors import Refusal
from contor.ports.store_people import User
from contor_api.pages import Desk, door_of, visitor
from contor_api.refusals import SignInNeededError
from contor_api.session import Session, fingerprint
from contor_api.wording import best_language, wording

_MOST_FIELDS = 5_000
_OURS = {"same-origin", "none"}


def _person(request: Request, session: Session) -> Desk:
    """The desk of the session's person, who must still be an active member of the tenant."""
    door = door_of(request)
    if not session.user_id or not session.tenant_id:
        raise SignInNeededError
    try:
        with door.work.store.reading(session.tenant_id) as uow:
            user: User = uow.users.get(session.user_id)
            tenant = uow.tenant
    except Refusal as refusal:
        raise SignInNeededError from refusal
    if not user.active or fingerprint(user.password_hash) != session.proof:
        raise SignInNeededError
    language = session.language or user.language
    desk = Desk(door, request, session, wording(language), user, tenant)
    request.state.desk = desk
    return desk


def signed_in(request: Request) -> Desk:
    """The desk of the person signed in with a cookie."""
    return _person(request, visitor(request).session)


def machine(request: Request, response: Response) -> Desk:
    """The desk of a program that shows a bearer token; cookies do not count here.

    It speaks the language of ``Accept-Language`` and says so.
    """
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    session = door_of(request).signer.unseal_token(token if kind.lower() == "bearer" else None)
    if session is None:
        raise SignInNeededError
    accepted = request.headers.get("accept-language", "en")
    desk = _person(request, session.speaking(best_language(accepted)))
    response.headers["Content-Language"] = desk.wording.language
    response.headers["Vary"] = "Accept-Language"
    return desk


def _deciding(desk: Desk) -> Desk:
    if not desk.may_decide:
        raise Refusal(
            "not_allowed",
            "Your role lets you look, not change.",
            "Ask the owner of these books for the role of a bookkeeper.",
        )
    return desk


def bookkeeper(desk: Annotated[Desk, Depends(signed_in)]) -> Desk:
    """The desk of somebody who may change the books; refuses ``not_allowed``."""
    return _deciding(desk)


def owner(desk: Annotated[Desk, Depends(signed_in)]) -> Desk:
    """The desk of the owner of the books; refuses ``owner_only``."""
    if not desk.owns:
        raise Refusal(
            "owner_only",
            "Only the owner of these books can change this.",
            "Ask the owner to do it.",
        )
    return desk


def machine_bookkeeper(desk: Annotated[Desk, Depends(machine)]) -> Desk:
    """The same for a program."""
    return _deciding(desk)


def _same(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode(), expected.encode())


async def posted_form(request: Request) -> AsyncIterator[FormData]:
    """The posted form, if it comes from our own page; refuses ``form_outdated``."""
    async with request.form(max_fields=_MOST_FIELDS, max_files=200) as form:
        expected = visitor(request).session.csrf
        given = form.get("csrf") or request.headers.get("x-csrf-token") or ""
        foreign = request.headers.get("sec-fetch-site", "same-origin") not in _OURS
        if foreign or not isinstance(given, str) or not _same(given, expected):
            raise Refusal(
                "form_outdated",
                "The page was open too long or you signed in again elsewhere.",
                "Load the page again and repeat what you did.",
            )
        yield form


SignedIn = Annotated[Desk, Depends(signed_in)]
Bookkeeper = Annotated[Desk, Depends(bookkeeper)]
Owner = Annotated[Desk, Depends(owner)]
Machine = Annotated[Desk, Depends(machine)]
MachineBookkeeper = Annotated[Desk, Depends(machine_bookkeeper)]
PostedForm = Annotated[FormData, Depends(posted_form)]
Visitor = Annotated[Desk, Depends(visitor)]
