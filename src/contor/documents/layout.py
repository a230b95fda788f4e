"""Lines and cells of a page: words that stand on one line, split where a gap is wide.

A *line* is what shares a baseline, a *cell* a run of words with ordinary spaces between them: a
label, a value, a column of a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from contor.documents.items.columns import split_at_columns
from contor.documents.margin_text import runs_across
from contor.documents.page import Box, Page, Word, hull

_TALL = 1.4
_GAP = 1.1
"""A gap wider than this share of the line's height separates cells."""
_GAP_OF_STRANGERS = 0.6
"""The same for words that the text layer does not give one after the other."""
_OVERLAP = 0.2


@dataclass(frozen=True, slots=True)
class Cell:
    """A run of words; ``line`` counts lines over the whole document, ``index`` cells in a line."""

    words: tuple[Word, ...]
    page: int
    line: int
    index: int
    x0: float
    y0: float
    x1: float
    y1: float
    text: str = field(init=False)
    """The words with single spaces."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join([word.text for word in self.words]))

    @property
    def box(self) -> Box:
        """The box around the words."""
        return (self.x0, self.y0, self.x1, self.y1)


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one line from left to right."""

    number: int
    page: int
    cells: tuple[Cell, ...]
    y0: float
    y1: float

    @property
    def text(self) -> str:
        """The line with single spaces."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def height(self) -> float:
        """Height of the line."""
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages of a document as lines."""

    pages: tuple[Page, ...]
    lines: tuple[Line, ...]

    def page(self, number: int) -> Page:
        """The page of that number."""
        return next(page for page in self.pages if page.number == number)


def layout_of(pages: Sequence[Page]) -> Layout:
    """Lines of all pages, numbered through.

    >>> page = Page(1, 600, 800, (Word("Summe", 10, 10, 60, 20), Word("netto", 63, 10, 90, 20),
    ...                           Word("87,39", 400, 11, 430, 20)))
    >>> [[cell.text for cell in line.cells] for line in layout_of([page]).lines]
    [['Summe netto', '87,39']]
    """
    lines: list[Line] = []
    for page in pages:
        words = [part for word in page.words for part in split_word(word)]
        order = {id(word): place for place, word in enumerate(words)}
        across = runs_across(words) if page.typeset else []
        beside = {id(word) for run in across for word in run}
        groups = []
        for group in group_lines([word for word in words if id(word) not in beside]):
            places = [order[id(word)] for word in group] if page.typeset else None
            groups.append(runs_of(group, places))
        if page.typeset:
            groups = split_at_columns(groups)
        for runs in [*groups, *([run] for run in across)]:
            lines.append(_line(runs, page.number, len(lines)))
    return Layout(tuple(pages), tuple(lines))


def split_word(word: Word) -> list[Word]:
    """Parts of a "word" that holds several (somebody else's line-wise recognition).

    >>> [part.text for part in split_word(Word("TAMAN DAYA,", 0, 0, 110, 10))]
    ['TAMAN', 'DAYA,']
    """
    parts = word.text.split()
    if len(parts) < 2:
        return [word] if parts else []
    unit = (word.x1 - word.x0) / len(word.text)
    found: list[Word] = []
    position = 0
    for part in parts:
        start = word.text.index(part, position)
        position = start + len(part)
        x0, x1 = word.x0 + start * unit, word.x0 + position * unit
        found.append(Word(part, x0, word.y0, x1, word.y1, word.confidence))
    return found


def group_lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words grouped into lines from top to bottom, each from left to right."""
    groups: list[list[Word]] = []
    spans: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: (word.y0 + word.y1, word.x0)):
        best, best_share = -1, 0.5
        y0, y1, height = word.y0, word.y1, word.height
        for index in range(len(groups) - 1, max(-1, len(groups) - 7), -1):
            top, bottom = spans[index]
            if bottom <= y0 or top >= y1:
                continue
            shared = min(bottom, y1) - max(top, y0)
            share = shared / max(0.1, min(bottom - top, height))
            if share > best_share and not (
                bottom - top > _TALL * height and _stands_under(word, groups[index])
            ):
                best, best_share = index, share
                if share >= 1.0:
                    break  # no other can hold more of it
        if best < 0:
            groups.append([word])
            spans.append((word.y0, word.y1))
        else:
            groups[best].append(word)
            top, bottom = spans[best]
            count = len(groups[best])
            # The mean of the spans, lest a tall logo glues two lines together.
            spans[best] = (
                top + (word.y0 - top) / count,
                bottom + (word.y1 - bottom) / count,
            )
    order = sorted(range(len(groups)), key=lambda index: sum(spans[index]))
    return [sorted(groups[index], key=lambda word: (word.x0, word.x1)) for index in order]


def _stands_under(word: Word, others: Sequence[Word]) -> bool:
    """Whether a word stands below another of a line that only something tall beside them spans."""
    return any(
        word.x0 < other.x1 and word.x1 > other.x0 and word.y0 > other.middle for other in others
    )


def runs_of(words: list[Word], places: list[int] | None) -> list[list[Word]]:
    """The words of a line parted into cells; ``places`` are theirs in the text layer."""
    heights = sorted(word.height for word in words)
    height = heights[len(heights) // 2]
    return _runs(words, height) if places is None else _runs_as_written(words, places, height)


def _line(runs: Sequence[Sequence[Word]], page: int, number: int) -> Line:
    cells = tuple(
        Cell(tuple(run), page, number, index, *hull(run)) for index, run in enumerate(runs)
    )
    return Line(number, page, cells, min(cell.y0 for cell in cells), max(cell.y1 for cell in cells))


def _runs(words: list[Word], height: float) -> list[list[Word]]:
    """Words from left to right, parted by wide gaps."""
    runs: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if word.x0 - before.x1 > _GAP * height:
            runs.append([])
        runs[-1].append(word)
    return runs


def _runs_as_written(words: list[Word], places: list[int], height: float) -> list[list[Word]]:
    """The same with the order of the text layer (``places``): what was written in one go.

    A long value that runs over the label of the next column is not mixed up with it.
    """
    if all(
        other == place + 1 or word.x0 - before.x1 > _GAP * height
        for (before, word), (place, other) in zip(pairwise(words), pairwise(places), strict=True)
    ):
        return _runs(words, height)
    written = sorted(zip(places, words, strict=True), key=lambda item: item[0])
    runs: list[list[Word]] = [[written[0][1]]]
    for (place, before), (other, word) in pairwise(written):
        gap = word.x0 - before.x1
        if other != place + 1 or gap > _GAP * height or gap < -height:
            runs.append([])
        runs[-1].append(word)
    runs.sort(key=lambda run: (run[0].x0, run[-1].x1))
    joined = [runs[0]]
    for run in runs[1:]:
        gap = run[0].x0 - joined[-1][-1].x1
        if -_OVERLAP * height < gap <= _GAP_OF_STRANGERS * height:
            joined[-1].extend(run)
        else:
            joined.append(run)
    return joined
