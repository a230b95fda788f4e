"""Uploads: documents and bank statements handed over in the browser."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from contor.documents.file_name import safe_file_name
from contor.errors import Refusal
from contor.workflows.import_statement import import_statement
from contor.workflows.receive_document import receive
from contor_api.dependencies import Bookkeeper, PostedForm, SignedIn
from contor_api.pages import Desk

router = APIRouter(include_in_schema=False)
MOST_FILE_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of one file."""

    filename: str
    said: str
    advice: str = ""
    link: str = ""
    good: bool = True


def bytes_of(file: UploadFile) -> bytes:
    """The file's bytes; refuses ``upload_too_large`` and ``file_empty``."""
    content = file.file.read(MOST_FILE_BYTES + 1)
    if len(content) > MOST_FILE_BYTES:
        raise Refusal(
            "upload_too_large",
            "The file is larger than {most} MiB.",
            "Send it in parts or at a lower resolution.",
            most=MOST_FILE_BYTES // 1024 // 1024,
        )
    return content


@router.get("/upload", name="upload")
def upload_page(desk: SignedIn) -> Response:
    """Where files are handed over."""
    return desk.page("upload.html", handed=[])


@router.post("/upload/documents", name="upload_documents")
def upload_documents(desk: Bookkeeper, form: PostedForm) -> Response:
    """Receive documents, each on its own: one bad file leaves the others alone."""
    return desk.page("upload.html", handed=[_document(desk, file) for file in _files(form)])


@router.post("/upload/statements", name="upload_statements")
def upload_statements(desk: Bookkeeper, form: PostedForm) -> Response:
    """Import bank statements, each on its own."""
    return desk.page("upload.html", handed=[_statement(desk, file) for file in _files(form)])


def _files(form: FormData) -> list[UploadFile]:
    return [
        file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename
    ]


def _document(desk: Desk, file: UploadFile) -> Handed:
    name = safe_file_name(file.filename or "")
    try:
        document = receive(desk.door.work, desk.tenant_id, bytes_of(file), name, "upload")
    except Refusal as refusal:
        return _refused(desk, name, refusal)
    said = desk.wording.say("Received; it is being read.")
    return Handed(name, said, link=f"/documents/{document.id}")


def _statement(desk: Desk, file: UploadFile) -> Handed:
    name = safe_file_name(file.filename or "")
    try:
        report = import_statement(desk.door.work, desk.tenant_id, bytes_of(file), name)
    except Refusal as refusal:
        return _refused(desk, name, refusal)
    said = desk.wording.say(
        "{new} new lines, {known} known already.", new=report.new_lines, known=report.known_lines
    )
    if report.unbalanced:
        warning = desk.wording.say("Opening balance plus lines does not give the closing balance.")
        return Handed(name, said, warning, "/bank-lines", good=False)
    return Handed(name, said, link="/bank-lines")


def _refused(desk: Desk, name: str, refusal: Refusal) -> Handed:
    message, advice = desk.wording.refusal(refusal)
    known = refusal.details.get("document_id")
    return Handed(name, message, advice, f"/documents/{known}" if known else "", good=False)
