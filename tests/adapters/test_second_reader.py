"""A till roll that Tesseract reads badly, read by the other recogniser (both real)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from contor.adapters import pdf_writer
from contor.adapters.ocr_second_reader import SecondReader, joined
from contor.adapters.tesseract import Tesseract
from contor.documents.page import Page, Word
from contor.documents.scans.raster import Raster

ROLL = (
    "BÄCKEREI MÜLLER GMBH", "Königstraße 12", "04109 Leipzig", "Datum: 05.03.2026 08:14",
    "Bon-Nr. 004711  Kasse 3", "2 Brötchen            1,30", "1 Käsekuchen          3,90",
    "1 Kaffee groß         3,20", "SUMME EUR             8,40", "Gegeben bar          10,00",
    "Rückgeld              1,60", "Vielen Dank für Ihren Einkauf!",
)  # fmt: skip
WORDS = {word for line in ROLL for word in line.split()}


FONT = Path(pdf_writer.__file__).parent / "fonts/SourceSansPro-Regular.ttf"


def drawn(size: int, *, worn: bool) -> Raster:
    """The roll in type of so many pixels; worn: pale thermal print out of focus, with grain."""
    page = Image.new("L", (22 * size, 45 * size), 255)
    pen = ImageDraw.Draw(page)
    for row, line in enumerate(ROLL):
        pen.text((24, 40 + 3.2 * size * row), line, fill=0, font=ImageFont.truetype(FONT, size))
    if worn:
        soft = np.asarray(page.filter(ImageFilter.GaussianBlur(0.07 * size)), dtype=np.float64)
        grain = np.random.default_rng(3).normal(0, 4, soft.shape)
        pale = np.clip(240 - 0.5 * (255 - soft) + grain, 0, 255).astype(np.uint8)
        page = Image.fromarray(pale)
    return Raster(page.tobytes(), page.width, page.height, 72.0)


def never(grey: NDArray[np.uint8]) -> list[Word]:
    raise AssertionError("A page that Tesseract reads well is read by nobody else.")


@cache
def worn_roll() -> tuple[Page, Page]:
    """The worn roll as Tesseract reads it, and with the second reader."""
    raster = drawn(26, worn=True)
    alone = Tesseract().recognise(raster, 1, "deu")
    return alone, Tesseract(second_reader=SecondReader()).recognise(raster, 1, "deu")


@pytest.mark.slow
def test_a_worn_till_roll_is_read_with_its_umlauts() -> None:
    alone, page = worn_roll()
    found = {word.text for word in page.words}
    assert len(WORDS & {word.text for word in alone.words}) < 24
    assert len(WORDS & found) >= 29
    assert {"Königstraße", "Rückgeld", "8,40", "05.03.2026"} <= found
    assert page.turned == 0


@pytest.mark.slow
def test_boxes_stand_where_the_words_are_and_nothing_alone_is_sure() -> None:
    alone, page = worn_roll()
    assert (page.width, page.height) == (572, 1170)
    words = {word.text: word for word in page.words}
    # Drawn at 24 points from the left, line by line 83.2 points apart, type of 26 points.
    for row, text in ((1, "Königstraße"), (8, "SUMME"), (10, "Rückgeld")):
        assert words[text].x0 == pytest.approx(24, abs=4)
        assert words[text].middle == pytest.approx(40 + 83.2 * row + 18, abs=6)
        assert 18 < words[text].height < 45
    assert words["SUMME"].x1 < words["EUR"].x0 + 3 < words["8,40"].x0
    read_by_both = {word.text for word in alone.words}
    assert all(word.confidence <= 0.9 for word in page.words if word.text not in read_by_both)


@pytest.mark.slow
def test_a_clean_till_roll_and_a_clean_sheet_are_left_to_tesseract() -> None:
    roll = Tesseract(second_reader=never).recognise(drawn(26, worn=False), 1, "deu")
    assert "Königstraße" in {word.text for word in roll.words}
    broad = Image.new("L", (1700, 1200), 255)
    clean = drawn(26, worn=False)
    broad.paste(Image.frombytes("L", (clean.width, clean.height), clean.pixels), (200, 20))
    sheet = Raster(broad.tobytes(), 1700, 1200, 200.0)
    words = Tesseract(second_reader=never).recognise(sheet, 1, "deu").words
    assert "Königstraße" in {word.text for word in words}


@pytest.mark.slow
def test_an_empty_roll_and_an_empty_sheet_have_no_words() -> None:
    recogniser = Tesseract(second_reader=SecondReader())
    for size in ((500, 1200), (1200, 1000)):
        empty = Image.new("L", size, 250)
        assert not recogniser.recognise(Raster(empty.tobytes(), *size, 72.0), 1, "deu").words


def word(text: str, confidence: float, x0: float = 0.0) -> Word:
    return Word(text, x0, 0.0, x0 + 40.0, 12.0, confidence)


def test_what_both_read_is_surer_than_either() -> None:
    (one,) = joined([word("8,40", 0.95)], [word("8,40", 0.6)])
    assert one.confidence == 0.98
    (other,) = joined([word("8,40", 0.95)], [word("8,40", 0.6, x0=100.0)])
    assert other.confidence == 0.9


def test_where_they_differ_the_sure_one_is_believed() -> None:
    assert joined([word("8,40", 0.97)], [word("5,40", 0.95)])[0] == word("8,40", 0.9)
    assert joined([word("8,40", 0.6)], [word("5,40", 0.95)])[0] == word("5,40", 0.9)


def test_accents_are_not_lost_and_other_letters_no_reason() -> None:
    assert joined([word("fur", 0.99)], [word("für", 0.7)])[0].text == "für"
    assert joined([word("für", 0.99)], [word("fur", 0.7)])[0].text == "für"
    assert joined([word("fun", 0.99)], [word("für", 0.7)])[0].text == "fun"


def test_what_tesseract_read_stays_where_the_other_reads_nothing() -> None:
    assert joined([], [word("Summe", 0.5)]) == [word("Summe", 0.5)]
