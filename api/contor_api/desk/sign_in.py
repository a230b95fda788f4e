"""Signing in and out, the books that are open, the language."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData

from contor.errors import Refusal
from contor.ports.store_people import Tenant, User
from contor_api.dependencies import PostedForm, SignedIn, Visitor
from contor_api.desk.forms import text
from contor_api.pages import Desk, Door
from contor_api.passwords import password_fits
from contor_api.session import Session, fingerprint
from contor_api.wording import LANGUAGES, wording

router = APIRouter(include_in_schema=False)


def local_path(wish: str) -> str:
    """A path of this desk, the start page for anything else.

    >>> local_path("/items/7?x=1"), local_path("//evil.example"), local_path("https://evil.example")
    ('/items/7?x=1', '/', '/')
    """
    parts = urlsplit(wish)
    ours = wish.startswith("/") and not wish.startswith(("//", "/\\")) and wish.isprintable()
    return wish if ours and not (parts.scheme or parts.netloc) else "/"


def enter(door: Door, email: str, password: str, address: str) -> tuple[User, Tenant]:
    """The person and their first books; refuses ``sign_in_wrong``, ``too_many_tries``."""
    now = door.work.clock()
    door.attempts.check(email, address, now)
    with door.work.store.administration() as administration:
        user = administration.users.by_email(email)
        fits = password_fits(password, user.password_hash if user else None)
        if user is None or not fits or not user.active:
            door.attempts.failed(email, address, now)
            raise Refusal(
                "sign_in_wrong",
                "E-mail or password is wrong.",
                "Check both; after five failed tries the door stays shut for a while.",
            )
        memberships = administration.users.memberships(user.id)
    door.attempts.succeeded(email)
    if not memberships:
        raise Refusal(
            "no_tenant",
            "You are not a member of any books yet.",
            "Ask the administrator to add you.",
        )
    return user, memberships[0][0]


@router.get("/sign-in", name="sign_in")
def sign_in_page(desk: Visitor, next: str = "/") -> Response:  # noqa: A002 - the address says next
    """The sign-in page."""
    return desk.page("sign_in.html", next=local_path(next), email="", error="", advice="")


@router.post("/sign-in")
def sign_in(desk: Visitor, form: PostedForm) -> Response:
    """Sign in; a wrong password shows the page again."""
    email, target = text(form, "email"), local_path(text(form, "next") or "/")
    address = desk.request.client.host if desk.request.client else ""
    password = form.get("password")
    try:
        user, tenant = enter(
            desk.door, email, password if isinstance(password, str) else "", address
        )
    except Refusal as refusal:
        message, advice = desk.wording.refusal(refusal)
        status = 429 if refusal.code == "too_many_tries" else 401
        return desk.page(
            "sign_in.html", status=status, next=target, email=email, error=message, advice=advice
        )
    language = desk.session.language or user.language
    session = desk.session.signed_in(user.id, tenant.id, language, fingerprint(user.password_hash))
    return Desk(desk.door, desk.request, session, wording(language)).redirect(target)


@router.post("/sign-out", name="sign_out")
def sign_out(desk: Visitor, form: PostedForm) -> Response:
    """Forget the session; the language stays."""
    del form
    session = Session(language=desk.session.language)
    response = Desk(desk.door, desk.request, session, desk.wording).redirect("/sign-in")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@router.post("/language", name="choose_language")
def choose_language(desk: Visitor, form: PostedForm) -> Response:
    """Speak another language from the next page on, and remember it for the person."""
    language = text(form, "language")
    if language not in LANGUAGES:
        language = desk.wording.language
    session = desk.session.speaking(language)
    if session.user_id and session.tenant_id:
        with desk.door.work.store.unit_of_work(session.tenant_id) as uow:
            uow.users.change(session.user_id, language=language)
    target = local_path(text(form, "next") or "/")
    return Desk(desk.door, desk.request, session, wording(language)).redirect(target)


@router.get("/books", name="books")
def books(desk: SignedIn) -> Response:
    """The books the person may open."""
    with desk.door.work.store.administration() as administration:
        memberships = administration.users.memberships(desk.session.user_id)
    return desk.page("books.html", memberships=memberships)


@router.post("/books")
def open_books(desk: SignedIn, form: PostedForm) -> Response:
    """Open other books."""
    tenant = _chosen(desk, form)
    session = desk.session.signed_in(
        desk.session.user_id, tenant.id, desk.session.language, desk.session.proof
    )
    return Desk(desk.door, desk.request, session, desk.wording).redirect("/")


def _chosen(desk: Desk, form: FormData) -> Tenant:
    with desk.door.work.store.administration() as administration:
        memberships = administration.users.memberships(desk.session.user_id)
    for tenant, _ in memberships:
        if str(tenant.id) == text(form, "tenant"):
            return tenant
    raise Refusal("not_allowed", "These books are not yours to open.", "Choose others.")
