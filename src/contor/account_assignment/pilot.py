"""The pilot: confidence and autopilot day by day, each from decisions of earlier days only."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.autopilot import NEVER, bars, swarms
from contor.account_assignment.calibration import Calibration
from contor.account_assignment.choice import Choices
from contor.account_assignment.judge import Floats, Judge, TrackRecord, groups_of, table_of
from contor.account_assignment.keys import Ints
from contor.account_assignment.walk import blocks

_FIRST = 400
_GROWTH = 1.2
_AFRESH = 200
_KEPT = 40_000
_LEARNT = 16_000
_WINDOW = 8_000
_RATHER_RIGHT = 0.5
_UNHEARD = 0.5
"""The most that is held of a code for a VAT rate its supplier never showed: that is for a person."""


@dataclass
class Decisions:
    """Judged first choices, oldest first: score when it was made, truth, day, supplier.

    ``table`` and ``verdict`` are what the judge learns from: of these, and of others set aside.
    """

    score: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    right: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, bool))
    day: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    group: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    table: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    verdict: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, bool))
    seen: int = 0

    def add(
        self,
        score: NDArray[np.float64],
        right: NDArray[np.bool_],
        day: Ints,
        group: Ints,
    ) -> None:
        """Append the newest; the oldest beyond what is kept are let go."""
        self.seen += len(score)
        self.score = np.concatenate([self.score, score])[-_KEPT:]
        self.right = np.concatenate([self.right, right])[-_KEPT:]
        self.day = np.concatenate([self.day, day])[-_KEPT:]
        self.group = np.concatenate([self.group, group])[-_KEPT:]

    def teach(self, table: Floats, verdict: NDArray[np.bool_]) -> None:
        """Append what the judge learns from."""
        older = self.table if self.table.size else table[:0]
        self.table = np.concatenate([older, table])[-_LEARNT:]
        self.verdict = np.concatenate([self.verdict, verdict])[-_LEARNT:]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Scores of choices (n,), what the judge looked at, and the groups of the track record."""

    score: NDArray[np.float64]
    table: Floats
    groups: Ints


@dataclass
class Pilot:
    """State of one target: track record, judge, calibration, bars by promised error rate."""

    errors: tuple[float, ...]
    record: TrackRecord = field(default_factory=TrackRecord)
    judge: Judge = field(default_factory=Judge)
    calibration: Calibration = field(default_factory=Calibration)
    decisions: Decisions = field(default_factory=Decisions)
    bars: dict[float, float] = field(default_factory=dict)
    judged_at: int = 0
    looked_at: int = -_AFRESH

    def assess(self, keys: Ints, choices: Choices) -> Assessment:
        """Score choices by what is known now."""
        groups = groups_of(keys, choices)
        table = table_of(choices, self.record.signs(groups))
        score = self.judge.score(table)
        score[choices.codes[:, 0] < 0] = 0.0
        if choices.unheard is not None:
            score[choices.unheard] = np.minimum(score[choices.unheard], _UNHEARD)
        return Assessment(score, table, groups)

    def fly(
        self,
        keys: Ints,
        days: Ints,
        choices: Choices,
        codes: Ints,
        horizon: int = 1,
        aside: NDArray[np.bool_] | None = None,
    ) -> tuple[NDArray[np.float64], dict[float, NDArray[np.bool_]]]:
        """Confidence and permission for each choice; ``codes`` are read ``horizon`` days later.

        Choices set ``aside`` teach the judge, and nothing is proven by them.
        """
        confidence = np.zeros(len(days))
        auto = {error: np.zeros(len(days), bool) for error in self.errors}
        for first, stop in blocks(days, 0, len(days), horizon):
            self.look()
            part = slice(first, stop)
            some = choices.part(first, stop)
            seen = self.assess(keys[part], some)
            confidence[part] = self.calibration.confidence(seen.score)
            for error in self.errors:
                auto[error][part] = self.permit(error, seen)
            apart = None if aside is None else aside[part]
            self.note(seen, some.codes[:, 0], codes[part], days[part], apart)
        return confidence, auto

    def permit(self, error: float, seen: Assessment) -> NDArray[np.bool_]:
        """Which choices may go alone: above the bar, and by the latest decisions rather right than wrong.

        Confidence follows a change within days, a bar that thousands of decisions prove does not.
        """
        likely = self.calibration.confidence(seen.score) >= _RATHER_RIGHT
        return likely & (seen.score >= self.bars.get(error, NEVER))

    def note(
        self,
        seen: Assessment,
        chosen: Ints,
        codes: Ints,
        days: Ints,
        aside: NDArray[np.bool_] | None = None,
    ) -> None:
        """Take the truth in, for track record, judge, calibration and bars; -1 is no truth."""
        coded, right = codes >= 0, chosen == codes
        self.record.note(seen.groups[coded], right[coded])
        self.decisions.teach(seen.table[coded], right[coded])
        if aside is not None:
            coded = coded & ~aside
        score, group = seen.score[coded], seen.groups[coded, 0]
        self.decisions.add(score, right[coded], days[coded], group)

    def look(self, *, at_once: bool = False) -> None:
        """Fit judge, calibration and bars to what is known by now, where enough is new."""
        known = self.decisions
        if known.seen >= max(_FIRST, self.judged_at * _GROWTH):
            self.judge = Judge().fit(known.table, known.verdict)
            self.judged_at = known.seen
        if at_once or known.seen - self.looked_at >= _AFRESH:
            self.looked_at = known.seen
            self.calibration = Calibration().fit(known.score[-_WINDOW:], known.right[-_WINDOW:])
            swarm = swarms(known.group, known.day)
            found = bars(known.score, known.right, self.errors, swarm)
            self.bars = dict(zip(self.errors, found, strict=True))
