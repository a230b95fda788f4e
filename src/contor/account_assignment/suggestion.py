"""A suggestion: what a line should be coded to, how sure that is, and why.

>>> Suggestion("account", "4930", 0.91, auto=False, rung="memory", reason="same amount").code
'4930'
"""

from __future__ import annotations

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
    rate holds for suggestions like this one. ``others`` are the next best codes, best first.
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

    def to_json(self) -> dict[str, object]:
        """The suggestion as the API shows it."""
        near = self.nearest
        return {
            "target": self.target,
            "code": self.code,
            "confidence": round(self.confidence, 4),
            "auto": self.auto,
            "others": list(self.others),
            "rung": self.rung,
            "reason": self.reason,
            "nearest": near and asdict(near),
            "words": list(self.words),
        }
