"""Stacks of scans without a text layer: recognised, divided with proof, remembered."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from contor.adapters.pdf_contents import pdf_contents
from contor.adapters.remembered_pages import RememberedPages
from contor.adapters.tesseract import Tesseract
from contor.documents.page import Page, Word
from contor.documents.scans.raster import Raster
from contor.documents.splitting import Division, Sheet, divide


def invoice(number: str, day: str, net: int, turn: int = 0) -> Image.Image:
    """A scanned page of an invoice, perhaps fed the wrong way round."""
    page = Image.new("L", (1240, 1754), 255)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(32)
    lines = (
        "Beispiel Hosting GmbH, Hauptstraße 1, 10115 Berlin",
        f"Rechnung Nr. {number}",
        f"Rechnungsdatum: {day}",
        "Wir berechnen Ihnen für die Bereitstellung Ihrer Server im vergangenen Monat:",
        f"Nettobetrag {net},00 EUR",
        f"Umsatzsteuer 19 % {net * 19 // 100},00 EUR",
        f"Gesamtbetrag brutto {net + net * 19 // 100},00 EUR",
        "Seite 1 von 1",
    )
    for row, line in enumerate(lines):
        pen.text((110, 120 + 120 * row), line, fill=0, font=font)
    return page.rotate(turn, expand=True)


def stack(*pages: Image.Image) -> bytes:
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=150.0)
    return stream.getvalue()


@pytest.mark.slow
def test_a_scanned_stack_is_divided_whichever_way_its_pages_lie(tmp_path: Path) -> None:
    pages = (
        invoice("RE-2026-118", "05.10.2026", 100),
        invoice("RE-2026-119", "05.11.2026", 200, turn=180),
        Image.new("L", (1240, 1754), 255),  # an empty back
        invoice("MX-77120", "12.11.2026", 300, turn=90),
    )
    recogniser = RememberedPages(Tesseract(), tmp_path)
    found = pdf_contents(stack(*pages), None, recogniser)
    assert found.division == Division(((1, 1), (2, 3), (4, 4)))
    assert [part[:5] for part in found.parts] == [b"%PDF-"] * 3
    assert len(list(tmp_path.iterdir())) == 3  # the empty page has nothing to remember


@dataclass
class Counting:
    """A recogniser that counts how often it is asked."""

    asked: list[int] = field(default_factory=list)

    def recognise(self, raster: Raster, number: int, languages: str) -> Page:
        self.asked.append(number)
        return Page(number, 10.0, 20.0, (Word(languages, 1.0, 2.0, 3.0, 4.0, 0.5),), "ocr")


def test_a_page_is_recognised_once(tmp_path: Path) -> None:
    counting = Counting()
    pages = RememberedPages(counting, tmp_path / "recognised")
    picture = Raster(bytes(6), 3, 2, 300.0)
    first = pages.recognise(picture, 1, "deu")
    assert pages.recognise(picture, 1, "deu") == first
    assert pages.recognise(picture, 2, "deu").number == 2
    assert counting.asked == [1]
    pages.recognise(picture, 1, "eng")
    pages.recognise(Raster(bytes(6), 2, 3, 300.0), 1, "deu")
    assert len(counting.asked) == 3


def test_what_is_remembered_may_be_broken_or_go(tmp_path: Path) -> None:
    counting = Counting()
    pages = RememberedPages(counting, tmp_path, most=4)
    picture = Raster(bytes(6), 3, 2, 300.0)
    page = pages.recognise(picture, 1, "deu")
    (file,) = tmp_path.iterdir()
    file.write_text("{", "utf-8")
    assert pages.recognise(picture, 1, "deu") == page
    for shade in range(10):
        pages.recognise(Raster(bytes([shade] * 6), 3, 2, 300.0), 1, "deu")
    assert len(list(tmp_path.iterdir())) <= 5


def test_more_scans_than_an_invoice_has_stay_whole_unread() -> None:
    counting = Counting()
    pages = [Image.new("L", (60, 80), 200)] * 61
    found = pdf_contents(stack(*pages), None, counting)
    assert (found.division, counting.asked) == (Division(doubtful=True), [])


def scan(number: str | None, total: str | None, day: str | None = None, **more: object) -> Sheet:
    text = f"Rechnung Nr. {number} vom 01.10.2026" if number else "Rechnung vom 01.10.2026"
    owners = frozenset([str(more["iban"])]) if "iban" in more else frozenset()
    return Sheet(text, number, total, day, scanned=True, owners=owners)


@pytest.mark.parametrize(
    "sheets",
    [
        (scan("R-1001", "10.00", "d1"), scan("R-1007", "10.00", "d2")),  # 1 read as 7?
        (scan("R-1001", "10.00", "d1"), scan("R-1007", "20.00", "d1")),
        (scan("R-1001", "10.00"), scan(None, "20.00"), scan("X-777", "30.00")),  # number lost
        (scan("R-1001", "10.00", iban="A"), scan(None, None, iban="B"), scan("X-777", "30.00")),
    ],
)
def test_a_misread_or_lost_number_tears_nothing(sheets: tuple[Sheet, ...]) -> None:
    assert divide(sheets) == Division(doubtful=True)


def test_numbers_that_follow_one_another_are_two_invoices_where_date_and_total_say_so() -> None:
    sheets = [scan("R-1001", "10.00", "d1"), scan("R-1002", "20.00", "d2")]
    assert divide(sheets).parts == ((1, 1), (2, 2))
