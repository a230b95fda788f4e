"""Text recognition by Tesseract: upright, straight, words with boxes.

One thread per page (``OMP_THREAD_LIMIT=1``): several threads inside Tesseract cost four times the
CPU for no gain; pages run in parallel instead.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import pytesseract
from PIL import Image

from contor.adapters.pdf.straighten import skew_of
from contor.documents.language import language_of
from contor.documents.page import Page, Word
from contor.documents.raster import Raster
from contor.errors import Failure

_SECONDS_PER_PAGE = 120
_CONFIG = "--psm 3 --dpi 300 -c tessedit_do_invert=0"
_SMALLEST_WIDTH = 1500
_LARGEST_SIDE = 4000
_LARGEST_ENLARGEMENT = 3.0

_TESSERACT_NAMES = {"de": "deu", "en": "eng", "it": "ita", "fr": "fra", "nl": "nld", "pl": "pol"}

Checker = Callable[[Image.Image, list[Word]], list[Word]]
"""Second opinion: takes the straightened picture and its words in pixels, gives the words."""


@dataclass(frozen=True)
class Tesseract:
    """Recognises words (see ``contor.ports.documents.TextRecogniser``)."""

    second_opinion: Checker | None = None

    def recognise(self, raster: Raster, number: int, languages: str) -> Page:
        """Words of a picture in points of the upright, straightened page."""
        picture = Image.frombytes("L", (raster.width, raster.height), raster.pixels)
        zoom = _zoom(picture)
        if zoom != 1.0:
            size = (round(picture.width * zoom), round(picture.height * zoom))
            picture = picture.resize(size, Image.Resampling.LANCZOS)
        picture = _straight(picture)
        words = _read_in_language(picture, languages)
        if _is_doubtful(words):
            picture, words = _try_turned(picture, words, languages)
        if self.second_opinion:
            words = self.second_opinion(picture, words)
        unit = raster.points_per_pixel / zoom
        scaled = tuple(
            Word(
                word.text,
                round(word.x0 * unit, 2),
                round(word.y0 * unit, 2),
                round(word.x1 * unit, 2),
                round(word.y1 * unit, 2),
                word.confidence,
            )
            for word in words
        )
        return Page(number, picture.width * unit, picture.height * unit, scaled, "ocr")


def _read_in_language(picture: Image.Image, languages: str) -> list[Word]:
    """Read in the first language; again in the page's own where that is another.

    All languages at once take half as long again on every page; most pages are in the first.
    """
    first, *others = languages.split("+")
    words = _read(picture, first)
    if not others:
        return words
    spoken = _TESSERACT_NAMES.get(language_of([word.text for word in words]) or "")
    if spoken == first:
        return words
    return _read(picture, spoken if spoken in others else languages)


def _zoom(picture: Image.Image) -> float:
    """Small pictures are enlarged to the size Tesseract was trained for, giants reduced."""
    if picture.width < _SMALLEST_WIDTH:
        enlarged = min(_LARGEST_ENLARGEMENT, _SMALLEST_WIDTH / picture.width)
        return max(1.0, min(enlarged, _LARGEST_SIDE / max(picture.size)))
    return min(1.0, _LARGEST_SIDE / max(picture.size))


def _straight(picture: Image.Image) -> Image.Image:
    skew = skew_of(picture)
    if not skew:
        return picture
    return picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)


def _is_doubtful(words: list[Word]) -> bool:
    """Whether the page may lie on its side or upside down."""
    long = [word for word in words if len(word.text) >= 3]
    if len(long) < 5:
        return True
    return sum(word.confidence for word in long) / len(long) < 0.55


def _try_turned(
    picture: Image.Image, words: list[Word], languages: str
) -> tuple[Image.Image, list[Word]]:
    """Turn the page as Tesseract's orientation detection says, keep it when it reads better."""
    try:
        found = pytesseract.image_to_osd(
            picture, config="--psm 0", output_type=pytesseract.Output.DICT, timeout=60
        )
    except (pytesseract.TesseractError, RuntimeError):
        return picture, words  # too few characters to tell
    if not found["rotate"]:
        return picture, words
    turned = _straight(picture.rotate(-found["rotate"], expand=True))
    again = _read(turned, languages)
    return (turned, again) if _weight(again) > _weight(words) else (picture, words)


def _weight(words: list[Word]) -> float:
    return sum(word.confidence * len(word.text) for word in words)


def _read(picture: Image.Image, languages: str) -> list[Word]:
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        table = pytesseract.image_to_data(
            picture, lang=languages, config=_CONFIG, timeout=_SECONDS_PER_PAGE
        )
    except pytesseract.TesseractNotFoundError as error:
        raise Failure(
            "tesseract_missing",
            "Tesseract is not installed.",
            "Install tesseract-ocr with the languages deu, eng and ita.",
        ) from error
    except pytesseract.TesseractError as error:
        raise Failure(
            "tesseract_failed",
            f"Tesseract gave up: {str(error)[:200]}",
            f"Check that its language data for {languages} is installed.",
        ) from error
    except RuntimeError:
        return []  # took too long: the page is reported as unread, the others go on
    return _words(table)


def _words(table: str) -> list[Word]:
    """Words of Tesseract's TSV; confidences of lines and blocks are -1."""
    words = []
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or not cells[11].strip() or float(cells[10]) < 0:
            continue
        left, top, width, height = (float(cell) for cell in cells[6:10])
        confidence = round(float(cells[10]) / 100, 3)
        words.append(Word(cells[11].strip(), left, top, left + width, top + height, confidence))
    return words
