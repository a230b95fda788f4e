"""The web application: one factory, handed everything it needs."""

from __future__ import annotations

from fastapi import FastAPI

from contor.ports.workplace import Workplace
from contor_api import static_files
from contor_api.desk import (
    bank_lines,
    documents,
    invoices,
    items,
    journal,
    learning,
    open_items,
    queue,
    rules,
    sharing,
    sign_in,
    start,
    uploads,
)
from contor_api.limits import BodyLimit, SecurityHeaders
from contor_api.machine import api
from contor_api.pages import Door
from contor_api.refusals import answer_bad_news
from contor_api.session import SessionSigner

_DESK = (
    start,
    sign_in,
    queue,
    rules,
    sharing,
    learning,
    items,
    documents,
    bank_lines,
    journal,
    open_items,
    invoices,
    uploads,
)


def create_app(work: Workplace, secret: str) -> FastAPI:
    """The desk and the machine door over one workplace.

    ``secret`` signs the sessions: at least 16 characters, the same for every process that serves.
    """
    app = FastAPI(
        title="Contor",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.door = Door(work, SessionSigner(secret))
    app.include_router(static_files.router)
    for module in _DESK:
        app.include_router(module.router)
    app.include_router(api.router)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    answer_bad_news(app)
    return app
