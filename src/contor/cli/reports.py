"""``contor report``: what people disagree on, what the autopilot risks, how fast it learns."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from contor.cli.ledger_table import read_ledger
from contor.cli.manners import FiniteRange, Report, shared_options, text_out
from contor.cli.service import TENANT

if TYPE_CHECKING:
    from contor.account_assignment.track import TargetTrack

_LEDGER = click.argument("ledger", metavar="[LEDGER.csv]", required=False)
_OUT = click.option("-o", "--output", metavar="OUT.csv", help="Instead of standard output.")
_ERROR = click.option(
    "--error", default=0.01, show_default=True, type=FiniteRange(0, 1, min_open=True)
)


@click.group(name="report", epilog="Example: contor report contradictions ledger.csv")
def report_group() -> None:
    """Tables for people, from a coded ledger or from the service's own decisions."""


@report_group.command(epilog="Example: contor report contradictions ledger.csv -o disputed.csv")
@_LEDGER
@_OUT
@TENANT
@shared_options
def contradictions(ledger: str | None, output: str | None, tenant: str, report: Report) -> None:
    """Lines of the same supplier and text that were booked differently, and by whom.

    Without a LEDGER.csv the decisions in the service are looked at. A column `person` of the
    ledger says who coded a line.
    """
    from contor.bootstrap import reports

    if ledger is not None:
        found = reports.contradictions_in(_rows(ledger, report))
    else:
        found = _of_tenant(tenant, reports.contradictions_of_tenant)
    _write(output, reports.CONTRADICTIONS, reports.contradiction_rows(found))
    report.summary = {"contradictions": len(found), "lines": sum(one.doubtful for one in found)}
    report.note(f"{len(found)} kinds of lines are booked differently.")


@report_group.command(
    name="risk-coverage", epilog="Example: contor report risk-coverage ledger.csv --error 0.02"
)
@_LEDGER
@_ERROR
@_OUT
@TENANT
@shared_options
def risk_coverage(
    ledger: str | None, error: float, output: str | None, tenant: str, report: Report
) -> None:
    """Share of the lines that could go alone against the share of wrong ones among them."""
    from contor.bootstrap import reports

    tracks = _tracks(ledger, error, tenant, report)
    _write(output, reports.RISK, reports.risk_rows(tracks))
    report.summary = {
        target: {
            "share": round(track.share, 4),
            "error": round(track.error, 4),
            "promise": track.promise,
        }
        for target, track in tracks.items()
    }
    for target, track in tracks.items():
        report.note(
            f"{target}: {track.share:.1%} go alone, {track.error:.2%} of them wrong,"
            f" promised at most {track.promise:.1%}"
        )


@report_group.command(epilog="Example: contor report learning ledger.csv")
@_LEDGER
@_OUT
@TENANT
@shared_options
def learning(ledger: str | None, output: str | None, tenant: str, report: Report) -> None:
    """Share right first by the number of lines learnt from."""
    from contor.bootstrap import reports

    tracks = _tracks(ledger, 0.01, tenant, report)
    _write(output, reports.LEARNING, reports.learning_rows(tracks))
    report.summary = {target: round(track.right, 4) for target, track in tracks.items()}
    for target, track in tracks.items():
        report.note(f"{target}: {track.right:.1%} right first over {track.decisions} lines")


def _rows(ledger: str, report: Report) -> list[dict[str, str]]:
    """The rows of a ledger; those that cannot be read are refused and left out."""
    from contor.bootstrap.ledger_rows import sound_rows

    rows, refused = sound_rows(read_ledger(ledger))
    for place, refusal in refused:
        report.refuse(f"{ledger}:{place + 2}", refusal)
    return [row for _, row in rows]


def _tracks(
    ledger: str | None, error: float, tenant: str, report: Report
) -> Mapping[str, TargetTrack]:
    from contor.bootstrap import reports

    if ledger is not None:
        return reports.tracks_in(_rows(ledger, report), error)
    found: Mapping[str, TargetTrack] = _of_tenant(tenant, reports.tracks_of_tenant)
    return found


def _of_tenant(tenant: str, ask: Callable[..., Any]) -> Any:
    from contor.bootstrap.service import find_tenant, open_workplace

    with open_workplace() as work:
        return ask(work, find_tenant(work, tenant).id)


def _write(output: str | None, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with text_out(output) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
