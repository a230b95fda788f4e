"""The queue: what waits for a person, least certain first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from contor.ports.store_review import ReviewKind
from contor_api.dependencies import SignedIn
from contor_api.desk.field_rows import level_of

router = APIRouter(include_in_schema=False)
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
_SIZE = 50


@router.get("/queue", name="queue")
def queue(desk: SignedIn, kind: ReviewKind | None = None, page: PageNumber = 1) -> Response:
    """One page of the queue."""
    with desk.unit() as uow:
        rows = uow.views.queue(kind, page=page, size=_SIZE)
    return desk.page("queue.html", rows=rows, kind=kind, level_of=level_of)


@router.get("/queue/next", name="next_item")
def next_item(desk: SignedIn, after: int | None = None) -> Response:
    """The item to look at next; the queue when nothing waits."""
    with desk.unit() as uow:
        row = uow.views.next_in_queue(after)
    return desk.redirect(f"/items/{row.item_id}" if row else "/queue")
