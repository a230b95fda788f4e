"""Picture files of every kind that scanners, phones and mail programs make."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from contor.adapters.page_painter import PagePainter
from contor.adapters.pdf.pictures import PillowImageReader
from contor.adapters.tesseract import Tesseract
from contor.documents.filetype import file_type
from contor.documents.page import Page
from contor.documents.scans.raster import Raster
from contor.errors import Refusal
from contor.workflows.read_document import Tools, read
from contor.workflows.receive_document import media_type_of
from tests.unit.documents.paper import page_of


def half_dark() -> Image.Image:
    """40 wide, 20 high; the left half is dark."""
    grey = np.full((20, 40), 230, np.uint8)
    grey[:, :20] = 20
    return Image.fromarray(grey)


def saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, form, **options)
    return stream.getvalue()


def deep(scale: int) -> Image.Image:
    return Image.fromarray(np.asarray(half_dark()).astype(np.uint16) * scale)


def transparent() -> Image.Image:
    layer = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    layer.paste((20, 20, 20, 255), (0, 0, 20, 20))
    return layer


KINDS = {
    "1 bit": saved(half_dark().convert("1", dither=Image.Dither.NONE), "PNG"),
    "fax": saved(half_dark().convert("1", dither=Image.Dither.NONE), "TIFF", compression="group4"),
    "CMYK": saved(half_dark().convert("RGB").convert("CMYK"), "JPEG", quality=95),
    "palette": saved(half_dark().convert("P"), "PNG"),
    "16 bit": saved(deep(257), "PNG"),
    "12 bit": saved(deep(16), "TIFF"),
    "float": saved(Image.fromarray(np.asarray(half_dark(), dtype=np.float32) / 255), "TIFF"),
    "transparent": saved(transparent(), "PNG"),
    "grey with alpha": saved(transparent().convert("LA"), "PNG"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_becomes_the_same_grey(kind: str) -> None:
    count, (raster,) = PillowImageReader().images(KINDS[kind])
    assert count == 1
    assert raster is not None
    grey = np.frombuffer(raster.pixels, np.uint8).reshape(raster.height, raster.width)
    assert grey[:, 3:17].max() < 60
    assert grey[:, 23:].min() > 200


def test_a_phone_held_sideways_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right to see it upright
    (raster,) = PillowImageReader().images(saved(half_dark(), "JPEG", exif=exif))[1]
    assert raster is not None
    assert (raster.width, raster.height) == (20, 40)
    assert raster.pixels[0] < 60
    assert raster.pixels[-1] > 200


def test_the_second_picture_of_a_photo_is_no_page() -> None:
    photo = saved(half_dark(), "MPO", save_all=True, append_images=[half_dark()])
    assert PillowImageReader().images(photo)[0] == 1


def with_a_damaged_second_page() -> bytes:
    pages = [half_dark(), half_dark()]
    form = {"save_all": True, "append_images": pages[1:], "compression": "tiff_lzw"}
    content = bytearray(saved(pages[0], "TIFF", **form))
    with Image.open(io.BytesIO(content)) as picture:
        picture.seek(1)
        start, size = picture.tag_v2[273][0], picture.tag_v2[279][0]  # type: ignore[attr-defined]
    content[start : start + size] = b"\xff" * size
    return bytes(content)


class Silent:
    """A recogniser that reads one line on every page."""

    def recognise(self, raster: Raster, number: int, languages: str) -> Page:
        return page_of("Rechnungsnummer: 4711\nGesamtbetrag   119,00 EUR", number, "ocr")


def test_a_damaged_page_of_a_tiff_does_not_lose_the_others() -> None:
    content = with_a_damaged_second_page()
    count, rasters = PillowImageReader().images(content)
    assert (count, [raster is None for raster in rasters]) == (2, [False, True])
    tools = Tools(None, PillowImageReader(), Silent())  # type: ignore[arg-type]  # no PDF here
    found = read(content, "a.tif", tools)
    assert (found.pages, found.value("number")) == (2, "4711")
    assert [f.message for f in found.findings if f.code == "broken_page"] == ["Page 2 is damaged."]


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1, 1), (3, 900), (600, 500)])
def test_specks_strips_and_empty_pages_give_no_words(size: tuple[int, int]) -> None:
    raster = Raster(bytes([255]) * (size[0] * size[1]), *size, 72.0)
    assert Tesseract().recognise(raster, 1, "deu").words == ()


@pytest.mark.parametrize(
    ("form", "options"),
    [("WEBP", {"lossless": True}), ("WEBP", {"quality": 90}), ("BMP", {}), ("GIF", {})],
)
def test_pictures_from_chats_and_old_programmes_are_read_like_any(
    form: str, options: dict[str, Any]
) -> None:
    content = saved(half_dark().convert("RGB"), form, **options)
    assert file_type(content) == form.lower()
    assert media_type_of(content) == f"image/{form.lower()}"
    count, (raster,) = PillowImageReader().images(content)
    assert raster is not None
    assert (count, raster.width, raster.height) == (1, 40, 20)
    pixels = np.frombuffer(raster.pixels, np.uint8).reshape(20, 40)
    assert pixels[10, 5] < 60
    assert pixels[10, 35] > 180


_HALF_DARK_HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAA"
    "AAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAABoQABAAAAAAAAAKYAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34"
    "+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5"
    "uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAA"
    "AAAoY2xhcAAAAEAAAAABAAAAIAAAAAEAAAAAAAAAAv///+AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAA"
    "AAAAAAEAAQWBAgMFhAAAAK5tZGF0AAAAoigBrwngOdvaD///iiMoB08/1VS/ZUFB/XIwn/ZFSlYbXbYAzITKDSuT"
    "xv0FATsAPMALrHkuzxzHYejKglUuktDDJX1IexPBPvCm/ALtbUfHhVgcE4SN4BgXOm4fFqfV8v5B+IcuA0kpKn3y"
    "KEG5eZxGhut1NKO62h+oRTt+uqBomhm6udQ+rmrk+rp68Nj3g7fV6tFnpvTHdm5yz6+46xUzRg=="
)
"""A picture of 64 by 32 pixels as phones save their photos, its left half dark."""


def test_photos_of_phones_are_read_and_shown_like_any() -> None:
    assert file_type(_HALF_DARK_HEIC) == "heic"
    assert media_type_of(_HALF_DARK_HEIC) == "image/heic"
    count, (raster,) = PillowImageReader().images(_HALF_DARK_HEIC)
    assert raster is not None
    assert (count, raster.width, raster.height) == (1, 64, 32)
    pixels = np.frombuffer(raster.pixels, np.uint8).reshape(32, 64)
    assert pixels[16, 8] < 60
    assert pixels[16, 56] > 180
    shown = Image.open(io.BytesIO(PagePainter().png(_HALF_DARK_HEIC, 1, 200)))
    assert (shown.format, shown.size) == ("PNG", (64, 32))


@pytest.mark.parametrize("length", [40, 300, 500])
def test_a_photo_cut_off_on_its_way_is_refused(length: int) -> None:
    with pytest.raises(Refusal, match="broken_image"):
        PillowImageReader().images(_HALF_DARK_HEIC[:length])


def test_a_film_is_no_photo() -> None:
    with pytest.raises(Refusal, match="unknown_type"):
        file_type(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00")
