"""What a line shares with earlier lines: its keys, each a stable number (0: the line has none).

A key is one way of saying "like last time": the same supplier, the same supplier and amount, the
same range of document numbers. Memory looks up what was booked under each of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.fact_numbers import numbers_by, numbers_of
from contor.account_assignment.identities import NOBODY
from contor.account_assignment.lines import UNKNOWN_CENTS, Lines
from contor.account_assignment.tax_signs import rates_of, tax_signs
from contor.account_assignment.wording import document_shape, fold, head, pattern

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Key:
    """A kind of key: how many past events are looked at, and what its vote weighs beforehand."""

    name: str
    depth: int
    weight: float


KEYS = (
    Key("supplier", 40, 1.0),
    Key("supplier_id", 12, 0.5),
    Key("supplier_amount", 8, 2.0),
    Key("supplier_size", 10, 1.0),
    Key("supplier_text", 8, 1.5),
    Key("supplier_document", 10, 1.0),
    Key("supplier_range", 6, 1.0),
    Key("supplier_position", 6, 0.5),
    Key("supplier_month", 6, 0.3),
    Key("supplier_rate", 8, 0.7),
    Key("supplier_invoice", 8, 0.7),
    Key("text", 12, 1.0),
    Key("text_head", 12, 0.5),
    Key("amount", 8, 0.3),
    Key("amount_document", 6, 0.4),
    Key("document", 16, 0.3),
    Key("range", 10, 0.3),
    Key("neighbours", 8, 0.7),
    Key("same_document", 6, 1.5),
    Key("category", 16, 0.3),
    Key("category_document", 12, 0.4),
    Key("name_head", 12, 0.3),
    Key("name_heads", 10, 0.5),
    Key("vat_id", 10, 0.4),
    Key("iban", 10, 0.4),
    Key("postcode", 8, 0.2),
    Key("supplier_id_range", 12, 0.2),
    Key("supplier_id_kind", 12, 0.1),
    Key("rate", 16, 0.05),
    Key("rate_side", 16, 0.05),
)
"""In the order of the columns of :func:`keys_of`."""


def mix(*parts: Ints | int) -> Ints:
    """Combine numbers into one; where any part is 0 the line has no such key."""
    total = np.zeros(1, np.uint64)
    known = np.ones(1, bool)
    with np.errstate(over="ignore"):
        for part in parts:
            cells = np.asarray(part, np.int64)
            known = known & (cells != 0)
            total = (total ^ cells.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
            total = total ^ (total >> np.uint64(29))
    return np.where(known, (total >> np.uint64(1)).astype(np.int64) | 1, 0)


SUPPLIER, SUPPLIER_ID, SUPPLIER_RATE, TEXT, AMOUNT, VAT_ID, IBAN, RATE, RATE_SIDE = (
    [key.name for key in KEYS].index(name)
    for name in (
        "supplier", "supplier_id", "supplier_rate", "text", "amount", "vat_id", "iban", "rate",
        "rate_side",
    )
)  # fmt: skip
IDENTITIES = (SUPPLIER_ID, VAT_ID, IBAN)
"""Kinds of keys that know a supplier under another name."""


def keys_of(lines: Lines, home: str = "") -> Ints:
    """The keys of each line: an array of (lines, len(KEYS)); ``home`` is the country of the books."""
    n = len(lines)
    size = Sizes.of(lines)
    name, first, two = numbers_by(lines, "supplier", _name_forms)
    ident = numbers_of(lines, "supplier_id", _identity)
    vat_id, iban = numbers_of(lines, "vat_id", fold), numbers_of(lines, "iban", fold)
    supplier = np.where(name != 0, name, ident)
    for other in (vat_id, iban):  # nobody was ever named under it
        supplier = np.where(supplier != 0, supplier, other)
    text, opening = numbers_by(lines, "description", _text_forms)
    document, reach, neighbours, same = numbers_by(lines, "doc_no", _document_forms)
    category = numbers_of(lines, "supplier_category", fold)
    invoice = numbers_by(lines, "invoice_no", _document_forms)[0]
    # Numbers are given out in order: whom a unit brought in together, and what kind of supplier.
    kind, _, nearby, _ = numbers_by(lines, "supplier_id", _document_forms)
    rate = rates_of(lines)
    shown, charged, side = tax_signs(lines, rate, home)
    columns = (
        supplier,
        ident,
        mix(supplier, size.exact),
        mix(supplier, size.band),
        mix(supplier, text),
        mix(supplier, document),
        mix(supplier, reach),
        mix(supplier, _position(lines, supplier)),
        mix(supplier, size.month),
        mix(supplier, rate),
        mix(supplier, invoice),
        text,
        opening,
        mix(size.exact, 7),
        mix(size.exact, document),
        document,
        reach,
        neighbours,
        same,
        category,
        mix(category, document),
        first,
        two,
        vat_id,
        iban,
        numbers_of(lines, "postcode", fold),
        nearby,
        kind,
        mix(shown, charged),
        mix(shown, charged, side),
    )
    assert len(columns) == len(KEYS)
    table = np.zeros((n, len(KEYS)), np.int64)
    for place, column in enumerate(columns):
        table[:, place] = column
    return table


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers for the amount and the calendar of each line, as parts of keys."""

    exact: Ints
    band: Ints
    month: Ints

    @classmethod
    def of(cls, lines: Lines) -> Sizes:
        """Exact amount, its band of about ten per cent, and the month of the year."""
        known = lines.cents != UNKNOWN_CENTS
        cents = np.where(known, lines.cents, 0)
        band = np.round(np.log(np.abs(cents) + 1.0) * 8).astype(np.int64) * 2 + (cents < 0)
        days = lines.day - np.datetime64("1970-01-01").astype(object).toordinal()
        month = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
        return cls(np.where(known, cents * 2 + 1, 0), np.where(known, band + 11, 0), month + 1)


def _name_forms(cell: str) -> tuple[str, ...]:
    return fold(cell), head(cell, 1), head(cell, 2)


def _text_forms(cell: str) -> tuple[str, ...]:
    return pattern(cell), head(cell, 3)


def _identity(cell: str) -> str:
    plain = fold(cell)
    return "" if plain in NOBODY else plain


def _document_forms(cell: str) -> tuple[str, ...]:
    """The ranges a document number lies in: its first two digits, four and two dropped; itself."""
    prefix, count, digits = document_shape(cell)
    kind = f"{prefix}|{count}|"
    ranges = (kind + digits[:kept] for kept in (2, max(count - 4, 0), max(count - 2, 0)))
    return *ranges, fold(cell)


def places_within(group: Ints) -> Ints:
    """How many stand before each with the same number.

    >>> places_within(np.array([7, 7, 3, 7])).tolist()
    [0, 1, 0, 2]
    """
    order = np.argsort(group, kind="stable")
    ranked = group[order]
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]]) if len(order) else order
    spread = np.diff(np.r_[starts, len(order)])
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order)) - np.repeat(starts, spread)
    return place


def _position(lines: Lines, supplier: Ints) -> Ints:
    """How many lines of the same supplier and day stand before this one, counted from 1."""
    return np.minimum(places_within(mix(supplier, lines.day + 1)) + 1, 64)
