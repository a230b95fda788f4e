"""Words of a text layer that nobody sees: white on white, in no colour, too small, covered, cut off.

What such words say is not on the paper. They are looked for in two steps, because looking at a
picture of every page would cost more than reading it: how a word is drawn makes it suspect (see
``traces``), and the picture tells whether anything stands where the word should be. So white letters on
a dark bar and the layer a scanner's software leaves under its picture are words like any other.

A word that is covered, cut off, or in a layer is hidden where the page looks the same without it, and
where nothing but plain ground lies in its place, so that no picture says what the word says.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from contor.adapters.pdf.clips_and_layers import kept_from_view
from contor.adapters.pdf.drawn_things import Address, Corners, Things, is_text, plain, things_on
from contor.adapters.pdf.stand_in_fonts import put_back
from contor.adapters.pdf.traces import SMALLEST, Traces, under_cover
from contor.documents.page import Word

Picture = np.ndarray[Any, Any]
Shown = Callable[[Corners], Corners]

_NOTHING = 12
"""Grey levels (of 256) by which paper differs from itself."""
_TRACE = 0.01
"""Share of a word's box: letters that can be read change more."""
_THIN = 3
_MOST_PIXELS = 10_000_000

_activate = plain(pdfium.FPDFPageObj_SetIsActive, ctypes.c_int, Address, ctypes.c_int)


class Unseen(NamedTuple):
    """Words (by number) that nobody sees on a page.

    ``ends`` are those of texts that are seen, but too long for their place and cut off there: programs
    that print tables do that, and hide nothing by it. Of these only what holds a figure is named: the
    end of a name belongs to it.
    """

    hidden: Collection[int] = ()
    ends: Collection[int] = ()


def unseen(page: Any, words: Sequence[Word], traces: Traces, shown: Shown) -> Unseen:
    """Which words leave no trace in the picture of the page.

    ``shown`` maps boxes of page space to points from the top left of the page as pdfium paints it.
    """
    things = things_on(page, frozenset(traces.texts))
    kept = kept_from_view(traces, things)
    names = {
        word
        for word in _ends(traces, kept.cut, kept.cut)
        if not any(map(str.isdigit, words[word].text))
    }
    covered = (under_cover(traces, things) | kept.cut | kept.veiled) - names
    faint = kept.inside | traces.suspects.keys()
    if not faint and not covered:
        return Unseen()
    look = _Look(page, shown)
    picture = look.at_page()
    gone = {number for number, box in traces.suspects.items() if look.is_dust(box)}
    gone |= {
        number for number in faint | covered if _is_flat(look.part(picture, traces.boxes[number]))
    }
    rest = covered - gone - traces.suspects.keys()
    gone.update(_without_trace(look, picture, traces, things, sorted(rest)))
    ends = _ends(traces, gone & kept.cut, gone)
    return Unseen(gone - ends, ends)


def _ends(traces: Traces, cut: Collection[int], gone: Collection[int]) -> set[int]:
    """Words that are cut off, of texts that hold others besides those that are gone."""
    begun = {text for number, text in enumerate(traces.texts) if number not in gone}
    return {number for number in cut if traces.texts[number] in begun}


def _without_trace(
    look: _Look, picture: Picture, traces: Traces, things: Things, covered: Collection[int]
) -> Iterator[int]:
    """Which covered words change nothing when they are taken away, with plain ground in their place.

    Of a text printed twice pdfium gives the first only, which may be covered while the second is not.
    """
    if not covered:
        return
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
        left, top, right, bottom = int(x0), round(y0), int(x1) + 1, round(y1)
        if right - left < _THIN:  # pdfium puts letters on whole points, a stroke beside its box
            left, right = left - 1, right + 1
        if bottom - top < _THIN:
            top, bottom = top - 1, bottom + 1
        return picture[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]


def _is_flat(part: Picture) -> bool:
    return not part.size or int(part.max()) - int(part.min()) < _NOTHING


def _differ(part: Picture, other: Picture) -> bool:
    return bool(part.size) and float((abs(part - other) >= _NOTHING).mean()) > _TRACE


def _middle(part: Picture) -> Picture:
    """The zone of small letters, within the edges of a bar that ends with the word."""
    height, width = part.shape
    edge = 1 if width > 4 else 0
    return part[round(height * 0.3) : max(1, round(height * 0.7)), edge : width - edge]
