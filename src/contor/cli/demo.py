"""``contor demo``: a small hosting company's morning, worked through before your eyes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contor.cli.manners import Report, shared_options
from contor.errors import Failure

if TYPE_CHECKING:
    from contor.ports.workplace import Workplace

PASSWORD = "demo"  # noqa: S105 - the demo's password is printed on purpose
DAY = date(2026, 11, 2)


@dataclass
class Morning:
    """What happened, a row a step: name, count, what it says, seconds."""

    report: Report
    rows: list[tuple[str, str, str, float]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[list[str]]:
        """Time a step; the step fills in count and text."""
        said: list[str] = []
        begun = time.monotonic()
        self.report.note(f"{name} ...")
        yield said
        count, text = (*said, "", "")[:2]
        self.rows.append((name, count, text, time.monotonic() - begun))


@click.command(epilog="Example: contor demo --samples data/samples")
@click.option("--samples", default="data/samples", show_default=True, type=click.Path())
@shared_options
def demo(samples: str, report: Report) -> None:
    """Work through a small hosting company's morning.

    Opens the books of an invented company, takes in real sample documents, imports bank statements,
    matches them to the open items, and issues the invoices that are due. Run again, it does nothing
    twice.
    """
    from contor.bootstrap.service import open_runs, open_workplace
    from contor.bootstrap.store import migrate, read_settings

    folder = Path(samples)
    if not (folder / "demo" / "ledger.csv").is_file():
        raise Failure("samples_missing", f"There are no samples at {folder}.", "Name the folder.")
    morning = Morning(report)
    with morning.step("Set up"):
        migrate(read_settings())
    with open_workplace() as work:
        tenant_id = _open_books(work, folder, morning)
        with open_runs(work) as runs:
            _documents(work, tenant_id, runs, folder, morning)
        _bank(work, tenant_id, folder, morning)
        _invoices(work, tenant_id, morning)
        _proof(work, tenant_id, morning)
    _show(morning, report)


def _open_books(work: Workplace, folder: Path, morning: Morning) -> int:
    from contor.bootstrap.demo import demo_files
    from contor.bootstrap.store import hash_password
    from contor.workflows.demo_morning import learn, open_demo

    with morning.step("Open the books") as said:
        tenant = open_demo(work, demo_files(folder))
        with work.store.unit_of_work(tenant.id) as uow:
            if uow.users.by_email("anna@demo.example") is None:
                uow.users.add(
                    email="anna@demo.example",
                    name="Anna Bukowski",
                    language="de",
                    password_hash=hash_password(PASSWORD),
                    role="owner",
                )
            items, parties = len(uow.open_items.open()), len(uow.parties.all())
        said += [str(parties), f"customers and suppliers, {items} open items"]
    with morning.step("Learn from the past") as said:
        said += [str(learn(work, tenant.id)), "coded lines of two years"]
    return tenant.id


def _samples(folder: Path) -> list[Path]:
    """The sample documents: every file that has an expectation beside it."""
    twins = sorted((folder / "documents").rglob("*.expected.json"))
    return [twin.with_name(twin.name.removesuffix(".expected.json")) for twin in twins]


def _documents(
    work: Workplace, tenant_id: int, runs: object, folder: Path, morning: Morning
) -> None:
    from contor.workflows.take_in import IntakeReport, Runs, process_waiting, receive_all

    assert isinstance(runs, Runs)
    done = IntakeReport()
    with morning.step("Receive documents") as said:
        files = ((path.name, path.read_bytes()) for path in _samples(folder))
        receive_all(work, tenant_id, files, "folder", done)
        said += [str(done.received), f"new, {len(done.known)} known before"]
    with morning.step("Read and suggest") as said:
        with morning.report.counter("documents") as counter:
            process_waiting(work, tenant_id, runs, done, counter)
        states = done.by_state
        said += [
            str(sum(states.values())),
            (
                f"{states.get('posted', 0)} safe to post alone (promise: at most 5 % wrong), {states.get('review', 0)} suggested "
                f"for review, {states.get('refused', 0)} refused"
            ),
        ]


def _bank(work: Workplace, tenant_id: int, folder: Path, morning: Morning) -> None:
    from contor.bootstrap.demo import statement_files
    from contor.workflows.import_statement import import_statement
    from contor.workflows.run_reconciliation import run_reconciliation

    with morning.step("Import bank statements") as said:
        reports = [
            import_statement(work, tenant_id, path.read_bytes(), path.name)
            for path in statement_files(folder)
        ]
        said += [
            str(sum(done.new_lines for done in reports)),
            f"new lines, {sum(done.known_lines for done in reports)} known before",
        ]
    with morning.step("Match to open items") as said:
        with morning.report.counter("bank lines") as counter:
            result = run_reconciliation(work, tenant_id, DAY, progress=counter)
        shown = ", ".join(f"{count} {name}" for name, count in sorted(result.by_status.items()))
        said += [str(result.lines), f"{result.booked} booked alone ({shown})"]


def _invoices(work: Workplace, tenant_id: int, morning: Morning) -> None:
    from contor.workflows.run_billing import run_billing
    from contor.workflows.send_outbox import send_outbox

    with morning.step("Issue invoices") as said:
        with morning.report.counter("contracts") as counter:
            result = run_billing(work, tenant_id, DAY, counter)
        said += [
            str(len(result.issued)),
            f"issued from {result.contracts} contracts, {len(result.held)} held for a person",
        ]
        for number, why in result.refused:
            morning.report.note(f"  {number}: {why}")
    with morning.step("Render and send") as said:
        with morning.report.counter("invoices") as counter:
            sent = send_outbox(work, tenant_id, counter)
        said += [str(sent.sent), f"PDF/A-3 with e-invoice, {sent.failed} to be tried again"]


def _proof(work: Workplace, tenant_id: int, morning: Morning) -> None:
    from contor.workflows.verify_books import verify

    with morning.step("Prove the books") as said:
        with work.store.unit_of_work(tenant_id) as uow:
            problems = verify(uow, work.archive)
            queue = uow.views.queue(size=1).total
            receivable = len(uow.open_items.open("receivable"))
            payable = len(uow.open_items.open("payable"))
        said += [str(len(problems)), "problems; books, archive and numbers checked"]
    morning.rows.append(("Waiting at the desk", str(queue), "documents and bank lines", 0.0))
    morning.rows.append(
        ("Open items", str(receivable + payable), f"{receivable} to come in, {payable} to pay", 0.0)
    )


def _show(morning: Morning, report: Report) -> None:
    """The table of the morning; as JSON where that was asked for."""
    report.summary = {name: {"count": count, "text": text} for name, count, text, _ in morning.rows}
    if report.quiet or report.as_json:
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title="The morning", title_justify="left")
    table.add_column("Step")
    table.add_column("", justify="right")
    table.add_column("What happened")
    table.add_column("Seconds", justify="right")
    for name, count, text, seconds in morning.rows:
        table.add_row(name, count, text, f"{seconds:.1f}" if seconds else "")
    console = Console()
    console.print(table)
    console.print(f"Sign in at the desk as anna@demo.example with the password {PASSWORD}.")
