"""Invoice lines without a table: a text on the left, an amount on the right, and they make the net.

Small firms, landlords and registries print no heads of columns. Rows count as lines only where they
stand together above the totals, in one column, and add up to the net total to the cent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from contor.documents.amounts import plain
from contor.documents.candidates import Candidate
from contor.documents.chosen_amounts import Totals
from contor.documents.document_text import DocumentText, TextLine
from contor.documents.items.carried import is_carried
from contor.documents.items.pension_funds import is_fund
from contor.documents.page import hull
from contor.documents.reading import LineItem

_FLUSH = 3.0
_CENTRED = 3.0
"""Twice what the middles of centred amounts may differ."""
_MOST_ROWS = 60
_CENT = Decimal("0.005")
_MOST_RATE = 27
_WORDS = re.compile(r"[^\W\d_]{3}")
_SUMS = frozenset(
    {"net_total", "tax_total", "gross_total", "payable", "prepaid", "subtotal_items", "tax_base",
     "skonto"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    total: Candidate
    figures: tuple[Candidate, ...]

    def in_column(self, column: Candidate) -> _Row | None:
        """The row with the amount that is flush right with another, or centred below it."""
        left, _, right, _ = column.box
        for figure in reversed(self.figures):
            flush = abs(figure.box[2] - right) <= _FLUSH
            centred = abs(figure.box[0] + figure.box[2] - left - right) <= _CENTRED
            if (flush or centred) and figure.valid and not figure.percent:
                return replace(self, total=figure)
        return None


def find_plain_rows(
    document: DocumentText, candidates: Sequence[Candidate], totals: Totals
) -> tuple[LineItem, ...]:
    """The lines above the totals that add up to the net (or to the gross); nothing without proof."""
    chosen = [c for c in (totals.net, totals.gross) if c and c.candidate]
    # The price of a single line may be all that is printed of the net.
    end = min((c.candidate.line for c in chosen if c.candidate), default=-1) + 1
    rows = _rows(document, candidates, end)
    for choice in (totals.net, totals.gross):
        if choice is None or not choice.value:
            continue
        found = _together(rows, choice.value)
        if found:
            return tuple(
                _item(document, row) for row in found if not is_fund(document.lines[row.line])
            )
    return ()


def _rows(document: DocumentText, candidates: Sequence[Candidate], end: int) -> list[_Row]:
    by_line: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.kind == "amount" and candidate.line < end:
            by_line.setdefault(candidate.line, []).append(candidate)
    rows = []
    for index, figures in by_line.items():
        money = [figure for figure in figures if figure.valid and not figure.percent]
        line = document.lines[index]
        if (
            money
            and not _is_sum(line)
            and not is_carried(line)
            and _WORDS.search(line.text[: money[-1].start])
        ):
            rows.append(_Row(index, money[-1], tuple(figures)))
    return rows


def _is_sum(line: TextLine) -> bool:
    """A label of a total at the beginning of a cell."""
    return any(label.concept in _SUMS and line.begins_cell(label.start) for label in line.labels)


def _together(rows: Sequence[_Row], wanted: Decimal) -> list[_Row]:
    """The longest run of rows, in one column with its last, that makes the sum."""
    longest: list[_Row] = []
    for last in range(len(rows) - 1, -1, -1):
        above = rows[max(0, last - _MOST_ROWS) : last + 1]
        for column in reversed(rows[last].figures):
            found = _upwards(above, column, wanted)
            if len(found) > len(longest):
                longest = found
    return longest


def _upwards(rows: Sequence[_Row], column: Candidate, wanted: Decimal) -> list[_Row]:
    """The longest run of rows that ends with the last, in one column of amounts."""
    run: list[_Row] = []
    best: list[_Row] = []
    total = Decimal(0)
    for row in reversed(rows):
        here = row.in_column(column)
        if here is None:
            break
        run.insert(0, here)
        total += here.total.number or Decimal(0)
        if total == wanted:
            best = list(run)
    return best


def _item(document: DocumentText, row: _Row) -> LineItem:
    line = document.lines[row.line]
    others = [f for f in row.figures if f.start < row.total.start and not f.percent and f.number]
    quantity, price = _factors(others, row.total.number or Decimal(0))
    rates = [f.number for f in row.figures if f.percent and f.number is not None]
    rate = next((r for r in rates if 0 <= r <= _MOST_RATE and len(rates) == 1), None)
    cells = [c for c in line.line.cells if _WORDS.search(c.text)]
    text = max(cells, key=lambda cell: sum(map(str.isalpha, cell.text))).text
    if row.total.text in text:
        text = text[: text.rindex(row.total.text)].rstrip(" €$£-–")
    return LineItem(
        text,
        f"{quantity.normalize():f}" if quantity is not None else None,
        None,
        plain(price) if price is not None else None,
        plain(row.total.number or Decimal(0)),
        plain(rate) if rate is not None else None,
        row.total.page,
        hull([*line.words]),
    )


def _factors(figures: Sequence[Candidate], total: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """Quantity and price: the first two figures, in their order, whose product is the total."""
    for index, first in enumerate(figures):
        for second in figures[index + 1 :]:
            if (
                first.number
                and second.number
                and abs(abs(first.number * second.number) - abs(total)) <= _CENT
            ):
                return first.number, second.number
    return None, None
