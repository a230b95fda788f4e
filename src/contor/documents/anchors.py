"""Where a value stands on a supplier's paper: the words left of it and above it, its place, its form.

An anchor is learnt from one confirmed document and looked for on the next: labels are compared
without case, accents and figures, places in shares of the page, forms by kinds of characters.

>>> form_of("RE-2026/0815"), looser(form_of("RE-2026/0815"))
('AA-0000/0000', 'A-0/0')
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from contor.documents.document_text import DocumentText, TextLine
from contor.documents.labels import fold

_LETTER = re.compile(r"[^\W\d_]")
_NOISE = re.compile(r"[^\w%]+")
_MOST_WORDS = 5
_ROWS_ABOVE = 12
_ALIKE = 80.0
_NEAR = 0.06
_LABEL_SHARE, _PLACE_SHARE, _FORM_SHARE = 0.6, 0.22, 0.18
_SECOND_LABEL = 0.35
_OTHER_FORM = 0.6


@dataclass(frozen=True, slots=True)
class Anchor:
    """The surroundings of one value; ``x0``, ``x1``, ``y`` are shares of the page's size.

    ``from_end`` counts pages from the last one (1), ``page`` from the first; ``value`` is as printed.
    """

    left: str
    above: str
    page: int
    from_end: int
    x0: float
    x1: float
    y: float
    form: str
    value: str

    def to_json(self) -> list[Any]:
        """The anchor as a row."""
        return [
            self.left, self.above, self.page, self.from_end, self.x0, self.x1, self.y, self.form,
            self.value,
        ]  # fmt: skip

    @classmethod
    def from_json(cls, row: list[Any]) -> Anchor:
        """The anchor again."""
        return cls(*row)


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of a line of the document."""

    line: int
    start: int
    end: int


def anchor_at(document: DocumentText, spot: Spot) -> Anchor:
    """The anchor of the value that stands at a spot."""
    line = document.lines[spot.line]
    page = document.layout.page(line.line.page)
    x0, y0, x1, y1 = line.box(spot.start, spot.end)
    printed = line.text[spot.start : spot.end]
    return Anchor(
        _left(line, spot.start),
        _above(document, line, (x0, x1)),
        page.number,
        document.layout.pages[-1].number - page.number + 1,
        round(x0 / page.width, 4),
        round(x1 / page.width, 4),
        round((y0 + y1) / 2 / page.height, 4),
        form_of(printed),
        printed,
    )


def likeness(known: Anchor, seen: Anchor) -> float:
    """How much what is seen stands where the known value stood, 0..1."""
    labels = [
        _same_label(before, now)
        for before, now in ((known.left, seen.left), (known.above, seen.above))
        if before
    ]
    page = known.page == seen.page or known.from_end == seen.from_end
    sideways = min(abs(known.x0 - seen.x0), abs(known.x1 - seen.x1))
    distance = math.hypot(sideways, 0.5 * (known.y - seen.y)) if page else 9.0
    place = math.exp(-((distance / _NEAR) ** 2))
    form = _same_form(known.form, seen.form)
    if not labels:
        score = (_LABEL_SHARE + _PLACE_SHARE) * place + _FORM_SHARE * form
    else:
        best = max(labels) if len(labels) == 1 else _both(labels)
        score = _LABEL_SHARE * best + _PLACE_SHARE * place + _FORM_SHARE * form
    return score if form else score * _OTHER_FORM


def _both(labels: list[float]) -> float:
    return (1 - _SECOND_LABEL) * max(labels) + _SECOND_LABEL * min(labels)


def _same_label(known: str, seen: str) -> float:
    if known == seen:
        return 1.0
    score = fuzz.ratio(known, seen)
    return float(score) / 100 if score >= _ALIKE else 0.0


def _same_form(known: str, seen: str) -> float:
    if known == seen:
        return 1.0
    return 0.7 if looser(known) == looser(seen) else 0.0


def form_of(printed: str) -> str:
    """The kinds of characters of a value: ``A`` a letter, ``0`` a figure, all others themselves."""
    signs = (
        "0" if c.isdigit() else "A" if c.isalpha() else " " if c.isspace() else c for c in printed
    )
    return "".join(signs)[:60]


def looser(form: str) -> str:
    """A form in which the number of letters and figures does not count."""
    return re.sub(r"A+", "A", re.sub(r"0+", "0", form))


def pattern_of(form: str) -> str:
    """A regular expression for values of a form; a figure more or less is allowed.

    >>> bool(re.fullmatch(pattern_of("AA 0000"), "RE 10815"))
    True
    """
    parts = []
    for run in re.findall(r"A+|0+| +|.", form):
        if run[0] == "0":
            parts.append(rf"\d{{{max(1, len(run) - 1)},{len(run) + 1}}}")
        elif run[0] == "A":
            parts.append(rf"[^\W\d_]{{{len(run)}}}")
        else:
            parts.append(r"\s+" if run.isspace() else re.escape(run))
    return "".join(parts)


def label_of(text: str) -> str:
    """A label for comparing: its last words without case, accents, figures and marks.

    What has more figures than letters is a value itself.

    >>> label_of("Unsere Rechnungs-Nr.:"), label_of("VG 10017-A")
    ('unsere rechnungs nr', '')
    """
    if sum(map(str.isdigit, text)) > sum(map(str.isalpha, text)):
        return ""
    words = [word for word in _NOISE.sub(" ", fold(text)).split() if _LETTER.search(word)]
    return " ".join(re.sub(r"\d", "0", word) for word in words[-_MOST_WORDS:])


def _left(line: TextLine, start: int) -> str:
    """The words of the value's own cell before it, else those of the cell before."""
    for cell in reversed(line.text[:start].split("\t")):
        label = label_of(cell)
        if label:
            return label
    return ""


def _above(document: DocumentText, line: TextLine, extent: tuple[float, float]) -> str:
    """The nearest words above in the value's column."""
    x0, x1 = extent
    for upper in document.above(line, _ROWS_ABOVE):
        for cell in upper.line.cells:
            beside = cell.x1 < x0 or cell.x0 > x1
            if not beside and (label := label_of(cell.text)):
                return label
    return ""


def anchors_json(anchors: Mapping[str, Sequence[Anchor]]) -> dict[str, list[list[Any]]]:
    """Anchors by field as rows."""
    return {name: [anchor.to_json() for anchor in anchors[name]] for name in sorted(anchors)}
