"""Runs and versions in MLflow: the only importer of mlflow.

A local SQLite file by default; nothing leaves the machine.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping

_EXPERIMENT = "account-assignment"


def record(
    store: str,
    name: str,
    figures: Mapping[str, float],
    facts: Mapping[str, str],
    *,
    promoted: bool,
    experiment: str = _EXPERIMENT,
) -> str:
    """Log one run; returns its id. The aliases champion and challenger are tags of the run."""
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")  # read when mlflow is imported
    import mlflow

    for noisy in ("mlflow", "alembic"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    mlflow.set_tracking_uri(store)
    mlflow.set_experiment(experiment)
    with mlflow.start_run(run_name=name) as run:
        mlflow.log_params(dict(facts))
        mlflow.log_metrics(dict(figures))
        mlflow.set_tag("alias", "champion" if promoted else "challenger")
        found: str = run.info.run_id
    return found
