"""Text recognition by Tesseract: upright, straight, words with boxes.

One thread per page (``OMP_THREAD_LIMIT=1``): several threads inside Tesseract cost four times the
CPU for no gain; pages run in parallel instead.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
import pytesseract
from numpy.typing import NDArray
from PIL import Image

from contor.adapters.ocr_second_reader import joined
from contor.adapters.page_cleaning import cleaned
from contor.adapters.pdf.straighten import lies_on_its_side, straightened
from contor.documents.language import language_of
from contor.documents.page import Page, Word
from contor.documents.scans.raster import Raster
from contor.documents.scans.type_size import in_type_boxes
from contor.errors import Failure

_SECONDS_PER_READING = 60
_CONFIG = "--psm {psm} --dpi 300 -c tessedit_do_invert=0"
_PAGE, _BLOCK = 3, 6
"""Tesseract's page segmentation: a page of columns and tables; one block of lines (a receipt)."""
_NARROW = 0.62
_FAINT = 0.85
_SMALLEST_WIDTH = 2200
_SMALLEST_RECEIPT = 1500
_LARGEST_SIDE = 4000
_LARGEST_ENLARGEMENT = 3.0
_DOUBTFUL_RECEIPT, _DOUBTFUL_SHEET = 0.90, 0.75
_LEGIBLE = 0.80

_TESSERACT_NAMES = {"de": "deu", "en": "eng", "it": "ita", "fr": "fra", "nl": "nld", "pl": "pol"}
_INSTEAD = {"fra": "ita"}
"""Italian has the accents of French."""

Checker = Callable[[Image.Image, list[Word]], list[Word]]
"""Second opinion: takes the straightened picture and its words in pixels, gives the words."""
WholeReader = Callable[[NDArray[np.uint8]], list[Word]]
"""Reads a page that Tesseract reads badly: takes the upright grey picture, gives words in pixels."""


@dataclass(frozen=True)
class Tesseract:
    """Recognises words (see ``contor.ports.documents.TextRecogniser``)."""

    second_opinion: Checker | None = None
    second_reader: WholeReader | None = None

    def recognise(self, raster: Raster, number: int, languages: str) -> Page:
        """Words of a picture in points of the upright, straightened page."""
        given = Image.frombytes("L", (raster.width, raster.height), raster.pixels)
        zoom = _zoom(given)
        sized = given
        if zoom != 1.0:
            size = (round(given.width * zoom), round(given.height * zoom))
            sized = given.resize(size, Image.Resampling.LANCZOS)
        turned, picture, words = _read_upright(cleaned(np.asarray(sized)), languages)
        if self.second_reader and _reads_badly(picture, words):
            if zoom > 1.0:  # what was enlarged for Tesseract, the other one reads as it was given
                words = _scaled(words, 1 / zoom)
                sized, zoom = given, 1.0
            turned, picture, words = _read_whole(self.second_reader, sized, turned, words)
        elif self.second_opinion:
            words = self.second_opinion(picture, words)
        unit = raster.points_per_pixel / zoom
        found = tuple(_scaled(words, unit))
        return Page(number, picture.width * unit, picture.height * unit, found, "ocr", turned)


def _scaled(words: list[Word], by: float) -> list[Word]:
    """Words with their boxes in another unit."""
    return [
        replace(
            word,
            x0=round(word.x0 * by, 2),
            y0=round(word.y0 * by, 2),
            x1=round(word.x1 * by, 2),
            y1=round(word.y1 * by, 2),
        )
        for word in words
    ]


def _reads_badly(picture: Image.Image, words: list[Word]) -> bool:
    """Whether the page is worth another reader: a receipt in doubt, or a sheet hardly legible.

    Worn scans of A4 are read at 0.89 and above; of blank sheets there is nothing to doubt.
    """
    if picture.width < _NARROW * picture.height:
        return _sureness(words) < _DOUBTFUL_RECEIPT
    long = [word for word in words if len(word.text) >= 3]
    return len(long) >= 5 and _sureness(words) < _DOUBTFUL_SHEET


def _read_whole(
    reader: WholeReader, sized: Image.Image, turned: int, before: list[Word]
) -> tuple[int, Image.Image, list[Word]]:
    """Turn, upright picture and words by another reader: as Tesseract turned it, or as given.

    ``before`` are Tesseract's words in pixels of that turn; they stay where nothing else is read.
    """
    page = np.asarray(sized)
    found = []
    for quarters in dict.fromkeys((turned, int(lies_on_its_side(page)))):
        upright = straightened(np.ascontiguousarray(np.rot90(page, quarters)))
        read = reader(upright)
        words = joined(read, before if quarters == turned else [])
        found.append((quarters, Image.fromarray(upright), words))
        if _sureness(words) >= _LEGIBLE:
            break
    return max(found, key=lambda one: _weight(one[2]))


def _read_in_language(picture: Image.Image, languages: str) -> list[Word]:
    """Read in the first language; again in the page's own where its accents would be lost.

    All languages at once take a third longer on every page; most pages are in the first. English
    has no accents: where the print is not faint, any of them reads it.
    """
    first, *others = languages.split("+")
    words = _read(picture, first)
    language = language_of([word.text for word in words])
    spoken = _TESSERACT_NAMES.get(language or "", "")
    wanted = spoken if spoken in others else _INSTEAD.get(spoken)
    if wanted not in others or (language == "en" and _sureness(words) >= _FAINT):
        return words
    return _read(picture, wanted)


def _zoom(picture: Image.Image) -> float:
    """Small pictures are enlarged to the size Tesseract was trained for, giants reduced."""
    narrow = picture.width < _NARROW * picture.height
    smallest = _SMALLEST_RECEIPT if narrow else _SMALLEST_WIDTH
    if picture.width < smallest:
        enlarged = min(_LARGEST_ENLARGEMENT, smallest / picture.width)
        return max(1.0, min(enlarged, _LARGEST_SIDE / max(picture.size)))
    return min(1.0, _LARGEST_SIDE / max(picture.size))


def _read_upright(page: NDArray[np.uint8], languages: str) -> tuple[int, Image.Image, list[Word]]:
    """By how many quarter turns the page is brought upright, the page straightened, and its words.

    Most pages are read once. One on its side shows in its lines; only one that reads badly is
    turned on its head, and on its side, to see whether it reads better.
    """
    quarters = int(lies_on_its_side(page))
    best = _read_turned(page, quarters, languages)
    if _stand_upright(best[1]):
        quarters = 1 - quarters
        best = _read_turned(page, quarters, languages)
    turns = [quarters + 2]
    if lies_on_its_side(page, 1.0) != bool(quarters):
        turns += [quarters + 1, quarters + 3]
    for turn in turns:
        if not _is_doubtful(best[1]):
            break
        other = _read_turned(page, turn, languages)
        if _weight(other[1]) > _weight(best[1]):
            quarters, best = turn, other
    return quarters % 4, *best


def _read_turned(
    page: NDArray[np.uint8], quarters: int, languages: str
) -> tuple[Image.Image, list[Word]]:
    turned = np.ascontiguousarray(np.rot90(page, quarters))
    picture = Image.fromarray(straightened(turned))
    return picture, _read_in_language(picture, languages)


def _is_doubtful(words: list[Word]) -> bool:
    """Whether the page may lie on its side or upside down."""
    return len([word for word in words if len(word.text) >= 3]) < 5 or _sureness(words) < 0.55


def _sureness(words: list[Word]) -> float:
    """Mean confidence of the words that are long enough to tell."""
    long = [word.confidence for word in words if len(word.text) >= 3]
    return sum(long) / max(1, len(long))


def _stand_upright(words: list[Word]) -> bool:
    """Whether the words run from top to bottom: Tesseract reads some pages on their side so."""
    long = [word for word in words if len(word.text) >= 4]
    return sum(word.height > word.x1 - word.x0 for word in long) > 0.6 * max(5, len(long))


def _weight(words: list[Word]) -> float:
    return sum(word.confidence * len(word.text) for word in words)


def _read(picture: Image.Image, languages: str) -> list[Word]:
    os.environ["OMP_THREAD_LIMIT"] = "1"
    picture.format = "PPM"  # packing a noisy page as PNG takes as long as reading it
    psm = _BLOCK if picture.width < _NARROW * picture.height else _PAGE
    config = _CONFIG.format(psm=psm)
    try:
        table = pytesseract.image_to_data(
            picture, lang=languages, config=config, timeout=_SECONDS_PER_READING
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
    """Words of Tesseract's TSV, as high as the type of their lines."""
    rows = (row.split("\t") for row in table.splitlines()[1:])
    told = (cells for cells in rows if len(cells) >= 12)
    lines = groupby(told, key=lambda cells: cells[1:5])
    return [word for _, line in lines for word in in_type_boxes(list(_of_line(line)))]


def _of_line(rows: Iterator[list[str]]) -> Iterator[Word]:
    """The words of a line; confidences of lines and blocks are -1."""
    for cells in rows:
        text = _without_rules(cells[11].strip())
        if not text or float(cells[10]) < 0:
            continue
        left, top, width, height = (float(cell) for cell in cells[6:10])
        yield Word(text, left, top, left + width, top + height, round(float(cells[10]) / 100, 3))


def _without_rules(text: str) -> str:
    """A word without the rules of the table that it touches."""
    return text.strip("|") if any(map(str.isalnum, text)) else text
