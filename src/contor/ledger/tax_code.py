"""Tax codes: rate, direction and EN 16931 category, each valid for a run of days.

The same code may have several rows (19 % until 30 June 2020, 16 % in the second half of 2020); the
row that holds on the day of supply is looked up, and no row is a refusal, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from contor.errors import Refusal

Direction = Literal["input", "output"]
# UNTDID 5305 as EN 16931 restricts it: standard, reverse charge, intra-community, export, exempt,
# zero rate, outside scope (BT-118, BT-151).
TaxCategory = Literal["S", "AE", "K", "G", "E", "Z", "O"]


@dataclass(frozen=True, slots=True)
class TaxCode:
    """One row of a tax code. ``rate`` in percent; ``valid_to`` is the last day, None = open end.

    ``tax_account`` takes the tax; ``counter_account`` the tax owed in return where the recipient
    owes it (§ 13b UStG, intra-community acquisition).
    """

    code: str
    name: str
    rate: Decimal
    direction: Direction
    category: TaxCategory
    valid_from: date
    valid_to: date | None = None
    tax_account: str = ""
    counter_account: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.rate, Decimal):
            message = f"a rate is a Decimal, not {type(self.rate).__name__}"
            raise TypeError(message)
        wrong = (
            self.direction not in get_args(Direction)
            or self.category not in get_args(TaxCategory)
            or not (self.rate.is_finite() and 0 <= self.rate <= 100)
            or (self.valid_to is not None and self.valid_to < self.valid_from)
        )
        if wrong:
            raise Refusal(
                "tax_code_invalid",
                "The tax code {tax_code} makes no sense: rate {rate}, {direction}, category "
                "{category}, valid {valid_from} to {valid_to}.",
                "Rates are 0 to 100, directions input or output, categories S AE K G E Z O.",
                tax_code=self.code,
                rate=self.rate,
                direction=self.direction,
                category=self.category,
                valid_from=self.valid_from,
                valid_to=self.valid_to or "",
            )

    def holds_on(self, day: date) -> bool:
        """Whether the row is valid on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def find_tax_code(rows: Iterable[TaxCode], code: str, on: date) -> TaxCode:
    """The row of ``code`` that holds on the day.

    Refuses ``tax_code_unknown`` and, where no row is valid on the day, ``tax_code_not_valid``.
    """
    known = [row for row in rows if row.code == code]
    if not known:
        raise Refusal(
            "tax_code_unknown",
            "There is no tax code {tax_code}.",
            "Choose another tax code or add it.",
            tax_code=code,
        )
    for row in known:
        if row.holds_on(on):
            return row
    raise Refusal(
        "tax_code_not_valid",
        "The tax code {tax_code} has no rate for {day}.",
        "Choose a tax code that holds on this day, or add the rate with its validity.",
        tax_code=code,
        day=on.isoformat(),
    )
