"""The account assigner: learns a tenant's ledger, suggests codes for new lines, learns at once.

>>> rows = [{"date": f"2026-01-{d:02d}", "supplier": "RIPE NCC", "amount": "50", "account": "4964"}
...         for d in range(1, 9)]
>>> assigner = AccountAssigner().fit(Lines.from_rows(rows))
>>> found = assigner.suggest(Lines.from_rows([{"date": "2026-02-01", "supplier": "RIPE NCC",
...                                            "amount": "50"}]))[0]["account"]
>>> found.code, found.rung
('4964', 'memory')
"""

from __future__ import annotations

import numpy as np

from contor.account_assignment.autopilot import bar
from contor.account_assignment.choice import gather
from contor.account_assignment.fitting import TargetModel, fit_target
from contor.account_assignment.history import History, without
from contor.account_assignment.lines import Lines
from contor.account_assignment.reasons import Explainer
from contor.account_assignment.suggestion import Suggestion
from contor.account_assignment.walk import rows_of
from contor.account_assignment.words import bag_of

VERSION = 1
"""Raised when a stored assigner of an older kind can no longer be read."""


class AccountAssigner:
    """Suggestions for one tenant. Fitted state ends in ``_``; pickled whole for the shelf.

    ``error`` is the promised error rate of the autopilot; ``horizon`` says for how many days ahead
    suggestions are made before any code of them becomes known (a day in daily work).
    """

    def __init__(
        self, error: float = 0.01, horizon: int = 1, chart: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self.chart = chart
        self.error = error
        self.horizon = horizon
        self.version_ = VERSION
        self.history_: History | None = None
        self.models_: dict[str, TargetModel] = {}
        self.bars_: dict[str, float] = {}

    def fit(self, lines: Lines) -> AccountAssigner:
        """Learn from coded lines; targets without a single code are left out."""
        self.history_ = History.of(lines)
        for target in self.history_.names:
            self.models_[target], _ = fit_target(self.history_, target, self.horizon)
            self.set_bar(target)
        return self

    @property
    def targets(self) -> tuple[str, ...]:
        """What this assigner suggests."""
        return tuple(self.models_)

    def set_bar(self, target: str) -> None:
        """Work out from the latest decisions what may go through alone."""
        model = self.models_[target]
        known = model.decisions
        self.bars_[target] = bar(model.calibration.confidence(known.odds), known.right, self.error)

    def learn(self, lines: Lines) -> None:
        """Take decided lines into memory; the next suggestion knows them."""
        if self.history_ is None:
            self.fit(lines)
            return
        begin = len(self.history_)
        self.history_ = self.history_.grown(lines)
        fresh = np.arange(begin, len(self.history_))
        bag = bag_of(self.history_.lines.take(fresh), self.history_.keys[fresh])
        for target, past in self.history_.past.items():
            if target not in self.models_:
                self.models_[target], _ = fit_target(self.history_, target, self.horizon)
                self.set_bar(target)
                continue
            words = self.models_[target].words
            words.widen(len(self.history_.names[target]))
            words.learn(bag, past.codes[fresh])

    def suggest(self, lines: Lines) -> list[dict[str, Suggestion]]:
        """Suggestions by target for each line, in order; the lines' own codes are not looked at."""
        answers: list[dict[str, Suggestion]] = [{} for _ in range(len(lines))]
        if self.history_ is None or not len(lines):
            return answers
        plain = without(lines.without_labels(), self.history_.ignored)
        for target, model in self.models_.items():
            choices = gather(
                [model.choose(b) for b in rows_of(self.history_, target, model.words, plain)]
            )
            confidence = model.calibration.confidence(choices.odds[:, 0])
            explainer = Explainer(self.history_, target, model.words)
            auto = confidence >= self.bars_[target]
            for answer, found in zip(
                answers,
                explainer.explain(plain, choices, confidence.tolist(), auto.tolist()),
                strict=True,
            ):
                answer[target] = found
        return answers
