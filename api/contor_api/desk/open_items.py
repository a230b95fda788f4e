"""Open items: what customers owe, what is owed to suppliers, by due date."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from contor.ledger.open_items import OpenItemKind
from contor_api.dependencies import SignedIn
from contor_api.desk.queue import PageNumber

router = APIRouter(include_in_schema=False)
_SIZE = 50


@router.get("/open-items", name="open_items")
def open_items(desk: SignedIn, kind: OpenItemKind | None = None, page: PageNumber = 1) -> Response:
    """One page of open items."""
    today = desk.door.work.clock().date()
    with desk.unit() as uow:
        rows = uow.views.open_items(kind, page=page, size=_SIZE)
    return desk.page("open_items.html", rows=rows, kind=kind, today=today)
