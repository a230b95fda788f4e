"""Scoring: how sure an explanation is, from its evidence, as a calibrated probability.

Evidence adds up in points (log odds in tenths are kept readable): what the reference proves, what
the party proves, how the money is met, less rivals. The logistic curve's two figures were fitted
on generated statements over real ledgers (see the banking guide) and are checked by the bench.
"""

from __future__ import annotations

import math

from contor.reconciliation.explanation import Explanation
from contor.reconciliation.references import STRONG

_HOW = {
    "exact": 3.0,
    "discount": 2.6,
    "instalment": 1.0,
    "tolerance": 1.2,
    "late_discount": 1.0,
    "fee": 1.0,
    "partial": -1.0,
    "overpayment": -1.5,
}
_PARTY = {2: 3.0, 1: 1.5, 0: 0.0, -1: -2.5}
_SLOPE, _MIDDLE = 0.9, 4.0


def points(explanation: Explanation) -> float:
    """The weight of all evidence for ``explanation``."""
    total = reference_points(explanation.reference) + _PARTY[explanation.party]
    total += _HOW[explanation.settlement.how]
    size = len(explanation.settlement.parts)
    if size > 1 and not (explanation.listed and explanation.reference >= 0.6):
        total -= 0.4 * min(size, 6) if not explanation.listed else 0.2 * min(size, 6)
    if explanation.reference < STRONG:
        total -= 1.5 * min(explanation.rivals, 4)
    if explanation.contested and explanation.party < 1:
        total -= 3.0
    return total


def reference_points(reference: float) -> float:
    """Points for the weakest reference of the set."""
    if reference >= STRONG:
        return 6.0
    return 4.0 if reference >= 0.68 else 2.5 if reference >= 0.45 else 0.0


def confidence(total: float) -> float:
    """The probability that an explanation of so many points is right."""
    return 1 / (1 + math.exp(-_SLOPE * (total - _MIDDLE)))


def may_go_alone(explanation: Explanation) -> bool:
    """Whether the evidence is of a kind that may be booked without a person at all.

    Reference and exact money and no sign of another party; several items only where the text
    lists exactly them.
    """
    met = explanation.settlement
    return (
        explanation.reference >= STRONG
        and met.how in {"exact", "discount"}
        and explanation.party >= 0
        and explanation.rivals == 0
        and (len(met.parts) == 1 or explanation.listed)
        and not (explanation.contested and explanation.party < 2)
    )
