"""Records (nested dictionaries by field name) to the frozen model and back.

>>> from contor.einvoice.model import Invoice
>>> invoice = build(Invoice, {"number": "R-1", "lines": [{"id": "1", "item": {"name": "VPS"}}]})
>>> invoice.lines[0].item.name
'VPS'
>>> take_apart(invoice)
{'number': 'R-1', 'lines': [{'id': '1', 'item': {'name': 'VPS'}}]}
"""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any, TypeVar

from contor.einvoice.party import Identifier

T = TypeVar("T")

# type hints are slow to resolve; a class has the same ones every time
_KNOWN: dict[Any, dict[str, Any]] = {}


def build(kind: type[T], record: dict[str, Any]) -> T:
    """The frozen value of a record; names that the class does not have are dropped."""
    values: dict[str, Any] = {}
    for name, nested in _fields(kind).items():
        value = record.get(name)
        if value is None:
            continue
        if isinstance(value, list):
            value = tuple(build(nested, item) if isinstance(item, dict) else item for item in value)
        elif nested is not None:
            value = build(nested, value)
        values[name] = value
    return kind(**values)


def take_apart(value: Any) -> dict[str, Any]:
    """The record of a frozen value, without what is empty."""
    record: dict[str, Any] = {}
    for name, nested in _fields(type(value)).items():
        item = getattr(value, name)
        if item is None or item in ("", ()):
            continue
        if isinstance(item, tuple):
            record[name] = [take_apart(part) if nested else part for part in item]
        elif nested is not None:
            inner = take_apart(item)
            if inner:
                record[name] = inner
        else:
            record[name] = item
    return record


def _fields(kind: Any) -> dict[str, Any]:
    """Field name to the dataclass that its values are of, None for plain values."""
    if kind not in _KNOWN:
        hints = typing.get_type_hints(kind)
        _KNOWN[kind] = {part.name: _nested(hints[part.name]) for part in dataclasses.fields(kind)}
    return _KNOWN[kind]


def _nested(hint: Any) -> Any:
    origin = typing.get_origin(hint)
    if origin in {tuple, types.UnionType, typing.Union}:
        found = [_nested(part) for part in typing.get_args(hint) if part is not Ellipsis]
        return next((part for part in found if part is not None), None)
    is_record = dataclasses.is_dataclass(hint) and hint is not Identifier
    return hint if is_record else None
