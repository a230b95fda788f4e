"""A row of a VAT breakdown as printed: rate, base and tax; and which rates are usual."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

RATES = tuple(
    Decimal(rate)
    for rate in ["19", "7", "16", "5", "20", "10", "5.5", "2.1", "22", "4", "21", "9", "6", "8.1", "2.6", "3.8", "7.7", "2.5", "13", "25", "12", "8.5", "23", "8", "24", "27", "18", "0"]
)  # fmt: skip
_HUNDRED = Decimal(100)
TOLERANCE = Decimal("0.025")
"""Some two cents; Swiss bills round to five."""
TAX_WORD = re.compile(
    r"\b(?:mwst|ust|umsatzst|mehrwertst|vat|tva|iva|gst|qst|hst|tps|tvq|tax|steuer|btw|umsatzsteuer)",
    re.IGNORECASE,
)
PERCENT = re.compile(r"(\d{1,2}(?:[.,]\d{1,3})?)\s?%")


@dataclass(frozen=True, slots=True)
class TaxRowCandidate:
    """Rate in percent, base and tax; ``line`` of the document it stands on."""

    rate: Decimal
    base: Decimal | None
    tax: Decimal
    line: int

    def fits(self, base: Decimal) -> bool:
        """Whether the rate on this base gives the tax, to two cents."""
        return abs(base * self.rate / _HUNDRED - self.tax) <= TOLERANCE

    def with_base(self, base: Decimal) -> TaxRowCandidate:
        """The row with a base derived elsewhere."""
        return replace(self, base=base)


def usual_rate(net: Decimal, tax: Decimal) -> float:
    """1.0 when tax is a usual European rate of net (or a mix of two), else less.

    >>> usual_rate(Decimal("100.00"), Decimal("19.00")), usual_rate(Decimal(100), Decimal(61))
    (1.0, -1.0)
    """
    if any(abs(net * rate / _HUNDRED - tax) <= TOLERANCE for rate in RATES if rate):
        return 1.0
    return 0.3 if 0 < tax / net <= Decimal("0.27") else -1.0


def percents(text: str) -> list[Decimal]:
    """The percentages that a text names.

    >>> percents("11,75 % sales tax, 2% cash discount")
    [Decimal('11.75'), Decimal('2')]
    """
    return [Decimal(match[1].replace(",", ".")) for match in PERCENT.finditer(text)]
