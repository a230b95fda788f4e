"""A document as lines of text in which every character knows its box.

Wordings (labels), dates, identifiers and amounts are found in the text of a line and keep their
place in it, so that what stands left of a value and above it can be asked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from contor.documents.amounts import DecimalMark, decimal_mark
from contor.documents.bank_accounts import is_bank_account
from contor.documents.dates.printed import Order, day_order
from contor.documents.labels import Label, fold, labels_in
from contor.documents.layout import Layout, Line, layout_of
from contor.documents.page import Box, Page, Word, hull

_IN_A_NUMBER = re.compile(r"[-_/]\w*\d")
"""What follows a word that begins a number: *INV-008741* and *PO-4711* say nothing of themselves."""
_OTHER_DOLLARS = ("AUD", "NZD", "SGD", "HKD")
"""Codes whose dollars are spent where the day is written first."""
_DAY_FIRST = ("€", "EUR", "£", "RM", "MwSt", "A$", "GST", *_OTHER_DOLLARS)
_OF_NAMES = frozenset({"bill", "inv", "remit"})
_CUSTOMER = frozenset({"buyer_number", "buyer_label"})
_TAXES = frozenset({"tax_total", "tax_rate", "vat_label"})
_WHOLES = frozenset({"gross_total", "payable"})
_UNTIL = re.compile(r"bis (?:zum|spatestens(?: zum)?)|spatestens")
_OF_PAYING = re.compile(
    r"zahl|uberweis|begleich|ausgleich|konto|eingang|eingeh|gutschr|betrag|fallig|netto|abzug|rechnung|"
    r"entricht|einzieh|einzug|lastschrift|abbuch|summe|forderung|iban"
)
_A_DAY = 16
"""Characters that a day may take behind *until*."""
_INCLUDED = re.compile(
    r"\(?(?:incl|inkl|including|inclusive(?: of)?|einschl|einschliesslich|compresa)\.?"
)
_NUMBERED = re.compile(r"[\s.:#]*[^\s\d]?\d")
"""What follows such a word where it is one: *Bill 4711*, not *12 Bill Street*."""


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label with its horizontal extent on the page."""

    concept: str
    start: int
    end: int
    x0: float
    x1: float
    words: int


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: its text with a tab between cells, where each word starts, and its labels."""

    line: Line
    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    cell_ends: tuple[int, ...]
    labels: tuple[PlacedLabel, ...] = ()

    def word_at(self, position: int) -> int:
        """Index of the word at a position of the text."""
        return max(0, bisect_right(self.starts, position) - 1)

    def box(self, start: int, end: int) -> Box:
        """Box of a stretch of the text; parts of words are cut by their share of characters."""
        starts = self.starts
        first = bisect_right(starts, start) - 1
        if starts[first] == start and end == start + len(self.words[first].text):
            x0, y0, x1, y1 = self.words[first].box  # a whole word, as most are
            return (x0, y0, max(x0 + 0.1, x1), y1)
        first, last = self.word_at(start), self.word_at(max(start, end - 1))
        head, tail = self.words[first], self.words[last]
        _, y0, _, y1 = head.box if first == last else hull(self.words[first : last + 1])
        unit = (head.x1 - head.x0) / max(1, len(head.text))
        x0 = head.x0 + unit * (start - self.starts[first])
        unit = (tail.x1 - tail.x0) / max(1, len(tail.text))
        x1 = tail.x1 - unit * max(0, self.starts[last] + len(tail.text) - end)
        return (x0, y0, max(x0 + 0.1, x1), y1)

    def cell_at(self, position: int) -> int:
        """Index of the cell at a position of the text."""
        return min(bisect_right(self.cell_ends, position), len(self.cell_ends) - 1)

    def cell_start(self, cell: int) -> int:
        """Position of the text at which a cell begins."""
        return self.cell_ends[cell - 1] if cell else 0

    def begins_cell(self, position: int) -> bool:
        """Whether a cell begins at a position of the text."""
        return position == 0 or position in self.cell_ends

    def confidence(self, start: int, end: int) -> float:
        """Lowest recognition confidence of the words of a stretch."""
        first, last = self.word_at(start), self.word_at(max(start, end - 1))
        if first == last:
            return self.words[first].confidence
        return min(word.confidence for word in self.words[first : last + 1])


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The lines of a document and the formats decided for it."""

    layout: Layout
    lines: tuple[TextLine, ...]
    mark: DecimalMark
    order: Order
    by_page: dict[int, tuple[TextLine, ...]] = field(default_factory=dict)

    def above(self, line: TextLine, most: int = 14) -> Iterator[TextLine]:
        """Lines above on the same page, nearest first."""
        page = self.by_page[line.line.page]
        index = line.line.number - page[0].line.number
        yield from reversed(page[max(0, index - most) : index])


def document_text(pages: Sequence[Page]) -> DocumentText:
    r"""Lines, labels and formats of a document.

    >>> page = Page(1, 600, 800, (Word("Summe", 10, 10, 60, 20), Word("87,39", 400, 11, 430, 20)))
    >>> text = document_text([page])
    >>> text.lines[0].text, text.mark, [label.concept for label in text.lines[0].labels]
    ('Summe\t87,39', ',', ['gross_total', 'line_total'])
    """
    layout = layout_of(pages)
    lines = tuple(_without_strange_labels([_text_line(line) for line in layout.lines]))
    texts = [line.text for line in lines]
    by_page: dict[int, list[TextLine]] = {}
    for line in lines:
        by_page.setdefault(line.line.page, []).append(line)
    return DocumentText(
        layout,
        lines,
        decimal_mark(texts, _usual_mark(texts)),
        day_order(texts, _usual_order(texts)),
        {number: tuple(page) for number, page in by_page.items()},
    )


def _without_strange_labels(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """The lines, less labels that others speak against.

    The number of an account with a bank is no customer's, and *until* names no due date where nobody
    speaks of paying.
    """
    texts = [line.text for line in lines]
    for index, line in enumerate(lines):
        kept = tuple(label for label in line.labels if _holds(label, line.text, texts, index))
        yield replace(line, labels=kept) if len(kept) < len(line.labels) else line


def _holds(label: PlacedLabel, text: str, texts: Sequence[str], index: int) -> bool:
    if label.concept in _CUSTOMER:
        return not is_bank_account(text[label.start : label.end], texts, index)
    if label.concept == "due_date" and _UNTIL.fullmatch(fold(text[label.start : label.end])):
        # A sentence may have begun in the row before, or go on behind the day.
        first = index - 1 if index and not text[: label.start].strip() else index
        last = index + 1 if len(text) - label.end < _A_DAY else index
        return _OF_PAYING.search(fold(" ".join(texts[first : last + 1]))) is not None
    return True


def _text_line(line: Line) -> TextLine:
    words = tuple([word for cell in line.cells for word in cell.words])
    starts = [0]
    for before in words[:-1]:
        starts.append(starts[-1] + len(before.text) + 1)
    # A tab parts cells: figures of two columns are never one figure with a mark of thousands.
    text = "\t".join(cell.text for cell in line.cells)
    ends, count = [], 0
    for cell in line.cells:
        count += len(cell.words)
        ends.append(starts[count] if count < len(words) else len(text) + 1)
    bare = TextLine(line, text, words, tuple(starts), tuple(ends))
    named = _labels_of(text, ends)
    found = [one for one in named if _speaks(bare, one) and not _is_included(text, one, named)]
    if not found:
        return bare
    labels = tuple([_placed(label, bare) for label in found])
    return TextLine(line, text, words, bare.starts, bare.cell_ends, labels)


def _labels_of(text: str, ends: Sequence[int]) -> Sequence[Label]:
    """Labels of a line; one over two columns gives way to those of the columns.

    *Invoice Date* and *Due Date* side by side say nothing of a *Date Due*.
    """
    found = labels_in(text)
    crossing = [label for label in found if "\t" in text[label.start : label.end]]
    if not crossing:
        return found
    alone: list[Label] = []
    start = 0
    for end in ends:
        alone.extend(
            replace(label, start=label.start + start, end=label.end + start)
            for label in labels_in(text[start:end].rstrip("\t"))
        )
        start = end
    kept = [
        label
        for label in crossing
        if all(label.end <= one.start or label.start >= one.end for one in alone)
    ]
    return sorted((*alone, *kept), key=lambda label: (label.start, -label.words))


def _is_included(text: str, label: Label, found: Sequence[Label]) -> bool:
    """Whether a tax is but said to be in a total that is named: *Gross amount incl. VAT*."""
    if label.concept not in _TAXES:
        return False
    return any(
        other.concept in _WHOLES
        and _INCLUDED.fullmatch(fold(text[other.end : label.start]).strip())
        for other in found
        if other.end <= label.start
    )


def _speaks(line: TextLine, label: Label) -> bool:
    """Whether a wording says something: it begins no number, and is no part of a street's name."""
    if _IN_A_NUMBER.match(line.text, label.end):
        return False
    called = fold(line.text[label.start : label.end])
    of_a_name = called in _OF_NAMES and not line.begins_cell(label.start)
    return not of_a_name or _NUMBERED.match(line.text, label.end) is not None


def _placed(label: Label, line: TextLine) -> PlacedLabel:
    x0, _, x1, _ = line.box(label.start, label.end)
    return PlacedLabel(label.concept, label.start, label.end, x0, x1, label.words)


def _usual_mark(texts: Sequence[str]) -> DecimalMark:
    """Without sure figures: English-speaking documents write a point."""
    joined = " ".join(texts[:80]).lower()
    english = sum(joined.count(word) for word in (" the ", "invoice", "total amount", "$", "£"))
    return "." if english > 1 else ","


def _usual_order(texts: Sequence[str]) -> Order:
    """Without sure dates: dollars and American addresses write the month first."""
    joined = " ".join(texts)
    american = joined.count("$") + joined.count("USD")
    european = sum(joined.count(sign) for sign in _DAY_FIRST)
    if any(code in joined for code in _OTHER_DOLLARS):
        american = joined.count("USD")
    return "mdy" if american > 2 * european and american else "dmy"
