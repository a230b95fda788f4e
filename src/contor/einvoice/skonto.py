r"""Cash discount lines in payment terms (BT-20), as XRechnung writes them (BR-DE-18).

>>> text = "#SKONTO#TAGE=14#PROZENT=2.00#\nNet 30 days\n"
>>> parse_skonto(text)[0].days, parse_skonto(text)[0].percent
(14, Decimal('2.00'))
>>> write_skonto(parse_skonto(text))
'#SKONTO#TAGE=14#PROZENT=2.00#\n'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from contor.einvoice.payment import DiscountTerm
from contor.money import round_half_up

_LINE = re.compile(
    r"^[ \t]*#(?P<kind>SKONTO|VERZUG)#TAGE=(?P<days>\d{1,4})#PROZENT=(?P<percent>\d{1,3}\.\d{2})"
    r"(?:#BASISBETRAG=(?P<base>-?\d+\.\d{2}))?#[ \t]*\r?$",
    re.MULTILINE | re.ASCII,
)


def parse_skonto(text: str | None) -> tuple[DiscountTerm, ...]:
    """The discounts in the payment terms, in their order; lines of other text are passed over."""
    return tuple(
        DiscountTerm(
            days=int(found["days"]),
            percent=Decimal(found["percent"]),
            base=Decimal(found["base"]) if found["base"] else None,
            unit="DAY",
        )
        for found in _LINE.finditer(text or "")
        if found["kind"] == "SKONTO"
    )


def write_skonto(terms: Iterable[DiscountTerm]) -> str:
    """One ``#SKONTO#`` line each, ending in a line break as BR-DE-18 wants."""
    lines = []
    for term in terms:
        if term.days is None or term.percent is None:
            continue
        base = "" if term.base is None else f"BASISBETRAG={round_half_up(term.base, 2)}#"
        lines.append(f"#SKONTO#TAGE={term.days}#PROZENT={round_half_up(term.percent, 2)}#{base}\n")
    return "".join(lines)


def discount_terms(text: str | None, conditions: Iterable[DiscountTerm | None]) -> str:
    r"""Discounts in the form of the open items table: ``days:percent`` joined by ``;``.

    >>> discount_terms("#SKONTO#TAGE=7#PROZENT=2.00#\n", ())
    '7:2.00'
    """
    found = [*parse_skonto(text), *(term for term in conditions if term is not None)]
    parts = [
        f"{term.days}:{round_half_up(term.percent, 2)}"
        for term in found
        if term.days is not None and term.percent is not None and term.unit in {None, "DAY"}
    ]
    return ";".join(dict.fromkeys(parts))
