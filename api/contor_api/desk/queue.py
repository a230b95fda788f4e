"""The queue: what waits for a person, least certain first."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from contor.errors import Refusal
from contor.ports.store import UnitOfWork
from contor.ports.store_review import ReviewKind
from contor.workflows.decide import decide
from contor.workflows.refresh_suggestion import refresh_suggestion
from contor_api.dependencies import Bookkeeper, PostedForm, SignedIn
from contor_api.desk.field_rows import level_of
from contor_api.desk.forms import texts
from contor_api.pages import Desk

router = APIRouter(include_in_schema=False)
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
_SIZE = 50
_MOST_PUT_OFF = 100


@router.get("/queue", name="queue")
def queue(desk: SignedIn, kind: ReviewKind | None = None, page: PageNumber = 1) -> Response:
    """One page of the queue."""
    with desk.unit() as uow:
        rows = uow.views.queue(kind, page=page, size=_SIZE)
    return desk.page("queue.html", rows=rows, kind=kind, level_of=level_of, handed=[])


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of one marked item."""

    title: str
    said: str
    link: str
    good: bool = True


@router.post("/queue/accept", name="accept_marked")
def accept_marked(desk: Bookkeeper, form: PostedForm) -> Response:
    """Accept the marked items as suggested, each on its own; a refused one stays.

    What was corrected since, or a moment ago among them, holds for the others of its kind.
    """
    marked = [int(item) for item in texts(form, "item") if item.isdigit()][:_SIZE]
    handed = [_accept(desk, item) for item in dict.fromkeys(marked)]
    with desk.unit() as uow:
        rows = uow.views.queue(size=_SIZE)
    return desk.page("queue.html", rows=rows, kind=None, level_of=level_of, handed=handed)


def _accept(desk: Desk, item_id: int) -> Accepted:
    with desk.unit() as uow:
        title = uow.review.get(item_id).title
    try:
        refresh_suggestion(desk.door.work, desk.tenant_id, item_id)
        decided = decide(desk.door.work, desk.tenant_id, item_id, "accept", desk.actor)
    except Refusal as refusal:
        message, advice = desk.wording.refusal(refusal)
        return Accepted(title, f"{message} {advice}".strip(), f"/items/{item_id}", good=False)
    said = desk.wording.say("posted as entry {number}", number=decided.entry_number)
    return Accepted(title, said, f"/journal/{decided.entry_number}")


@router.get("/queue/next", name="next_item")
def next_item(desk: SignedIn, after: int | None = None) -> Response:
    """The next item; ``after`` is put off until every other one was looked at."""
    with desk.unit() as uow:
        put_off = [*desk.session.put_off, *([after] if after is not None else [])]
        following = item_after(uow, set(put_off))
        if following is None and put_off:
            put_off = put_off[-1:]
            following = item_after(uow, set(put_off)) or put_off[0]
    target = f"/items/{following}" if following else "/queue"
    return desk.remembering(put_off).redirect(target)


def item_after(uow: UnitOfWork, put_off: Container[int]) -> int | None:
    """The first item of the queue that is not put off."""
    for page in range(1, _MOST_PUT_OFF // _SIZE + 2):
        rows = uow.views.queue(page=page, size=_SIZE)
        for row in rows.rows:
            if row.item_id not in put_off:
                return row.item_id
        if page >= rows.pages:
            break
    return None
