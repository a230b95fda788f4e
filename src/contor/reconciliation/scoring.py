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
    if explanation.settlement.how == "overpayment" and explanation.settlement.residual:
        total -= _much_too_much(explanation)
    if explanation.contested and explanation.party < 1:
        total -= 3.0
    return total


def _much_too_much(explanation: Explanation) -> float:
    """A residual that rivals the items themselves is no overpayment but an item not found."""
    taken = sum(abs(part.money) for part in explanation.settlement.parts)
    excess = abs(explanation.settlement.residual) / max(taken, 1)
    return 0.0 if excess <= 0.2 else 3.0 if excess <= 1 else 5.0


def reference_points(reference: float) -> float:
    """Points for the weakest reference of the set."""
    if reference >= STRONG:
        return 6.0
    return 4.0 if reference >= 0.68 else 2.5 if reference >= 0.45 else 0.0


def confidence(total: float) -> float:
    """The probability that an explanation of so many points is right."""
    return 1 / (1 + math.exp(-_SLOPE * (total - _MIDDLE)))


def proven_error(explanation: Explanation) -> float:
    """The error that the kind of evidence has been proven to stay below; 1 where none has.

    Upper 95 % bounds over generated statements on real ledgers: reference, exact money and no sign
    of another party had no error in 13,000 lines; a sure party whose only item of that amount it
    is had 2 in 1,650; a nearly read reference of a sure party none in 400.
    """
    met = explanation.settlement
    single = len(met.parts) == 1
    if met.how not in {"exact", "discount"} or explanation.rivals:
        return 1.0
    if not single and not explanation.listed:
        return 1.0
    sure_party = explanation.party == 2
    if explanation.contested and not sure_party:
        return 1.0
    if explanation.reference >= STRONG and explanation.party >= 0:
        return 0.0005 if explanation.party else 0.001
    if explanation.reference >= 0.68 and sure_party:
        return 0.001
    if not (single and sure_party):
        return 1.0
    return 0.008 if explanation.reference >= 0.45 else 0.004
