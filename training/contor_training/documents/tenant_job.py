"""Retrain a tenant's document model on its confirmed documents; it goes live where not worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contor.bootstrap.assignment import shelf_at
from contor.bootstrap.documents import SHELF, tagger_for
from contor.bootstrap.store import read_settings
from contor.documents.page_tagger import Tagger, feature_hash
from contor.errors import Refusal
from contor.ports.store_people import Tenant
from contor.ports.workplace import Workplace
from contor.workflows.document_retraining import KIND, LEAST_DOCUMENTS, documents_due
from contor.workflows.live_model import DOCUMENT_MODEL, DOCUMENT_SETTING, live_document_model
from contor.workflows.live_model import make_document_model_live as make_live
from contor_training import tracking
from contor_training.documents.adapt import adapt
from contor_training.documents.confirmed import Confirmed, confirmed_documents, layouts_of
from contor_training.documents.prepared import prepare
from contor_training.documents.rehearsal import Rows, rehearsal_from_bytes
from contor_training.documents.trial import Trial, Verdict, judge, split_by_time, try_out

ACTOR = "training"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a retraining led to."""

    tagger: Tagger
    verdict: Verdict
    champion: Trial
    challenger: Trial


def retrain(
    documents: list[Confirmed], base: Tagger, live: Tagger | None, rehearsal: Mapping[str, Rows]
) -> Outcome:
    """Adapt ``base`` on the older documents, try it against what is live on the latest ones.

    What goes on the shelf has learnt from all of them.
    """
    past, recent = split_by_time(documents)
    layouts = layouts_of(past)
    prepared = [prepare(one.example) for one in documents]
    challenger = try_out(adapt(base, prepared[: len(past)], rehearsal), recent, layouts)
    champion = try_out(live or base, recent, layouts)
    return Outcome(
        adapt(base, prepared, rehearsal), judge(champion, challenger), champion, challenger
    )


def run_if_due(work: Workplace, tenant: Tenant, days: int = 0) -> dict[str, Any]:
    """Retrain where it is due, and say why; ``{"due": False}`` where it is not."""
    with work.store.reading(tenant.id) as uow:
        because = documents_due(uow, work.clock())
    return {**run(work, tenant, days), "because": because} if because else {"due": False}


def run(work: Workplace, tenant: Tenant, days: int = 0) -> dict[str, Any]:
    """Retrain; what happened, for the run's record. The trial is the latest quarter, not days.

    Raises:
        Refusal: ``too_little_to_learn``, ``nothing_new``, ``model_missing``.
    """
    del days
    folder = read_settings().data_dir
    with work.store.reading(tenant.id) as uow:
        last = uow.supplier_layouts.last_id()
        kept = uow.settings.current(DOCUMENT_SETTING) or {}
        named = live_document_model(uow)
        if kept.get("last_layout") == last and last:
            raise Refusal(
                "nothing_new",
                "Nothing was decided since the live model learnt.",
                "Train again after the next decisions.",
            )
        documents = confirmed_documents(uow, work.archive)
    if len(documents) < LEAST_DOCUMENTS:
        raise Refusal(
            "too_little_to_learn",
            "There are {documents} confirmed documents; {least} are needed to try a model.",
            "Go on deciding; the memory of suppliers works from the first document.",
            documents=len(documents),
            least=LEAST_DOCUMENTS,
        )
    base = tagger_for("", folder / "models")
    if base is None:
        raise Refusal(
            "model_missing",
            "There is no model {name} on the shelf.",
            "Rebuild it with make models.",
            name=DOCUMENT_MODEL,
        )
    live = tagger_for(named, folder / "models") if named else None
    outcome = retrain(documents, base, live, rehearsal_at(SHELF))
    return _keep(work, tenant, documents, outcome, last)


def _keep(
    work: Workplace, tenant: Tenant, documents: list[Confirmed], outcome: Outcome, last: int
) -> dict[str, Any]:
    """Put the model on the tenant's shelf, track it, let it go live where it may."""
    folder = read_settings().data_dir
    shelf = shelf_at(folder / "models" / tenant.key)
    version = shelf.put(
        DOCUMENT_MODEL,
        outcome.tagger.to_bytes(),
        manifest={"features": feature_hash(outcome.tagger.texts.names), "last_layout": str(last)},
        metrics={
            "champion": outcome.champion.figures(),
            "challenger": outcome.challenger.figures(),
        },
        card=card(documents, outcome),
    )
    figures = outcome.challenger.figures()
    if tracking.available():
        made = tracking.Tracked(
            f"{DOCUMENT_MODEL}-{tenant.key}",
            version,
            folder / "models" / tenant.key / DOCUMENT_MODEL / version,
            figures,
            {"tenant": tenant.key},
            outcome.verdict.promoted,
            experiment=DOCUMENT_MODEL,
        )
        tracking.record(f"sqlite:///{(folder / 'mlflow.sqlite3').resolve()}", made)
    report = {
        "version": version,
        "documents": len(documents),
        "last_layout": last,
        "live": outcome.verdict.promoted,
        "objections": list(outcome.verdict.objections),
        "champion": outcome.champion.share(),
        "challenger": outcome.challenger.share(),
    }
    at = work.clock()
    run_id = f"training:{DOCUMENT_MODEL}:{tenant.id}:{version}"
    with work.store.unit_of_work(tenant.id) as uow:
        if outcome.verdict.promoted:
            shelf.promote(DOCUMENT_MODEL, version)
            make_live(work, uow, version, last, ACTOR)
        uow.runs.start(run_id, KIND, at, {})
        uow.runs.record(run_id, "done", at, report)
    return report


def roll_back(work: Workplace, tenant: Tenant) -> dict[str, Any]:
    """Serve the version before the live one again; before the first one, the shelf's own model."""
    shelf = shelf_at(read_settings().data_dir / "models" / tenant.key)
    version, last = "", 0
    try:
        version = shelf.roll_back(DOCUMENT_MODEL)
        last = int(shelf.load(DOCUMENT_MODEL, version).manifest["last_layout"])
    except Refusal as refusal:
        if refusal.code != "no_earlier_model":
            raise
    with work.store.unit_of_work(tenant.id) as uow:
        make_live(work, uow, version, last, ACTOR)
    return {"version": version or "shelf", "live": True}


def rehearsal_at(shelf: Path) -> dict[str, Rows]:
    """The rows that the shelf's model brings for rehearsing; none where it brings none."""
    found = sorted(
        shelf.glob(f"{DOCUMENT_MODEL}/*/rehearsal.npz"), key=lambda path: int(path.parent.name)
    )
    return rehearsal_from_bytes(found[-1].read_bytes()) if found else {}


def card(documents: list[Confirmed], outcome: Outcome) -> str:
    """The model card: what it learnt from, how it fared, whether it went live."""
    before, after = outcome.champion.figures(), outcome.challenger.figures()
    rows = [f"| {name} | {before.get(name, 0.0):.4g} | {after[name]:.4g} |" for name in after]
    suppliers = len({one.example.group for one in documents})
    return "\n".join(
        [
            "# Reading documents for one tenant",
            "",
            (
                f"The shelf's tagger with trees grown on {len(documents)} documents of {suppliers} "
                "suppliers that this tenant's people confirmed. Not for another tenant."
            ),
            "",
            "On the latest quarter of them, none seen in fitting (shares; sure: values at 0.98):",
            "",
            "| field | live before | this one |",
            "|---|---|---|",
            *rows,
            "",
            "Went live."
            if outcome.verdict.promoted
            else "Did not go live: " + "; ".join(outcome.verdict.objections),
            "",
        ]
    )
