"""A chain of hashes: each row's hash covers its content and the hash before it.

Altering, removing or inserting a row breaks the chain at that row, which is how ``contor verify``
names it.

>>> first = chain_hash(GENESIS, {"number": "2026-000001", "minor": 11900})
>>> second = chain_hash(first, {"number": "2026-000002", "minor": 200})
>>> rows = [("a", {"number": "2026-000001", "minor": 11900}, first),
...         ("b", {"number": "2026-000002", "minor": 999}, second)]
>>> broken_links(rows)
['b']
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from contor.money import Money

GENESIS = "0" * 64
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def canonical_json(value: Any) -> str:
    """One text per value: sorted keys, no spaces, exact numbers; a float is a TypeError.

    >>> canonical_json({"b": Decimal("1.50"), "a": date(2026, 11, 1)})
    '{"a":"2026-11-01","b":"1.50"}'
    """
    return json.dumps(
        _plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def chain_hash(previous: str, content: Any) -> str:
    """SHA-256 (64 hex digits) of the previous hash followed by the canonical content."""
    text = previous + canonical_json(content)
    return hashlib.sha256(text.encode()).hexdigest()


def broken_links(rows: Iterable[tuple[str, Any, str]]) -> list[str]:
    """Names of the rows ``(name, content, stored hash)`` whose hash does not follow.

    The stored hash is taken on after a break, so that only the altered rows are named.
    """
    broken = []
    previous = GENESIS
    for name, content, stored in rows:
        if chain_hash(previous, content) != stored:
            broken.append(name)
        previous = stored
    return broken


def storable(text: str) -> str:
    """The text with U+FFFD in the place of what no database keeps: NUL and lone surrogates."""
    if text.isascii() and "\0" not in text:
        return text
    return _UNSTORABLE.sub("\ufffd", text)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Money):
        return {"currency": value.currency, "minor": value.minor}
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {storable(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    message = f"{type(value).__name__} has no canonical form"
    raise TypeError(message)
