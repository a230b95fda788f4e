"""The retraining job of one tenant: learn from its labels, prove it, let it go live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from contor.account_assignment.drift import Drift
from contor.account_assignment.lines import Lines
from contor.account_assignment.targets import TARGETS
from contor.bootstrap.assignment import label_rows, shelf_at
from contor.bootstrap.store import read_settings
from contor.errors import Refusal
from contor.ports.store_people import Tenant
from contor.ports.workplace import Workplace
from contor.workflows.audit_autopilot import promise_of
from contor.workflows.live_model import SETTING, make_live
from contor.workflows.retraining import ASKED, claim, finish, retraining_due
from contor.workflows.share_prior import share
from contor_training import tracking
from contor_training.assignment.retrain import NAME, Outcome, retrain

ACTOR = "training"
LEAST_LINES = 50


def run_if_due(work: Workplace, tenant: Tenant, days: int = 60) -> dict[str, Any]:
    """Retrain where it is due, and say why; ``{"due": False}`` where it is not."""
    with work.store.reading(tenant.id) as uow:
        due = retraining_due(uow, work.clock())
    if not due:
        return {"due": False}
    return run(work, tenant, days, due.because, due.drifts)


def run(
    work: Workplace,
    tenant: Tenant,
    days: int = 60,
    because: Sequence[str] = (ASKED,),
    drifts: Sequence[Drift] = (),
) -> dict[str, Any]:
    """Retrain; what happened, for the run's record.

    Raises:
        Refusal: ``too_little_to_learn``, ``nothing_new``, ``training_elsewhere``.
    """
    with work.store.reading(tenant.id) as uow:
        (ids, rows), last = label_rows(uow), uow.labels.last_id()
        live = uow.settings.current(SETTING) or {}
        promise = promise_of(uow)
    _refuse_where_useless(rows, live.get("last_label") == last)
    with work.store.unit_of_work(tenant.id) as uow:
        run_id = claim(uow, work.clock(), because)
    if run_id is None:
        raise Refusal(
            "training_elsewhere",
            "This model is being trained already, or was trained on the same decisions.",
            "Wait for it, or train again after the next decisions.",
        )
    outcome = retrain(
        Lines.from_rows(rows),
        shelf_at(_folder(tenant)),
        days=days,
        error=promise,
        facts={"tenant": tenant.key, "last_label": str(last)},
        unseen=np.array(ids) > int(live.get("last_label", 0)),
    )
    _track(tenant, outcome, days, because)
    report = {
        "version": outcome.version,
        "lines": len(rows),
        "last_label": last,
        "live": outcome.verdict.promoted,
        "because": list(because),
        "objections": list(outcome.verdict.objections),
        "drift": {drift.name: round(drift.size, 4) for drift in drifts if drift.alarm},
        **{name: round(value, 4) for name, value in outcome.figures.items()},
    }
    with work.store.unit_of_work(tenant.id) as uow:
        if outcome.verdict.promoted:
            make_live(work, uow, outcome.version, last, ACTOR)
        finish(uow, run_id, work.clock(), report)
    share(work)
    return report


def roll_back(work: Workplace, tenant: Tenant) -> dict[str, Any]:
    """Serve the version before the live one again."""
    shelf = shelf_at(_folder(tenant))
    version = shelf.roll_back(NAME)
    last = int(shelf.load(NAME, version).manifest["last_label"])
    if tracking.available():
        tracking.crown(_store(), _model(tenant), version)
    at = work.clock()
    report = {"code": "rolled_back", "version": version, "live": True, "last_label": last}
    with work.store.unit_of_work(tenant.id) as uow:
        make_live(work, uow, version, last, ACTOR)
        run_id = f"rollback:{tenant.key}:{at.isoformat()}"
        uow.runs.start(run_id, "training", at)
        uow.runs.record(run_id, "done", at, report)
    return report


def _refuse_where_useless(rows: Sequence[Mapping[str, str]], known: bool) -> None:
    if known:
        raise Refusal(
            "nothing_new",
            "Nothing was decided since the live model learnt.",
            "Train again after the next decisions.",
        )
    coded = sum(any(row[target] for target in TARGETS) for row in rows)
    if coded < LEAST_LINES:
        raise Refusal(
            "too_little_to_learn",
            "There are {lines} coded lines; {least} are needed to try a model.",
            "Go on deciding; the memory works from the first line.",
            lines=coded,
            least=LEAST_LINES,
        )


def _track(tenant: Tenant, outcome: Outcome, days: int, because: Sequence[str]) -> None:
    if not tracking.available():
        return
    made = tracking.Tracked(
        _model(tenant),
        outcome.version,
        _folder(tenant) / NAME / outcome.version,
        outcome.figures,
        {"tenant": tenant.key, "days": str(days), "because": " ".join(because)[:400]},
        outcome.verdict.promoted,
    )
    tracking.record(_store(), made)


def _model(tenant: Tenant) -> str:
    return f"{NAME}-{tenant.key}"


def _folder(tenant: Tenant) -> Path:
    return read_settings().data_dir / "models" / tenant.key


def _store() -> str:
    return f"sqlite:///{(read_settings().data_dir / 'mlflow.sqlite3').resolve()}"
