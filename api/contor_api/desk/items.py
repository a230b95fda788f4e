"""An item of the queue: its page, and the verdict on it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData

from contor.errors import Refusal
from contor.ports.store import UnitOfWork
from contor.ports.store_review import ReviewItemRecord, ReviewKind, Verdict
from contor.review.decisions import Correction
from contor.workflows.decide import Decided, decide
from contor.workflows.refresh_suggestion import refresh_suggestion
from contor_api.dependencies import Bookkeeper, PostedForm, SignedIn
from contor_api.desk import bank_line_sheet, document_sheet
from contor_api.desk.field_rows import level_of
from contor_api.desk.forms import text
from contor_api.desk.queue import item_after
from contor_api.desk.wanting import input_of
from contor_api.pages import Desk
from contor_api.refusals import status_of

router = APIRouter(include_in_schema=False)


@router.get("/items/{item_id}", name="item")
def item(desk: SignedIn, item_id: int) -> Response:
    """The page of an item, with what was learnt since it was read; decided ones are shown too."""
    refresh_suggestion(desk.door.work, desk.tenant_id, item_id)
    with desk.unit() as uow:
        return show(uow, desk, uow.review.get(item_id))


def look_again(desk: Desk, kind: ReviewKind, subject_id: int) -> None:
    """Suggest anew what waits, whichever way its page is reached."""
    with desk.unit() as uow:
        waiting = uow.review.about(kind, subject_id)
    if waiting is not None:
        refresh_suggestion(desk.door.work, desk.tenant_id, waiting.id)


@router.post("/items/{item_id}", name="decide_item")
def decide_item(desk: Bookkeeper, item_id: int, form: PostedForm) -> Response:
    """Accept, correct or reject; then the next item opens. A refusal keeps what was typed."""
    try:
        decided = _decide(desk, item_id, form)
    except Refusal as refusal:
        with desk.unit() as uow:
            record = uow.review.get(item_id)
            if record.state != "open":
                raise
            return show(uow, desk, record, form, refusal)
    with desk.unit() as uow:
        following = item_after(uow, desk.session.put_off) or item_after(uow, ())
    target = f"/items/{following}" if following else "/queue"
    return desk.redirect(target, verdict=decided.verdict, entry=decided.entry_number)


def _decide(desk: Desk, item_id: int, form: FormData) -> Decided:
    wish = text(form, "verdict")
    work, tenant_id = desk.door.work, desk.tenant_id
    if wish == "reject":
        return decide(work, tenant_id, item_id, "reject", desk.actor, reason=text(form, "reason"))
    correction = _correction(desk, item_id, form)
    verdict: Verdict = "accept" if correction.empty and wish != "correct" else "correct"
    return decide(work, tenant_id, item_id, verdict, desk.actor, correction)


def _correction(desk: Desk, item_id: int, form: FormData) -> Correction:
    """What the form says differently from what the machine said."""
    with desk.unit() as uow:
        record = uow.review.get(item_id)
        if record.kind == "document":
            paper = document_sheet.document_sheet(uow, desk, record.subject_id, form)
            return document_sheet.correction_of(paper, desk)
        if record.kind == "bank_line":
            line = bank_line_sheet.bank_line_sheet(uow, desk, record.subject_id, form)
            return bank_line_sheet.correction_of(line, desk)
    return Correction()


def show(
    uow: UnitOfWork,
    desk: Desk,
    record: ReviewItemRecord,
    form: FormData | None = None,
    refusal: Refusal | None = None,
) -> Response:
    """The page of an item of any kind."""
    if record.kind == "document":
        return show_document(uow, desk, record.subject_id, form, refusal)
    if record.kind == "bank_line":
        return show_bank_line(uow, desk, record.subject_id, form, refusal)
    draft = uow.drafts.get(record.subject_id)
    return desk.page("item_invoice.html", item=record, draft=draft, **_news(desk, form, refusal))


def show_document(
    uow: UnitOfWork,
    desk: Desk,
    document_id: int,
    form: FormData | None = None,
    refusal: Refusal | None = None,
) -> Response:
    """A document with everything known about it, to decide where it is still open."""
    sheet = document_sheet.document_sheet(uow, desk, document_id, form)
    wrong = refusal or sheet.missing
    content = desk.door.work.archive.get(sheet.document.sha256)
    sizes = (
        ()
        if sheet.refusal
        else desk.door.pictures.sizes(desk.door.work.painter, content, sheet.document.sha256)
    )
    return desk.page(
        "item_document.html",
        status=status_of(refusal.code) if refusal else 200,
        sheet=sheet,
        item=sheet.item,
        sizes=sizes,
        level_of=level_of,
        wanting=input_of(wrong.code, total_known=sheet.total_known) if wrong else "",
        **_news(desk, form, refusal),
    )


def show_bank_line(
    uow: UnitOfWork,
    desk: Desk,
    line_id: int,
    form: FormData | None = None,
    refusal: Refusal | None = None,
) -> Response:
    """A bank line with what it may settle, to decide where it is still open."""
    sheet = bank_line_sheet.bank_line_sheet(uow, desk, line_id, form)
    found = bank_line_sheet.found_items(uow, sheet.line, "") if sheet.item else []
    return desk.page(
        "item_bank_line.html",
        status=status_of(refusal.code) if refusal else 200,
        sheet=sheet,
        item=sheet.item,
        found=found,
        level_of=level_of,
        **_news(desk, form, refusal),
    )


def _news(desk: Desk, form: FormData | None, refusal: Refusal | None) -> dict[str, Any]:
    """A refused decision: what is wrong, what to do, and the reason typed so far."""
    message, advice = desk.wording.refusal(refusal) if refusal else ("", "")
    return {
        "refused": refusal is not None,
        "message": message,
        "advice": advice,
        "code": refusal.code if refusal else "",
        "reason": text(form, "reason") if form is not None else "",
    }
