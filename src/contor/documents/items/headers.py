"""Headers of tables of items: which column holds descriptions, quantities, prices, totals.

A header may run over two or three lines; *Basisbetrag* without pieces or prices heads the VAT breakdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contor.documents.document_text import DocumentText, TextLine
from contor.documents.labels import fold, labels_in
from contor.documents.layout import Cell

_COLUMNS = ("description", "quantity", "unit_price", "line_total", "tax_rate")
_TOTAL_LIKE = ("line_total", "net_total", "gross_total")
_HEADING = frozenset({*_COLUMNS, *_TOTAL_LIKE, "tax_total"})
_AMOUNT = re.compile(r"\d[.,]\d\d")
_CURRENCIES = frozenset({"EUR", "€", "Euro", "EURO", "CHF", "USD", "$", "GBP", "£"})
"""What heads the column of totals in many German tables."""
_PRICES = re.compile(
    r"(?:eur|€|ct|cent|chf|usd|gbp|[$£])\s?/\s?[\w²³ .]{1,12}|each|ansatz|einheitstarif|tariffa|satz"
)
_QUANTITIES = re.compile(
    r"k?m?wh|[kmgt]b(?:it|yte)?(?:/s|ps)?|liter|litri|litres?|tonnen|gewicht t|count|units|ore|heures|h"
)
"""Columns named by what is counted, or by its price: *kWh*, *EUR/kWh*."""
_OF_LINES = frozenset({"description", "quantity", "unit_price"})
_OF_TAX = frozenset({"tax_rate", "tax_total"})
_BOTH = {frozenset({"tax_rate"}), frozenset({"tax_total"})}
_NEAR = 6.0
_TWO = 2
_OTHER_TABLE = re.compile(
    r"^(?:umsatzsteueraufschlusselung|steueraufschlusselung|zu- und abschlage|zahlungsbedingungen|"
    r"zahlungsart|zahlungsinformationen|belegsummen|vat (?:summary|breakdown|analysis)|tax summary|"
    r"detail tva|recapitulatif|conditions de (?:paiement|reglement)|riepilogo|"
    r"payment (?:terms|details|information)|steuerubersicht|mwst-?ubersicht|btw-?overzicht)\b"
)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns of a table stand: concept to horizontal extent."""

    page: int
    line: int
    columns: dict[str, tuple[float, float]]


def find_headers(document: DocumentText) -> list[Header]:
    """Lines (or two or three close together) that name at least a total and two more columns."""
    found: list[Header] = []
    for index, line in enumerate(document.lines):
        if len(line.line.cells) < 2 or not _could_head(line) or _AMOUNT.search(line.text):
            continue
        columns = dict(columns_of(line))
        for other in _around(document, index):
            for name, extent in columns_of(other):
                if name not in columns and not _is_taken(columns, extent):
                    columns[name] = extent
        if "line_total" not in columns:
            columns |= _second_price(line)
        last = line.line.cells[-1]
        if "line_total" not in columns and last.text.strip(" .()") in _CURRENCIES:
            columns["line_total"] = (last.x0, last.x1)
        priced = "quantity" in columns or "unit_price" in columns
        if "line_total" in columns and priced and len(columns) >= 3:
            found.append(Header(line.line.page, index, columns))
    return found


def _second_price(line: TextLine) -> dict[str, tuple[float, float]]:
    """The last of two columns of prices holds the totals: *Cost | Qty | Price*."""
    priced = [extent for name, extent in columns_of(line) if name == "unit_price"]
    last = line.line.cells[-1]
    if len(priced) < _TWO or priced[-1][1] < last.x1 - 1:
        return {}
    return {"unit_price": priced[0], "line_total": priced[-1]}


def _is_taken(columns: Mapping[str, tuple[float, float]], extent: tuple[float, float]) -> bool:
    """Whether a wording goes on with a heading of another column: *Cena* over *netto*."""
    return any(x0 < extent[1] and x1 > extent[0] for x0, x1 in columns.values())


def _could_head(line: TextLine) -> bool:
    """A first look at the labels found anyway: most lines are no headers."""
    return len({label.concept for label in line.labels} & _HEADING) > 1


def _around(document: DocumentText, index: int) -> Iterator[TextLine]:
    """The lines of the same header below and above: close, and without figures."""
    line = document.lines[index].line
    for other in document.lines[index + 1 : index + 3]:
        close = other.line.page == line.page and other.line.y0 - line.y1 < _NEAR
        if close and not re.search(r"\d", other.text):
            yield other
    for other in document.lines[max(0, index - 2) : index]:
        close = other.line.page == line.page and line.y0 - other.line.y1 < _NEAR
        if close and not re.search(r"\d", other.text):
            yield other


def columns_of(line: TextLine) -> Iterator[tuple[str, tuple[float, float]]]:
    """The columns that a line names: by its cells, each read apart from its neighbours."""
    for cell in line.line.cells:
        labels = labels_in(cell.text)
        concepts = {label.concept for label in labels}
        unit = _by_unit(cell.text)
        if unit:
            yield unit, (cell.x0, cell.x1)
            continue
        if not concepts & {*_COLUMNS, *_TOTAL_LIKE} and len(cell.words) > 1:
            yield from _of_words(cell)
        for label in labels:
            concept = "line_total" if label.concept in _TOTAL_LIKE else label.concept
            if concept in _COLUMNS:
                yield concept, _extent(cell, label.start, label.end)


def _by_unit(text: str) -> str | None:
    """The column that a unit names: what is counted in it, or what one of it costs."""
    name = text.casefold().strip(" .:()")
    if _PRICES.fullmatch(name):
        return "unit_price"
    return "quantity" if _QUANTITIES.fullmatch(name) else None


def _of_words(cell: Cell) -> Iterator[tuple[str, tuple[float, float]]]:
    """Two columns that stand so close that they look like one wording: *VAT Amount*."""
    for word in cell.words:
        for label in labels_in(word.text):
            concept = "line_total" if label.concept in _TOTAL_LIKE else label.concept
            if concept in _COLUMNS:
                yield concept, (word.x0, word.x1)


def _extent(cell: Cell, start: int, end: int) -> tuple[float, float]:
    """Horizontal extent of the words of a stretch of a cell's text."""
    position = 0
    touched = []
    for word in cell.words:
        if position < end and position + len(word.text) > start:
            touched.append(word)
        position += len(word.text) + 1
    return touched[0].x0, touched[-1].x1


def is_header(document: DocumentText, index: int, header: Header) -> bool:
    """Whether a line repeats the header (on the next page)."""
    line = document.lines[index]
    names = {name for name, _ in columns_of(line)} if _could_head(line) else set()
    return len(names & set(header.columns)) >= 3


def heads_sums(line: TextLine) -> bool:
    """Whether a line below the rows heads their sums: *Netto | MwSt. | MwSt.-Satz*."""
    concepts = {label.concept for label in line.labels}
    return (
        len(line.line.cells) > 1
        and not _AMOUNT.search(line.text)
        and {"net_total", "tax_total"} <= concepts
        and not concepts & {"description", "quantity", "unit_price"}
    )


def begins_another_table(line: TextLine) -> bool:
    """Whether a line is the title of what follows the items, or the header of another table."""
    if _OTHER_TABLE.match(fold(line.text)):
        return True
    concepts = {label.concept for label in line.labels}
    if len(line.line.cells) < 3 or _AMOUNT.search(line.text):
        return False
    based = "tax_base" in concepts and bool(concepts & {"tax_rate", "tax_total"})
    return based or (not concepts & _OF_LINES and _names_rate_and_tax(line))


def _names_rate_and_tax(line: TextLine) -> bool:
    """Whether one column is the tax's rate, another its amount: *Aliquota IVA | Importo IVA*.

    *USt.* alone may be either; one of the two says which it is.
    """
    cells = [
        {label.concept for label in labels_in(cell.text)} & _OF_TAX for cell in line.line.cells
    ]
    told = [cell for cell in cells if len(cell) == 1]
    either = [cell for cell in cells if len(cell) > 1]
    return bool(told and either) or {frozenset(cell) for cell in told} == _BOTH
