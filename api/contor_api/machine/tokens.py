"""Tokens: a program signs in once and shows a bearer token from then on."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from contor.errors import Refusal
from contor_api.desk.sign_in import enter
from contor_api.pages import door_of
from contor_api.session import Session, fingerprint

router = APIRouter(tags=["sign in"])


class Credentials(BaseModel):
    """Who asks; ``tenant`` is the key of the books where the person has several."""

    email: str = Field(max_length=320)
    password: str = Field(max_length=1024)
    tenant: str = Field("", max_length=100)


@router.post("/token")
def token(credentials: Credentials, request: Request) -> dict[str, Any]:
    """A bearer token for twelve hours; refuses ``sign_in_wrong``, ``too_many_tries``."""
    door = door_of(request)
    address = request.client.host if request.client else ""
    user, tenant = enter(door, credentials.email, credentials.password, address)
    if credentials.tenant and credentials.tenant != tenant.key:
        with door.work.store.administration() as administration:
            memberships = administration.users.memberships(user.id)
        fitting = [known for known, _ in memberships if known.key == credentials.tenant]
        if not fitting:
            raise Refusal("not_allowed", "These books are not yours to open.", "Choose others.")
        tenant = fitting[0]
    session = Session(user.id, tenant.id, "en", fingerprint(user.password_hash))
    return {"token": door.signer.seal_token(session), "type": "bearer", "tenant": tenant.key}
