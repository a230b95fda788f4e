"""Page pictures for people: rendered once, kept a while, with the page's size in points."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

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
                self._sizes[sha256] = painter.sizes(content, _MOST_PAGES)
                if len(self._sizes) > _MOST_SIZES:
                    self._sizes.popitem(last=False)
            return self._sizes[sha256]
