"""Real recognition, few and fast."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFont

from contor.adapters.ocr_second_opinion import reconcile
from contor.adapters.tesseract import Tesseract
from contor.documents.page import Word
from contor.documents.raster import Raster

LINES = ("Rechnung Nummer 4711", "vom 05.03.2026", "Gesamtbetrag 119,00 EUR", "Vielen Dank")


def raster(turn: int = 0) -> Raster:
    page = Image.new("L", (1700, 700), 255)
    pen = ImageDraw.Draw(page)
    for row, line in enumerate(LINES):
        pen.text((120, 80 + 140 * row), line, fill=0, font=ImageFont.load_default(64))
    page = page.rotate(turn, expand=True, fillcolor=255)
    return Raster(page.tobytes(), page.width, page.height, 300.0)


@pytest.mark.slow
def test_words_and_boxes_of_a_picture() -> None:
    page = Tesseract().recognise(raster(), 1, "deu")
    texts = [word.text for word in page.words]
    assert "4711" in texts
    assert "119,00" in texts
    number = page.words[texts.index("4711")]
    assert 0 < number.x0 < number.x1 < page.width
    assert page.source == "ocr"


@pytest.mark.slow
def test_a_slightly_turned_page_is_straightened() -> None:
    page = Tesseract().recognise(raster(3), 1, "deu")
    words = {word.text: word for word in page.words}
    assert abs(words["Gesamtbetrag"].middle - words["119,00"].middle) < 6


def test_two_readings_that_agree_are_sure() -> None:
    word = Word("119,00", 0, 0, 10, 10, 0.5)
    assert reconcile(word, "119,00", 0.9).confidence > 0.9


def test_an_unsure_second_reading_changes_nothing() -> None:
    word = Word("119,00", 0, 0, 10, 10, 0.5)
    assert reconcile(word, "179,00", 0.5) == word
    assert reconcile(word, "", 0.0) == word
