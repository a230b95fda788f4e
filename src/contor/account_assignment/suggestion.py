"""A suggestion: what a line should be coded to, how sure that is, and why.

>>> Suggestion("account", "4930", 0.91, auto=False, rung="memory", reason="same amount").code
'4930'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Rung = Literal["rule", "einvoice", "memory", "model", "chart", "none"]
"""The ladder: the tenant's rules, facts of the e-invoice, memory of past bookings, the trained
model, names in the chart of accounts, and nothing at all."""


@dataclass(frozen=True, slots=True)
class Booking:
    """A past booking that resembles the line: ISO date, amount as text, code, whose and what.

    ``likeness`` says what makes it near: ``text``, ``amount``, ``document``, ``size``, ``supplier``.
    """

    date: str
    amount: str
    code: str
    supplier: str = ""
    text: str = ""
    likeness: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One target's answer for one line; ``code`` is empty where the assigner abstains.

    ``confidence`` is the probability that the code is right; ``auto`` says that the promised error
    rate holds for suggestions like this one. ``others`` are the next best codes, best first, and
    ``chances`` the confidence in each of them.
    """

    target: str
    code: str
    confidence: float
    auto: bool = False
    others: tuple[str, ...] = ()
    rung: Rung = "none"
    reason: str = ""
    nearest: Booking | None = None
    words: tuple[str, ...] = ()
    chances: tuple[float, ...] = ()

    def ranked(self) -> list[tuple[str, float]]:
        """Every code it names with the confidence in it, best first; the first may be empty."""
        return [(self.code, self.confidence), *zip(self.others, self.chances, strict=True)]

    def to_json(self) -> dict[str, object]:
        """The suggestion as the API shows it."""
        near = self.nearest
        return {
            "target": self.target,
            "code": self.code,
            "confidence": round(self.confidence, 4),
            "auto": self.auto,
            "others": list(self.others),
            "chances": [round(chance, 4) for chance in self.chances],
            "rung": self.rung,
            "reason": self.reason,
            "nearest": near and asdict(near),
            "words": list(self.words),
        }


def behind(
    code: str, confidence: float, ranked: Iterable[tuple[str, float]], most: int
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """What comes behind a code that was put in front: ``others`` and ``chances``.

    Each is as likely as it was held to be, should the one in front be wrong.

    >>> behind("4980", 0.9, [("4930", 0.6), ("4980", 0.3), ("", 0.0)], 3)[0]
    ('4930',)
    """
    left = [(other, held) for other, held in ranked if other and other != code][:most]
    chances = tuple(min(held * (1.0 - confidence), confidence) for _, held in left)
    return tuple(other for other, _ in left), chances
