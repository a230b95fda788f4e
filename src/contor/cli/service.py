"""The service from the command line: set up, serve, work, take documents in, verify."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contor.cli.manners import Report, bytes_of, shared_options, text_in
from contor.errors import Refusal

if TYPE_CHECKING:
    from contor.ports.workplace import Workplace

TENANT = click.option(
    "--tenant", default="", help="Key of the tenant; not needed for the only one."
)
AS_OF = click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to work for; today by default."
)


def day_of(work: Workplace, as_of: datetime | None) -> date:
    """The day asked for, else today by the service's clock."""
    return as_of.date() if as_of is not None else work.clock().date()


@click.command(
    epilog="Example: contor init --key acme --name 'Acme Hosting GmbH' --chart skr03.csv"
)
@click.option("--upgrade", is_flag=True, help="Only bring the database to the present form.")
@click.option("--key", default="", help="Short, stable name of the tenant.")
@click.option("--name", default="", help="The company's name.")
@click.option("--scheme", type=click.Choice(["skr03", "skr04"]), default="skr03")
@click.option("--chart", default="", type=click.Path(), help="CSV: number,name[,kind]")
@click.option("--tax-codes", default="", type=click.Path(), help="CSV as in data/samples/charts")
@click.option("--cost-centres", default="", type=click.Path(), help="CSV: code,name")
@click.option("--year", "years", type=int, multiple=True, help="Fiscal years to open.")
@shared_options
def init(
    upgrade: bool,
    key: str,
    name: str,
    scheme: str,
    chart: str,
    tax_codes: str,
    cost_centres: str,
    years: tuple[int, ...],
    report: Report,
) -> None:
    """Create the database and the archive, and open the books of a tenant."""
    from contor.bootstrap.service import open_workplace
    from contor.bootstrap.store import migrate, read_settings
    from contor.workflows.open_books import Opening, open_books

    wanted = {"key": key, "name": name, "chart": chart, "tax-codes": tax_codes}
    missing = [option for option, value in wanted.items() if not value]
    if missing and not upgrade:
        raise click.UsageError(f"Missing option --{missing[0]} (or --upgrade).")
    migrate(read_settings())
    if upgrade:
        report.note("The database has the present form.")
        return
    chart_text, codes_text, centres_text = (_text(p) for p in (chart, tax_codes, cost_centres))
    with open_workplace() as work:
        this_year = work.clock().year
        tenant = open_books(
            work,
            Opening(
                key,
                name,
                "skr04" if scheme == "skr04" else "skr03",
                chart_text,
                codes_text,
                centres_text,
                years=years or (this_year - 1, this_year, this_year + 1),
            ),
        )
    report.summary = {"tenant": tenant.key, "name": tenant.name}
    report.note(f"The books of {tenant.name} are open (tenant {tenant.key}).")


def _text(path: str) -> str:
    """The text of a file; a table without rows where no file was named."""
    if not path:
        return "code,name\n"
    with text_in(path) as stream:
        return stream.read()


@click.command(epilog="Example: contor serve --port 8000")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--worker/--no-worker", default=True, help="Also read what is uploaded.")
@shared_options
def serve(host: str, port: int, worker: bool, report: Report) -> None:
    """Open the desk in the browser; by default this process reads what is uploaded, too."""
    import contextlib
    import importlib
    import threading

    import uvicorn

    from contor.bootstrap.assignment import encoder_of_service
    from contor.bootstrap.background import background_worker, warm
    from contor.bootstrap.service import open_workplace
    from contor.bootstrap.store import read_settings, session_secret

    # The desk is a door beside this one: named here, never imported by the house.
    create_app = importlib.import_module("contor_api.app").create_app
    with contextlib.ExitStack() as stack:
        work = stack.enter_context(open_workplace())
        encoder_of_service(read_settings().encoder)  # a model that is missing is told now
        if worker:
            stack.enter_context(background_worker(work))
        else:
            threading.Thread(target=warm, args=(work,), name="warm", daemon=True).start()
        app = create_app(work, session_secret(read_settings()))
        report.note(f"The desk is open at http://{host}:{port} - stop it with Ctrl-C.")
        uvicorn.run(app, host=host, port=port, log_level="warning")


@click.command(epilog="Example: contor inbox ~/scans")
@click.argument("folder", type=click.Path(exists=True))
@click.option("--watch", is_flag=True, help="Go on; what was taken is moved to FOLDER/done.")
@click.option("--keep", is_flag=True, help="With --watch: leave the files where they are.")
@click.option("--rounds", type=click.IntRange(min=1), hidden=True, help="Looks before it stops.")
@TENANT
@shared_options
def inbox(
    folder: str, watch: bool, keep: bool, rounds: int | None, tenant: str, report: Report
) -> None:
    """Receive and read every document and mail of a folder; known ones are counted, not doubled."""
    if watch:
        from contor.cli.watch import watch as go_on

        go_on(Path(folder), tenant, report, keep=keep, rounds=rounds)
        return
    from contor.bootstrap.service import find_tenant, open_runs, open_workplace
    from contor.workflows.take_in import IntakeReport, process_waiting, receive_all

    paths = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    done = IntakeReport()
    with open_workplace() as work, open_runs(work) as runs:
        owner = find_tenant(work, tenant)
        files = ((path.name, path.read_bytes()) for path in report.progress(paths, "receiving"))
        receive_all(work, owner.id, files, "folder", done)
        with report.counter("reading") as counter:
            process_waiting(work, owner.id, runs, done, counter)
    for line in done.failed:
        report.refuse(folder, Refusal("run_failed", "{line}", "Run it again.", line=line))
    report.summary = {
        "received": done.received,
        "known": len(done.known),
        "by_state": done.by_state,
    }
    report.note(f"{done.received} received, {len(done.known)} known; {json.dumps(done.by_state)}")


@click.command(epilog="Example: contor work")
@click.option("--once", is_flag=True, help="Finish what waits, then stop.")
@click.option(
    "--train-at",
    type=click.DateTime(["%H:%M"]),
    help="Retrain the tenant's models every night at this time (as `contor train` does).",
)
@TENANT
@shared_options
def work(once: bool, train_at: datetime | None, tenant: str, report: Report) -> None:
    """Run the background worker: documents, outbox, retraining, and what a dead worker left.

    Models are retrained when they have aged, grown or drifted; --train-at adds a fixed time.
    """
    import time

    from contor.bootstrap.assignment import encoder_of_service
    from contor.bootstrap.nightly import Nightly
    from contor.bootstrap.service import find_tenant, open_runs, open_workplace
    from contor.bootstrap.store import read_settings
    from contor.bootstrap.training import TrainingWatch
    from contor.workflows.send_outbox import send_outbox
    from contor.workflows.take_in import IntakeReport, process_waiting

    with open_workplace() as place, open_runs(place) as runs:
        owner = find_tenant(place, tenant)
        encoder_of_service(read_settings().encoder)  # a model that is missing is told now
        resumed = runs.resume_stranded()
        report.note(f"{resumed} runs taken over." if resumed else "Working; stop with Ctrl-C.")
        night = Nightly(train_at.time(), owner.key) if train_at else None
        watch = TrainingWatch(read_settings())
        try:
            while True:
                if night:
                    night.tick(place.clock())
                process_waiting(place, owner.id, runs, IntakeReport())
                send_outbox(place, owner.id)
                if once:
                    return
                watch.look(place, time.monotonic())
                time.sleep(2)
        finally:
            watch.close()


@click.group(epilog="Example: contor bank import statement.xml")
def bank() -> None:
    """Import bank statements into the books."""


@bank.command(name="import", epilog="Example: contor bank import october.xml november.sta")
@click.argument("files", nargs=-1, required=True, type=click.Path())
@TENANT
@shared_options
def import_files(files: tuple[str, ...], tenant: str, report: Report) -> None:
    """Import statement files; lines that are known already are counted, not doubled."""
    from contor.bootstrap.service import find_tenant, open_workplace
    from contor.workflows.import_statement import import_statement

    new = known = 0
    with open_workplace() as place:
        owner = find_tenant(place, tenant)
        for file in report.progress(files, "importing"):
            try:
                done = import_statement(place, owner.id, bytes_of(file), file)
            except Refusal as refusal:
                report.refuse(file, refusal)
                continue
            new, known = new + done.new_lines, known + done.known_lines
            for row, why in done.refused:
                report.refuse(f"{file}:{row}", Refusal("row_refused", "{why}", why=why))
    report.summary = {"new_lines": new, "known_lines": known}
    report.note(f"{new} new lines, {known} known before.")


@click.command(epilog="Example: contor verify")
@TENANT
@shared_options
def verify(tenant: str, report: Report) -> None:
    """Prove that books, archive and numbers are complete and unaltered."""
    from contor.bootstrap.service import find_tenant, open_workplace
    from contor.workflows.verify_books import verify as verify_books

    with open_workplace() as place:
        owner = find_tenant(place, tenant)
        with place.store.unit_of_work(owner.id) as uow:
            problems = verify_books(uow, place.archive)
    for problem in problems:
        report.refuse(owner.key, Refusal("books_altered", "{problem}", problem=problem))
    report.summary = {"tenant": owner.key, "problems": len(problems)}
    report.note(
        f"{len(problems)} problems found." if problems else "Books, archive and numbers are whole."
    )
