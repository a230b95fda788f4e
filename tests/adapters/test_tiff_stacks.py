"""TIFFs of several pages, as faxes and old scanners' software send them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import AppendingTiffWriter

from contor.adapters.page_painter import PagePainter
from contor.adapters.pdf.pictures import PillowImageReader
from contor.adapters.pdf.reader import PdfiumReader
from contor.adapters.remembered_pages import RememberedPages
from contor.adapters.tesseract import Tesseract
from contor.adapters.tiff_contents import tiff_contents, tiff_pages
from contor.documents.splitting import Division
from contor.workflows.read_document import Tools, read
from contor_api.page_pictures import PagePictures
from tests.adapters.test_scanned_stacks import Counting, invoice

FINE, STANDARD = (204.0, 196.0), (204.0, 98.0)
"""Pixels an inch of a fax across and down (ITU-T T.4)."""


def tiff(pages: Sequence[Image.Image], compression: str = "group4", **more: object) -> bytes:
    stream = io.BytesIO()
    with AppendingTiffWriter(stream, new=True) as file:
        for page in pages:
            page.save(file, "TIFF", compression=compression, **more)
            file.newFrame()
    return stream.getvalue()


def faxed(page: Image.Image) -> Image.Image:
    """A page as fax in standard resolution: black and white, half as many rows."""
    return page.resize((1728, 1145)).convert("1", dither=Image.Dither.NONE)


def inner(page: Image.Image, number: int, pages: int) -> Image.Image:
    """A page with another page counter than *1 von 1*."""
    page = page.copy()
    page.paste(255, (0, 940, 1240, 1040))
    from PIL import ImageDraw, ImageFont

    place, font = (110, 960), ImageFont.load_default(32)
    ImageDraw.Draw(page).text(place, f"Seite {number} von {pages}", fill=0, font=font)
    return page


@pytest.mark.slow
def test_a_faxed_stack_is_divided(tmp_path: Path) -> None:
    pages = (
        invoice("RE-2026-118", "05.10.2026", 100),
        invoice("RE-2026-119", "05.11.2026", 200),
        Image.new("L", (1240, 1754), 255),  # an empty back
        invoice("MX-77120", "12.11.2026", 300),
    )
    content = tiff([faxed(page) for page in pages], dpi=STANDARD)
    recogniser = RememberedPages(Tesseract(), tmp_path)
    found = tiff_contents(content, None, recogniser)
    assert found.division == Division(((1, 1), (2, 3), (4, 4)))
    tools = Tools(PdfiumReader(), PillowImageReader(), recogniser)
    readings = [read(part, "fax.tif", tools) for part in found.parts]
    assert [reading.value("number") for reading in readings] == [
        "RE-2026-118", "RE-2026-119", "MX-77120",
    ]  # fmt: skip
    assert [reading.value("gross_total") for reading in readings] == ["119.00", "238.00", "357.00"]
    assert [reading.pages for reading in readings] == [1, 2, 1]


@pytest.mark.slow
def test_pages_of_one_invoice_stay_one_document_with_its_pages_counted() -> None:
    first = inner(invoice("RE-2026-118", "05.10.2026", 100), 1, 2)
    second = inner(invoice("RE-2026-118", "05.10.2026", 100), 2, 2)
    content = tiff([first, second], "tiff_adobe_deflate", dpi=(150.0, 150.0))
    assert tiff_contents(content, None, Tesseract()).division == Division()
    reading = read(content, "a.tif", Tools(PdfiumReader(), PillowImageReader(), Tesseract()))
    assert (reading.pages, reading.refusal) == (2, None)
    assert reading.value("number") == "RE-2026-118"


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "CMYK", "P", "I;16"])
def test_parts_have_the_very_pixels(mode: str) -> None:
    noise = Image.effect_noise((90, 60), 80)
    values = np.asarray(noise, dtype=np.uint16) * 16
    page = Image.fromarray(values) if mode == "I;16" else noise.convert(mode)
    content = tiff(
        [page, page.rotate(180), page], "tiff_lzw" if mode != "1" else "group3", dpi=FINE
    )
    parts = tiff_pages(content, [(1, 2), (3, 3)])
    assert parts == tiff_pages(content, [(1, 2), (3, 3)])
    with Image.open(io.BytesIO(parts[0])) as part:
        part.seek(1)
        assert (getattr(part, "n_frames", 1), part.mode, part.info["dpi"]) == (2, mode, FINE)
        assert part.tobytes() == page.rotate(180).tobytes()


def test_a_page_on_its_side_is_written_upright() -> None:
    page = Image.new("L", (60, 40), 255)
    page.paste(0, (0, 0, 60, 10))
    exif = Image.Exif()
    exif[0x0112] = 6  # its first row is the right edge
    (part,) = tiff_pages(tiff([page, page], "raw", exif=exif), [(1, 2)])
    with Image.open(io.BytesIO(part)) as written:
        assert written.size == (40, 60)
        assert (written.getpixel((35, 30)), written.getpixel((5, 30))) == (0, 255)


def test_a_fax_has_the_height_of_its_sheet_wherever_it_is_shown() -> None:
    content = tiff([faxed(invoice("R-1001", "05.10.2026", 100))] * 2, dpi=STANDARD)
    count, (raster, _) = PillowImageReader().images(content)
    assert raster is not None
    assert (count, raster.width, raster.height) == (2, 1728, 2383)
    assert PagePictures().sizes(PagePainter(), content, "x") == ((1728.0, 2383.0),) * 2
    with Image.open(io.BytesIO(PagePainter().png(content, 2, 864))) as shown:
        assert abs(shown.height - 2383 / 2) <= 1


@pytest.mark.parametrize("pages", [1, 61])
def test_one_page_is_no_stack_and_too_many_are_not_looked_at(pages: int) -> None:
    counting = Counting()
    content = tiff([Image.new("1", (60, 80))] * pages)
    assert tiff_contents(content, None, counting).division == Division(doubtful=pages > 1)
    assert counting.asked == []


def test_a_damaged_page_costs_nothing() -> None:
    content = tiff([Image.effect_noise((60, 80), 60)] * 3, "tiff_lzw")
    assert tiff_contents(content[: len(content) // 2], None, Counting()).parts == ()
    assert tiff_contents(b"II*\x00 and no more", None, Counting()).parts == ()
