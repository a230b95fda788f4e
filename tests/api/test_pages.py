from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient

from contor.ledger.open_items import open_credit_note, open_receivable
from contor.money import Money
from contor.ports.store_documents import Document
from contor_api import static_files
from contor_api.limits import BodyLimit
from contor_api.vocabulary import Vocabulary
from contor_api.wording import wording
from tests.api.conftest import Browser
from tests.support.desk import NOW, PDF, Office, open_office
from tests.support.shared import SAMPLES

PAGES = (
    "/", "/queue", "/queue?kind=document", "/documents", "/documents?state=posted", "/bank-lines",
    "/bank-lines?state=review", "/open-items", "/open-items?kind=payable", "/invoices", "/journal",
    "/journal?text=rack&account=4930", "/upload", "/books",
)  # fmt: skip


@pytest.mark.parametrize("language", ["de", "en", "it"])
def test_every_page_opens_in_every_language(anna: Browser, office: Office, language: str) -> None:
    office.document("A.pdf")
    office.document("broken.pdf")
    office.bank_line()
    anna.post("/language", {"language": language, "next": "/"})
    for path in (*PAGES, "/items/1", "/items/2", "/items/3", "/documents/1", "/bank-lines/1"):
        answer = anna.get(path)
        assert answer.status_code == 200, path
        assert f'<html lang="{language}">' in answer.text


def test_numbers_and_days_follow_the_language(anna: Browser, office: Office) -> None:
    office.bank_line("1234.50")
    assert "€1,234.50" in anna.get("/bank-lines").text
    anna.post("/language", {"language": "de"})
    german = anna.get("/bank-lines").text
    assert "1.234,50\u00a0€" in german
    assert "20.11.2026" in german


def test_a_runner_up_and_what_waits_are_called_by_name(anna: Browser, office: Office) -> None:
    item = office.item_of("document", office.document("A.pdf"))
    chip = re.search(r'data-take="cost_centre"[^>]*>([^<]+)<', anna.get(f"/items/{item}").text)
    assert chip is not None
    assert chip[1].startswith("110 "), "with its name, as the account"
    assert len(chip[1]) > 8
    anna.post("/language", {"language": "de"})
    assert '/queue?kind=document">Belege</a><b>1</b>' in anna.get("/").text


def test_a_credit_note_that_customers_have_not_used_is_not_late(
    anna: Browser, office: Office
) -> None:
    past, ten = date(2026, 9, 1), Money.of("10.00", "EUR")
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        for item in (
            open_receivable("R-1", "10001", "Kunde Eins GmbH", past, past, ten),
            open_credit_note("G-1", "10001", "Kunde Eins GmbH", past, ten, "receivable"),
        ):
            uow.open_items.add(replace(item, account="1400"))
    rows = anna.get("/open-items").text.split("<tr>")
    (invoice,), (credit,) = ([r for r in rows if f">{n}<" in r] for n in ("R-1", "G-1"))
    assert "83 days late" in invoice
    assert "late" not in credit


def test_codes_of_the_machine_are_words_in_the_persons_language() -> None:
    german = Vocabulary(wording("de"))
    assert german.what("no open item explains it: fee") == "kein offener Posten erklärt es: Gebühr"
    assert german.tax_category("K") == "innergemeinschaftliche Lieferung"
    assert Vocabulary(wording("it")).tax_category("AE") == "inversione contabile"


def test_security_headers_and_no_inline_code(anna: Browser, office: Office) -> None:
    office.document("A.pdf")
    for path in (*PAGES, "/items/1", "/nothing", "/static/desk.css"):
        answer = anna.get(path)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'self'")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son[a-z]+=|javascript:", answer.text)


def test_what_suppliers_write_stays_text(anna: Browser, office: Office) -> None:
    office.document("<script>alert(1)</script>.pdf")
    for path in ("/queue", "/documents", "/items/1"):
        assert "<script>alert" not in anna.get(path).text


def test_nothing_of_another_tenant_is_reached(anna: Browser, office: Office) -> None:
    work = office.work
    with work.store.administration() as above:
        first = above.tenants.all()[0]
        other = above.tenants.add(first.__class__(0, "other", "Other", "DE", "EUR", "de", NOW))
    sha256 = work.archive.put(b"secret", "text/plain")
    with work.store.unit_of_work(other.id) as uow:
        document = uow.documents.add(Document(sha256, "s.pdf", "application/pdf", NOW, "upload"))
    for path in ("", "/original", "/pages/1.png"):
        answer = anna.get(f"/documents/{document.id}{path}")
        assert answer.status_code == 404
        assert b"secret" not in answer.content
    assert anna.post("/books", {"tenant": str(other.id)}).status_code == 403


def test_a_page_picture_is_kept_by_the_browser(anna: Browser, office: Office) -> None:
    document = office.document("A.pdf")
    path = f"/documents/{document}/pages/1.png"
    first = anna.get(path)
    assert first.content.startswith(b"\x89PNG")
    again = anna.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert anna.get(f"/documents/{document}/pages/9.png").status_code == 404


def test_static_files_last_as_long_as_their_version(anna: Browser) -> None:
    answer = anna.get(static_files.address("desk.css"))
    assert "immutable" in answer.headers["cache-control"]
    assert "immutable" not in anna.get("/static/desk.css").headers["cache-control"]
    assert anna.get("/static/../app.py").status_code == 404
    assert anna.get("/static/package.json").status_code == 404


def test_uploads_go_in_one_by_one(anna: Browser, office: Office) -> None:
    files = [
        ("files", ("..\\evil\\A.pdf", PDF.read_bytes(), "application/pdf")),
        ("files", ("again.pdf", PDF.read_bytes(), "application/pdf")),
    ]
    text = anna.post("/upload/documents", files=files).text
    assert "Received; it is being read." in text
    assert "received before" in text
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        (document,) = uow.documents.all()
    assert document.filename == "A.pdf"


def test_a_statement_is_uploaded(anna: Browser) -> None:
    path = SAMPLES / "statements" / "camt053-2026-10.xml"
    files = [("files", (path.name, path.read_bytes(), "text/xml")), ("files", ("x.csv", b"x"))]
    text = anna.post("/upload/statements", files=files).text
    assert "new lines, 0 known already." in text
    assert "x.csv" in text


@pytest.mark.parametrize("stated", [True, False])
def test_too_much_at_once_is_refused(browser: Browser, stated: bool) -> None:
    csrf = browser.csrf()
    limited = BodyLimit(browser.client.app, most=10_000)
    with TestClient(limited, base_url="http://localhost") as client:
        body = f"csrf={csrf}&email={'x' * 20_000}".encode()
        content = body if stated else iter([body[:9_000], body[9_000:]])
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = client.post("/sign-in", content=content, headers=headers)
    assert answer.status_code == 413
    assert answer.json()["refusal"]["code"] == "upload_too_large"


def test_a_refusal_is_a_page_and_never_a_traceback(anna: Browser) -> None:
    for path, status in (
        ("/items/999", 404),
        ("/documents/999", 404),
        ("/journal/2026-000009", 404),
        ("/bank-lines/999", 404),
        ("/invoices/999", 404),
        ("/queue?page=0", 422),
        ("/queue?kind=wrong", 422),
        ("/items/abc", 422),
        ("/documents/99999999999999999999", 422),
        ("/nowhere", 404),
    ):
        answer = anna.get(path)
        assert answer.status_code == status, path
        assert "Traceback" not in answer.text
        assert 'class="bar"' in answer.text or path == "/nowhere"


def test_a_failure_keeps_its_secrets(office: Office, anna: Browser) -> None:
    office.document("A.pdf")
    for file in (office.work.archive._folder).rglob("*"):  # type: ignore[attr-defined]
        if file.is_file():
            file.chmod(0o600)
            file.unlink()
    answer = anna.get("/documents/1")
    assert answer.status_code == 500
    assert "Restore the archive folder from the backup." in answer.text


def test_later_goes_round_the_queue(anna: Browser, office: Office) -> None:
    items = [office.item_of("document", office.document(f"{name}.pdf")) for name in "ABC"]
    seen, path = [], "/queue/next"
    for _ in range(4):
        seen.append(int(anna.get(path).url.path.rpartition("/")[2]))
        path = f"/queue/next?after={seen[-1]}"
    assert sorted(seen[:3]) == items
    assert seen[3] == seen[0]


@pytest.mark.slow
def test_a_long_queue_opens_at_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    from time import perf_counter

    from contor.money import Money
    from contor.ports.store_review import ReviewItemRecord
    from contor_api.app import create_app
    from tests.support.desk import SECRET

    office = open_office(tmp_path_factory.mktemp("long"))
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        for number in range(10_000):
            uow.review.add(
                ReviewItemRecord(
                    "bank_line", number + 1, ("unexplained",), (number * 37 % 1000) / 1000,
                    NOW + timedelta(seconds=number), title=f"Line {number}",
                    amount=Money.of("10.00", "EUR"),
                )
            )  # fmt: skip
    with TestClient(create_app(office.work, SECRET), base_url="http://localhost") as client:
        browser = Browser(client)
        browser.sign_in()
        assert "10,000" in browser.get("/queue").text
        times = []
        for _ in range(5):
            start = perf_counter()
            assert browser.get("/queue?page=3").status_code == 200
            times.append(perf_counter() - start)
    office.work.store.dispose()
    assert sorted(times)[2] < 0.25, times  # 0.1 s on a quiet machine


def test_an_invoice_is_archived_when_first_asked_for(anna: Browser, office: Office) -> None:
    from contor.money import Money
    from contor.ports.store_billing import InvoiceRecord

    with office.work.store.unit_of_work(office.tenant_id) as uow:
        record = InvoiceRecord(
            "RE-2026-00001", "invoice", "10001", NOW.date(), Money.of("119.00", "EUR"),
            {"number": "RE-2026-00001"}, NOW, "billing",
        )  # fmt: skip
        invoice = uow.invoices.add(record)
    assert "RE-2026-00001" in anna.get("/invoices").text
    first = anna.get(f"/invoices/{invoice.id}/files/zugferd")
    assert 'filename="RE-2026-00001.pdf"' in first.headers["content-disposition"]
    assert anna.get(f"/invoices/{invoice.id}/files/zugferd").content == first.content
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        (kept,) = uow.archive_index.about("invoice:RE-2026-00001")
    assert office.work.archive.get(kept.sha256) == first.content
    assert "RE-2026-00001.pdf" in anna.get(f"/invoices/{invoice.id}").text


def test_a_page_that_waits_loads_again_when_the_document_was_read(
    anna: Browser, office: Office
) -> None:
    from contor.workflows.process_document import process
    from contor.workflows.receive_document import receive
    from tests.support.desk import PlainSteps

    document = receive(office.work, office.tenant_id, PDF.read_bytes(), "A.pdf", "upload")
    path = f"/documents/{document.id}/waiting"
    assert f'hx-get="{path}"' in anna.get(f"/documents/{document.id}").text
    assert "hx-refresh" not in anna.get(path).headers
    process(office.work, office.tenant_id, document.id, PlainSteps(office.work, office.tenant_id))
    assert anna.get(path).headers["hx-refresh"] == "true"


def test_a_mail_leads_to_its_parts_and_back(anna: Browser, office: Office) -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "Rechnung"
    mail["Message-ID"] = "<1@example.org>"
    mail.set_content("Anbei.")
    mail.add_attachment(PDF.read_bytes(), maintype="application", subtype="pdf", filename="R-1.pdf")
    whole = office.document("mail.eml", mail.as_bytes())
    page = anna.get(f"/documents/{whole}").text
    assert "taken apart" in page
    (link,) = re.findall(r'<a href="(/documents/\d+)">R-1.pdf', page)
    assert f'<a href="/documents/{whole}">mail.eml' in anna.get(link).text


def test_embedded_files_are_saved_and_only_those(anna: Browser, office: Office) -> None:
    from contor.ports.store_operations import ArchivedFile

    document = office.document("A.pdf")
    sha256 = office.work.archive.put(b"time sheet", "text/plain")
    stranger = office.work.archive.put(b"not yours", "text/plain")
    with office.work.store.unit_of_work(office.tenant_id) as uow:
        uow.archive_index.add(
            ArchivedFile(
                sha256, 10, "text/plain", "attachment", f"document:{document}", NOW, "t.txt"
            )
        )
    assert "t.txt" in anna.get(f"/documents/{document}").text
    saved = anna.get(f"/documents/{document}/files/{sha256}")
    assert saved.content == b"time sheet"
    assert "attachment" in saved.headers["content-disposition"]
    assert anna.get(f"/documents/{document}/files/{stranger}").status_code == 404
