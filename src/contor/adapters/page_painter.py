"""Pictures of pages for the desk: PDF pages and scans as PNG."""

from __future__ import annotations

import io
import threading
from typing import Any

from contor.errors import Refusal

# PDFium is not safe in threads; the web server answers several requests at once.
_PDFIUM = threading.Lock()
_MOST_PIXELS = 40_000_000
_WIDEST = 2400
_A4 = (595.0, 842.0)


class PagePainter:
    """Renders one page at a time."""

    def sizes(self, content: bytes, most: int) -> tuple[tuple[float, float], ...]:
        """Width and height of the first pages as they are read and shown; empty where there is none.

        In points, of picture files in pixels.
        """
        if _is_pdf(content):
            with _PDFIUM:
                return _pdf_sizes(content, most)
        return _picture_sizes(content, most)

    def png(self, content: bytes, page: int, width: int, turn: int = 0) -> bytes:
        """The page (1-based) as a PNG at most ``width`` pixels wide.

        ``turn`` quarter turns to the left are what recognition needed to read it.

        Raises:
            Refusal: ``page_unknown``, ``page_not_shown``.
        """
        width = max(64, min(width, _WIDEST))
        if _is_pdf(content):
            with _PDFIUM:
                return _saved(_pdf_page(content, page, width), width, turn)
        return _saved(_picture(content, page), width, turn)


def _is_pdf(content: bytes) -> bool:
    """Whether it is a PDF; some programs write a few bytes before it."""
    return b"%PDF-" in content[:1024]


def _pdf_sizes(content: bytes, most: int) -> tuple[tuple[float, float], ...]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return ()
    try:
        return tuple(_pdf_size(document, number) for number in range(min(len(document), most)))
    finally:
        document.close()


def _pdf_size(document: Any, number: int) -> tuple[float, float]:
    """The size of a page as it is read; a damaged one is taken for a sheet of A4."""
    import pypdfium2

    try:
        sheet = document[number]
        width, height = sheet.get_size()
        return (height, width) if _turn(sheet) % 180 else (width, height)
    except pypdfium2.PdfiumError:
        return _A4


def _picture_sizes(content: bytes, most: int) -> tuple[tuple[float, float], ...]:
    from PIL import Image

    from contor.adapters.pdf.pictures import DAMAGED, is_scan, opened, shown, size_shown

    sizes = []
    try:
        with opened(content) as picture:
            pages = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            for index in range(min(pages, most)):
                picture.seek(index)
                size = size_shown(picture)
                whole = size[0] * size[1] > _MOST_PIXELS or is_scan(picture)
                sizes.append(size if whole else shown(picture).size)
    except (*DAMAGED, Image.DecompressionBombError):
        return ()
    return tuple(sizes)


def _saved(picture: Any, width: int, turn: int) -> bytes:
    """A picture as a PNG, turned, at most so wide."""
    upright = picture.rotate(90 * (turn % 4), expand=True) if turn % 4 else picture
    if upright.width > width:
        upright = upright.resize((width, round(upright.height * width / upright.width)))
    stream = io.BytesIO()
    upright.save(stream, "PNG")
    return stream.getvalue()


def _pdf_page(content: bytes, page: int, width: int) -> Any:
    import pypdfium2

    from contor.adapters.pdf.filled_forms import fill_in, has_fields

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _not_shown() from error
    try:
        if not 1 <= page <= len(document):
            raise _unknown(page)
        if has_fields(document):
            fill_in(document, page)
        sheet = document[page - 1]
        wide, high = sheet.get_size()
        turn = _turn(sheet)
        shown = high if turn % 180 else wide
        scale = min(width / max(shown, 1), (_MOST_PIXELS / max(wide * high, 1)) ** 0.5)
        return sheet.render(scale=scale, rotation=turn).to_pil()
    except pypdfium2.PdfiumError as error:
        raise _not_shown() from error
    finally:
        document.close()


def _turn(sheet: Any) -> int:
    """Degrees clockwise that bring a page's text upright, as it is read."""
    from contor.adapters.pdf.text_layer import upright_rotation

    now: int = sheet.get_rotation()
    text_page = sheet.get_textpage()
    try:
        return (upright_rotation(text_page.raw, now) - now) % 360
    finally:
        text_page.close()


def _picture(content: bytes, page: int) -> Any:
    from PIL import Image

    from contor.adapters.pdf.pictures import DAMAGED, opened, shown, size_shown

    try:
        with opened(content) as picture:
            if not 1 <= page <= getattr(picture, "n_frames", 1):
                raise _unknown(page)
            picture.seek(page - 1)
            wide, high = size_shown(picture)
            if wide * high > _MOST_PIXELS:
                raise _not_shown()
            return shown(picture).convert("RGB")
    except (*DAMAGED, Image.DecompressionBombError) as error:
        raise _not_shown() from error


def _unknown(page: int) -> Refusal:
    return Refusal("page_unknown", "There is no page {page}.", "Choose another page.", page=page)


def _not_shown() -> Refusal:
    return Refusal(
        "page_not_shown",
        "This document cannot be shown as a picture.",
        "Download it to look at it.",
    )
