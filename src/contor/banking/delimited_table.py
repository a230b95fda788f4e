"""Finding the table in a bank's CSV: delimiter, header row, and what each column is."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field

from contor.banking.delimited_header import fold, role_of
from contor.banking.figures import is_date

_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE_ROWS = 80
_AMOUNT = re.compile(
    r"[-+(]?\s*[€$£]?\s*[-+]?\s*\d{1,3}(?:[.,' ]?\d{3})*[.,]\d{2}\s*[-+)]?\s*(?:[€$£]|[A-Z]{3})?"
)
_TEXT = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Table:
    """The table: ``columns`` are role -> column indices, ``rows`` (row number, cells)."""

    header: tuple[str, ...]
    columns: dict[str, list[int]]
    preamble: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[int, list[str]], ...]
    delimiter: str = ";"
    names: dict[str, int] = field(default_factory=dict)

    def cells(self, row: list[str], role: str) -> list[str]:
        """The non-empty cells of ``role`` in ``row``."""
        found = (row[i].strip() for i in self.columns.get(role, ()) if i < len(row))
        return [cell for cell in found if cell]

    def cell(self, row: list[str], role: str) -> str:
        """The first non-empty cell of ``role``, or nothing."""
        return next(iter(self.cells(row, role)), "")


def find_table(text: str) -> Table | None:
    """The table in ``text``, by its header, else by the kinds of its cells; None without one."""
    flat = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    best: tuple[tuple[int, int], str, int] | None = None
    for delimiter in _DELIMITERS:
        head = _rows(flat, delimiter, _SAMPLE_ROWS)
        for index, (_, cells) in enumerate(head):
            score = _header_score(cells)
            if score and (best is None or (score, -index) > best[0]):
                best = ((score, -index), delimiter, index)
    if best:
        _, delimiter, index = best
        rows = _rows(flat, delimiter)
        header = tuple(cell.strip() for cell in rows[index][1])
        columns: dict[str, list[int]] = {}
        for position, name in enumerate(header):
            role = role_of(name)
            if role:
                columns.setdefault(role, []).append(position)
        _drop_own_name(header, columns)
        preamble = tuple(tuple(cells) for _, cells in rows[:index])
        return Table(header, columns, preamble, tuple(rows[index + 1 :]), delimiter)
    return _headerless(flat)


def _drop_own_name(header: tuple[str, ...], columns: dict[str, list[int]]) -> None:
    """Where a column names the counterparty expressly, a bare “name” is the account holder."""
    names = columns.get("name", [])
    express = [i for i in names if not re.fullmatch(r"naam|name|nome|nom", fold(header[i]))]
    if express and len(express) < len(names):
        columns["name"] = express


def _rows(text: str, delimiter: str, limit: int | None = None) -> list[tuple[int, list[str]]]:
    """(row number, cells) of all non-empty rows, read by the rules of CSV."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, cells))
                if limit is not None and len(rows) >= limit:
                    break
    except csv.Error:
        return [
            (number, line.split(delimiter))
            for number, line in enumerate(text.split("\n"), start=1)
            if line.strip()
        ][:limit]
    return rows


def _header_score(cells: list[str]) -> int:
    """How many roles a row names; none unless it names a date and an amount."""
    roles = {role_of(cell) for cell in cells if cell.strip() and len(cell) < 80}
    roles.discard("")
    dated = roles & {"booking_date", "value_date"}
    valued = roles & {"amount", "debit", "credit"}
    return len(roles) if dated and valued else 0


def _headerless(text: str) -> Table | None:
    """A table by its cells: a date column, an amount column, text columns (Targobank)."""
    for delimiter in _DELIMITERS:
        rows = _rows(text, delimiter)
        first = next((i for i, (_, cells) in enumerate(rows) if _is_line(cells)), None)
        if first is None:
            continue
        lines = [cells for _, cells in rows[first : first + 200]]
        good = [cells for cells in lines if _is_line(cells)]
        if len(good) < max(1, len(lines) * 0.7):
            continue
        columns = _columns_of(good)
        if "amount" in columns:
            preamble = tuple(tuple(cells) for _, cells in rows[:first])
            return Table((), columns, preamble, tuple(rows[first:]), delimiter)
    return None


def _is_line(cells: list[str]) -> bool:
    dated = any(is_date(cell) or is_date(cell, "mdy") for cell in cells if len(cell) < 20)
    return dated and any(_AMOUNT.fullmatch(cell.strip()) for cell in cells)


def _columns_of(lines: list[list[str]]) -> dict[str, list[int]]:
    """Columns by content: dates, the amount (the first), a balance, an IBAN, a sign, the texts."""
    columns: dict[str, list[int]] = {}
    for position in range(max(len(cells) for cells in lines)):
        cells = [row[position].strip() for row in lines if position < len(row)]
        filled = [cell for cell in cells if cell]
        if not filled:
            continue
        role = _kind_of(filled)
        if role == "booking_date" and role in columns:
            role = "value_date"
        elif role == "amount" and role in columns:
            role = "balance"
        if role:
            columns.setdefault(role, []).append(position)
    texts = columns.pop("text", [])
    if texts:
        columns["name"] = [texts[0]] if len(texts) > 1 else []
        columns["remittance"] = texts[1:] if len(texts) > 1 else texts
    return columns


def _kind_of(cells: list[str]) -> str:
    share = 0.9 * len(cells)
    if sum(is_date(cell) or is_date(cell, "mdy") for cell in cells) >= share:
        return "booking_date"
    if sum(bool(_AMOUNT.fullmatch(cell)) for cell in cells) >= share:
        return "amount"
    if {cell.lower() for cell in cells} <= {"debit", "credit", "s", "h", "soll", "haben", "c", "d"}:
        return "sign"
    if {len(cell) for cell in cells} == {3} and all(c.isupper() for c in cells):
        return "currency"
    if sum(bool(re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9 ]{11,40}", c)) for c in cells) >= share:
        return "iban"
    return "text" if any(_TEXT.search(cell) for cell in cells) else ""
