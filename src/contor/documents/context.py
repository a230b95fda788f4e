"""What is said about a value: the labels left of it on its line and above it in its column.

Each label counts the less the farther it is, and the less when another value of the same kind
stands between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText, TextLine
from contor.documents.layout import Line

_FADE_WORD = 0.93
_FADE_CELL = 0.97
_FADE_VALUE = 0.35
_FADE_SAID = 0.6
"""Where a nearer cell says what a value is, the cells before that one speak of something else."""
_FADE_LINE = 0.9
_FADE_COLUMN_VALUE = 0.8
_FARTHEST_LINES = 14
_WRAPPED = 0.6
"""Lines of one heading stand closer than this share of their height."""


_SUMS = frozenset({"net_total", "tax_total", "gross_total", "payable"})
_LINE_COLUMNS = frozenset({"description", "quantity", "unit_price"})


def _heads_of_lines(line: TextLine) -> bool:
    """Whether a line heads the table of items: its *Totale* is that of a line, not of the whole."""
    return len({label.concept for label in line.labels} & _LINE_COLUMNS) > 1


def _heads(document: DocumentText) -> set[int]:
    """Numbers of the lines that head the table of items, with those that a heading goes on in."""
    found: set[int] = set()
    head: Line | None = None
    y1 = 0.0
    for line in document.lines:
        if _heads_of_lines(line):
            head = line.line
        elif head is None or not _goes_on(head, y1, line):
            head = None
            continue
        y1 = line.line.y1
        found.add(line.line.number)
    return found


def _goes_on(head: Line, y1: float, line: TextLine) -> bool:
    """Whether a heading that ends at ``y1`` wraps: *VK-Preis* over *ohne MwSt.*, without figures."""
    below = line.line
    close = below.page == head.page and below.y0 - y1 < _WRAPPED * (below.y1 - below.y0)
    within = below.cells[0].x0 >= head.cells[0].x0 and len(below.cells) <= len(head.cells)
    return close and within and not any(sign.isdigit() for sign in line.text)


@dataclass(frozen=True, slots=True)
class Context:
    """Strength 0..1 of each concept left of a value and above it."""

    left: dict[str, float]
    above: dict[str, float]

    def strength(self, concept: str) -> float:
        """The stronger of both directions; above counts a little less."""
        return max(self.left.get(concept, 0.0), 0.9 * self.above.get(concept, 0.0))


class Contexts:
    """Looks up contexts in one document."""

    def __init__(self, document: DocumentText, candidates: Sequence[Candidate]) -> None:
        self._document = document
        self._by_line: dict[int, list[Candidate]] = {}
        for candidate in candidates:
            if candidate.kind != "code":
                self._by_line.setdefault(candidate.line, []).append(candidate)
        self._heads = _heads(document)
        self._extents: dict[tuple[int, str], list[tuple[float, float]]] = {}
        for number, found in self._by_line.items():
            for one in found:
                x0, _, x1, _ = one.box
                self._extents.setdefault((number, one.kind), []).append((x0, x1))

    def heads(self, line: int) -> bool:
        """Whether a line heads the table of items."""
        return line in self._heads

    def of(self, candidate: Candidate) -> Context:
        """The context of a candidate."""
        line = self._document.lines[candidate.line]
        return Context(self._left(candidate, line), self._above(candidate, line))

    def _left(self, candidate: Candidate, line: TextLine) -> dict[str, float]:
        start = candidate.start
        strengths: dict[str, float] = {}
        if not line.labels or line.labels[0].end > start:
            return strengths
        own_cell = line.cell_at(start)
        values = [
            other.end
            for other in self._by_line.get(candidate.line, ())
            if other.end <= start and other.kind == candidate.kind and not other.percent
        ]
        said = -1
        for label in line.labels:
            if label.end <= start:
                said = max(said, line.cell_at(label.start))
        for label in line.labels:
            end = label.end
            if end > start:
                break
            between = line.text.count(" ", end, start) + line.text.count("\t", end, start)
            cells = own_cell - line.cell_at(label.start)
            crossed = 0
            for value in values:
                crossed += value > end
            strength = _FADE_WORD ** max(0, between - 1) * _FADE_CELL**cells * _FADE_VALUE**crossed
            if line.cell_at(label.start) < said:
                strength *= _FADE_SAID
            if strength > strengths.get(label.concept, 0.02):
                strengths[label.concept] = strength
        return strengths

    def _above(self, candidate: Candidate, line: TextLine) -> dict[str, float]:
        x0, y0, x1, _ = candidate.box
        height = max(4.0, line.line.y1 - line.line.y0)
        strengths: dict[str, float] = {}
        fade = 1.0
        rows = 0
        for upper in self._document.above(line, _FARTHEST_LINES):
            distance = (y0 - upper.line.y1) / height
            if distance > _FARTHEST_LINES:
                break
            hit = False
            if upper.labels:
                near = fade * _FADE_LINE ** max(0.0, distance)
                hit = self._headed(upper, (x0, x1, height), near, strengths)
                rows += hit
                if rows >= 3:
                    break
            if self._stands_between(upper.line.number, candidate.kind, x0, x1):
                fade *= _FADE_COLUMN_VALUE
            elif hit:
                fade *= 0.7
        return strengths

    def _headed(
        self,
        upper: TextLine,
        place: tuple[float, float, float],
        near: float,
        strengths: dict[str, float],
    ) -> bool:
        """Put the labels of a line above a place (left, right, height) into ``strengths``."""
        x0, x1, height = place
        left, right = x0 - height, x1 + height
        labels = [label for label in upper.labels if label.x0 <= right and label.x1 >= left]
        if not labels:
            return False
        heads = upper.line.number in self._heads
        covered = any(label.x0 < x1 and label.x1 > x0 for label in labels)
        hit = False
        for label in labels:
            if heads and label.concept in _SUMS:
                continue
            aligned = abs(x0 - label.x0) < height or abs(x1 - label.x1) < height
            if (covered or not aligned) and (label.x0 >= x1 or label.x1 <= x0):
                continue
            hit = True
            strength = near * (1.0 if aligned else 0.9)
            if strength > strengths.get(label.concept, 0.02):
                strengths[label.concept] = strength
        return hit

    def _stands_between(self, line: int, kind: str, x0: float, x1: float) -> bool:
        """Whether a value of the kind stands on a line in the column."""
        for left, right in self._extents.get((line, kind), ()):  # noqa: SIM110  # asked very often
            if x1 > left and right > x0:
                return True
        return False
