"""A table of ledger lines, accounts or rules from a CSV file; nothing of it is lost unsaid."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from contor.cli.manners import text_in
from contor.errors import Refusal

_REQUIRED = ("date", "supplier", "amount")
_OTHERS = ("person", "number", "valid_from", "valid_to")
"""Columns of decisions, charts and rules."""
_MARKS = {";": "semicolons", "\t": "tabs", "|": "strokes"}
SURPLUS = "surplus"
"""Holds the cells of a row that stand behind the last column."""


def read_ledger(path: str, *, required: Sequence[str] = _REQUIRED) -> list[dict[str, str]]:
    """The rows of a ledger CSV; a file without the columns of a ledger is refused.

    Columns that mean something here are known by their names however these are written (``Date``,
    ``Cost Centre``). Cells behind the last column are kept as ``surplus`` of their row.
    """
    csv.field_size_limit(1 << 27)
    try:
        with text_in(path) as stream:
            counted = _Quotes(stream)
            reader = csv.DictReader(counted, restkey=SURPLUS, restval="")
            reader.fieldnames = _plainly(reader.fieldnames or [], required)
            _check_header(path, reader.fieldnames, required)
            rows, last = [], 1
            for row in reader:
                more = [cell for cell in row.pop(SURPLUS, None) or () if cell]
                rows.append({**row, SURPLUS: ",".join(more)} if more else row)
                last, spread = reader.line_num, reader.line_num - last
            if rows and counted.odd and spread > 1:
                raise Refusal(
                    "quote_open",
                    "In {path} a quotation mark that opens before line {line} is never closed.",
                    "Close it, or write it twice where it belongs to the text.",
                    path=path,
                    line=last,
                )
            return rows
    except UnicodeDecodeError as error:
        raise Refusal(
            "not_utf8",
            "The file {path} is not UTF-8 text.",
            "Save it as CSV in UTF-8.",
            path=path,
        ) from error
    except csv.Error as error:
        raise Refusal(
            "not_csv",
            "The file {path} cannot be read as CSV: {error}.",
            "Save it as comma separated values with names in the first row.",
            path=path,
            error=str(error),
        ) from error


class _Quotes:
    """Passes lines on and knows whether the quotation marks so far are odd in number."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.odd = False

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.odd ^= line.count('"') % 2 == 1
            yield line


def _plainly(names: Sequence[str], required: Sequence[str]) -> list[str]:
    """Names of columns as they are known here; what is not known, or there by that name, stays.

    >>> _plainly(["Date", " Cost Centre", "Our remark", "amount", "Amount"], ["date"])
    ['date', 'cost_centre', 'Our remark', 'amount', 'Amount']
    """
    from contor.account_assignment.exact_rules import CONDITIONS
    from contor.account_assignment.lines import COLUMNS

    known = {*COLUMNS, *required, *CONDITIONS, *_OTHERS}
    plain = ["_".join(name.replace("-", " ").split()).casefold() for name in names]
    return [
        better if better in known and better not in names else name
        for name, better in zip(names, plain, strict=True)
    ]


def _check_header(path: str, names: Sequence[str], required: Sequence[str]) -> None:
    missing = [name for name in required if name not in names]
    other = next((mark for mark in _MARKS if len(names) == 1 and mark in names[0]), "")
    if missing and other:
        raise Refusal(
            "columns_missing",
            "The columns of {path} are separated by {mark}, not by commas.",
            "Save it as comma separated values, amounts with a point.",
            path=path,
            mark=_MARKS[other],
        )
    if missing and names:
        raise Refusal(
            "columns_missing",
            "The file {path} lacks the columns {columns}.",
            "Name the columns {required} in the first row, separated by commas.",
            path=path,
            columns=", ".join(missing),
            required=", ".join(required),
        )
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise Refusal(
            "columns_repeated",
            "The file {path} has more than one column {columns}.",
            "Give each column a name of its own.",
            path=path,
            columns=", ".join(twice),
        )
