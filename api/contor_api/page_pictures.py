"""Page pictures for people: rendered once, kept a while, with the page's size in points."""

from __future__ import annotations

import io
from collections import OrderedDict
from threading import Lock

import pikepdf

from contor.ports.workplace import PagePainter

_MOST_PICTURES = 48
_MOST_SIZES = 512
_MOST_PAGES = 40

Size = tuple[float, float]


class PagePictures:
    """A small cache over the painter, which is asked by one thread at a time."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[tuple[str, int, int, int], bytes] = OrderedDict()
        self._sizes: OrderedDict[str, tuple[Size, ...]] = OrderedDict()
        self._painting = Lock()
        self._looking = Lock()

    def png(
        self,
        painter: PagePainter,
        content: bytes,
        sha256: str,
        page: int,
        width: int,
        turn: int = 0,
    ) -> bytes:
        """The page (1-based), ``width`` pixels wide, by quarter turns to the left."""
        key = (sha256, page, width, turn)
        with self._painting:
            if key not in self._pictures:
                self._pictures[key] = painter.png(content, page, width, turn)
                if len(self._pictures) > _MOST_PICTURES:
                    self._pictures.popitem(last=False)
            self._pictures.move_to_end(key)
            return self._pictures[key]

    def sizes(self, painter: PagePainter, content: bytes, sha256: str) -> tuple[Size, ...]:
        """Width and height in points of the first pages; empty where there is no page to show."""
        with self._looking:
            if sha256 not in self._sizes:
                self._sizes[sha256] = _pdf_sizes(content) or _picture_sizes(painter, content)
                if len(self._sizes) > _MOST_SIZES:
                    self._sizes.popitem(last=False)
            return self._sizes[sha256]


def _pdf_sizes(content: bytes) -> tuple[Size, ...]:
    if b"%PDF" not in content[:1024]:
        return ()
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return tuple(_shown_size(page) for page in pdf.pages[:_MOST_PAGES])
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, KeyError):
        return ()


def _shown_size(page: pikepdf.Page) -> Size:
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    outer = [float(edge) for edge in page.mediabox]
    width = min(max(left, right), max(outer[0], outer[2])) - max(
        min(left, right), min(outer[0], outer[2])
    )
    height = min(max(bottom, top), max(outer[1], outer[3])) - max(
        min(bottom, top), min(outer[1], outer[3])
    )
    return (height, width) if _rotation(page) % 180 else (width, height)


def _rotation(page: pikepdf.Page) -> int:
    node: pikepdf.Object = page.obj
    for _ in range(20):
        if "/Rotate" in node:
            return int(node["/Rotate"])
        if "/Parent" not in node:
            break
        node = node["/Parent"]
    return 0


def _picture_sizes(painter: PagePainter, content: bytes) -> tuple[Size, ...]:
    sizes = painter.picture_sizes(content, _MOST_PAGES)
    return tuple((float(width), float(height)) for width, height in sizes)
