"""Audit: whether what goes through alone keeps its promise, from the blind sample's decisions.

A sampled document was decided by a person who did not know that it would have been posted alone.
The verdicts come one after another and are looked at after each, so the test must hold at every
look: capital is bet against the promise (Waudby-Smith and Ramdas 2024; Ville 1939), and a promise
that is kept lets it grow twentyfold at any time with a chance of at most 5 %. Bets begin anew every
25 verdicts, so that an old good record does not cover a new fault. The same game, played the other
way round, says when a suspended autopilot has proved itself again.

>>> evidence_against([0.0] * 98 + [1.0] * 2, 0.01) < ENOUGH < evidence_against([1.0] * 3, 0.01)
True
>>> evidence_for([0.0] * 300, 0.01) < ENOUGH < evidence_for([0.0] * 400, 0.01)
True
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contor.account_assignment.targets import TARGETS

ENOUGH = 20.0
"""Capital that proves something: one in twenty by chance, at any time."""
_WORSE = (1.5, 2.0, 3.0, 5.0, 10.0)
_BETTER = (0.0, 0.0, 0.25, 0.5)
_ANEW = 25
Claim = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Audit:
    """Verdicts on the sample for one target: how many, their errors, and what they prove.

    ``against`` and ``held`` are capitals won by betting that the promise is broken, or kept.
    """

    total: int
    wrong: float
    promise: float
    against: float
    held: float

    @property
    def broken(self) -> bool:
        """Whether the error is above the promise, at 95 % confidence whenever one looks."""
        return self.against >= ENOUGH

    @property
    def proven(self) -> bool:
        """Whether the error is below the promise, at 95 % confidence whenever one looks."""
        return self.held >= ENOUGH


def audit(errors: Sequence[float], promise: float) -> Audit:
    """Judge a promise (share of wrong lines at most) by errors (0..1 each), oldest first."""
    return Audit(
        len(errors),
        sum(errors),
        promise,
        evidence_against(errors, promise),
        evidence_for(errors, promise),
    )


def evidence_against(errors: Sequence[float], promise: float) -> float:
    """Capital won by betting that more than the promise is wrong; bets begin anew now and then."""
    rates = [min(promise * factor, 0.99) for factor in _WORSE]
    rates = [rate for rate in rates if rate > promise]
    won, idle = 0.0, 1.0
    for start in range(0, len(errors) or 1, _ANEW):
        stake = 1.0 / ((start // _ANEW + 1) * (start // _ANEW + 2))
        idle -= stake
        won += stake * _mean([_capital(errors[start:], promise, rate) for rate in rates])
    return won + idle


def evidence_for(errors: Sequence[float], promise: float) -> float:
    """Capital won by betting that less than the promise is wrong."""
    return _mean([_capital(errors, promise, promise * factor) for factor in _BETTER])


def _capital(errors: Sequence[float], promise: float, rate: float) -> float:
    """Capital of one who bets that the error is ``rate``; a mean of ``promise`` wins nothing."""
    stake = (rate - promise) / (promise * (1.0 - promise))
    capital = 1.0
    for error, times in Counter(errors).items():
        capital *= (1.0 + stake * (error - promise)) ** times
    return capital


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def errors_of(verdict: str, before: Claim | None, after: Claim | None) -> dict[str, float]:
    """By target the share of the claimed lines that would have been posted wrongly alone.

    Accepted is right. Corrected is wrong for a target where its code differs; a line that was taken
    apart is wrong where its parts are not all booked as claimed; a corrected field alone does not
    count. Rejected is wrong in everything: it would have been posted.
    """
    lines = claimed_lines(before)
    if verdict == "reject":
        return dict.fromkeys(TARGETS, 1.0)
    postings = list((after or {}).get("postings") or ())
    if verdict != "correct" or not postings or not lines:
        return dict.fromkeys(TARGETS, 0.0)
    answers = _answers(lines, postings)
    return {
        target: _mean(
            [
                float(any(str(p.get(target) or "") != line[target] for p in answer) or not answer)
                for line, answer in zip(lines, answers, strict=True)
            ]
        )
        for target in TARGETS
    }


def claimed_lines(before: Claim | None) -> list[dict[str, str]]:
    """What would have been posted alone, a line by target; a later suggestion does not change it."""
    claim = (before or {}).get("claim")
    if claim is not None:
        return [dict(line) for line in claim]
    return codes_of_lines((before or {}).get("lines") or ())


def codes_of_lines(lines: Sequence[Claim]) -> list[dict[str, str]]:
    """The suggested codes of each line by target."""
    return [
        {target: str(line.get(target, {}).get("value") or "") for target in TARGETS}
        for line in lines
    ]


def _answers(lines: Sequence[Claim], postings: Sequence[Claim]) -> list[list[Claim]]:
    """The postings that answer each claimed line."""
    if all(posting.get("line") is not None for posting in postings):
        return [[p for p in postings if p["line"] == place] for place in range(len(lines))]
    if len(postings) == len(lines):
        return [[posting] for posting in postings]
    return [list(postings)] * len(lines)
