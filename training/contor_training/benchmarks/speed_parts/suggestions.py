"""Suggestions a second: learn the demo company's ledger, suggest in bulk, one by one, correct."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.lines import Lines
from contor.account_assignment.targets import TARGETS
from contor_training.benchmarks.speed_parts.measure import OURS, Step, compare
from contor_training.benchmarks.speed_parts.scale import Scale

Row = dict[str, str]
_LAST_CODE = "last code of supplier"
_LINEAR = "TF-IDF + linear model"


class LastCode:
    """The baseline: what the supplier was booked to last, by target."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], str] = {}

    def learn(self, rows: Sequence[Row]) -> LastCode:
        """Remember the codes of the rows."""
        for row in rows:
            for target in TARGETS:
                self._codes[target, row["supplier"]] = row[target]
        return self

    def suggest(self, rows: Sequence[Row]) -> list[list[str]]:
        """The codes by target of each row."""
        return [[self._codes.get((t, row["supplier"]), "") for t in TARGETS] for row in rows]


class LinearText:
    """The usual peer: words of supplier and description, one linear model a target."""

    def __init__(self) -> None:
        self._models: dict[str, Any] = {}

    def learn(self, rows: Sequence[Row]) -> LinearText:
        """Fit every target anew."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import SGDClassifier
        from sklearn.pipeline import make_pipeline

        for target in TARGETS:
            model = make_pipeline(TfidfVectorizer(), SGDClassifier(loss="log_loss", random_state=0))
            self._models[target] = model.fit(_texts(rows), [row[target] for row in rows])
        return self

    def suggest(self, rows: Sequence[Row]) -> list[Any]:
        """The codes by target."""
        return [model.predict(_texts(rows)) for model in self._models.values()]


def measure(samples: Path, scale: Scale) -> list[Step]:
    """Learn nine tenths of the ledger, suggest for the rest."""
    with (samples / "demo" / "ledger.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    split = len(rows) * 9 // 10
    past, new = rows[:split], rows[split:]
    ours = AccountAssigner().fit(Lines.from_rows(past))
    last, linear = LastCode().learn(past), LinearText().learn(past)
    bulk = list(itertools.islice(itertools.cycle(new), scale.bulk_lines))
    single = list(itertools.islice(itertools.cycle(new), scale.single_lines))
    return [
        compare("learn a ledger", "lines", len(past), {
            OURS: lambda: AccountAssigner().fit(Lines.from_rows(past)),
            _LAST_CODE: lambda: LastCode().learn(past),
            _LINEAR: lambda: LinearText().learn(past),
        }, scale, "three targets, calibration and autopilot included"),
        compare("suggest in bulk", "lines", len(bulk), {
            OURS: lambda: ours.suggest(Lines.from_rows(bulk)),
            _LAST_CODE: lambda: last.suggest(bulk),
            _LINEAR: lambda: linear.suggest(bulk),
        }, scale, "ours with confidence and reason"),
        compare("suggest one by one", "lines", len(single), {
            OURS: lambda: [ours.suggest(Lines.from_rows([row])) for row in single],
            _LAST_CODE: lambda: [last.suggest([row]) for row in single],
            _LINEAR: lambda: [linear.suggest([row]) for row in single],
        }, scale),
        compare("take in a correction", "lines", 1, {
            OURS: lambda: ours.learn(Lines.from_rows(new[:1])),
            _LAST_CODE: lambda: last.learn(new[:1]),
            _LINEAR: lambda: LinearText().learn(past),
        }, scale, "the linear peer must fit anew"),
    ]  # fmt: skip


def _texts(rows: Sequence[Row]) -> list[str]:
    return [f"{row['supplier']} {row['description']}" for row in rows]
