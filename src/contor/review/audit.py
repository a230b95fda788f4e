"""Audit: whether what goes through alone keeps its promise, from the blind sample's decisions.

A sampled document was decided by a person who did not know that it would have been posted alone.
The promise is broken when so many were wrong that the lower bound of the error (Clopper and Pearson
1934, exact, one-sided, 95 %) lies above it.

>>> audit([False] * 98 + [True] * 2, 0.01).broken
False
>>> audit([False] * 96 + [True] * 4, 0.01)
Audit(total=100, wrong=4, bound=0.013..., promise=0.01)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contor.account_assignment.autopilot import error_bound
from contor.review.policy import TARGETS

WINDOW = 2000
"""Decisions that count, the newest: an old good record does not cover a new fault."""


@dataclass(frozen=True, slots=True)
class Audit:
    """Decisions on the sample, how many were wrong, and the error they prove at least."""

    total: int
    wrong: int
    bound: float
    promise: float

    @property
    def broken(self) -> bool:
        """Whether the error is above the promise at 95 % confidence."""
        return self.bound > self.promise


def audit(wrong: Sequence[bool], promise: float) -> Audit:
    """Judge a promise (share of wrong postings at most) by verdicts, oldest first."""
    counted = wrong[-WINDOW:]
    errors = sum(counted)
    return Audit(len(counted), errors, lower_bound(errors, len(counted)), promise)


def lower_bound(wrong: int, total: int) -> float:
    """The error rate that ``wrong`` of ``total`` prove at least; 0 where nothing was wrong.

    >>> lower_bound(0, 50), round(lower_bound(1, 1), 4), round(lower_bound(2, 36), 4)
    (0.0, 0.05, 0.01)
    """
    return 1.0 - error_bound(total - wrong, total) if wrong else 0.0


def was_wrong(
    verdict: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> bool:
    """Whether posting the claim alone would have been wrong.

    Accepted is right. Corrected is wrong where account, cost centre or tax code differ, or the
    document was split otherwise; a corrected field alone does not count. Rejected is wrong: it
    would have been posted.
    """
    if verdict != "correct":
        return verdict == "reject"
    postings = (after or {}).get("postings") or ()
    if not postings:
        return False
    claimed = [_claimed(line) for line in (before or {}).get("lines") or ()]
    decided = [tuple(str(line.get(target) or "") for target in TARGETS) for line in postings]
    return claimed != decided


def _claimed(line: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(line.get(target, {}).get("value") or "") for target in TARGETS)
