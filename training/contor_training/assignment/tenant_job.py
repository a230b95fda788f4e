"""The retraining job of one tenant: learn from its labels, prove it, let it go live."""

from __future__ import annotations

from typing import Any

from contor.account_assignment.lines import Lines
from contor.bootstrap.assignment import label_rows, shelf_at
from contor.bootstrap.store import read_settings
from contor.errors import Refusal
from contor.ports.store_people import Tenant
from contor.ports.workplace import Workplace
from contor.workflows.live_model import SETTING, make_live
from contor_training import tracking
from contor_training.assignment.retrain import NAME, retrain

ACTOR = "training"
LEAST_LINES = 50


def run(work: Workplace, tenant: Tenant, days: int = 60) -> dict[str, Any]:
    """Retrain; what happened, for the run's record.

    Raises:
        Refusal: ``too_little_to_learn``, ``nothing_new``.
    """
    folder = read_settings().data_dir
    with work.store.reading(tenant.id) as uow:
        rows, last = label_rows(uow), uow.labels.last_id()
        live = uow.settings.current(SETTING) or {}
    if live.get("last_label") == last:
        raise Refusal(
            "nothing_new",
            "Nothing was decided since the live model learnt.",
            "Train again after the next decisions.",
        )
    if len(rows) < LEAST_LINES:
        raise Refusal(
            "too_little_to_learn",
            "There are {lines} coded lines; {least} are needed to try a model.",
            "Go on deciding; the memory works from the first line.",
            lines=len(rows),
            least=LEAST_LINES,
        )
    outcome = retrain(Lines.from_rows(rows), shelf_at(folder / "models" / tenant.key), days=days)
    figures = {
        f"{target}_{name}": part["top1"]
        for target, parts in outcome.challenger.figures().items()
        for name, part in parts.items()
    }
    facts = {"tenant": tenant.key, "version": outcome.version, "days": str(days)}
    tracking.record(
        f"sqlite:///{folder / 'mlflow.sqlite3'}",
        f"{NAME} {tenant.key} {outcome.version}",
        figures,
        facts,
        promoted=outcome.verdict.promoted,
    )
    report = {
        "version": outcome.version,
        "lines": len(rows),
        "last_label": last,
        "live": outcome.verdict.promoted,
        "objections": list(outcome.verdict.objections),
        "drift": [drift.name for drift in outcome.drifts if drift.alarm],
        **{name: round(value, 4) for name, value in figures.items()},
    }
    at = work.clock()
    run_id = f"training:{tenant.id}:{outcome.version}"
    with work.store.unit_of_work(tenant.id) as uow:
        if outcome.verdict.promoted:
            make_live(work, uow, outcome.version, last, ACTOR)
        uow.runs.start(run_id, "training", at, {"days": days})
        uow.runs.record(run_id, "done", at, report)
    return report


def roll_back(work: Workplace, tenant: Tenant) -> dict[str, Any]:
    """Serve the version before the live one again."""
    shelf = shelf_at(read_settings().data_dir / "models" / tenant.key)
    version = shelf.roll_back(NAME)
    with work.store.unit_of_work(tenant.id) as uow:
        reports = [run.report for run in uow.runs.recent("training") if run.report]
        last = next(int(r["last_label"]) for r in reports if r["version"] == version)
        make_live(work, uow, version, last, ACTOR)
    return {"version": version, "live": True}
