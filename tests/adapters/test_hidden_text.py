"""What a person cannot see on a page is no fact, whatever the text layer says."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from contor.adapters.pdf.reader import PdfiumReader
from contor.bootstrap.documents import reading_options, tools
from contor.cli.documents import read as read_command
from contor.documents.page import Page
from contor.documents.reading import Reading
from contor.workflows.read_document import read
from contor_training.synthetic import tiny_pdf

INVOICE = [
    "Netzwerk GmbH, Isarstr. 12, 80469 München",
    "Rechnung Nr. 4711 vom 05.03.2026",
    "Nettobetrag 100,00 EUR",
    "MwSt 19 % 19,00 EUR",
    "Gesamtbetrag 119,00 EUR",
    "IBAN DE89 3704 0044 0532 0130 00",
]
SHOWN = tiny_pdf.text_stream(INVOICE)
LINE = b"(Gesamtbetrag 9.119,00 EUR) Tj ET"
HIDDEN = {
    "white on white": b"BT 1 1 1 rg /F1 11 Tf 60 500 Td " + LINE,
    "nearly white": b"BT 0.98 0.98 0.97 rg /F1 11 Tf 60 500 Td " + LINE,
    "white by the grey scale": b"BT 1 g /F1 11 Tf 60 500 Td " + LINE,
    "white by the inks": b"BT 0 0 0 0 k /F1 11 Tf 60 500 Td " + LINE,
    "in no colour": b"BT 3 Tr /F1 11 Tf 60 500 Td " + LINE,
    "only to clip with": b"BT 7 Tr /F1 11 Tf 60 500 Td " + LINE,
    "half a point high": b"BT /F1 0.5 Tf 60 500 Td " + LINE,
    "scaled to a speck": b"BT /F1 11 Tf 0.04 0 0 0.04 60 500 Tm " + LINE,
    "white over a white box": b"1 1 1 rg 50 490 400 30 re f BT /F1 11 Tf 60 500 Td " + LINE,
    "outside of the page": b"BT /F1 11 Tf 60 -40 Td " + LINE,
}
SEEN = {
    "white on a dark bar": b"0.1 0.2 0.4 rg 50 490 400 30 re f BT 1 g /F1 11 Tf 60 500 Td " + LINE,
    "white with a black outline": b"BT 1 g 0 G 2 Tr /F1 11 Tf 60 500 Td " + LINE,
    "pale grey": b"BT 0.75 g /F1 11 Tf 60 500 Td " + LINE,
    "small print": b"BT /F1 4 Tf 60 500 Td " + LINE,
    "small by its matrix": b"BT /F1 1 Tf 9 0 0 9 60 500 Tm " + LINE,
}


def pdf(*streams: bytes, entries: bytes = b"") -> bytes:
    objects = tiny_pdf.document(1, tiny_pdf.stream_object(b"\n".join(streams)))
    return tiny_pdf.write([one.replace(b"/MediaBox", entries + b"/MediaBox") for one in objects])


def words(content: bytes) -> list[str]:
    return [word.text for word in page_of(content).words]


def page_of(content: bytes) -> Page:
    document = PdfiumReader().open(content)
    assert document.facts.pages
    return document.page(1)


def reading_of(content: bytes) -> Reading:
    return read(content, "r.pdf", tools(), reading_options(ocr="never"))


@pytest.mark.parametrize("how", HIDDEN)
def test_what_nobody_sees_is_not_read(how: str) -> None:
    content = pdf(SHOWN, HIDDEN[how])
    assert "9.119,00" not in words(content)
    assert words(content) == words(pdf(SHOWN)), "and everything else is"


@pytest.mark.parametrize("how", SEEN)
def test_what_can_be_seen_is_read(how: str) -> None:
    content = pdf(SHOWN, SEEN[how])
    assert "9.119,00" in words(content)
    assert PdfiumReader().open(content).facts.pages[0].unseen == 0


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_it_is_looked_for_where_it_stands_on_a_turned_page(rotation: int) -> None:
    turned = f"/Rotate {rotation} ".encode()
    bar = b"0 g 50 290 400 30 re f BT 1 g /F1 11 Tf 60 300 Td (Rabatt) Tj ET"
    content = pdf(SHOWN, HIDDEN["white on white"], bar, entries=turned)
    assert "9.119,00" not in words(content)
    assert "Rabatt" in words(content)


def test_it_is_looked_for_where_it_stands_on_a_cropped_page() -> None:
    bar = b"0 g 50 490 400 30 re f BT 1 g /F1 11 Tf 60 500 Td (Rabatt) Tj ET"
    hidden = b"BT 1 g /F1 11 Tf 60 460 Td (Geheim) Tj ET"
    content = pdf(SHOWN, bar, hidden, entries=b"/CropBox [30 300 500 820] ")
    assert "Rabatt" in words(content)
    assert "Geheim" not in words(content)


def test_a_hidden_total_is_no_fact_and_a_person_is_told() -> None:
    hidden = b"BT 1 g /F1 11 Tf 60 500 Td (Rechnungsbetrag 9.119,00 EUR) Tj ET"
    reading = reading_of(pdf(SHOWN, hidden))
    assert reading.value("gross_total") == "119.00"
    found = {finding.code: finding for finding in reading.findings}
    assert found["hidden_text"].severity == "warning", "so it never goes through alone"
    assert found["hidden_text"].message.startswith("Page 1 holds words that nobody can see")
    assert "hidden_text" not in {f.code for f in reading_of(pdf(SHOWN)).findings}


def test_the_command_says_so(tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_bytes(pdf(SHOWN, HIDDEN["in no colour"]))
    run = CliRunner().invoke(read_command, [str(tmp_path / "r.pdf"), "--workers", "1", "--quiet"])
    assert run.exit_code == 0
    assert '"hidden_text"' in run.output
    assert "9119.00" not in run.output


def test_the_layer_under_a_scan_is_what_the_scan_shows() -> None:
    """Recognised text drawn in no colour lies over the picture it was recognised from."""
    with pypdfium2.PdfDocument(pdf(SHOWN)) as printed:
        picture = printed[0].render(scale=2).to_pil().convert("L")
    layer = SHOWN.replace(b"BT ", b"BT 3 Tr ", 1)
    with pikepdf.open(io.BytesIO(pdf(b"q 595 0 0 842 0 0 cm /Scan Do Q", layer))) as scan:
        image = pikepdf.Stream(scan, picture.tobytes())
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height = picture.size
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        resources = scan.pages[0].Resources
        resources.XObject = pikepdf.Dictionary(Scan=image)
        stream = io.BytesIO()
        scan.save(stream)
    content = stream.getvalue()
    assert words(content) == words(pdf(SHOWN))
    assert reading_of(content).value("gross_total") == "119.00"
    assert "hidden_text" not in {finding.code for finding in reading_of(content).findings}
