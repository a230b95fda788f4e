"""Invoices as JSON values and back, and the JSON Schema of it, all from the field types.

Amounts are decimal strings, days ISO dates, periods half-open objects ``start``/``end``. Reading
checks every field: an unknown, missing or unreadable one is refused with its path.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from contor.errors import Refusal
from contor.money import Money

_DECIMAL = r"^-?[0-9]{1,15}(\.[0-9]{1,16})?$"
_MOST_DAYS = 3650
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


@cache
def _fields(kind: type) -> Mapping[str, tuple[Any, bool]]:
    """Name to (type, required) of a dataclass."""
    hints = get_type_hints(kind)
    return {
        row.name: (
            hints[row.name],
            row.default is dataclasses.MISSING and row.default_factory is dataclasses.MISSING,
        )
        for row in dataclasses.fields(kind)
    }


def to_value(value: Any) -> Any:
    """A JSON value of a dataclass, Money, Decimal, date, Period, tuple or mapping."""
    if isinstance(value, Money):
        return str(value.amount)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: to_value(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, tuple):
        return [to_value(part) for part in value]
    if isinstance(value, Mapping):
        return {key: to_value(part) for key, part in value.items()}
    return value


def _names(kind: type) -> tuple[str, ...]:
    return tuple(_fields(kind))


def from_value(kind: Any, value: Any, currency: str, path: str = "$") -> Any:
    """A value of the type from its JSON value; refuses ``invoice_unreadable`` with the path."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        if value is None:
            return None
        return from_value(arguments[0], value, currency, path)
    if origin is Literal:
        return value if value in arguments else _refuse(path, f"one of {', '.join(arguments)}")
    if origin is tuple:
        rows = value if isinstance(value, list) else _refuse(path, "a list")
        return tuple(
            from_value(arguments[0], r, currency, f"{path}[{i}]") for i, r in enumerate(rows)
        )
    if origin is not None:
        rows = value if isinstance(value, dict) else _refuse(path, "an object")
        return {str(key): str(part) for key, part in rows.items()}
    if kind in _READERS:
        return _READERS[kind](value, currency, path)
    return _object(kind, value, currency, path)


def _object(kind: type, value: Any, currency: str, path: str) -> Any:
    if not isinstance(value, dict):
        _refuse(path, "an object")
    fields = _fields(kind)
    unknown = sorted(value.keys() - fields.keys())
    if unknown:
        _refuse(f"{path}.{unknown[0]}", "no field of that name")
    given: dict[str, Any] = {}
    for name, (hint, required) in fields.items():
        if name in value:
            given[name] = from_value(hint, value[name], currency, f"{path}.{name}")
        elif required:
            _refuse(f"{path}.{name}", "a value")
    return kind(**given)


def _refuse(path: str, wanted: str) -> Any:
    raise Refusal(
        "invoice_unreadable",
        "{path}: expected {wanted}.",
        "See `contor schema invoice` for what may stand there.",
        path=path,
        wanted=wanted,
    )


def _text(value: Any, currency: str, path: str) -> str:
    del currency
    return value if isinstance(value, str) else str(_refuse(path, "a text"))


def _flag(value: Any, currency: str, path: str) -> bool:
    del currency
    return value if isinstance(value, bool) else bool(_refuse(path, "true or false"))


def _whole(value: Any, currency: str, path: str) -> int:
    del currency
    wrong = not isinstance(value, int) or isinstance(value, bool) or abs(value) > _MOST_DAYS
    return int(_refuse(path, "a whole number")) if wrong else int(value)


def _decimal(value: Any, currency: str, path: str) -> Decimal:
    del currency
    if not isinstance(value, str) or not re.fullmatch(_DECIMAL, value):
        _refuse(path, 'a decimal string like "19.00"')
    return Decimal(value)


def _date(value: Any, currency: str, path: str) -> date:
    del currency
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _refuse(path, "a day like 2026-01-31") from None


def _money(value: Any, currency: str, path: str) -> Money:
    return Money.of(_decimal(value, currency, path), currency)


_READERS: Mapping[Any, Callable[[Any, str, str], Any]] = {
    str: _text,
    bool: _flag,
    int: _whole,
    Decimal: _decimal,
    date: _date,
    Money: _money,
}


def schema_of(kind: Any) -> dict[str, Any]:
    """The JSON Schema of a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return {"anyOf": [schema_of(arguments[0]), {"type": "null"}]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": schema_of(arguments[0])}
    if origin is not None:
        return {"type": "object", "additionalProperties": {"type": "string"}}
    simple: dict[Any, dict[str, Any]] = {
        str: {"type": "string"},
        bool: {"type": "boolean"},
        int: {"type": "integer", "minimum": -_MOST_DAYS, "maximum": _MOST_DAYS},
        Decimal: {"type": "string", "pattern": _DECIMAL},
        Money: {"type": "string", "pattern": _DECIMAL},
        date: {"type": "string", "pattern": _DATE},
    }
    if kind in simple:
        return simple[kind]
    fields = _fields(kind)
    return {
        "type": "object",
        "description": (kind.__doc__ or "").splitlines()[0],
        "additionalProperties": False,
        "required": [name for name, (_, required) in fields.items() if required],
        "properties": {name: schema_of(hint) for name, (hint, _) in fields.items()},
    }
