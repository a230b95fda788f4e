"""Amounts as printed, and the number format of a document.

Whether ``1.234`` is a thousand or a bit more than one is decided once per document, from the
figures that leave no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations
from typing import Literal

DecimalMark = Literal[",", "."]

_DIGITS = r"(?:\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?!\d)|\d+)"
_MONEY = (
    r"(?:(?:US|CA|AU|NZ|HK|[ACS])?\$\s?|[€£]\s?|RM\s?|"
    r"(?:EUR|CHF|GBP|USD|CAD|AUD|NZD|SGD|SEK|NOK|DKK|PLN|CZK|HUF)(?=\d))"
)
AMOUNT = re.compile(
    rf"(?<![\w.,'’])(?<!\d[/:-])(?P<sign>[-–−+(][^\S\t]?)?{_MONEY}?(?P<sign2>[-–−][^\S\t]?)?"
    rf"(?P<figure>{_DIGITS}(?:\s?[.,]\s?(?:\d{{1,4}}(?!\d)|[-–]+))?|[.,]\d{{2}}(?!\d))"
    rf"(?P<after>-(?![\w-])|[^\S\t]-(?=\s*(?:[€$£\t]|EUR|$))|\))?(?=[A-Z€$£*]{{0,3}}(?:[^\w.,:/°]|[.,:;](?!\d)|$)|\s)"
)
_SURE = re.compile(r"\d([.,])\d{2}(?!\d)(?![.,]\d)")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}([.,'’])\d{3}([.,])\d{2}(?!\d)")


def decimal_mark(texts: Iterable[str], default: DecimalMark = ",") -> DecimalMark:
    """The decimal mark of a document, from the figures that leave no doubt.

    >>> decimal_mark(["Summe 1.234,56", "19,00"]), decimal_mark(["$1,234.56 on 03.04.2026"])
    (',', '.')
    """
    votes = {",": 0, ".": 0}
    for text in texts:
        for match in _GROUPED.finditer(text):
            votes[match[2]] += 5
        for match in _SURE.finditer(text):
            votes[match[1]] += 1
    if votes[","] == votes["."]:
        return default
    return "," if votes[","] > votes["."] else "."


def parse_amount(text: str, mark: DecimalMark) -> Decimal | None:
    """The number a printed figure means, None where it means none.

    >>> parse_amount("1.234,56", ","), parse_amount("1,234.56", "."), parse_amount("12.50", ",")
    (Decimal('1234.56'), Decimal('1234.56'), Decimal('12.50'))
    >>> parse_amount("1 589,80-", ","), parse_amount("(20.00)", "."), parse_amount("1.234", ",")
    (Decimal('-1589.80'), Decimal('-20.00'), Decimal('1234'))
    >>> parse_amount("EUR1,234.56", "."), parse_amount("-US$20.00", ".")
    (Decimal('1234.56'), Decimal('-20.00'))
    """
    match = AMOUNT.search(text)
    if not match:
        return None
    return amount_of(match, mark)


def amount_of(match: re.Match[str], mark: DecimalMark) -> Decimal | None:
    """The number of a match of ``AMOUNT``."""
    figure = re.sub(r"['’\s]", "", match["figure"])
    figure = re.sub(r"[.,][-–]+$", "", figure)
    digits = _plain(figure, mark)
    if digits is None or len(digits) > 18:
        return None
    number = Decimal(digits)
    sign = (match["sign"] or "") + (match["sign2"] or "")
    negative = any(c in sign for c in "-–−") or "-" in (match["after"] or "")
    if "(" in sign and ")" in (match["after"] or ""):
        negative = True
    return -number if negative else number


def _plain(figure: str, mark: DecimalMark) -> str | None:
    """A figure with a decimal point and nothing else."""
    marks = [c for c in figure if c in ".,"]
    if not marks:
        return figure
    last = marks[-1]
    whole, _, fraction = figure.rpartition(last)
    whole_digits = re.sub(r"[.,]", "", whole)
    if len(set(marks)) == 2:
        return f"{whole_digits}.{fraction}" if marks.count(last) == 1 else None
    if len(marks) > 1:  # the same mark twice groups thousands, unless a slip: 1.234.56
        parts = figure.split(last)
        if all(len(part) == 3 for part in parts[1:]):
            return "".join(parts)
        return f"{whole_digits}.{fraction}" if len(fraction) == 2 else None
    if len(fraction) == 3 and last != mark and 1 <= len(whole_digits) <= 3:
        return whole_digits + fraction
    return f"{whole_digits or '0'}.{fraction}"


def plain(number: Decimal) -> str:
    """Decimal text of an amount: at least two places, no exponent.

    >>> plain(Decimal("1234.5")), plain(Decimal("-0.00")), plain(Decimal("0.8403"))
    ('1234.50', '0.00', '0.8403')
    """
    exponent = number.as_tuple().exponent
    places = max(2, -exponent if isinstance(exponent, int) else 2)
    text = f"{number:.{places}f}"
    return text.removeprefix("-") if not number else text


def is_product(total: Decimal | None, figures: Iterable[Decimal]) -> bool:
    """Whether two of the figures make the total, as pieces × price do.

    >>> is_product(Decimal("20.00"), [Decimal(4), Decimal("5.00"), Decimal(9)])
    True
    """
    return any(a * b == total for a, b in combinations(figures, 2))


def one_digit_apart(printed: Decimal, wanted: Decimal) -> bool:
    """Whether two amounts of equal length differ in exactly one digit.

    >>> one_digit_apart(Decimal("119.00"), Decimal("179.00"))
    True
    >>> one_digit_apart(Decimal("119.00"), Decimal("1190.00"))
    False
    """
    left, right = f"{printed:.2f}", f"{wanted:.2f}"
    return len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) == 1
