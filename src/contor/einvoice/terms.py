"""Every business term of an invoice with its value, as a flat list.

>>> from contor.einvoice.model import Invoice, Party
>>> terms_of(Invoice(number="R-1", buyer=Party(name="Muster GmbH")))
[('BT-1', 'R-1'), ('BT-44', 'Muster GmbH')]
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from contor.einvoice.amounts import AllowanceCharge
from contor.einvoice.model import Invoice, Line
from contor.einvoice.party import Identifier
from contor.einvoice.references import InvoicingPeriod

_ROLES = {"seller": 0, "buyer": 1, "payee": 2, "tax_representative": 3, "delivery": 4}
_KNOWN: dict[Any, dict[str, str]] = {}


def terms_of(invoice: Invoice) -> list[tuple[str, str]]:
    """Term and value of everything the norm numbers, in the order of the model.

    Numbers are written without trailing zeros, so that 19 and 19.00 are the same value.
    """
    return list(_walk(invoice, 0))


def _walk(value: Any, role: int) -> Iterator[tuple[str, str]]:
    numbers = _numbers(type(value))
    for name, number in numbers.items():
        item = getattr(value, name)
        place = _ROLES.get(name, role) if isinstance(value, Invoice) else role
        if isinstance(value, Invoice | Line):
            place = 1 if name == "period" and isinstance(value, Line) else place
        for part in item if isinstance(item, tuple) else (item,):
            if part is None:
                continue
            if dataclasses.is_dataclass(part) and not isinstance(part, Identifier):
                yield from _walk(part, _place(value, part, place))
            elif number:
                terms = number.split()
                term = terms[min(place, len(terms) - 1)]
                if term != "-":
                    yield term, _text(part)


def _place(owner: Any, part: Any, role: int) -> int:
    """Which of several numbers a shared class has here."""
    if isinstance(part, AllowanceCharge):
        return 2 * isinstance(owner, Line) + part.is_charge
    if isinstance(part, InvoicingPeriod):
        return int(isinstance(owner, Line))
    return role


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, Identifier):
        return " ".join(filter(None, (value.value, value.scheme, value.version)))
    return str(value)


def _numbers(kind: Any) -> dict[str, str]:
    """Field name to its numbers; empty for fields that hold further values."""
    if kind not in _KNOWN:
        hints = typing.get_type_hints(kind, include_extras=True)
        _KNOWN[kind] = {
            part.name: getattr(hints[part.name], "__metadata__", ("",))[0]
            for part in dataclasses.fields(kind)
        }
    return _KNOWN[kind]
