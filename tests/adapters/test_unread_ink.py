"""What Tesseract leaves unread on a clean page: lone figures, print in grey."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from contor.adapters.ocr_second_opinion import SecondOpinion
from contor.adapters.unread_ink import read_unread, unread_spots
from contor.documents.page import Word


def page_with(*texts: tuple[int, int, str, int]) -> Image.Image:
    """A white page with texts at places, each in its grey."""
    page = Image.new("L", (1200, 900), 255)
    pen = ImageDraw.Draw(page)
    for x, y, text, grey in texts:
        pen.text((x, y), text, fill=grey, font=ImageFont.load_default(32))
    return page


def column_read(count: int = 8) -> list[Word]:
    """Words that were read in a column on the left."""
    return [Word("Menge", 40, 100 + 60 * i, 150, 140 + 60 * i, 0.95) for i in range(count)]


def reads(*texts: str) -> list[tuple[str, float]]:
    return [(text, 1.0) for text in texts]


def test_a_lone_figure_is_put_behind_its_neighbour_and_as_high_as_its_line() -> None:
    page = page_with((500, 165, "3", 0))
    words = read_unread(page, column_read(), lambda _crops: reads("3"))
    place = next(index for index, word in enumerate(words) if word.text == "3")
    assert words[place - 1].y0 == words[place].y0 == 160
    assert words[place].confidence == 0.9


def test_rules_boxes_and_specks_are_no_words() -> None:
    page = page_with((600, 300, "Rabatt", 0))
    pen = ImageDraw.Draw(page)
    pen.rectangle((300, 200, 1100, 202), fill=0)
    pen.rectangle((300, 200, 302, 700), fill=0)
    pen.rectangle((700, 500, 900, 640), fill=0)
    pen.point((1000, 800), fill=0)
    spots = unread_spots(np.asarray(page), column_read())
    assert len(spots) == 1  # the letters together


def test_doubtful_readings_and_lone_letters_are_left_out() -> None:
    page = page_with((500, 165, "3", 0), (700, 165, "I", 0))

    def doubting(crops: list[NDArray[np.uint8]]) -> list[tuple[str, float]]:
        return [("3", 0.7), ("I", 1.0)][: len(crops)]

    assert read_unread(page, column_read(), doubting) == column_read()


def test_a_page_hardly_read_is_left_to_others() -> None:
    page = page_with((500, 165, "3", 0))
    assert read_unread(page, column_read(2), lambda _crops: reads("3")) == column_read(2)


@pytest.mark.slow
def test_grey_small_print_is_read_by_the_second_recogniser() -> None:
    page = page_with((500, 700, "IBAN GB98 2032", 180), (500, 165, "1", 0))
    texts = [word.text for word in SecondOpinion()(page, column_read())]
    assert {"IBAN", "GB98", "2032", "1"} <= set(texts)
