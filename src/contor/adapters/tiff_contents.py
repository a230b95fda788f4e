"""What a TIFF of several pages holds for intake: the invoices its pages divide into.

Faxes and old scanners' software send stacks as one TIFF. Its pages are recognised and divided by the
same proof as scans in a PDF. Parts are written without loss, upright, and the same TIFF gives the
same bytes; the original stays archived besides.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageOps
from PIL.TiffImagePlugin import AppendingTiffWriter

from contor.adapters.pdf.pictures import DAMAGED, PillowImageReader
from contor.documents.page_tagger import Tagger
from contor.documents.scans.raster import USUAL_LANGUAGES, Raster
from contor.documents.sheets import sheet_of
from contor.documents.splitting import MOST_SCANS, Division, Sheet, divide
from contor.errors import Refusal
from contor.ports.documents import TextRecogniser
from contor.ports.file_contents import FileContents


def tiff_contents(
    content: bytes, tagger: Tagger | None, recogniser: TextRecogniser | None = None
) -> FileContents:
    """Open a TIFF in this process; one that cannot be opened, or has one page, holds nothing.

    Of more pages than an invoice with its annexes has, nothing is recognised: such a TIFF stays
    whole, in doubt.
    """
    reader = PillowImageReader()
    try:
        count, _ = reader.images(content, 1)
        if count < 2 or recogniser is None:
            return FileContents()
        if count > MOST_SCANS:
            return FileContents(division=Division(doubtful=True))
        _, rasters = reader.images(content, count)
    except Refusal:
        return FileContents()
    pages = enumerate(rasters, start=1)
    division = divide([_sheet(raster, number, tagger, recogniser) for number, raster in pages])
    if not division.parts:
        return FileContents(division=division)
    try:
        return FileContents((), division, tiff_pages(content, division.parts))
    except DAMAGED:
        return FileContents(division=Division(doubtful=True))


def _sheet(
    raster: Raster | None, number: int, tagger: Tagger | None, recogniser: TextRecogniser
) -> Sheet:
    page = recogniser.recognise(raster, number, USUAL_LANGUAGES) if raster else None
    return sheet_of(page, tagger, scanned=True)


def tiff_pages(content: bytes, parts: Sequence[tuple[int, int]]) -> tuple[bytes, ...]:
    """A TIFF per range of pages, each page pixel by pixel as it was, with its resolution.

    Raises:
        OSError, ValueError: a page is damaged.
    """
    with Image.open(io.BytesIO(content), formats=("TIFF",)) as whole:
        return tuple(_part(whole, first, last) for first, last in parts)


def _part(whole: Image.Image, first: int, last: int) -> bytes:
    stream = io.BytesIO()
    with AppendingTiffWriter(stream, new=True) as part:
        for number in range(first, last + 1):
            whole.seek(number - 1)
            page = ImageOps.exif_transpose(whole)
            resolution = {"dpi": whole.info["dpi"]} if "dpi" in whole.info else {}
            page.save(part, "TIFF", compression=_compression(page), **resolution)
            part.newFrame()
    return stream.getvalue()


def _compression(page: Image.Image) -> str:
    """Without loss: faxes' own for black and white, else the one of zip files."""
    return "group4" if page.mode == "1" else "tiff_adobe_deflate"
