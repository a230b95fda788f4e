"""``contor learn``: what a company coded before teaches the desk from the first day on."""

from __future__ import annotations

import click

from contor.cli.ledger_table import read_ledger
from contor.cli.manners import Report, shared_options
from contor.cli.service import TENANT

_SHOWN = 10


@click.command(epilog="Example: contor learn ledger.csv")
@click.argument("ledger", metavar="LEDGER.csv")
@TENANT
@shared_options
def learn(ledger: str, tenant: str, report: Report) -> None:
    """Learn from a coded LEDGER.csv of the time before these books; once, before the first decision.

    Its form is that of `contor suggest --history`; amounts are those of the documents, tax included.
    """
    from contor.bootstrap.ledger_rows import sound_rows
    from contor.bootstrap.service import find_tenant, open_workplace
    from contor.workflows.learn_past import learn_past

    rows, slips = sound_rows(read_ledger(ledger))
    with open_workplace() as work:
        done = learn_past(work, find_tenant(work, tenant).id, rows)
    refused = sorted([*slips, *done.refused], key=lambda one: one[0])
    for number, refusal in refused:
        report.refuse(f"{ledger}:{number + 2}", refusal)
    report.summary = {
        "lines": done.lines,
        "refused": len(refused),
        "uncoded": done.uncoded,
        "strange_accounts": list(done.strange_accounts),
    }
    report.note(f"{done.lines} lines are learnt from, {done.uncoded} have no codes.")
    if done.strange_accounts:
        some = ", ".join(done.strange_accounts[:_SHOWN])
        more = len(done.strange_accounts) - _SHOWN
        rest = f" and {more} more" if more > 0 else ""
        report.note(f"Not in the chart, and so never suggested: {some}{rest}.")
