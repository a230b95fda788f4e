"""What arrives becomes documents, once, whichever way it comes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contor.adapters.watched_folder import WatchedFolder
from contor.documents.reading import Reading
from contor.errors import Failure, Finding, Refusal
from contor.ports.store_documents import Document
from contor.workflows.receive_document import receive
from contor.workflows.take_in import IntakeReport
from contor.workflows.unpack_document import unpack
from contor.workflows.watch_folder import take_ready
from tests.support.books import books
from tests.support.intake import Place, take_in
from tests.support.mails import PDF, THREE_INVOICES, XML, joined, mail, scanned_tiff
from tests.support.outlook import winmail
from tests.support.papers import paper

FATTURA = Path(__file__).parents[1] / "golden" / "einvoice" / "invoice.fatturapa.xml"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with books(tmp_path) as opened:
        yield opened


def documents(place: Place) -> list[Document]:
    work, tenant = place
    with work.store.reading(tenant.id) as uow:
        return list(uow.documents.all())


def test_a_mail_becomes_a_document_per_attachment(place: Place) -> None:
    invoices = [("Rechnung März.pdf", PDF.read_bytes()), ("b.xml", XML[0].read_bytes())]
    take_in(place, ("mail.eml", bytes(mail(*invoices))))
    whole, first, second = documents(place)
    assert (whole.state, whole.media_type) == ("split", "message/rfc822")
    assert (first.filename, first.source) == ("Rechnung März.pdf", "mail:1@supplier.example")
    assert {first.state, second.state} <= {"review", "posted"}
    work, tenant = place
    assert work.archive.get(first.sha256) == PDF.read_bytes()
    with work.store.reading(tenant.id) as uow:
        linked = uow.archive_index.about(f"document:{whole.id}")
        assert uow.review.about("document", whole.id) is None
    assert [file.kind for file in linked] == ["received", "part", "part"]


def test_the_same_invoice_as_another_file_is_shown_and_never_posted(place: Place) -> None:
    """An e-invoice and the same one with a comment in it: other bytes, the same invoice."""
    content = XML[0].read_bytes()
    take_in(place, ("a.xml", content))
    take_in(place, ("b.xml", content + b"<!-- copy -->"))
    first, second = documents(place)
    found = findings(place, second.id)
    assert [f.code for f in found if f.code == "duplicate_invoice"] == ["duplicate_invoice"]
    message = next(f.message for f in found if f.code == "duplicate_invoice")
    assert f"document {first.id} (a.xml, in review)" in message
    assert second.state == "review"
    assert "duplicate_invoice" not in {f.code for f in findings(place, first.id)}


def findings(place: Place, document_id: int) -> list[Finding]:
    work, tenant = place
    with work.store.reading(tenant.id) as uow:
        return [stored.finding for stored in uow.findings.about("document", document_id)]


def test_a_reminder_has_nothing_to_book_and_its_invoice_is_no_duplicate(place: Place) -> None:
    figures = ("RE-1001", "100,00", "19,00", "119,00")
    take_in(place, ("mahnung.pdf", paper(*figures, call="Rechnungsnr.", title="2. Mahnung")))
    take_in(place, ("rechnung.pdf", paper(*figures, call="Rechnungsnr.")))
    reminder, invoice = documents(place)
    work, tenant = place
    with work.store.reading(tenant.id) as uow:
        waits = uow.review.about("document", reminder.id)
        suggestion = uow.suggestions.latest("document", reminder.id)
    assert reminder.state == "review"
    assert waits is not None
    assert "finding:not_an_invoice" in waits.reasons
    assert waits.amount is None
    assert suggestion is not None
    assert (suggestion.content["lines"], suggestion.content["entry"]) == ([], None)
    found = {finding.code for finding in findings(place, invoice.id)}
    assert found.isdisjoint({"duplicate_invoice", "not_an_invoice"})


def test_a_pdf_with_three_invoices_is_split_into_three(place: Place) -> None:
    take_in(place, ("stack.pdf", joined(*THREE_INVOICES)))
    whole, *parts = documents(place)
    assert whole.state == "split"
    assert [part.filename for part in parts] == [
        "stack, page 1.pdf",
        "stack, pages 2-4.pdf",
        "stack, page 5.pdf",
    ]
    assert {part.source for part in parts} == {f"document:{whole.id}"}
    assert [number_of(place, part.id) for part in parts] == [
        "RE-20170509/505",
        "R87654321012345",
        "R0005532486",
    ]
    assert "split_into_invoices" in {f.code for f in findings(place, whole.id)}


def test_files_embedded_in_a_pdf_are_kept(place: Place) -> None:
    take_in(place, ("hybrid.pdf", PDF.read_bytes()))
    (document,) = documents(place)
    work, tenant = place
    with work.store.reading(tenant.id) as uow:
        files = uow.archive_index.about(f"document:{document.id}")
    kept = [file for file in files if file.kind == "attachment"]
    assert [file.filename for file in kept] == ["factur-x.xml"]
    assert b"CrossIndustryInvoice" in work.archive.get(kept[0].sha256)


def number_of(place: Place, document_id: int) -> str | None:
    work, tenant = place
    with work.store.reading(tenant.id) as uow:
        stored = uow.readings.latest(document_id)
    return Reading.from_json(stored.content).value("number") if stored else None


def test_a_watched_folder_is_emptied_only_after_its_files_are_safe(
    place: Place, tmp_path: Path
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.xml").write_bytes(XML[0].read_bytes())
    (folder / "mail.eml").write_bytes(bytes(mail(("b.xml", XML[1].read_bytes()))))
    work, tenant = place
    watched, told, report = WatchedFolder(folder, rest=0), [], IntakeReport()

    class FullDisk:
        def put(self, content: bytes, media_type: str) -> str:
            raise Failure("disk_full", "The disk is full.", retryable=True)

    def tell(path: str, news: Refusal | Failure) -> None:
        told.append(news.code)

    broken = replace(work, archive=FullDisk())  # type: ignore[arg-type]
    assert take_ready(broken, tenant.id, watched, 0, report, tell) == 0
    assert told == ["disk_full", "disk_full"]
    assert len(list(folder.iterdir())) == 2

    assert take_ready(work, tenant.id, watched, 1, report, tell) == 2
    assert sorted(path.name for path in (folder / "done").iterdir()) == ["a.xml", "mail.eml"]
    assert [document.filename for document in documents(place)] == ["a.xml", "mail.eml"]

    (folder / "again.xml").write_bytes(XML[0].read_bytes())
    assert take_ready(work, tenant.id, watched, 2, report, tell) == 1
    assert report.known == ["again.xml"]
    assert "The same file came as again.xml (folder)." in {
        finding.message for finding in findings(place, documents(place)[0].id)
    }


def test_a_mail_without_documents_waits_for_a_person(place: Place) -> None:
    take_in(place, ("mail.eml", bytes(mail(("bills.rar", b"Rar! and so on")))))
    (whole,) = documents(place)
    work, tenant = place
    with work.store.reading(tenant.id) as uow:
        item = uow.review.about("document", whole.id)
    assert whole.state == "refused"
    assert item is not None
    assert item.reasons == ("refused:attachment_archive", "refused:mail_without_documents")


def zipped(*files: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def test_an_archive_becomes_a_document_per_invoice_in_it(place: Place) -> None:
    content = zipped(
        ("2026/Rechnung März.pdf", PDF.read_bytes()),
        ("../../b.xml", XML[0].read_bytes()),
        ("letter.docx", b"PK\x03\x04"),
    )
    take_in(place, ("month.zip", content))
    whole, first, second = documents(place)
    work, tenant = place
    assert (whole.state, whole.media_type) == ("split", "application/zip")
    assert work.archive.get(whole.sha256) == content, "what came is kept as it came"
    assert [one.filename for one in (first, second)] == ["Rechnung März.pdf", "b.xml"]
    assert {one.source for one in (first, second)} == {f"document:{whole.id}"}
    assert {first.state, second.state} <= {"review", "posted"}
    assert work.archive.get(first.sha256) == PDF.read_bytes()
    with work.store.reading(tenant.id) as uow:
        linked = [file.kind for file in uow.archive_index.about(f"document:{whole.id}")]
        waits = uow.review.about("document", whole.id)
    assert linked == ["received", "part", "part"]
    assert waits is not None, "the letter was left aside: a person is told"
    assert waits.reasons == ("refused:attachment_type",)


def test_an_archive_in_a_mail_is_unpacked_and_one_in_an_archive_is_not(place: Place) -> None:
    inner = zipped(("c.xml", XML[1].read_bytes()))
    bills = zipped(("a.xml", XML[0].read_bytes()), ("inner.zip", inner))
    take_in(place, ("mail.eml", bytes(mail(("bills.zip", bills)))))
    whole, archive, invoice = documents(place)
    assert (whole.state, archive.state) == ("split", "split")
    assert (archive.filename, archive.source) == ("bills.zip", "mail:1@supplier.example")
    assert (invoice.filename, invoice.source) == ("a.xml", f"document:{archive.id}")
    assert "archive_nested" in {finding.code for finding in findings(place, archive.id)}


def test_what_outlook_wrapped_is_read_however_it_comes(place: Place) -> None:
    """Saved out of the mail and handed in, in an archive, or attached to a mail."""
    names = ("one.xml", "two.xml", "three.xml")
    one, two, three = (winmail((n, path.read_bytes())) for n, path in zip(names, XML, strict=False))
    take_in(
        place,
        ("winmail.dat", one),
        ("month.zip", zipped(("winmail.dat", two))),
        ("mail.eml", bytes(mail(("winmail.dat", three)))),
    )
    found = {one.filename: one for one in documents(place)}
    assert set(names) <= set(found)
    assert {found[name].state for name in names} <= {"review", "posted"}
    work, _ = place
    assert work.archive.get(found["one.xml"].sha256) == XML[0].read_bytes()
    assert found["winmail.dat"].state == "split"


@pytest.mark.parametrize(
    ("name", "member", "reason"),
    [
        ("bills.zip", ("a.pdf", b"%PDF-" + bytes(20_000_000)), "archive_bomb"),
        ("letter.docx", ("[Content_Types].xml", b"<Types/>"), "unknown_type"),
    ],
)
def test_a_bomb_and_an_office_document_are_kept_and_wait_for_a_person(
    place: Place, name: str, member: tuple[str, bytes], reason: str
) -> None:
    take_in(place, (name, zipped(member)))
    (whole,) = documents(place)
    work, tenant = place
    with work.store.reading(tenant.id) as uow:
        item = uow.review.about("document", whole.id)
    assert whole.state == "refused"
    assert item is not None
    assert item.reasons == (f"refused:{reason}",)


def test_the_same_attachment_in_a_second_mail_is_named_and_not_doubled(place: Place) -> None:
    file = ("a.xml", XML[0].read_bytes())
    take_in(place, ("1.eml", bytes(mail(file))))
    take_in(place, ("2.eml", bytes(mail(file, message_id="<2@supplier.example>"))))
    first, invoice, second = documents(place)
    assert (first.state, second.state) == ("split", "split")
    found = findings(place, second.id)
    assert [(f.code, f.severity) for f in found] == [("duplicate_document", "info")]
    assert f"document {invoice.id}" in found[0].message


def test_a_run_that_is_repeated_gives_no_doubles(place: Place) -> None:
    """A process killed after the parts were archived, before they were stored: all over again."""
    work, tenant = place
    content = bytes(mail(("a.xml", XML[0].read_bytes()), ("b.pdf", joined(*THREE_INVOICES))))
    whole = receive(work, tenant.id, content, "mail.eml", "mail")
    assert unpack(work, whole) == unpack(work, whole)
    take_in(place)
    states = [document.state for document in documents(place)]
    assert states.count("split") == 2
    assert len(states) == 6


@pytest.mark.slow
def test_a_tiff_with_three_invoices_is_split_into_three(place: Place) -> None:
    take_in(place, ("Fax von heute.TIF", scanned_tiff(joined(*THREE_INVOICES))))
    whole, *parts = documents(place)
    assert whole.state == "split"
    assert [part.filename for part in parts] == [
        "Fax von heute, page 1.tif",
        "Fax von heute, pages 2-4.tif",
        "Fax von heute, page 5.tif",
    ]
    assert {part.media_type for part in parts} == {"image/tiff"}
    assert [number_of(place, part.id) for part in parts] == [
        "RE-20170509/505",
        "R87654321012345",
        "R0005532486",
    ]


def test_every_invoice_of_an_italian_batch_becomes_a_document(place: Place) -> None:
    """FatturaPA allows several invoices under one header (lotto di fatture)."""
    one = FATTURA.read_text()
    start, end = one.index("<FatturaElettronicaBody>"), one.index("</p:FatturaElettronica>")
    number = re.search("<Numero>(.*?)</Numero>", one)
    assert number
    second = one[start:end].replace(number[0], "<Numero>777</Numero>")
    take_in(place, ("lotto.xml", (one[:end] + second + one[end:]).encode()))
    whole, first, last = documents(place)
    assert whole.state == "split"
    assert (first.filename, last.filename) == ("lotto, invoice 1.xml", "lotto, invoice 2.xml")
    work, tenant = place
    with work.store.reading(tenant.id) as uow:
        records = [uow.readings.latest(document.id) for document in (first, last)]
    numbers = [Reading.from_json(record.content).value("number") for record in records if record]
    assert numbers == [number[1], "777"]
