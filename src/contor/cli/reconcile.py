"""``contor reconcile``: bank lines against open items, one proposal a line."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date, datetime

import click

from contor.banking.statement import BankLine, Refused
from contor.banking.table import read_lines
from contor.cli.manners import Report, json_line, shared_options, text_in, text_out
from contor.reconciliation.item import OpenItem, read_items
from contor.reconciliation.matching import reconcile as match


def _lines_of(path: str, report: Report) -> tuple[list[BankLine | Refused], list[BankLine]]:
    """All rows in file order, and the lines that could be read."""
    with text_in(path) as stream:
        rows = list(read_lines(stream))
    for row in rows:
        if isinstance(row, Refused):
            report.refuse(f"{path}:{row.row}", row.refusal)
    return rows, [row for row in rows if isinstance(row, BankLine)]


def _items_of(path: str, report: Report) -> tuple[list[Refused], list[OpenItem]]:
    """The items refused, and those that could be read."""
    refused, items = [], []
    with text_in(path) as stream:
        for row in read_items(stream):
            if isinstance(row, Refused):
                report.refuse(f"{path}:{row.row}", row.refusal)
                refused.append(row)
            else:
                items.append(row)
    return refused, items


def _refusal_record(path: str, refused: Refused, of: str) -> dict[str, object]:
    """The record of a row that was refused: ``of`` says whether it is a line or an item."""
    return {
        "line": refused.id if of == "line" else None,
        **({"item": refused.id} if of == "item" else {}),
        "status": "none",
        "allocations": [],
        "file": path,
        "row": refused.row,
        "refusal": {"code": refused.refusal.code, "message": refused.refusal.message},
    }


def _share(_context: click.Context, _option: click.Parameter, value: float) -> float:
    if not 0.0 < value < 1.0:
        raise click.BadParameter("a share between 0 and 1, like 0.001")
    return value


@click.command()
@click.argument("lines", required=False)
@click.argument("open_items", required=False)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Leave later items out.")
@click.option(
    "--error", default=0.001, show_default=True, callback=_share, help="Promised error rate."
)
@click.option(
    "--workers", type=click.IntRange(1), default=1, help="Processes; the result is the same."
)
@click.option("--book", is_flag=True, help="Work on the books instead of on files.")
@click.option("-o", "output", help="Write the proposals to this file.")
@shared_options
def reconcile(
    lines: str | None,
    open_items: str | None,
    as_of: datetime | None,
    error: float,
    workers: int,
    book: bool,
    output: str | None,
    report: Report,
) -> None:
    """Match bank lines to open items: one proposal for each line, in order.

    Example: contor reconcile lines.csv open.csv --as-of 2026-09-30 -o proposals.jsonl
    """
    del workers
    if book:
        _on_the_books(as_of, error, report)
        return
    if not lines or not open_items:
        raise click.UsageError("Give two files: contor reconcile LINES.csv OPEN_ITEMS.csv")
    started = time.perf_counter()
    rows, readable = _lines_of(lines, report)
    items_refused, items = _items_of(open_items, report)
    day: date | None = as_of.date() if as_of else None
    proposals = match(readable, items, day, error)
    following = iter(proposals)
    with text_out(output) as out:
        for row in rows:
            if isinstance(row, Refused):
                out.write(json_line(_refusal_record(lines, row, "line")))
            else:
                out.write(json_line(next(following).record()))
        for refused in items_refused:
            out.write(json_line(_refusal_record(open_items, refused, "item")))
    seconds = time.perf_counter() - started
    statuses = Counter(proposal.status for proposal in proposals)
    report.summary = {
        "lines": len(readable),
        "open_items": len(items),
        **{status: statuses[status] for status in ("auto", "propose", "ambiguous", "none")},
        "refused": report.refusals,
        "seconds": round(seconds, 3),
    }
    report.note(
        f"{len(readable)} lines: {statuses['auto']} sure, {statuses['propose']} proposed, "
        f"{statuses['ambiguous']} ambiguous, {statuses['none']} unexplained; {seconds:.1f} s."
    )


def _on_the_books(as_of: datetime | None, error: float, report: Report) -> None:
    """Match what waits in the books; book what is sure, queue the rest."""
    from contor.bootstrap.service import find_tenant, open_workplace
    from contor.workflows.run_reconciliation import run_reconciliation

    with open_workplace() as work, report.counter("bank lines") as counter:
        day = as_of.date() if as_of else work.clock().date()
        done = run_reconciliation(work, find_tenant(work, "").id, day, error, counter)
    report.summary = done.to_json()
    report.note(f"{done.lines} lines looked at, {done.booked} booked alone; {done.by_status}")
