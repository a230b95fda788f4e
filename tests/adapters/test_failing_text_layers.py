"""Text layers that are not what the eye sees: recognition takes over, page by page."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
import pytest
from PIL import Image

from contor.adapters.pdf.pictures import PillowImageReader
from contor.adapters.pdf.reader import PdfiumReader
from contor.adapters.tesseract import Tesseract
from contor.documents.page import Word
from contor.documents.reading import Reading
from contor.workflows.read_document import Tools, read
from contor_training.synthetic import tiny_pdf

LINES = (
    "Musterhosting GmbH, Lindenweg 4, 10115 Berlin",
    "Rechnung Nr. 2026-4711 vom 05.03.2026",
    "Wir danken für Ihren Auftrag und berechnen Ihnen wie folgt:",
    "Miete eines Servers im Monat Februar, Betrag ohne Steuer",
    "Nettobetrag 100,00 EUR",
    "Umsatzsteuer 19 % 19,00 EUR",
    "Gesamtbetrag brutto 119,00 EUR",
    "Bitte zahlen Sie den Betrag bis zum 04.04.2026 auf unser Konto.",
)
NEXT = ("Anlage: Liste der Leistungen zu unserer Rechnung", "Server im Februar, Menge 1 Stück")


def cmap(shift: int) -> bytes:
    """A table that says every glyph is the character so many places before."""
    rows = "\n".join(f"<{code:02X}> <{code - shift:04X}>" for code in range(62, 127))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        "/CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"65 beginbfchar\n{rows}\nendbfchar endcmap end end"
    ).encode()


def pdf(lines: Sequence[str], shift: int = 0) -> bytes:
    stream = tiny_pdf.stream_object(tiny_pdf.text_stream(lines, size=14))
    objects = tiny_pdf.document(1, stream, [tiny_pdf.stream_object(cmap(shift))])
    if shift:
        objects[2] = objects[2].replace(b">>", b"/ToUnicode 5 0 R >>")
    return tiny_pdf.write(objects)


def invisible(lines: Sequence[str], over: bytes) -> bytes:
    """A scan of ``over`` with somebody's wrong recognition on it, drawn in no colour."""
    raster = PdfiumReader().open(over).image(1, 200)
    stream = io.BytesIO()
    Image.frombytes("L", (raster.width, raster.height), raster.pixels).save(
        stream, "PDF", resolution=200.0
    )
    with pikepdf.open(stream) as scan, pikepdf.open(io.BytesIO(pdf(lines))) as text:
        text.pages[0].Contents = text.make_stream(
            b"3 Tr " + text.pages[0].Contents.read_bytes().replace(b"BT", b"BT 3 Tr")
        )
        scan.pages[0].add_overlay(text.pages[0], None)
        out = io.BytesIO()
        scan.save(out)
    return out.getvalue()


def joined(*files: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as whole:
        for file in files:
            with pikepdf.open(io.BytesIO(file)) as part:
                whole.pages.extend(part.pages)
        whole.save(out)
    return out.getvalue()


def reading(content: bytes) -> Reading:
    return read(content, "a.pdf", Tools(PdfiumReader(), PillowImageReader(), Tesseract()))


def gist(found: Reading) -> tuple[str | None, ...]:
    return tuple(found.value(name) for name in ("number", "issue_date", "gross_total"))


RIGHT = ("2026-4711", "2026-03-05", "119.00")


@pytest.mark.slow
def test_a_font_with_a_wrong_table_of_characters_is_not_believed() -> None:
    content = pdf(LINES, shift=29)
    words = " ".join(word.text for word in _words(content))
    assert "Rechnung" not in words
    assert "5HFKQXQJ" in words
    found = reading(content)
    assert (found.route, gist(found)) == ("ocr", RIGHT)


@pytest.mark.slow
def test_only_the_pages_whose_layer_fails_are_recognised() -> None:
    found = reading(joined(pdf(LINES, shift=29), pdf(NEXT)))
    assert (found.route, gist(found)) == ("mixed", RIGHT)
    sources = {fact.source for fact in found.fields.values() if fact.page == 1}
    assert sources <= {"ocr", "derived"}


@pytest.mark.slow
def test_somebody_elses_invisible_recognition_is_not_believed() -> None:
    wrong = [line.replace("119,00", "179,00").replace("4711", "4777") for line in LINES]
    content = invisible(wrong, over=pdf(LINES))
    assert "179,00" in {word.text for word in _words(content)}
    found = reading(content)
    assert (found.route, gist(found)) == ("ocr", RIGHT)


def test_a_good_layer_is_believed() -> None:
    found = reading(pdf(LINES))
    assert (found.route, gist(found)) == ("text", RIGHT)


def _words(content: bytes) -> Sequence[Word]:
    document = PdfiumReader().open(content)
    assert document.facts.pages
    return document.page(1).words
