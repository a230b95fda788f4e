"""The Money value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Self

from contor.errors import Refusal
from contor.money.allocation import allocate
from contor.money.rounding import round_half_up

# ISO 4217 currencies whose minor unit is not two digits.
_MINOR_DIGITS = dict.fromkeys(
    (
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ),
    0,
) | dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3)

_MOST_DIGITS = 14
"""The place of the highest digit (10**14): with three decimals it still fits 64 bits."""


def minor_digits(currency: str) -> int:
    """Decimals of the currency's minor unit: EUR 2, JPY 0, KWD 3."""
    return _MINOR_DIGITS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """``minor`` integer minor units of ``currency`` (three capital letters)."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.minor, int) or isinstance(self.minor, bool):
            message = f"minor units are a whole number, not {type(self.minor).__name__}"
            raise TypeError(message)
        if len(self.currency) != 3 or not self.currency.isalpha() or not self.currency.isupper():
            raise Refusal(
                "currency_unknown",
                "{currency} is no currency code.",
                "Use the three capital letters of ISO 4217, such as EUR.",
                currency=self.currency,
            )

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> Self:
        """Money from a decimal amount in major units.

        Refuses what is no amount, amounts finer than a minor unit, and amounts out of all proportion.
        """
        if isinstance(amount, float):
            message = "money is never made from a float"
            raise TypeError(message)
        digits = minor_digits(currency)
        try:
            exact = Decimal(amount)
        except InvalidOperation:
            exact = Decimal("NaN")
        if not exact.is_finite():
            raise Refusal(
                "amount_unreadable",
                "{amount} is no amount.",
                "Write a decimal number such as 1190.00.",
                amount=amount,
            )
        if exact and exact.adjusted() > _MOST_DIGITS:
            raise Refusal(
                "amount_too_large",
                "{amount} {currency} is out of all proportion.",
                "Look for digits that do not belong to the amount.",
                amount=str(amount)[:40],
                currency=currency,
            )
        exact = exact.scaleb(digits)
        if exact != exact.to_integral_value():
            raise Refusal(
                "amount_too_fine",
                "{amount} {currency} has more than {digits} decimals.",
                "Round it by the rule that applies.",
                amount=amount,
                currency=currency,
                digits=digits,
            )
        return cls(int(exact), currency)

    @classmethod
    def rounded(cls, amount: Decimal, currency: str) -> Self:
        """Money nearest to ``amount`` (major units), halves away from zero."""
        return cls.of(round_half_up(amount, minor_digits(currency)), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, with the currency's decimals."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))

    def times(self, factor: Decimal | int) -> Self:
        """The product, rounded half away from zero to the minor unit."""
        return type(self).rounded(self.amount * factor, self.currency)

    def allocate(self, weights: Sequence[int | Decimal | Fraction]) -> list[Self]:
        """Shares by ``weights`` that sum to this amount exactly."""
        return [type(self)(part, self.currency) for part in allocate(self.minor, weights)]

    def __add__(self, other: Self) -> Self:
        return type(self)(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Self:
        return type(self)(-self.minor, self.currency)

    def __abs__(self) -> Self:
        return type(self)(abs(self.minor), self.currency)

    def __lt__(self, other: Self) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Self) -> bool:
        return self.minor <= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def _same(self, other: Self) -> int:
        if not isinstance(other, Money):
            message = f"money and {type(other).__name__} do not mix"
            raise TypeError(message)
        if other.currency != self.currency:
            raise Refusal(
                "currencies_differ",
                "{left} and {right} do not add up.",
                "Convert one of them by a booked rate first.",
                left=str(self),
                right=str(other),
            )
        return other.minor
