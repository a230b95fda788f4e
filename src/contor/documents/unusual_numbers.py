"""Numbers where they are seldom printed: above their caption, in the shape of a date, called but *Number*.

Asked only where the usual places gave no number, or a doubtful one.
"""

from __future__ import annotations

import re

from contor.documents.candidates import Candidate, CandidateKind
from contor.documents.document_text import DocumentText, PlacedLabel, TextLine
from contor.documents.labels import fold
from contor.documents.layout import Cell
from contor.documents.page import in_one_column
from contor.documents.scored_values import BARE_NUMBER, Scored, heads_items

_FIGURE = re.compile(r"\d")
_DATED = re.compile(r"\d{4}-?\d{2}-?\d{2}")
_AFTER_LABEL = re.compile(rf"[\s:.#°º]*({_DATED.pattern})(?![\d-])")
_AFTER_TITLE = re.compile(
    rf"\s+(?:n|nr|no|num)[\s:.#°º]*({_DATED.pattern})(?![\d-])", re.IGNORECASE
)

_FEWEST, _ROWS = 2, 2
_SHORTEST = 3
_NEXT = 6
_CLOSE, _FLUSH = 2.0, 4.0


def captioned(
    document: DocumentText, scored: Scored, concept: str, kind: CandidateKind = "code"
) -> Candidate | None:
    """A value above its caption: a row of labels, and flush above them a row without any."""
    for index, line in enumerate(document.lines):
        if len({label.start for label in line.labels}) < _FEWEST or _has_figures(line):
            continue
        for label in line.labels:
            if label.concept != concept or _flush(scored, label, index + 1, kind):
                continue  # or a heading, whose values stand below
            found = _above(document, scored, line, label, kind)
            if found is not None:
                return found
    return None


def dated_number(document: DocumentText, scored: Scored) -> Candidate | None:
    """A date that a label plainly makes the number: *Rechnungsnr. 2026-03-07*, *Invoice #: 20260307*."""
    for date in scored.candidates:
        line = document.lines[date.line]
        if date.kind != "date" or not _DATED.fullmatch(date.text):
            continue
        if any(_names(line, label, date) for label in line.labels) or _is_below(document, date):
            return date
    return None


def bare_number(document: DocumentText, scored: Scored) -> Candidate | None:
    """The number that is labelled *Number* and no more, beside or below it, or not at all.

    The paper is called invoice above it, or its date is labelled right below in the same column. What
    stands alone under that title is the number without any label.
    """
    titled = False
    for index, line in enumerate(document.lines):
        if line.line.page > 1:
            break
        titled = titled or any(label.concept == "invoice_word" for label in line.labels)
        if heads_items(line):
            continue
        for place, cell in enumerate(line.line.cells):
            bare = fold(cell.text).strip(" .:") in BARE_NUMBER
            named = bare and (titled or _heads_date(document, cell))
            found = _beside_or_below(scored, line, place, index) if named else None
            if found is not None:
                return found
    return _under_bare_title(document, scored)


def _heads_date(document: DocumentText, cell: Cell) -> bool:
    """Whether the label of the paper's date stands in the row below a cell, flush with it."""
    below = document.lines[cell.line + 1 : cell.line + 2]
    return any(
        label.concept == "issue_date" and abs(label.x0 - cell.x0) < _FLUSH
        for line in below
        for label in line.labels
    )


def _under_bare_title(document: DocumentText, scored: Scored) -> Candidate | None:
    """The code that fills the cell under a title: *Invoice*, below it *INV-0117*."""
    for one in scored.candidates:
        line = document.lines[one.line]
        alone = line.line.cells[line.cell_at(one.start)].text == one.text
        if one.kind != "code" or one.page > 1 or not alone or len(one.text) < _SHORTEST:
            continue
        for upper in document.above(line, 1):
            for cell in upper.line.cells:
                height = cell.y1 - cell.y0
                near = one.box[1] - cell.y1 < height and (
                    abs(cell.x0 - one.box[0]) < _FLUSH or abs(cell.x1 - one.box[2]) < _FLUSH
                )
                if near and _is_title(upper, cell):
                    return one
    return None


def _is_title(line: TextLine, cell: Cell) -> bool:
    """Whether a cell says invoice and nothing else."""
    return any(
        label.concept == "invoice_word"
        and fold(line.text[label.start : label.end]) == fold(cell.text).strip(" .:")
        for label in line.labels
    )


def _beside_or_below(scored: Scored, line: TextLine, place: int, index: int) -> Candidate | None:
    """The code in the cell right of a cell, or flush below it."""
    for one in scored.candidates:
        beside = one.line == index and line.cell_at(one.start) == place + 1
        below = one.line == index + 1 and in_one_column(one.box, line.line.cells[place].box)
        if (beside or below) and one.kind == "code" and len(one.text) >= _SHORTEST:
            return one
    return None


def _has_figures(line: TextLine) -> bool:
    """Whether values stand between the labels, as where each has its own on the line."""
    first, last = line.labels[0].start, max(label.end for label in line.labels)
    return _FIGURE.search(line.text, first, last + _NEXT) is not None


def _above(
    document: DocumentText, scored: Scored, line: TextLine, label: PlacedLabel, kind: CandidateKind
) -> Candidate | None:
    for upper in document.above(line, _ROWS):
        near = line.line.y0 - upper.line.y1 < _CLOSE * (upper.line.y1 - upper.line.y0)
        found = _flush(scored, label, upper.line.number, kind)
        if found and near and not upper.labels:
            return max(found, key=lambda one: len(one.text))
    return None


def _flush(scored: Scored, label: PlacedLabel, line: int, kind: CandidateKind) -> list[Candidate]:
    """The values on a line that begin where a label does, or, unless short, are centred on it."""
    place = (label.x0, 0.0, label.x1, 0.0)
    here = [one for one in scored.candidates if one.kind == kind and one.line == line]
    return [
        one
        for one in here
        if abs(one.box[0] - label.x0) < _FLUSH
        or (len(one.text) >= _SHORTEST and in_one_column(one.box, place))
    ]


def _names(line: TextLine, label: PlacedLabel, date: Candidate) -> bool:
    """Whether a label on the date's line names it as the number."""
    after = {"number": _AFTER_LABEL, "invoice_word": _AFTER_TITLE}.get(label.concept)
    match = after.match(line.text, label.end) if after else None
    return match is not None and match.start(1) == date.start


def _is_below(document: DocumentText, date: Candidate) -> bool:
    """Whether a date fills a cell right under the heading of the number's column."""
    line = document.lines[date.line]
    upper = next(document.above(line, 1), None)
    if upper is None or line.line.cells[line.cell_at(date.start)].text != date.text:
        return False
    return any(
        one.concept == "number" and one.x0 < date.box[2] and date.box[0] < one.x1
        for one in upper.labels
    )
