"""Scans read side by side: the same reading whatever the number of workers; limits hold."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from contor.adapters import tesseract
from contor.adapters.tesseract import Tesseract
from contor.bootstrap.documents import read_content, read_files, reading_options
from contor.documents.scans.raster import Raster

PAGES = (
    ("Beispiel Hosting GmbH", "Rechnung Nr. 2026-88 vom 03.04.2026", "Seite 1 von 3"),
    ("Leistungen im März: Miete von Servern", "Menge 1 Stück", "Seite 2 von 3"),
    ("Nettobetrag 100,00 EUR", "Umsatzsteuer 19 % 19,00 EUR", "Gesamtbetrag 119,00 EUR"),
)


def scan() -> bytes:
    pages = []
    for lines in PAGES:
        page = Image.new("L", (1240, 1754), 255)
        for row, line in enumerate(lines):
            ImageDraw.Draw(page).text((110, 150 + 150 * row), line, 0, ImageFont.load_default(40))
        pages.append(page)
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=150.0)
    return stream.getvalue()


@pytest.mark.slow
def test_the_reading_does_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    content = scan()
    alone = read_content(content, "a.pdf", reading_options())
    assert (alone.route, alone.value("number"), alone.value("gross_total")) == (
        "ocr", "2026-88", "119.00",
    )  # fmt: skip
    side_by_side = read_content(content, "a.pdf", reading_options(page_workers=3))
    assert side_by_side == alone
    file = tmp_path / "a.pdf"
    file.write_bytes(content)
    (guarded,) = read_files([str(file)], reading_options(), workers=2)
    assert replace(guarded, file="a.pdf") == alone


@pytest.mark.slow
def test_a_page_that_takes_too_long_has_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "_SECONDS_PER_READING", 0.01)
    noise = Raster(bytes(range(256)) * 5000, 1280, 1000, 300.0)
    assert Tesseract().recognise(noise, 1, "deu").words == ()
