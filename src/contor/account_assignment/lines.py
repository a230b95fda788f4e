"""Ledger lines as columns: what is known of a line before a person codes it, and its codes.

One :class:`Lines` holds many lines, because learning and suggesting work on whole arrays. Days are
proleptic ordinals (a bare year counts as its first day), amounts are integer minor units.

>>> lines = Lines.from_rows([{"date": "2026-01-05", "supplier": "RIPE NCC", "amount": "1400.00",
...                           "account": "4964"}])
>>> len(lines), int(lines.cents[0]), lines.labels["account"]
(1, 140000, ('4964',))
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.targets import TARGETS

UNKNOWN_CENTS = np.iinfo(np.int64).min
"""Stands for an amount that is not known."""

# A column under another name in some ledgers, and what it is here.
_ALIASES = {"vat_reg": "vat_id", "invoice": "invoice_no", "document_no": "doc_no"}
FACTS = (
    "supplier",
    "supplier_id",
    "description",
    "currency",
    "vat_id",
    "iban",
    "tax_rate",
    "vat_amount",
    "doc_no",
    "invoice_no",
    "country",
    "document_type",
    "supplier_category",
    "postcode",
    "accounting_reference",
    "tax_category",
    "supply",
)
"""Columns a bookkeeping system knows before a line is coded. Everything else in a ledger (the
unit, the code beside the name) may be an outcome of coding and is never looked at."""

COLUMNS = frozenset(("date", "amount", *FACTS, *TARGETS, *_ALIASES))
"""Every column of a ledger that means something here."""

_MAX_TEXT = 2000
_LIMIT = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Lines:
    """Columns of ``n`` lines: ``day`` and ``cents`` (n,), texts and labels by column name."""

    day: NDArray[np.int64]
    cents: NDArray[np.int64]
    facts: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.day)

    @classmethod
    def from_rows(cls, rows: Sequence[Mapping[str, Any]]) -> Lines:
        """Read rows of a coded ledger; a missing cell is unknown, an unreadable one too."""
        names = set(rows[0]) if rows else set()
        columns = {
            **{_ALIASES[name]: name for name in sorted(names & _ALIASES.keys())},
            **{name: name for name in names - _ALIASES.keys()},
        }
        facts = {fact: _column(rows, columns[fact]) for fact in FACTS if fact in columns}
        return cls(
            day=np.fromiter((_day(row.get("date")) for row in rows), np.int64, len(rows)),
            cents=np.fromiter((_cents(row.get("amount")) for row in rows), np.int64, len(rows)),
            facts={name: cells for name, cells in facts.items() if any(cells)},
            labels={target: _column(rows, target) for target in TARGETS if target in columns},
        )

    def take(self, where: NDArray[np.int64]) -> Lines:
        """The lines at the positions ``where``, in that order."""
        picks = where.tolist()
        return Lines(
            self.day[where],
            self.cents[where],
            {name: tuple(cells[i] for i in picks) for name, cells in self.facts.items()},
            {name: tuple(cells[i] for i in picks) for name, cells in self.labels.items()},
        )

    def part(self, begin: int, stop: int) -> Lines:
        """The lines from ``begin`` up to ``stop``."""
        where = slice(begin, stop)
        return Lines(
            self.day[where],
            self.cents[where],
            {name: cells[where] for name, cells in self.facts.items()},
            {name: cells[where] for name, cells in self.labels.items()},
        )

    @staticmethod
    def readable_amount(cell: str) -> bool:
        """Whether a cell holds an amount within the range of a ledger."""
        return _cents(cell) != UNKNOWN_CENTS

    def without_labels(self) -> Lines:
        """The same lines as they look before a person has coded them."""
        return Lines(self.day, self.cents, self.facts, {})


def join(first: Lines, second: Lines) -> Lines:
    """Both one after the other; a column only one of them has is empty in the other."""
    return Lines(
        np.concatenate([first.day, second.day]),
        np.concatenate([first.cents, second.cents]),
        _join(first.facts, second.facts, len(first), len(second)),
        _join(first.labels, second.labels, len(first), len(second)),
    )


def _join(
    first: Mapping[str, tuple[str, ...]], second: Mapping[str, tuple[str, ...]], n: int, m: int
) -> dict[str, tuple[str, ...]]:
    names = list(first) + [name for name in second if name not in first]
    return {
        name: (first.get(name) or ("",) * n) + (second.get(name) or ("",) * m) for name in names
    }


def _column(rows: Sequence[Mapping[str, Any]], name: str) -> tuple[str, ...]:
    """The cells of one column; equal cells are one object, since a ledger repeats itself."""
    known: dict[str, str] = {}
    cells = (_text(row.get(name)) for row in rows)
    return tuple(known.setdefault(cell, cell) for cell in cells)


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)[:_MAX_TEXT].strip()


def parse_day(text: str) -> dt.date | None:
    """An ISO date, or the first day of a bare year or month; None where it is neither."""
    try:
        if len(text) == 4:
            return dt.date(int(text), 1, 1)
        return dt.date.fromisoformat(text if len(text) != 7 else f"{text}-01")
    except ValueError:
        return None


def _day(cell: object) -> int:
    found = cell if isinstance(cell, dt.date) else parse_day(_text(cell)[:10])
    return found.toordinal() if found else 0


def _cents(cell: object) -> int:
    text = _text(cell)
    if "_" in text:  # Python's own way of writing numbers, nobody else's
        return int(UNKNOWN_CENTS)
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return int(UNKNOWN_CENTS)
    if not amount.is_finite() or abs(amount) > _LIMIT:
        return int(UNKNOWN_CENTS)
    return int((amount * 100).to_integral_value())
