"""The way from bytes to a reading, with fakes for the world."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner

from contor.cli.documents import read as read_command
from contor.cli.documents import read_text
from contor.documents.page import Page
from contor.documents.reading import Reading
from contor.documents.scans.raster import Raster
from contor.documents.triage import Attachment, PageFacts, PdfFacts
from contor.errors import Refusal
from contor.workflows.read_document import Options, Tools, read
from tests.unit.documents.paper import page_of

INVOICE = "Acme GmbH\nRechnungsnummer: 4711\nRechnungsdatum: 05.03.2026\nGesamtbetrag   119,00 EUR"


@dataclass
class FakePdf:
    """Pages as text; None is a scan, the empty text a damaged page."""

    texts: list[str | None]
    count: int
    attachments: tuple[Attachment, ...] = ()

    @property
    def facts(self) -> PdfFacts:
        pages = tuple(
            PageFacts(
                i, 595, 842, 1.0 if text else 0.0, -1.0 if text == "" else float(text is None)
            )
            for i, text in enumerate(self.texts, start=1)
        )
        return PdfFacts(self.count, pages, self.attachments)

    def page(self, number: int) -> Page:
        return page_of(self.texts[number - 1] or "", number)

    def image(self, number: int, dpi: int) -> Raster:
        return Raster(b"\xff", 1, 1, float(dpi))

    def close(self) -> None:
        pass


@dataclass
class FakeWorld:
    pdf: FakePdf
    recognised: list[int] = field(default_factory=list)

    def open(self, content: bytes, max_pages: int) -> FakePdf:
        return self.pdf

    def images(self, content: bytes, max_pages: int) -> tuple[int, tuple[Raster, ...]]:
        return 1, (Raster(b"\xff", 1, 1, 72.0),)

    def recognise(self, raster: Raster, number: int, languages: str) -> Page:
        self.recognised.append(number)
        return page_of(INVOICE, number, "ocr")

    def tools(self) -> Tools:
        return Tools(self, self, self)


def of(texts: list[str | None], count: int | None = None, **options: object) -> Reading:
    world = FakeWorld(FakePdf(texts, count or len(texts)))
    return read(b"%PDF-1.7", "x.pdf", world.tools(), Options(**options))  # type: ignore[arg-type]


def test_a_text_layer_is_read_without_recognition() -> None:
    reading = of([INVOICE])
    assert (reading.route, reading.value("number"), reading.value("gross_total")) == (
        "text", "4711", "119.00",
    )  # fmt: skip


def test_a_scan_between_text_pages_is_recognised_alone() -> None:
    reading = of([INVOICE, None])
    assert reading.route == "mixed"
    assert reading.pages == 2


def test_one_bad_page_never_loses_the_others() -> None:
    reading = of([INVOICE, ""])
    assert reading.value("number") == "4711"
    assert [finding.code for finding in reading.findings] == ["broken_page"]


def test_scans_beyond_the_limit_are_said_to_be_unread() -> None:
    reading = of([None, None, None], max_ocr_pages=1)
    assert [finding.code for finding in reading.findings if finding.code == "page_not_read"] == [
        "page_not_read"
    ] * 2


def test_only_the_first_pages_of_a_long_document_are_read() -> None:
    reading = of([INVOICE], count=90)
    assert "pages_not_read" in [finding.code for finding in reading.findings]


def test_nothing_to_read_is_refused() -> None:
    assert (of([None], ocr="never").refusal or ("",))[0] == "no_text"


def test_workers_do_not_change_the_reading() -> None:
    assert of([None, None], page_workers=1) == of([None, None], page_workers=4)


def test_a_file_above_the_limit_is_refused_unread() -> None:
    assert (of([INVOICE], max_bytes=3).refusal or ("",))[0] == "too_large"


def test_a_useless_attachment_is_no_einvoice() -> None:
    pdf = FakePdf([INVOICE], 1, (Attachment("../../factur-x.xml", b"<broken"),))
    reading = read(b"%PDF-1.7", "x.pdf", FakeWorld(pdf).tools())
    assert reading.route == "text"


def test_an_unreadable_einvoice_is_a_finding_and_the_page_is_read() -> None:
    pdf = FakePdf([INVOICE], 1, (Attachment("factur-x.xml", b"<broken"),))
    reading = read(b"%PDF-1.7", "x.pdf", FakeWorld(pdf).tools())
    assert reading.value("number") == "4711"
    assert [finding.code for finding in reading.findings] == ["embedded_xml_unreadable"]


def test_a_reading_shows_a_safe_name() -> None:
    assert read(b"", "../../etc/pass\x00wd", FakeWorld(FakePdf([], 0)).tools()).file == "passwd"


def test_the_command_refuses_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    (tmp_path / "b.pdf").write_bytes(b"PK\x03\x04")
    run = CliRunner().invoke(read_command, [str(tmp_path), "--workers", "1"])
    records = [json.loads(line) for line in run.stdout.splitlines()]
    assert [record["refusal"]["code"] for record in records] == ["empty_file", "unknown_type"]
    assert run.exit_code == 1
    assert "empty_file" in run.stderr


def test_words_of_others_give_the_same_facts(tmp_path: Path) -> None:
    page = page_of(INVOICE)
    words = [[w.text, *w.box] for w in page.words]
    record = {"id": "r1", "pages": [{"width": 595, "height": 842, "words": words}]}
    file = tmp_path / "words.jsonl"
    file.write_text(json.dumps(record) + "\nnonsense\n" + '{"id": 2, "pages": []}\n')
    run = CliRunner().invoke(read_text, [str(file)])
    first, second, third = (json.loads(line) for line in run.stdout.splitlines())
    assert first["id"] == "r1"
    assert first["fields"]["number"]["value"] == "4711"
    assert second["refusal"]["code"] == "bad_record"
    assert third["refusal"]["code"] == "no_text"
    assert run.exit_code == 1


def test_refusals_say_what_to_do() -> None:
    code, message = of([None], ocr="never").refusal or ("", "")
    assert code == "no_text"
    assert message.count(".") >= 2
    assert isinstance(Refusal(code, message), Exception)
