"""Challenger against champion: both suggest the same recent lines; only one not worse goes live.

Compared overall, on new suppliers and on rare codes. "Not worse" allows for chance: the challenger
may fall behind by no more than the sampling error of the paired difference explains (one-sided,
95 %).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.lines import Lines
from contor.account_assignment.wording import fold

SLICES = ("all", "new_suppliers", "rare")
_RARE = 20
_NORMAL_95 = 1.645


@dataclass(frozen=True, slots=True)
class Trial:
    """Which lines an assigner got right, by target, and which of them belong to which slice."""

    right: Mapping[str, NDArray[np.bool_]]
    slices: Mapping[str, Mapping[str, NDArray[np.bool_]]]

    def figures(self) -> dict[str, dict[str, dict[str, float]]]:
        """Lines and top-1 by target and slice."""
        return {
            target: {
                name: {
                    "lines": float(where.sum()),
                    "top1": round(float(hit[where].mean()), 4) if where.any() else 0.0,
                }
                for name, where in self.slices[target].items()
            }
            for target, hit in self.right.items()
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the challenger goes live, and what spoke against it, in sentences."""

    promoted: bool
    objections: tuple[str, ...]


def try_out(assigner: AccountAssigner | None, past: Lines, recent: Lines) -> Trial:
    """Let an assigner suggest the recent lines, frozen as it is; ``past`` says what is new."""
    answers = assigner.suggest(recent) if assigner is not None else [{}] * len(recent)
    known = {fold(name) for name in past.facts.get("supplier", ())}
    names = recent.facts.get("supplier", ("",) * len(recent))
    new = np.array([fold(name) not in known for name in names], bool)
    right, slices = {}, {}
    for target, labels in recent.labels.items():
        counts = Counter(past.labels.get(target, ()))
        coded = np.array([bool(label) for label in labels], bool)
        right[target] = np.array(
            [
                target in answer and answer[target].code == label
                for answer, label in zip(answers, labels, strict=True)
            ],
            bool,
        )
        rare = np.array([counts[label] < _RARE for label in labels], bool)
        slices[target] = {"all": coded, "new_suppliers": coded & new, "rare": coded & rare}
    return Trial(right, slices)


def judge(champion: Trial, challenger: Trial, least: int = 0) -> Verdict:
    """Compare two trials on the same lines; fewer than ``least`` of them prove nothing."""
    said: list[str] = []
    for target, hit in challenger.right.items():
        for name, where in challenger.slices[target].items():
            gain = hit[where].astype(float) - champion.right[target][where].astype(float)
            slack = _NORMAL_95 * float(gain.std()) / len(gain) ** 0.5 if len(gain) else 0.0
            if len(gain) and float(gain.mean()) < -slack:
                said.append(_objection(target, name, -float(gain.mean()), len(gain)))
    lines = max(map(len, challenger.right.values()), default=0)
    if lines < least:
        said.append(
            f"Only {lines} lines were decided since the live model learnt; {least} make a trial."
        )
    return Verdict(not said, tuple(said))


def _objection(target: str, name: str, fewer: float, lines: int) -> str:
    part, share = target.replace("_", " ").capitalize(), f"{fewer:.2%}"
    if name == "new_suppliers":
        reason = f"{part}: {share} fewer right, of {lines} lines of new suppliers."
    elif name == "rare":
        reason = f"{part}: {share} fewer right, of {lines} lines with rare codes."
    else:
        reason = f"{part}: {share} fewer right, of {lines} lines."
    return reason
