"""Reports on coded ledgers for people: contradictions, risk against coverage, learning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contor.account_assignment.contradictions import Contradiction
    from contor.account_assignment.track import TargetTrack
    from contor.ports.workplace import Workplace

Row = Mapping[str, str]
CONTRADICTIONS = ("target", "supplier", "text", "code", "lines", "people", "since")
RISK = ("target", "confidence", "share", "error", "bound")
LEARNING = ("target", "lines", "right", "suggested_by")


def contradictions_in(rows: Sequence[Row]) -> Sequence[Contradiction]:
    """Contradictions in the rows of a ledger; a column ``person`` names who coded a line."""
    from contor.account_assignment.contradictions import contradictions
    from contor.account_assignment.lines import Lines

    people = [row.get("person", "") for row in rows]
    return contradictions(Lines.from_rows(rows), people if any(people) else ())


def contradictions_of_tenant(work: Workplace, tenant_id: int) -> Sequence[Contradiction]:
    """Contradictions among a tenant's decisions."""
    from contor.workflows.contradictions import contradictions_of

    with work.store.reading(tenant_id) as uow:
        return contradictions_of(uow)


def tracks_in(rows: Sequence[Row], error: float) -> Mapping[str, TargetTrack]:
    """By target what suggestions would have been worth, walking through the ledger day by day."""
    from contor.account_assignment.assigner import AccountAssigner
    from contor.account_assignment.lines import Lines
    from contor.account_assignment.track import tracks_of

    assigner = AccountAssigner(error).fit(Lines.from_rows(rows))
    return tracks_of(assigner, error)


def tracks_of_tenant(work: Workplace, tenant_id: int) -> Mapping[str, TargetTrack]:
    """By target what a tenant's suggestions were worth."""
    with work.store.reading(tenant_id) as uow:
        return work.assigners.of(uow).tracks()


def contradiction_rows(found: Sequence[Contradiction]) -> Iterator[list[object]]:
    """One row a kind of line and code, most doubtful first."""
    for one in found:
        people = dict(one.people)
        for code, count in one.codes:
            names = ";".join(people.get(code, ()))
            yield [one.target, one.supplier, one.text, code, count, names, one.since]


def risk_rows(tracks: Mapping[str, TargetTrack]) -> Iterator[list[object]]:
    """The curve of each target from few and sure to all lines."""
    for target, track in tracks.items():
        for point in track.curve:
            yield [
                target,
                f"{point.confidence:.4f}",
                f"{point.share:.4f}",
                f"{point.error:.4f}",
                f"{point.bound:.4f}",
            ]


def learning_rows(tracks: Mapping[str, TargetTrack]) -> Iterator[list[object]]:
    """The share right first by the number of lines learnt from."""
    for target, track in tracks.items():
        for part in track.learning:
            by = "memory and words" if part.early else "all"
            yield [target, part.lines, f"{part.right:.4f}", by]
