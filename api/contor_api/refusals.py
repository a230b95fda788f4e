"""Bad news at the web door: which HTTP status a code has, and how it is shown.

The house knows no HTTP: here every refusal gets its status by its stable code. What is not listed
is input that cannot be worked on (422).
"""

from __future__ import annotations

import logging
import re

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from contor.errors import Failure, Refusal
from contor_api.pages import Desk, visitor
from contor_api.wording import best_language, wording

_LOG = logging.getLogger(__name__)
_STATUS = {
    "sign_in_wrong": 401,
    "token_wrong": 401,
    "not_allowed": 403,
    "owner_only": 403,
    "form_outdated": 403,
    "no_tenant": 403,
    "too_many_tries": 429,
    "too_large": 413,
    "upload_too_large": 413,
    "already_decided": 409,
    "history_known": 409,
    "posted_already": 409,
    "period_closed": 409,
    "duplicate_document": 409,
    "duplicate_statement": 409,
    "invoice_number_taken": 409,
    "reversed_already": 409,
    "rule_contradicts": 409,
    "rule_known": 409,
}


class SignInNeededError(Exception):
    """Nobody is signed in: the desk shows the sign-in page, the machine door answers 401."""


def status_of(code: str) -> int:
    """The HTTP status of a refusal's code.

    >>> status_of("document_unknown"), status_of("already_decided"), status_of("xml_broken")
    (404, 409, 422)
    """
    if code in _STATUS:
        return _STATUS[code]
    unknown_subject = re.fullmatch(
        r"(document|entry|invoice|review_item|bank_line|page|open_item|draft|tenant|user|rule)_unknown",
        code,
    )
    return 404 if unknown_subject else 422


def _for_machines(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _desk_of(request: Request) -> Desk:
    known: Desk | None = getattr(request.state, "desk", None)
    return known or visitor(request)


def _bad_news(request: Request, status: int, code: str, message: str, advice: str) -> Response:
    if _for_machines(request):
        body = {"code": code, "message": message, "advice": advice}
        return JSONResponse({"refusal": body}, status)
    desk = _desk_of(request)
    template = "refusal_part.html" if "hx-request" in request.headers else "refusal.html"
    return desk.page(template, status=status, code=code, message=message, advice=advice)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    message, advice = _desk_of(request).wording.refusal(error)
    return _bad_news(request, status_of(error.code), error.code, message, advice)


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, Failure)
    _LOG.error("failure at %s: %s", request.url.path, error)
    said = _desk_of(request).wording
    status = 503 if error.retryable else 500
    return _bad_news(
        request, status, error.code, said.filled(error.message), said.filled(error.advice)
    )


async def _broke(request: Request, error: Exception) -> Response:
    _LOG.exception("unexpected error at %s", request.url.path, exc_info=error)
    said = _desk_of(request).wording
    message = said.say("Something went wrong on our side.")
    advice = said.say("Nothing was lost. Try again; if it happens again, tell the administrator.")
    return _bad_news(request, 500, "internal_error", message, advice)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = _desk_of(request).wording
    if error.status_code == 404:
        message, advice = said.say("There is no such page."), said.say("Use the links above.")
        return _bad_news(request, 404, "page_not_found", message, advice)
    return _bad_news(request, error.status_code, "request_refused", str(error.detail), "")


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = _desk_of(request).wording
    where = ", ".join(".".join(str(part) for part in e["loc"][1:]) for e in error.errors()[:5])
    message = said.say("The request cannot be read: {where}.", where=where)
    return _bad_news(request, 422, "request_unreadable", message, "")


async def _sign_in(request: Request, error: Exception) -> Response:
    del error
    if _for_machines(request):
        accepted = request.headers.get("accept-language", "")
        said = wording(best_language(accepted)).say("Sign in first: POST /api/v1/token.")
        return _bad_news(request, 401, "sign_in_needed", said, "")
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    target = str(
        request.url_for("sign_in").include_query_params(next=path).replace(scheme="", netloc="")
    )
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": target})
    return RedirectResponse(target, 303)


async def _gone(request: Request, error: Exception) -> Response:
    """Whoever sent this hung up, or sent too much and was cut off."""
    del request, error
    return Response(status_code=400)


def answer_bad_news(app: FastAPI) -> None:
    """Give the app an answer for every kind of bad news; never a traceback."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(Failure, _failed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(SignInNeededError, _sign_in)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _broke)
