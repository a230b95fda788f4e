"""Mails at the desk: uploaded like any document, shown with what became of them."""

from __future__ import annotations

import io
import zipfile

from contor.workflows.take_in import IntakeReport, process_waiting
from tests.api.conftest import Browser
from tests.support.desk import Office
from tests.support.intake import InTurn
from tests.support.mails import XML, mail


def test_an_uploaded_mail_is_shown_with_its_documents(anna: Browser, office: Office) -> None:
    content = bytes(mail(("a.xml", XML[0].read_bytes()), ("b.7z", b"7z\xbc\xaf")))
    handed = anna.post("/upload/documents", files={"files": ("mail.eml", content)}, page="/upload")
    assert handed.status_code == 200
    work, tenant_id = office.work, office.tenant_id
    process_waiting(work, tenant_id, InTurn(work), IntakeReport())
    with work.store.reading(tenant_id) as uow:
        whole = next(d for d in uow.documents.all() if d.filename == "mail.eml")
        (part,) = (d for d in uow.documents.all() if d.source.startswith("mail:"))
        item = uow.review.about("document", whole.id)
    assert item is not None
    for path in ("/documents", f"/documents/{whole.id}", f"/documents/{part.id}", "/queue"):
        assert anna.get(path).status_code == 200, path
    shown = anna.get(f"/items/{item.id}")
    assert shown.status_code == 200
    assert "b.7z" in shown.text
    assert anna.get(f"/documents/{whole.id}/original").content == content
    rejected = anna.post(f"/items/{item.id}", {"verdict": "reject", "reason": "gefragt"})
    assert rejected.status_code == 200
    with work.store.reading(tenant_id) as uow:
        assert uow.review.get(item.id).state != "open"


def test_an_uploaded_archive_is_shown_with_its_documents(anna: Browser, office: Office) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("2026/a.xml", XML[0].read_bytes())
        archive.writestr("notes.docx", b"PK\x03\x04")
    files = {"files": ("month.zip", stream.getvalue())}
    assert anna.post("/upload/documents", files=files, page="/upload").status_code == 200
    work, tenant_id = office.work, office.tenant_id
    process_waiting(work, tenant_id, InTurn(work), IntakeReport())
    with work.store.reading(tenant_id) as uow:
        whole = next(d for d in uow.documents.all() if d.filename == "month.zip")
        part = next(d for d in uow.documents.all() if d.source == f"document:{whole.id}")
        item = uow.review.about("document", whole.id)
    assert item is not None
    assert "notes.docx is an office file" in anna.get(f"/items/{item.id}").text
    for path in ("/documents", f"/documents/{whole.id}", f"/documents/{part.id}"):
        assert anna.get(path).status_code == 200, path
    assert f"<td>document {whole.id}</td>" in anna.get("/documents?lang=en").text.lower()
    assert f'href="/documents/{whole.id}"' in anna.get(f"/documents/{part.id}").text
    assert anna.get(f"/documents/{whole.id}/original").content == stream.getvalue()
