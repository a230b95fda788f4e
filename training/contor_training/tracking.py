"""Runs and versions in MLflow: the only importer of mlflow.

A local SQLite file by default; nothing leaves the machine. Every trained version is a run and a
version of the registered model, with the folder of the shelf as its source; the alias ``champion``
stands on what is served, ``challenger`` on what was trained last.
"""

from __future__ import annotations

import importlib.util
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHAMPION, CHALLENGER = "champion", "challenger"


@dataclass(frozen=True, slots=True)
class Tracked:
    """A trained version: registered under ``model``, number on the shelf, what it is worth."""

    model: str
    version: str
    folder: Path
    figures: Mapping[str, float]
    facts: Mapping[str, str] = field(default_factory=dict)
    promoted: bool = False
    experiment: str = "account-assignment"


def available() -> bool:
    """Whether the tracking library is installed (it comes with the extra ``training``)."""
    return importlib.util.find_spec("mlflow") is not None


def record(store: str, made: Tracked) -> str:
    """Log a run, register its version and set the aliases; the registry's number of the version."""
    client = _client(store)
    run = client.create_run(_experiment(client, made), run_name=f"{made.model} {made.version}")
    run_id = run.info.run_id
    for name, value in {**made.facts, "version": made.version}.items():
        client.log_param(run_id, name, value)
    for name, figure in made.figures.items():
        client.log_metric(run_id, name, figure)
    client.set_terminated(run_id)
    _register(client, made.model)
    entry = client.create_model_version(
        made.model,
        source=str(made.folder.resolve()),
        run_id=run_id,
        tags={"shelf_version": made.version, **made.facts},
    )
    client.set_registered_model_alias(made.model, CHALLENGER, entry.version)
    if made.promoted:
        client.set_registered_model_alias(made.model, CHAMPION, entry.version)
    return str(entry.version)


def crown(store: str, model: str, version: str) -> None:
    """Set the alias ``champion`` on the version with this number on the shelf."""
    client = _client(store)
    for entry in client.search_model_versions(f"name='{model}'"):
        if entry.tags.get("shelf_version") == version:
            client.set_registered_model_alias(model, CHAMPION, entry.version)
            return


def aliases(store: str, model: str) -> dict[str, str]:
    """The shelf's number of each alias's version."""
    client = _client(store)
    found = client.get_registered_model(model).aliases
    return {
        alias: client.get_model_version(model, number).tags.get("shelf_version", "")
        for alias, number in found.items()
    }


def _client(store: str) -> Any:
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")  # read when mlflow is imported
    from mlflow import MlflowClient

    for noisy in ("mlflow", "alembic"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    return MlflowClient(tracking_uri=store, registry_uri=store)


def _experiment(client: Any, made: Tracked) -> str:
    known = client.get_experiment_by_name(made.experiment)
    if known is not None:
        return str(known.experiment_id)
    # Artefacts stay on the shelf; the library wants a place of its own all the same.
    where = made.folder.resolve().parent / ".runs"
    return str(client.create_experiment(made.experiment, artifact_location=str(where)))


def _register(client: Any, model: str) -> None:
    from mlflow.exceptions import MlflowException

    try:
        client.get_registered_model(model)
    except MlflowException:
        client.create_registered_model(model)
