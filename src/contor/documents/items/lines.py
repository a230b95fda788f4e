"""Invoice lines: the rows of the table between its header and the totals.

A header names the columns; a row is a line with an amount in the column of totals. Quantity, unit
price and total are told apart by quantity × price = total where the columns leave doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from contor.documents.amounts import is_product, plain
from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText, TextLine
from contor.documents.items.carried import is_carried
from contor.documents.items.descriptions import description_of
from contor.documents.items.factors import column_of, factors, is_discount, is_share
from contor.documents.items.headers import (
    Header,
    begins_another_table,
    find_headers,
    heads_sums,
    is_header,
)
from contor.documents.items.lost_quantities import proven_quantity
from contor.documents.items.pension_funds import is_fund
from contor.documents.items.rows import Row, without_tax
from contor.documents.items.total_column import total_column
from contor.documents.items.written_out import hours_in, times_before
from contor.documents.page import hull
from contor.documents.reading import LineItem
from contor.documents.tax_rows import RATES

_TOTALS = frozenset(
    {"net_total", "gross_total", "subtotal_items", "tax_total", "payable", "tax_base"}
)
_UNIT = re.compile(
    r"^\s*(stk|stück|st|pcs|pc|h|std|stunden?|kg|g|m²|m2|m|l|liter\(s\)|unit\(s\)|units?|hours?|ea|pauschal|"
    r"monate?|months?|tage?|days?|paar|karton|kiste|psch|km|ml|gb|tb|c62|hur|dozen|set)\b\.?",
    re.IGNORECASE,
)
_FACTORS = frozenset({"quantity", "unit_price"})
_HALF_A_LINE = 1.3
_FARTHEST = 60
_MOST_RATE = 27
_NEXT_SECTION = 5
_HEADING = 3
"""Lines that a heading runs over at most."""


def find_line_items(
    document: DocumentText,
    candidates: Sequence[Candidate],
    sums: Sequence[Decimal],
    net: Decimal | None = None,
    gross: Decimal | None = None,
) -> tuple[LineItem, ...]:
    """The lines of the invoice; ``sums`` are what they may add up to, ``net`` before ``gross``."""
    by_line: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.kind == "amount":
            by_line.setdefault(candidate.line, []).append(candidate)
    tables: list[tuple[Header, list[Row]]] = []
    end = -1
    for header in find_headers(document):
        if header.line <= end:
            continue
        rows, end = _rows(document, header, by_line)
        tables.append((header, rows))
    printed = without_tax([rows for _, rows in tables], net, gross)
    items = [
        _item(document, header, row, rows)
        for (header, _), rows in zip(tables, printed, strict=True)
        for row in rows
    ]
    return tuple(_that_add_up(items, sums))


def _rows(
    document: DocumentText, header: Header, by_line: dict[int, list[Candidate]]
) -> tuple[list[Row], int]:
    """Rows below a header, and the line where the table ends."""
    column = total_column(_under_totals(document, header, by_line), header.columns["line_total"])
    rows: list[Row] = []
    last = header.line
    if column is None:
        return rows, last
    for index in range(header.line + 1, min(len(document.lines), header.line + 300)):
        line = document.lines[index]
        if line.line.page != header.page and is_header(document, index, header):
            break
        if begins_another_table(line) or (index > header.line + _HEADING and heads_sums(line)):
            break
        if _ends_table(line, by_line.get(index, ())) and not _is_item(
            header, by_line.get(index, ())
        ):
            if _is_of_section(rows, by_line, index) and _goes_on(document, header, by_line, index):
                continue
            break
        if rows and index - rows[-1].line > _FARTHEST:
            break
        last = index
        figures = [c for c in by_line.get(index, ()) if not c.percent]
        totals = [c for c in figures if column.holds(c) and _counts(c, figures)]
        if totals and not is_carried(line) and not is_fund(line):
            rows.append(Row(index, totals[-1], tuple(by_line.get(index, ()))))
    return _with_neighbours(document, header, rows, by_line), last


def _ends_table(line: TextLine, figures: Sequence[Candidate]) -> bool:
    """A label of a total before an amount, at the beginning of its cell."""
    starts = [figure.start for figure in figures if not figure.percent]
    if not starts:
        return False
    first = min(starts)
    return any(
        label.concept in _TOTALS and label.start <= first and line.begins_cell(label.start)
        for label in line.labels
    )


def _is_item(header: Header, figures: Sequence[Candidate]) -> bool:
    """Whether pieces × price make the total on a line, whatever its text begins with: *Basis fee*."""
    in_columns = {column_of(header, figure): figure for figure in figures if not figure.percent}
    total = in_columns.get("line_total")
    if total is None or "quantity" not in in_columns:
        return False
    return is_product(
        total.number, [one.number for one in figures if one is not total and one.number is not None]
    )


def _is_of_section(rows: Sequence[Row], by_line: dict[int, list[Candidate]], index: int) -> bool:
    """Whether a sum in the table is that of the rows right above it, not of all that stands there."""
    sums = {figure.number for figure in by_line[index]}
    total = Decimal(0)
    for row in reversed(rows):
        total += row.total.number or Decimal(0)
        if total in sums:
            return True
    return False


def _goes_on(
    document: DocumentText, header: Header, by_line: dict[int, list[Candidate]], index: int
) -> bool:
    """Whether more rows with quantity or price follow close below a sum in the table."""
    for near in range(index + 1, min(len(document.lines), index + _NEXT_SECTION)):
        figures = by_line.get(near, ())
        if document.lines[near].line.page != header.page or _ends_table(
            document.lines[near], figures
        ):
            return False
        columns = {column_of(header, figure) for figure in figures}
        if {"quantity", "unit_price", "line_total"} <= columns:
            return True
    return False


def _counts(total: Candidate, figures: Sequence[Candidate]) -> bool:
    """Whether a figure may be a total: it has cents, or is whole and a product of others on its line."""
    if total.valid:
        return True
    return is_product(
        total.number, [one.number for one in figures if one is not total and one.number]
    )


def _under_totals(
    document: DocumentText, header: Header, by_line: dict[int, list[Candidate]]
) -> list[Candidate]:
    """The amounts under the label of totals, down to the end of the table."""
    x0, x1 = header.columns["line_total"]
    found: list[Candidate] = []
    for index in range(header.line + 1, min(len(document.lines), header.line + 60)):
        figures = by_line.get(index, ())
        line = document.lines[index]
        if found and (_ends_table(line, figures) or begins_another_table(line)):
            break
        for candidate in figures:
            if not candidate.percent and _counts(candidate, figures):
                left, _, right, _ = candidate.box
                if right > x0 - 10 and left < x1 + 25:
                    found.append(candidate)
    return found


def _with_neighbours(
    document: DocumentText,
    header: Header,
    rows: Sequence[Row],
    by_line: dict[int, list[Candidate]],
) -> list[Row]:
    """A row takes the quantity or the price that stands half a line higher or lower than its total."""
    joined: list[Row] = []
    taken = {row.line for row in rows}
    for row in rows:
        own = {column_of(header, figure) for figure in row.figures if figure is not row.total}
        missing = _FACTORS & set(header.columns) - own
        for near in (row.line - 1, row.line + 1):
            found = [f for f in by_line.get(near, ()) if column_of(header, f) in missing]
            if near in taken or not found:
                continue
            gap = document.lines[near].line.y0 - document.lines[row.line].line.y0
            if abs(gap) < _HALF_A_LINE * document.lines[row.line].line.height:
                if own & _FACTORS:
                    joined.append(replace(row, figures=(*found, *row.figures)))
                else:
                    figures = (*by_line[near], row.total)
                    joined.append(Row(min(near, row.line), row.total, figures))
                break
        else:
            joined.append(row)
    return joined


def _item(document: DocumentText, header: Header, row: Row, rows: Sequence[Row]) -> LineItem:
    line = document.lines[row.line]
    total = row.total.number or Decimal(0)
    others = [f for f in row.figures if f is not row.total and not is_share(document, f)]
    shares = [f for f in row.figures if is_share(document, f)]
    quantity, price = factors(header, others, total, shares)
    taxes = [share for share in shares if not is_discount(quantity, price, share, total)]
    rest = [one for one in others if one not in (quantity, price)]
    rate = _rate(header, taxes, rest, reduction=total < 0)
    unit = _unit(document, quantity)
    pieces = quantity.number if quantity else None
    for figure in others:
        times = times_before(line.text[: figure.start]) if figure.line == row.line else None
        if times and times * (figure.number or 0) == total:
            pieces, price = times, figure
    scanned = document.layout.page(row.total.page).source == "ocr"
    each = price.number if price else None
    if each is None and pieces == 1 and column_of(header, row.total) == "unit_price":
        each = total
    if "quantity" in header.columns and not shares and scanned:
        pieces = proven_quantity(pieces, each, total)
    elif "quantity" in header.columns and pieces is None and each and each == total:
        pieces = Decimal(1)  # *Espresso Maker1*: it was printed into the column before
    if pieces is None and each:
        pieces = hours_in(line.text, each, total)
    words = hull([*line.words])
    return LineItem(
        description_of(document, header, row, rows),
        f"{pieces.normalize():f}" if pieces is not None else None,
        unit,
        plain(each) if each is not None else None,
        plain(total),
        rate,
        row.total.page,
        words,
    )


def _rate(
    header: Header, shares: Sequence[Candidate], rest: Sequence[Candidate], *, reduction: bool
) -> str | None:
    """The tax's share in its column, else the first; without any, a bare figure in that column."""
    rates = [one for one in shares if one.number is not None and 0 <= one.number <= _MOST_RATE]
    under = [one for one in rates if column_of(header, one) == "tax_rate"]
    bare = sorted(
        (one for one in rest if _is_bare_rate(header, one)), key=lambda one: one.valid
    )  # *20* before *10,00*
    if reduction and "tax_rate" in header.columns:
        rates = []  # *10 % Rabatt*
    found = next(iter([*under, *rates, *bare]), None)
    return plain(found.number) if found and found.number is not None else None


def _is_bare_rate(header: Header, figure: Candidate) -> bool:
    """Whether a figure in the column of tax is its rate; what is no usual one is its amount."""
    usual = figure.number in RATES and not figure.money
    return usual and column_of(header, figure) == "tax_rate"


def _unit(document: DocumentText, quantity: Candidate | None) -> str | None:
    if quantity is None:
        return None
    match = _UNIT.match(document.lines[quantity.line].text[quantity.end :])
    return match[1] if match else None


def _that_add_up(items: Sequence[LineItem], sums: Sequence[Decimal]) -> list[LineItem]:
    """Of doubtful rows those are left out without which the lines add up."""
    nets = [Decimal(item.net or 0) for item in items]
    if sum(nets, Decimal(0)) in sums or not sums:
        return list(items)
    priced = [item for item in items if item.quantity or item.unit_price]
    if sum((Decimal(item.net or 0) for item in priced), Decimal(0)) in sums:
        return priced
    whole = sum(nets, Decimal(0))
    for index, item in enumerate(items):
        # A discount of the whole may be printed without its minus below the lines.
        taken_off = not item.quantity and not item.unit_price and whole - 2 * nets[index] in sums
        if whole - nets[index] in sums or (index and taken_off):
            return [other for i, other in enumerate(items) if i != index]
    return [replace(item) for item in items]
