"""Retraining: when a tenant's model is due to learn again, and who does it.

Due is what has not learnt for a week, has grown by a quarter, or has drifted: when the lines or the
errors of today no longer look like those the model learnt from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from contor.account_assignment.drift import Drift, error_drift, input_drift
from contor.account_assignment.lines import Lines
from contor.ports.store import UnitOfWork
from contor.ports.store_review import LabelRecord
from contor.review.said import said_of

KIND = "training"
LEAST_LINES = 200
ASKED = "Somebody asked for it."
BROKEN_OFF = "The training before it was broken off."
_ENDED = frozenset({"done", "stopped"})
_DRIFTED = {
    "error": "More suggestions are wrong than before.",
    "amount": "The amounts are no longer like those learnt from.",
    "weekday": "The weekdays are no longer like those learnt from.",
    "new_suppliers": "More suppliers than before are new.",
}
_WEEK, _DAY, _DEAD = timedelta(days=7), timedelta(days=1), timedelta(hours=2)
_FEW, _ENOUGH = 30, 60
_GROWTH = 1.25
_LOOKED_AT = 6_000


@dataclass(frozen=True, slots=True)
class Due:
    """Why a retraining is due (sentences for people), and what drifted."""

    because: tuple[str, ...]
    drifts: tuple[Drift, ...] = ()

    @property
    def drifted(self) -> tuple[str, ...]:
        """What drifted, as codes: ``error``, ``amount``, ``weekday``, ``new_suppliers``."""
        return tuple(drift.name for drift in self.drifts if drift.alarm)

    def __bool__(self) -> bool:
        return bool(self.because)


def retraining_due(uow: UnitOfWork, now: datetime) -> Due:
    """Whether the tenant's model should learn again, and why."""
    count = uow.labels.count()
    if count < LEAST_LINES:
        return Due(())
    said: list[str] = []
    last = next(iter(uow.runs.recent(KIND, limit=1)), None)
    if last is None:
        said.append("No model was trained yet.")
        return Due(tuple(said))
    age = now - last.changed_at
    if last.state not in _ENDED:
        return Due((BROKEN_OFF,) if age >= _DEAD else ())
    report = last.report or {}
    new = uow.labels.all(after_id=int(report.get("last_label", 0)))
    if age > _WEEK and len(new) >= _FEW:
        said.append(f"{len(new)} lines were decided since the last training.")
    elif len(new) >= _FEW and count >= _GROWTH * int(report.get("lines", count)):
        said.append(f"The bookings have grown to {count} lines.")
    drifts = _drifts(uow, new) if age > _DAY and len(new) >= _ENOUGH else ()
    said += [_DRIFTED[drift.name] for drift in drifts if drift.alarm]
    return Due(tuple(said), tuple(drifts))


def claim(uow: UnitOfWork, now: datetime, because: Sequence[str]) -> str | None:
    """Take the training of what is known by now: its run's id, None where somebody else has it.

    A run that was begun and not ended within two hours is taken over.
    """
    run_id = f"{KIND}:{uow.tenant.key}:{uow.labels.last_id()}"
    known = uow.runs.get(run_id)
    if known is None:
        uow.runs.start(run_id, KIND, now, {"because": list(because)})
        return run_id
    if known.state in _ENDED or now - known.changed_at < _DEAD:
        return None
    uow.runs.record(run_id, "resumed", now)
    return run_id


def finish(uow: UnitOfWork, run_id: str, now: datetime, report: dict[str, Any]) -> None:
    """Record what a training came to."""
    uow.runs.record(run_id, "done", now, report)


def _drifts(uow: UnitOfWork, new: Sequence[LabelRecord]) -> tuple[Drift, ...]:
    """Drift of the lines decided since, against the latest of those before."""
    youngest = {label.id for label in new}
    known = [label for label in uow.labels.newest(_LOOKED_AT) if label.id not in youngest]
    found = input_drift(_lines(known), _lines(new))
    judged = [*(x for x in known if said_of(x)), *(x for x in new if said_of(x))]
    judged.sort(key=lambda label: label.id)
    right = np.array([said_of(x).get("account", x.account) == x.account for x in judged], bool)
    recent = sum(1 for label in new if said_of(label))
    return (*found, error_drift(right, recent)) if recent else tuple(found)


def _lines(labels: Sequence[LabelRecord]) -> Lines:
    return Lines.from_rows(
        [
            {"date": x.date.isoformat(), "supplier": x.supplier, "amount": str(x.amount.amount)}
            for x in labels
        ]
    )
