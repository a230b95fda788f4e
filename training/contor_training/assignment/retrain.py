"""Retrain on a coded ledger: fit, try against the live model, promote only what is not worse.

``python -m contor_training.assignment.retrain LEDGER.csv --shelf var/models``
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.assigner import VERSION, AccountAssigner
from contor.account_assignment.challenge import Trial, Verdict, judge, try_out
from contor.account_assignment.drift import Drift, input_drift
from contor.account_assignment.keys import KEYS
from contor.account_assignment.lines import Lines
from contor.bootstrap.assignment import shelf_at
from contor.cli.ledger_table import read_ledger
from contor.errors import Refusal
from contor.ports.assignment import ModelShelf
from contor_training import tracking

NAME = "account-assignment"
LEAST_TRIAL = 30


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a retraining led to: trials, verdict, drift, and the version on the shelf."""

    version: str
    verdict: Verdict
    champion: Trial
    challenger: Trial
    drifts: tuple[Drift, ...]

    @property
    def figures(self) -> dict[str, float]:
        """Shares right first of the challenger, by target and slice."""
        return {
            f"{target}_{name}": part["top1"]
            for target, parts in self.challenger.figures().items()
            for name, part in parts.items()
            if part["lines"]
        }


def split_by_time(
    lines: Lines, days: int, unseen: NDArray[np.bool_] | None = None
) -> tuple[Lines, Lines]:
    """Everything but the last ``days``, and these: a tenth of the lines at least, half at most.

    ``unseen`` says which lines the live model has not learnt from: what it has seen is no trial, and
    always learnt from.
    """
    order = np.argsort(lines.day, kind="stable")
    day = lines.day[order]
    border = int(np.searchsorted(day, day[-1] - days, side="right")) if len(day) else 0
    least = len(day) // 2 if unseen is None else 0
    late = np.arange(len(order)) >= np.clip(border, least, int(len(day) * 0.9))
    if unseen is not None:
        late &= unseen[order]
    return lines.take(order[~late]), lines.take(order[late])


def later_than_learnt(lines: Lines, shelf: ModelShelf) -> NDArray[np.bool_] | None:
    """Which lines are of days after the last one that the live model has learnt from."""
    try:
        return np.asarray(lines.day > int(shelf.load(NAME).manifest["to_day"]))
    except (Refusal, KeyError):
        return None


def load_assigner(shelf: ModelShelf, version: str | None = None) -> AccountAssigner | None:
    """An assigner of the shelf, the live one without a number; None where none fits.

    The shelf has compared the artefact's hash with its manifest before it is unpickled.
    """
    try:
        shelved = shelf.load(NAME, version)
    except Refusal:
        return None
    if shelved.manifest.get("kind") != f"assigner {VERSION}, {len(KEYS)} keys":
        return None
    found = pickle.loads(shelved.content)  # noqa: S301 - our own artefact, its hash was checked
    assert isinstance(found, AccountAssigner)
    return found


def retrain(
    lines: Lines,
    shelf: ModelShelf,
    *,
    days: int = 60,
    error: float = 0.01,
    facts: Mapping[str, str] | None = None,
    unseen: NDArray[np.bool_] | None = None,
) -> Outcome:
    """Fit a challenger, try it against the champion, put it on the shelf, promote if not worse.

    What goes on the shelf has learnt from all lines; what is compared has learnt from the past.
    ``error`` is the promise of the autopilot, ``facts`` go into the manifest. ``unseen`` says which
    lines were decided since the live model learnt; where nobody knows, those of later days.
    """
    live = load_assigner(shelf)
    if live and unseen is None:
        unseen = later_than_learnt(lines, shelf)
    past, recent = split_by_time(lines, days, unseen if live else None)
    challenger = try_out(AccountAssigner(error).fit(past), past, recent)
    champion = try_out(live, past, recent)
    verdict = judge(champion, challenger, LEAST_TRIAL if live else 0)
    final = AccountAssigner(error).fit(lines)
    content = pickle.dumps(final)
    version = shelf.put(
        NAME,
        content,
        manifest={
            **(facts or {}),
            "kind": f"assigner {VERSION}, {len(KEYS)} keys",
            "from_day": str(int(lines.day.min())),
            "to_day": str(int(lines.day.max())),
        },
        metrics={"champion": champion.figures(), "challenger": challenger.figures()},
        card=card(lines, recent, challenger, verdict, content),
    )
    if verdict.promoted:
        shelf.promote(NAME, version)
    return Outcome(version, verdict, champion, challenger, tuple(input_drift(past, recent)))


def card(lines: Lines, recent: Lines, trial: Trial, verdict: Verdict, content: bytes) -> str:
    """The model card: what it learnt from and when, how it fared, its hash, whether it went live."""
    rows = [
        f"| {target} | {name} | {int(part['lines'])} | {part['top1']:.1%} |"
        for target, parts in trial.figures().items()
        for name, part in parts.items()
        if part["lines"]
    ]
    return "\n".join(
        [
            "# Account assignment of one tenant",
            "",
            (
                f"Learnt from {len(lines)} coded lines of this tenant alone, {_period(lines)}. "
                f"Suggests {', '.join(trial.right)}. Not for another tenant or chart."
            ),
            "",
            f"SHA-256 of the artefact: `{hashlib.sha256(content).hexdigest()}`; its manifest names",
            "the libraries it was made with.",
            "",
            f"On the latest {len(recent)} lines ({_period(recent)}), none of them seen in fitting:",
            "",
            "| target | lines of | number | right first |",
            "|---|---|---|---|",
            *rows,
            "",
            "Went live."
            if verdict.promoted
            else "Did not go live. " + " ".join(verdict.objections),
            "",
        ]
    )


def _period(lines: Lines) -> str:
    known = lines.day[lines.day > 0]
    if not len(known):
        return "without dates"
    first, last = (date.fromordinal(int(day)).isoformat() for day in (known.min(), known.max()))
    return f"{first} to {last}"


@click.command()
@click.argument("ledger")
@click.option("--shelf", default="var/models", show_default=True, help="Folder of the shelf.")
@click.option(
    "--days",
    default=60,
    show_default=True,
    type=click.IntRange(1, 36_500),
    help="Latest days kept for the trial.",
)
@click.option("--track", default="sqlite:///var/mlflow.db", show_default=True, help="MLflow store.")
@click.option("--roll-back", is_flag=True, help="Only make the version before the live one live.")
def main(ledger: str, shelf: str, days: int, track: str, roll_back: bool) -> None:
    """Retrain on LEDGER.csv and promote what is not worse."""
    where = shelf_at(Path(shelf))
    if roll_back:
        click.echo(f"{NAME} {where.roll_back(NAME)} is live again")
        return
    outcome = retrain(Lines.from_rows(read_ledger(ledger)), where, days=days)
    if tracking.available():
        tracking.record(
            track,
            tracking.Tracked(
                NAME,
                outcome.version,
                Path(shelf) / NAME / outcome.version,
                outcome.figures,
                {"days": str(days)},
                outcome.verdict.promoted,
            ),
        )
    state = (
        "live" if outcome.verdict.promoted else "not live. " + " ".join(outcome.verdict.objections)
    )
    click.echo(f"{NAME} {outcome.version}: {state}")
    for drift in outcome.drifts:
        click.echo(f"drift {drift.name}: {drift.size:.3f}{' (retrain)' if drift.alarm else ''}")


if __name__ == "__main__":
    main()
