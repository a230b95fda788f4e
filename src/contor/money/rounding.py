"""Commercial rounding: half away from zero, the rule of German invoices and of EN 16931.

>>> round_half_up(Decimal("2.565"), 2)
Decimal('2.57')
>>> round_half_up(Decimal("-2.565"), 2)
Decimal('-2.57')
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

# Wide enough for any amount times any rate that a document can print; the default context of
# 28 digits would round silently before the rule does.
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


def round_half_up(value: Decimal, digits: int) -> Decimal:
    """Round ``value`` to ``digits`` decimals, halves away from zero."""
    if not isinstance(value, Decimal):
        message = f"only Decimal is rounded, not {type(value).__name__}"
        raise TypeError(message)
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=_WIDE)
