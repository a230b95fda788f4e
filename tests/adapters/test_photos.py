"""Photos of sheets: laid flat where all edges are there, else left as they are."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw

from contor.adapters.page_painter import PagePainter
from contor.adapters.pdf.pictures import PillowImageReader, shown
from contor.adapters.pdf.reader import PdfiumReader
from contor.adapters.pdf.sheet_on_table import corners_of, flat_size
from contor.adapters.tesseract import Tesseract
from contor.documents.reading import Reading
from contor.workflows.read_document import Tools, read
from contor_training.synthetic.photos import Photo, photograph
from tests.adapters.test_scanned_stacks import invoice
from tests.support.shared import SAMPLES


def page() -> Image.Image:
    return invoice("RE-2026-118", "05.10.2026", 100)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_corners_of_a_sheet_are_found(turns: int, seed: int) -> None:
    photo = photograph(page(), seed, turns, 2000)
    found = corners_of(np.asarray(opened(photo.content).convert("L")))
    assert found is not None
    wanted = np.array(photo.corners)
    off = min(np.abs(np.roll(found, turn, axis=0) - wanted).max() for turn in range(4))
    assert off < 15, "of 2000 pixels"
    width, height = flat_size(found)
    assert max(width, height) / min(width, height) == pytest.approx(1754 / 1240, abs=0.12)


@pytest.mark.slow
@pytest.mark.parametrize("turns", [0, 1])
def test_a_photo_is_read_as_the_sheet_on_it(turns: int) -> None:
    tools = Tools(PdfiumReader(), PillowImageReader(), Tesseract())
    reading = read(photograph(page(), 3, turns).content, "photo.jpg", tools)
    facts = ("number", "issue_date", "net_total", "gross_total")
    assert [reading.value(name) for name in facts] == [
        "RE-2026-118",
        "2026-10-05",
        "100.00",
        "119.00",
    ]


def test_it_is_read_and_shown_alike_and_in_colour() -> None:
    content = photograph(page(), 4, 0, 2000).content
    _, (raster,) = PillowImageReader().images(content)
    assert raster is not None
    painter = PagePainter()
    assert painter.sizes(content, 9) == ((raster.width, raster.height),)
    picture = opened(painter.png(content, 1, 800))
    assert picture.mode == "RGB"
    assert picture.width / picture.height == pytest.approx(raster.width / raster.height, abs=0.01)
    edge = np.asarray(picture.convert("L"))[:, 8]
    assert np.median(edge) > 120, "paper, no table"


def on_table(
    brightness: int, box: tuple[int, int, int, int] = (300, 300, 1500, 2000)
) -> Image.Image:
    picture = Image.new("L", (1800, 2400), brightness)
    picture.paste(page().resize((box[2] - box[0], box[3] - box[1])), box[:2])
    return picture


def cut_off() -> Image.Image:
    """A photo whose sheet leaves the picture on one side."""
    photo = opened(photograph(page(), 5, 0, 2000).content)
    left = min(x for x, _ in photograph(page(), 5, 0, 2000).corners)
    return photo.crop((int(left) + 60, 0, photo.width, photo.height)).convert("L")


def crumpled() -> Image.Image:
    """A receipt with wavy sides."""
    picture = Image.new("L", (1600, 2400), 60)
    pen = ImageDraw.Draw(picture)
    sides = [(400 + 70 * np.sin(y / 150), y) for y in range(300, 2100, 10)]
    pen.polygon([*sides, *[(x + 700, y) for x, y in reversed(sides)]], fill=235)
    return picture


def framed() -> Image.Image:
    """A scan with a thick frame, as certificates have, a little askew."""
    picture = Image.new("L", (1800, 2400), 250)
    corners = [(150, 140), (1640, 190), (1600, 2240), (190, 2200)]
    ImageDraw.Draw(picture).polygon(corners, fill=250, outline=30, width=40)
    return picture


def letterhead() -> Image.Image:
    """A scan with dark bars above and below."""
    picture = page().resize((1800, 2400))
    picture.paste(40, (0, 0, 1800, 300))
    picture.paste(40, (0, 2150, 1800, 2400))
    return picture


FLAT: dict[str, Callable[[], Image.Image]] = {
    "scan": lambda: page().resize((2480, 3508)),
    "scan askew": lambda: page().resize((2480, 3508)).rotate(4, fillcolor=255),
    "scan on black": lambda: on_table(20),
    "sheet on a bright table": lambda: on_table(225).rotate(6, fillcolor=225),
    "sheet cut off": cut_off,
    "crumpled": crumpled,
    "framed": framed,
    "letterhead": letterhead,
    "empty": lambda: Image.new("L", (1800, 2400), 255),
    "small": lambda: page().resize((300, 420)),
    "noise": lambda: Image.effect_noise((1800, 2400), 90),
}


@pytest.mark.parametrize("name", FLAT)
def test_what_is_no_photo_of_a_whole_sheet_stays_as_it_is(name: str) -> None:
    picture = FLAT[name]()
    assert shown(picture).tobytes() == picture.tobytes()


@pytest.mark.parametrize("path", sorted((SAMPLES / "documents/sroie").glob("*.jpg")), ids=str)
def test_scanned_receipts_stay_as_they_are(path: object) -> None:
    picture = Image.open(str(path))
    assert shown(picture).tobytes() == picture.tobytes()


def test_the_same_page_gives_the_same_photo() -> None:
    assert photograph(page(), 6, 0, 800) == photograph(page(), 6, 0, 800)
    assert isinstance(photograph(page(), 6, 1, 800), Photo)


@pytest.mark.slow
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_is_shown_as_it_was_read(turns: int) -> None:
    """A scan on its side or head: marks stand on the picture that the desk shows."""
    stream = io.BytesIO()
    page().rotate(90 * turns, expand=True).save(stream, "PNG")
    tools = Tools(PdfiumReader(), PillowImageReader(), Tesseract())
    reading = read(stream.getvalue(), "a.png", tools)
    assert reading.value("number") == "RE-2026-118"
    assert reading.turned == {1: 4 - turns}
    assert Reading.from_json(reading.to_json()).turned == reading.turned
    painted = opened(PagePainter().png(stream.getvalue(), 1, 1240, reading.turned[1]))
    assert painted.size == (1240, 1754)
    wanted = np.asarray(page().resize(painted.size))
    assert np.abs(np.asarray(painted.convert("L"), float) - wanted).mean() < 3
