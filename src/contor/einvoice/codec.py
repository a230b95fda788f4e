"""Kinds of values in the mapping tables: text of an element to a Python value and back.

A kind reads the element's (or attribute's) text; None means empty. A text that is no number or
date of the kind raises ValueError, which the reader keeps as an unreadable value.

>>> read_value("dec", " 1190.00 ")
Decimal('1190.00')
>>> read_value("date102", "20261130"), read_value("date", "2026-11-30+01:00")
(datetime.date(2026, 11, 30), datetime.date(2026, 11, 30))
>>> write_value("dec", Decimal("1E+3"))
'1000'
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_BASIC_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{4}|\d{6})?", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[TZ+ -].*)", re.ASCII | re.DOTALL)
_LONGEST_NUMBER = 64


def _decimal(text: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER or not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def _integer(text: str) -> int:
    number = _decimal(text)
    if number != number.to_integral_value():
        raise ValueError(text)
    return int(number)


def _date(text: str) -> date:
    """A date of either writing; senders mix them up. The time of day is dropped."""
    found = _BASIC_DATE.fullmatch(text) or _ISO_DATE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return date(int(found[1]), int(found[2]), int(found[3]))


def _boolean(text: str) -> bool:
    if text in {"true", "1"}:
        return True
    if text in {"false", "0"}:
        return False
    raise ValueError(text)


def _binary(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=False)
    except binascii.Error as error:
        raise ValueError(text[:40]) from error


def _plain(number: Decimal) -> str:
    return format(number, "f")


def _two_decimals(number: Decimal) -> str:
    """FatturaPA wants two decimals at least and eight at most."""
    exponent = number.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) else 2
    return format(number, "f") if digits >= 2 else format(number, ".2f")


_READ: dict[str, Callable[[str], Any]] = {
    "text": str,
    "dec": _decimal,
    "amt": _decimal,
    "dec2": _decimal,
    "int": _integer,
    "date": _date,
    "date102": _date,
    "moment": _date,
    "bool": _boolean,
    "bin": _binary,
}
_WRITE: dict[str, Callable[[Any], str]] = {
    "text": str,
    "raw": str,
    "dec": _plain,
    "amt": _plain,
    "dec2": _two_decimals,
    "int": str,
    "date": date.isoformat,
    "date102": lambda day: format(day, "%Y%m%d"),
    "moment": lambda day: f"{day.isoformat()}T00:00:00",
    "bool": lambda value: "true" if value else "false",
    "bin": lambda content: base64.b64encode(content).decode("ascii"),
}
KINDS = frozenset(_WRITE)


def read_value(kind: str, text: str | None) -> Any:
    """The value in ``text``; None where it is empty; ValueError where it is not of the kind."""
    if text is None:
        return None
    if kind == "raw":
        return text if text.strip() else None
    stripped = text.strip()
    return _READ[kind](stripped) if stripped else None


def write_value(kind: str, value: Any) -> str:
    """The text of a value of the kind, in the canonical writing of XML Schema."""
    return _WRITE[kind](value)
