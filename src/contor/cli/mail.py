"""Mail from the command line: receive the invoices that lie in the mailbox."""

from __future__ import annotations

import time

import click

from contor.cli.manners import Report, shared_options
from contor.cli.service import TENANT
from contor.errors import Failure


@click.group(epilog="Example: contor mail fetch")
def mail() -> None:
    """Receive the invoices that lie in the mailbox."""


@mail.command(epilog="Example: CONTOR_IMAP_HOST=imap.example.org contor mail fetch")
@click.option("--every", type=click.IntRange(min=5), help="Go on and look again every SECONDS.")
@click.option("--read/--no-read", default=True, help="Also read what came, not only receive it.")
@TENANT
@shared_options
def fetch(every: int | None, read: bool, tenant: str, report: Report) -> None:
    """Receive new mails and their attachments; each mail is marked only when it is safe here."""
    from contor.bootstrap.intake import mailbox
    from contor.bootstrap.service import find_tenant, open_runs, open_workplace
    from contor.workflows.fetch_mail import fetch_mail
    from contor.workflows.take_in import IntakeReport, process_waiting

    box = mailbox()
    with open_workplace() as work:
        owner = find_tenant(work, tenant)
        while True:
            try:
                done = fetch_mail(work, owner.id, box)
            except Failure as failure:
                if every is None or not failure.retryable:
                    raise
                report.note(str(failure))
            else:
                for uid, refusal in done.refused:
                    report.refuse(f"{box.name}:{uid}", refusal)
                report.summary = {"received": done.received, "known": done.known}
                report.note(f"{done.received} mails received, {done.known} known.")
            if read:
                taken = IntakeReport()
                with open_runs(work) as runs:
                    process_waiting(work, owner.id, runs, taken)
                report.summary["by_state"] = taken.by_state
            if every is None:
                return
            time.sleep(every)
