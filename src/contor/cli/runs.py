"""Runs of the service from the command line: billing, outbox; and who may sign in, and exports."""

from __future__ import annotations

import csv
import re
from datetime import datetime

import click

from contor.cli.manners import Report, shared_options, text_out
from contor.cli.service import AS_OF, TENANT, day_of
from contor.errors import Refusal

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


@click.group(epilog="Example: contor billing run --as-of 2026-11-02")
def billing() -> None:
    """Issue the invoices that are due."""


@billing.command(name="run", epilog="Example: contor billing run --as-of 2026-11-02")
@AS_OF
@TENANT
@shared_options
def run_billing_command(as_of: datetime | None, tenant: str, report: Report) -> None:
    """Issue every invoice that is due; run again, it issues nothing twice."""
    from contor.bootstrap.service import find_tenant, open_workplace
    from contor.workflows.run_billing import run_billing

    with open_workplace() as work, report.counter("contracts") as counter:
        owner = find_tenant(work, tenant)
        done = run_billing(work, owner.id, day_of(work, as_of), counter)
    for where, why in done.refused:
        report.refuse(where, Refusal("contract_not_billed", "{why}", why=why))
    for key, why in done.held:
        report.note(f"{key} is held: {why}")
    report.summary = done.to_json()
    report.note(f"{len(done.issued)} issued, {len(done.held)} held, {len(done.refused)} refused.")


@click.group(epilog="Example: contor dunning run --as-of 2026-11-30")
def dunning() -> None:
    """Draft the reminders that are due."""


@dunning.command(name="run", epilog="Example: contor dunning run --as-of 2026-11-30")
@AS_OF
@TENANT
@shared_options
def run_dunning_command(as_of: datetime | None, tenant: str, report: Report) -> None:
    """Lay every reminder that is due into the outbox; run again, none comes twice."""
    from contor.bootstrap.service import find_tenant, open_workplace
    from contor.workflows.run_dunning import run_dunning

    with open_workplace() as work:
        done = run_dunning(work, find_tenant(work, tenant).id, day_of(work, as_of))
    report.summary = {"notices": done.notices, "by_level": done.by_level}
    report.note(f"{done.notices} reminders drafted.")


@click.group(epilog="Example: contor outbox send")
def outbox() -> None:
    """Send what waits in the outbox."""


@outbox.command(epilog="Example: contor outbox send")
@TENANT
@shared_options
def send(tenant: str, report: Report) -> None:
    """Render, archive and send what waits; what fails stays and is tried again."""
    from contor.bootstrap.service import find_tenant, open_workplace
    from contor.workflows.send_outbox import send_outbox

    with open_workplace() as work, report.counter("messages") as counter:
        done = send_outbox(work, find_tenant(work, tenant).id, counter)
    report.summary = {"sent": done.sent, "failed": done.failed}
    report.note(f"{done.sent} sent, {done.failed} to be tried again.")


@click.group(epilog="Example: contor user add anna@example.com --name 'Anna B.' --role bookkeeper")
def user() -> None:
    """Manage the people who may sign in."""


@user.command(epilog="Example: contor user add anna@example.com --name 'Anna B.'")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", type=click.Choice(["owner", "bookkeeper", "reader"]), default="bookkeeper")
@click.option("--language", type=click.Choice(["de", "en", "it"]), default="de")
@click.password_option(help="Asked for when not given.")
@TENANT
@shared_options
def add(
    email: str, name: str, role: str, language: str, password: str, tenant: str, report: Report
) -> None:
    """Let a person sign in to a tenant's books; a known one gets the new password and role."""
    from contor.bootstrap.service import find_tenant, open_workplace
    from contor.bootstrap.store import hash_password

    if len(password) < 10:
        raise Refusal(
            "password_too_short",
            "The password has fewer than {least} characters.",
            "Choose a longer one.",
            least=10,
        )
    if not name.strip() or not _EMAIL.fullmatch(email):
        raise Refusal(
            "person_unclear",
            "“{email}” is no e-mail address, or the name is empty.",
            "Give both, like anna@example.com --name 'Anna B.'",
            email=email[:80],
        )
    with open_workplace() as work:
        owner = find_tenant(work, tenant)
        with work.store.unit_of_work(owner.id) as uow:
            known = uow.users.by_email(email)
            hashed = hash_password(password)
            if known is None:
                uow.users.add(
                    email=email,
                    name=name,
                    language=language,
                    password_hash=hashed,
                    role=role,  # type: ignore[arg-type]  # one of the choices
                )
            else:
                uow.users.change(
                    known.id,
                    name=name,
                    language=language,
                    password_hash=hashed,
                    role=role,  # type: ignore[arg-type]  # one of the choices
                )
    report.summary = {"tenant": owner.key, "email": email, "role": role}
    report.note(f"{name} may sign in to {owner.name} as {role}.")


# The training is a door beside this one: named here, never imported by the house.
_JOBS = {
    "account-assignment": "contor_training.assignment.tenant_job",
    "document-fields": "contor_training.documents.tenant_job",
}


_WAITS = frozenset({"too_little_to_learn", "nothing_new", "training_elsewhere"})
"""Why a model is not trained this time although nothing is wrong: it goes on as it is."""


@click.command(epilog="Example: contor train")
@click.option(
    "--days",
    default=60,
    show_default=True,
    type=click.IntRange(1, 36_500),
    help="Latest days kept for the trial.",
)
@click.option("--roll-back", is_flag=True, help="Make the version before the live one live again.")
@click.option("--model", "chosen", type=click.Choice(list(_JOBS)), help="Only this model.")
@click.option("--if-due", is_flag=True, help="Only where the model has aged, grown or drifted.")
@TENANT
@shared_options
def train(
    days: int, roll_back: bool, chosen: str | None, if_due: bool, tenant: str, report: Report
) -> None:
    """Retrain a tenant's models on its own decisions; one goes live only where it is not worse.

    A roll-back is of one model: account-assignment where none is named.
    """
    import importlib

    from contor.bootstrap.service import find_tenant, open_workplace

    names = [chosen] if chosen else list(_JOBS)[:1] if roll_back else list(_JOBS)
    with open_workplace() as work:
        owner = find_tenant(work, tenant)
        for name in names:
            job = importlib.import_module(_JOBS[name])
            again = getattr(job, "run_if_due", job.run) if if_due else job.run
            try:
                said = job.roll_back(work, owner) if roll_back else again(work, owner, days)
            except Refusal as refusal:
                if refusal.code not in _WAITS:
                    report.refuse(name, refusal)
                    continue
                report.note(f"{name} is not trained now: {refusal.message} {refusal.advice}")
                report.summary[name] = {"trained": False, "why": refusal.code}
                continue
            report.summary[name] = said
            for key, value in said.items():
                report.note(f"{name} {key}: {value}")


@click.group(epilog="Example: contor export csv -o journal.csv")
def export() -> None:
    """Export the books."""


@export.command(name="csv", epilog="Example: contor export csv -o journal.csv")
@click.option("-o", "--output", metavar="OUT.csv", help="Instead of standard output.")
@TENANT
@shared_options
def export_csv(output: str | None, tenant: str, report: Report) -> None:
    """Write the journal, a row a line: number, dates, account, debit, credit, codes, text, hash."""
    from contor.bootstrap.service import find_tenant, open_workplace
    from contor.workflows.export_journal import COLUMNS, journal_rows

    with open_workplace() as work:
        with work.store.unit_of_work(find_tenant(work, tenant).id) as uow:
            rows = list(journal_rows(uow))
        with text_out(output) as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(rows)
    report.summary = {"lines": len(rows)}
    report.note(f"{len(rows)} journal lines.")
