"""Words of a text layer that nobody sees: white on white, in no colour, too small, covered.

What such words say is not on the paper. They are looked for in two steps, because looking at a
picture of every page would cost more than reading it: how a word is drawn makes it suspect (see
``traces``), and the picture tells whether anything stands where the word should be. So white letters on
a dark bar and the layer a scanner's software leaves under its picture are words like any other.

A covered word is hidden where the page looks the same without it, and where nothing but plain ground
lies in its place, so that no picture says what the word says.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Collection, Iterator
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from contor.adapters.pdf.drawn_things import Address, Corners, Things, is_text, plain, things_on
from contor.adapters.pdf.stand_in_fonts import put_back
from contor.adapters.pdf.traces import SMALLEST, Traces, under_cover

Picture = np.ndarray[Any, Any]
Shown = Callable[[Corners], Corners]

_NOTHING = 12
"""Grey levels (of 256) by which paper differs from itself."""
_TRACE = 0.01
"""Share of a word's box: letters that can be read change more."""
_MOST_PIXELS = 10_000_000

_activate = plain(pdfium.FPDFPageObj_SetIsActive, ctypes.c_int, Address, ctypes.c_int)


def unseen(page: Any, traces: Traces, shown: Shown) -> frozenset[int]:
    """Which words (by number) leave no trace in the picture of the page.

    ``shown`` maps boxes of page space to points from the top left of the page as pdfium paints it.
    """
    things = things_on(page, frozenset(traces.texts))
    covered = under_cover(traces, things)
    if not traces.suspects and not covered:
        return frozenset()
    look = _Look(page, shown)
    picture = look.at_page()
    gone = {
        number
        for number, box in traces.suspects.items()
        if look.is_dust(box) or _is_flat(look.part(picture, box))
    }
    return frozenset(gone.union(_without_trace(look, picture, traces, things, covered)))


def _without_trace(
    look: _Look, picture: Picture, traces: Traces, things: Things, covered: Collection[int]
) -> Iterator[int]:
    """Which covered words change nothing when they are taken away, with plain ground in their place.

    Of a text printed twice pdfium gives the first only, which may be covered while the second is not.
    """
    own = {number: traces.texts_of(number) for number in covered}
    without = look.at_page(set().union(*own.values()))
    unchanged = [
        number for number in covered
        if not _differ(look.part(picture, box := traces.boxes[number]), look.part(without, box))
    ]  # fmt: skip
    if not unchanged:
        return
    known, every = traces.all_texts(), {thing for thing in things.places if is_text(thing)}
    bare = look.at_page(every)
    twice = look.at_page(known) if every - known else bare
    for number in unchanged:
        box = traces.boxes[number]
        if _is_flat(_middle(ground := look.part(bare, box))) and not _differ(
            ground, look.part(twice, box)
        ):
            yield number


class _Look:
    """Looks at a page, as it is and without some of its texts."""

    def __init__(self, page: Any, shown: Shown) -> None:
        self._page, self._shown = page, shown
        width, height = page.get_size()
        self._scale = min(1.0, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)

    def at_page(self, without: Collection[int] = ()) -> Picture:
        """The page in grey."""
        for text in without:
            _activate(text, 0)
        bitmap = self._page.render(scale=self._scale, grayscale=True, may_draw_forms=False)
        try:
            grey = np.array(bitmap.to_numpy(), np.int16)
            return grey.reshape(bitmap.height, bitmap.width)
        finally:
            bitmap.close()
            put_back()
            for text in without:
                _activate(text, 1)

    def is_dust(self, box: Corners) -> bool:
        """Whether a box of page space is too low for letters."""
        _, y0, _, y1 = self._shown(box)
        return y1 - y0 < SMALLEST

    def part(self, picture: Picture, box: Corners) -> Picture:
        """The picture within a box of page space."""
        x0, y0, x1, y1 = (edge * self._scale for edge in self._shown(box))
        return picture[max(0, round(y0)) : max(0, round(y1)), max(0, int(x0)) : max(0, int(x1) + 1)]


def _is_flat(part: Picture) -> bool:
    return not part.size or int(part.max()) - int(part.min()) < _NOTHING


def _differ(part: Picture, other: Picture) -> bool:
    return bool(part.size) and float((abs(part - other) >= _NOTHING).mean()) > _TRACE


def _middle(part: Picture) -> Picture:
    """The zone of small letters, within the edges of a bar that ends with the word."""
    height, width = part.shape
    edge = 1 if width > 4 else 0
    return part[round(height * 0.3) : max(1, round(height * 0.7)), edge : width - edge]
