"""Real recognition, few and fast."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from contor.adapters.ocr_second_opinion import reconcile
from contor.adapters.page_cleaning import cleaned
from contor.adapters.tesseract import Tesseract
from contor.documents.page import Word
from contor.documents.scans.raster import Raster

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


@pytest.mark.slow
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_or_head_is_turned(turn: int) -> None:
    page = Tesseract().recognise(raster(turn), 1, "deu")
    words = {word.text: word for word in page.words}
    assert page.width > page.height
    assert abs(words["Gesamtbetrag"].middle - words["119,00"].middle) < 6
    assert words["Gesamtbetrag"].x1 < words["119,00"].x0
    assert words["Rechnung"].middle < words["Vielen"].middle


@pytest.mark.slow
def test_grain_and_shade_do_not_disturb_the_figures() -> None:
    grey = np.asarray(Image.frombytes("L", (1700, 700), raster().pixels), dtype=np.float64)
    light = np.linspace(0.95, 0.6, 1700)[np.newaxis, :]
    noise = np.random.default_rng(1).normal(0, 14, grey.shape)
    worn = np.clip(grey * light + 20 + noise, 0, 255).astype(np.uint8)
    words = {
        word.text
        for word in Tesseract().recognise(Raster(worn.tobytes(), 1700, 700, 300.0), 1, "deu").words
    }
    assert {"4711", "05.03.2026", "119,00"} <= words


def test_paper_is_made_white_and_a_clean_page_left_alone() -> None:
    page = np.full((640, 640), 255, np.uint8)
    page[300:320, 100:500] = 40
    assert (cleaned(page) == page).all()
    noisy = np.clip(page - np.abs(np.random.default_rng(0).normal(0, 15, page.shape)), 0, 255)
    white = cleaned(noisy.astype(np.uint8))
    assert (white[:250] == 255).mean() > 0.99
    assert white[305:315, 120:480].max() < 120


def test_a_dark_picture_stays_dark() -> None:
    page = np.full((1200, 1200), 230, np.uint8)
    page[200:900, 200:900] = 30
    assert cleaned(page)[400:700, 400:700].max() < 100


def test_tiny_pictures_are_left_alone() -> None:
    speck = np.zeros((3, 5), np.uint8)
    assert cleaned(speck) is speck


def test_two_readings_that_agree_are_sure() -> None:
    word = Word("119,00", 0, 0, 10, 10, 0.5)
    assert reconcile(word, "119,00", 0.9).confidence > 0.9


def test_an_unsure_second_reading_changes_nothing() -> None:
    word = Word("119,00", 0, 0, 10, 10, 0.5)
    assert reconcile(word, "179,00", 0.5) == word
    assert reconcile(word, "", 0.0) == word
