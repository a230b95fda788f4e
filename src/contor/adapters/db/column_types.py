"""Column types that keep exactly what was given: instants with their zone, decimals, JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Numeric, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from contor.ledger.hash_chain import storable

# SQLite numbers rows by itself only where the key is INTEGER.
Key = BigInteger().with_variant(Integer(), "sqlite")


class Instant(TypeDecorator[datetime]):
    """A moment in time, kept in UTC; a datetime without a zone is a TypeError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant has a zone"
            raise TypeError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite keeps the UTC wall time without the zone; give the zone back."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal with its digits: NUMERIC in PostgreSQL, text in SQLite (whose NUMERIC is a float)."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """NUMERIC where it is exact."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Text for SQLite; a float is a TypeError."""
        if value is None:
            return None
        if not isinstance(value, Decimal):
            message = f"an exact decimal is a Decimal, not {type(value).__name__}"
            raise TypeError(message)
        return format(value, "f") if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """The Decimal again."""
        del dialect
        return None if value is None else Decimal(value)


class StoredText(TypeDecorator[str]):
    """Text of any length. What no database keeps becomes U+FFFD: NUL and half a surrogate pair.

    Texts read from damaged files contain such characters; the hash chain counts them the same way.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """To text that can be kept."""
        del dialect
        return None if value is None else storable(value)


class JsonText(TypeDecorator[Any]):
    """JSON as text, keys in the order given: the same bytes come back on both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """To text."""
        del dialect
        if value is None:
            return None
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        if storable(text) == text:
            return text
        return json.dumps(value, separators=(",", ":"), allow_nan=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """From text."""
        del dialect
        return None if value is None else json.loads(value)
