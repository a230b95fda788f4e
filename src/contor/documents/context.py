"""What is said about a value: the labels left of it on its line and above it in its column.

Each label counts the less the farther it is, and the less when another value of the same kind
stands between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText, TextLine

_FADE_WORD = 0.93
_FADE_CELL = 0.97
_FADE_VALUE = 0.35
_FADE_LINE = 0.9
_FADE_COLUMN_VALUE = 0.8
_FARTHEST_LINES = 14


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
        self._extents: dict[tuple[int, str], list[tuple[float, float]]] = {}
        for number, found in self._by_line.items():
            for one in found:
                x0, _, x1, _ = one.box
                self._extents.setdefault((number, one.kind), []).append((x0, x1))

    def of(self, candidate: Candidate) -> Context:
        """The context of a candidate."""
        line = self._document.lines[candidate.line]
        return Context(self._left(candidate, line), self._above(candidate, line))

    def _left(self, candidate: Candidate, line: TextLine) -> dict[str, float]:
        own_cell = line.cell_at(candidate.start)
        values = [
            other.end
            for other in self._by_line.get(candidate.line, ())
            if other.end <= candidate.start and other.kind == candidate.kind and not other.percent
        ]
        strengths: dict[str, float] = {}
        for label in line.labels:
            if label.end > candidate.start:
                break
            stretch = line.text[label.end : candidate.start]
            between = stretch.count(" ") + stretch.count("\t")
            cells = own_cell - line.cell_at(label.start)
            crossed = sum(end > label.end for end in values)
            strength = _FADE_WORD ** max(0, between - 1) * _FADE_CELL**cells * _FADE_VALUE**crossed
            if strength > strengths.get(label.concept, 0.02):
                strengths[label.concept] = strength
        return strengths

    def _above(self, candidate: Candidate, line: TextLine) -> dict[str, float]:
        x0, y0, x1, _ = candidate.box
        height = max(4.0, line.line.height)
        strengths: dict[str, float] = {}
        fade = 1.0
        rows = 0
        for upper in self._document.above(line, _FARTHEST_LINES):
            distance = (y0 - upper.line.y1) / height
            if distance > _FARTHEST_LINES:
                break
            hit = False
            for label in upper.labels:
                if label.x0 > x1 + height or label.x1 < x0 - height:
                    continue
                overlap = min(x1, label.x1) - max(x0, label.x0)
                aligned = abs(x0 - label.x0) < height or abs(x1 - label.x1) < height
                if overlap <= 0 and not aligned:
                    continue
                hit = True
                strength = fade * _FADE_LINE ** max(0.0, distance) * (1.0 if aligned else 0.9)
                if strength > strengths.get(label.concept, 0.02):
                    strengths[label.concept] = strength
            rows += hit
            if rows >= 3:
                break
            beside = self._extents.get((upper.line.number, candidate.kind))
            if beside and any(min(x1, right) > max(x0, left) for left, right in beside):
                fade *= _FADE_COLUMN_VALUE
            elif hit:
                fade *= 0.7
        return strengths
