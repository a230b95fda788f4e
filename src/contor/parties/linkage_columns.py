"""The columns of two tables to be linked: which are texts, numbers, dates, and their values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.parties.names import comparable, fold

Record = dict[str, str]
_NUMBER = re.compile(r"[^\d.,-]+")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_SHARE = 0.9
_PAGE = 4000  # letters of a cell that are compared


@dataclass(frozen=True, slots=True)
class Column:
    """One column of both tables: folded texts, or numbers (dates as days), NaN where empty."""

    name: str
    kind: str
    left: NDArray[np.float64] | list[str]
    right: NDArray[np.float64] | list[str]


def columns_of(
    left: Sequence[Record], right: Sequence[Record], on: Sequence[str] | None
) -> list[Column]:
    """Shared columns (or those of ``on``), typed by their content in both tables."""
    names = list(on) if on else [name for name in (left[0] if left else {}) if name != "id"]
    columns = []
    for name in names:
        a = [record.get(name, "").strip() for record in left]
        b = [record.get(name, "").strip() for record in right]
        filled = [value for value in (*a, *b) if value]
        if not filled or not any(a) or not any(b):
            continue
        kind = kind_of(filled[:5000])
        if kind == "text":
            columns.append(Column(name, kind, texts_of(a), texts_of(b)))
        else:
            read = _day if kind == "date" else _number
            columns.append(
                Column(name, kind, np.array([read(v) for v in a]), np.array([read(v) for v in b]))
            )
    return columns


def texts_of(values: Sequence[str]) -> list[str]:
    """The values as they are compared: folded, and no longer than a page."""
    return [fold(value[:_PAGE]) for value in values]


def kind_of(values: Sequence[str]) -> str:
    """``date``, ``number`` or ``text``; codes with leading zeros and long numbers are texts."""
    if sum(bool(_DATE.match(v)) for v in values) >= _SHARE * len(values):
        return "date"
    plain = [v for v in values if not np.isnan(_number(v))]
    codes = sum((v[:1] == "0" and v[1:2].isdigit()) or len(v) > 12 for v in plain)
    whole = sum(v.isdigit() for v in plain)
    if len(plain) >= _SHARE * len(values) and codes < 0.02 * len(values):
        return "text" if whole == len(plain) and len({len(v) for v in plain}) == 1 else "number"
    return "text"


def _day(text: str) -> float:
    match = _DATE.match(text)
    if not match:
        return float("nan")
    try:
        return float(np.datetime64(match.group(), "D").astype(int))
    except ValueError:
        return float("nan")


def _number(text: str) -> float:
    bare = _NUMBER.sub("", text.replace("$", "").strip())
    if len(re.sub(r"[\d.,$€£%\s-]", "", text)) > 3 or not any(c.isdigit() for c in bare):
        return float("nan")
    try:
        return float(bare.replace(",", ""))
    except ValueError:
        return float("nan")


def joined(columns: Sequence[Column], side: str) -> list[str]:
    """All texts of each record in one, for comparisons that ignore misplaced values."""
    texts = [getattr(column, side) for column in columns if column.kind == "text"]
    return [" ".join(part for part in row if part) for row in zip(*texts, strict=True)]


def core(texts: Sequence[str]) -> list[str]:
    """The texts without legal forms and small words."""
    return [comparable(text) for text in texts]
