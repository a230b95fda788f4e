"""Documents: the list, one document, its pages as pictures, the original."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from contor.errors import Refusal
from contor.ports.store_documents import DocumentState
from contor_api.dependencies import SignedIn
from contor_api.desk.document_sheet import tax_codes_of
from contor_api.desk.items import look_again, show_document
from contor_api.desk.queue import PageNumber
from contor_api.downloads import download

router = APIRouter(include_in_schema=False)
Width = Annotated[int, Query(ge=200, le=2400)]
Turn = Annotated[int, Query(ge=0, le=3)]
_SIZE = 50


@router.get("/documents", name="documents")
def documents(desk: SignedIn, state: DocumentState | None = None, page: PageNumber = 1) -> Response:
    """One page of documents, youngest first."""
    with desk.unit() as uow:
        rows = uow.views.documents(state, page=page, size=_SIZE)
    return desk.page("documents.html", rows=rows, state=state)


@router.get("/documents/{document_id}", name="document")
def document(desk: SignedIn, document_id: int) -> Response:
    """One document, whether or not it waits in the queue; with what was learnt since it was read."""
    look_again(desk, "document", document_id)
    with desk.unit() as uow:
        return show_document(uow, desk, document_id)


@router.get("/documents/{document_id}/waiting", name="waiting")
def waiting(desk: SignedIn, document_id: int) -> Response:
    """Asked by the page of a document that is being read: load again when it is done."""
    with desk.unit() as uow:
        state = uow.documents.get(document_id).state
    done = state not in {"received", "read"}
    return Response(status_code=204, headers={"HX-Refresh": "true"} if done else {})


@router.get("/documents/{document_id}/tax-codes", name="tax_codes")
def tax_codes(desk: SignedIn, document_id: int) -> Response:
    """Asked by the page of a document when a date on it is changed: the tax codes of that day."""
    with desk.unit() as uow:
        found = tax_codes_of(uow, desk, document_id, desk.request.query_params)
    return JSONResponse(asdict(found))


@router.get("/documents/{document_id}/pages/{page}.png", name="page_picture")
def page_picture(
    desk: SignedIn,
    document_id: int,
    page: int,
    width: Width = 1200,
    turn: Turn = 0,
) -> Response:
    """A page as a picture; it never changes, so browsers keep it."""
    with desk.unit() as uow:
        sha256 = uow.documents.get(document_id).sha256
    tag = f'"{sha256[:32]}-{page}-{width}-{turn}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=86400", "Vary": "Cookie"}
    if desk.request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    if not 1 <= page <= 10_000:
        raise Refusal("page_unknown", "There is no page {page}.", "Choose another.", page=page)
    work = desk.door.work
    content = work.archive.get(sha256)
    picture = desk.door.pictures.png(work.painter, content, sha256, page, width, turn)
    return Response(picture, media_type="image/png", headers=headers)


@router.get("/documents/{document_id}/original", name="original")
def original(desk: SignedIn, document_id: int) -> Response:
    """The bytes as they arrived, to save, never to open in the desk."""
    with desk.unit() as uow:
        found = uow.documents.get(document_id)
    content = desk.door.work.archive.get(found.sha256)
    return download(content, found.filename, found.media_type)


@router.get("/documents/{document_id}/files/{sha256}", name="document_file")
def document_file(desk: SignedIn, document_id: int, sha256: str) -> Response:
    """A file embedded in a document, to save."""
    with desk.unit() as uow:
        files = uow.archive_index.about(f"document:{document_id}")
    for file in files:
        if file.sha256 == sha256:
            return download(desk.door.work.archive.get(sha256), file.filename, file.media_type)
    raise Refusal(
        "document_unknown",
        "There is no document {document}.",
        "Look it up in the list of documents.",
        document=document_id,
    )
