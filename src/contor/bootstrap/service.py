"""The service, wired: settings in, the workplace that every workflow is handed out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from contor.bootstrap.intake import file_opener
from contor.bootstrap.logs import configure_logs
from contor.bootstrap.store import is_migrated, migrate, open_archive, open_store, read_settings
from contor.errors import Failure, Refusal
from contor.ports.documents import AgainJob, FileJob, ReadPages
from contor.ports.steps import Steps
from contor.ports.store_people import Tenant
from contor.ports.workplace import Workplace
from contor.settings import Settings

if TYPE_CHECKING:
    from contor.adapters.durable.runs import DurableRuns


def read_one(data: Path, job: FileJob | AgainJob) -> ReadPages:
    """Read one document, or its words again; runs in a worker process, which wires itself.

    ``data`` is the service's folder: the tenants' own models, and what was recognised of late.
    """
    from contor.bootstrap.documents import RECOGNISED, remembering_tools, tagger_for
    from contor.workflows.read_document import read_again, read_with_pages

    tagger = tagger_for(job.model, data / "models")
    if isinstance(job, AgainJob):
        return read_again(job.found, tagger, job.layouts)
    tools = remembering_tools(data / RECOGNISED)
    return read_with_pages(job.content, job.filename, replace(tools, tagger=tagger))


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders an issued invoice from its stored JSON."""

    def render(self, content: Mapping[str, Any], form: str) -> tuple[bytes, str]:
        """Bytes and media type of a form of ``contor render``."""
        import json

        from contor.bootstrap.billing import FORMATS, load_document, render

        if form not in FORMATS:
            raise Refusal(
                "format_unknown",
                "There is no format {form}.",
                "Use one of: {known}.",
                form=form,
                known=", ".join(FORMATS),
            )
        media_type = {"pdf": "application/pdf", "zugferd": "application/pdf"}.get(
            form, "application/json" if form == "json" else "application/xml"
        )
        invoice = load_document(json.dumps(content))
        return render(invoice, form), media_type  # type: ignore[arg-type]  # checked above


@contextmanager
def open_workplace(settings: Settings | None = None) -> Iterator[Workplace]:
    """The workplace of a migrated data folder or database.

    Raises:
        Failure: ``not_set_up`` before ``contor init``.
    """
    from contor.adapters.assigners import TenantAssigners
    from contor.adapters.page_painter import PagePainter
    from contor.adapters.reader_pool import ReaderPool
    from contor.bootstrap.assignment import encoder_of_service, live_sense

    settings = settings or read_settings()
    configure_logs(settings)
    if not is_migrated(settings):
        if settings.database_url or not (settings.data_dir / "contor.sqlite3").exists():
            raise Failure(
                "not_set_up",
                f"There is no up-to-date database at {settings.data_dir}.",
                "Run `contor init` (or `make run` for the demo) first; after an update of the "
                "program, `contor init --upgrade`.",
            )
        migrate(settings)  # the embedded database belongs to this program alone
    store = open_store(settings)
    shelves = settings.data_dir / "models"
    readers = ReaderPool(partial(read_one, settings.data_dir), settings.readers)
    opener = file_opener(settings.data_dir)
    zone = ZoneInfo(settings.time_zone)
    try:
        yield Workplace(
            store=store,
            archive=open_archive(settings),
            clock=lambda: datetime.now(zone),  # noqa: TID251 - the one clock, handed in from here
            reader=readers,
            painter=PagePainter(),
            assigners=TenantAssigners(
                shelves=shelves,
                encoder=partial(encoder_of_service, settings.encoder),
                sense=cache(live_sense),
            ),
            renderer=Renderer(),
            sender=_sender(settings),
            opener=opener,
        )
    finally:
        readers.close()
        opener.close()
        store.dispose()


def _sender(settings: Settings) -> Any:
    from contor.adapters.mail import FolderSender, SmtpSender

    if not settings.smtp_host:
        return FolderSender(settings.data_dir / "outbox", settings.mail_from)
    return SmtpSender(
        settings.smtp_host,
        settings.smtp_port,
        settings.mail_from,
        settings.smtp_user,
        settings.smtp_password.get_secret_value(),
    )


@contextmanager
def open_runs(
    work: Workplace, settings: Settings | None = None, worker: str = "worker-1"
) -> Iterator[DurableRuns]:
    """This process as a worker: durable runs over the workplace."""
    from contor.adapters.db.unit_of_work import SqlStore
    from contor.adapters.durable.runs import DOCUMENT_RUN, DurableRuns
    from contor.workflows.process_document import process

    settings = settings or read_settings()
    assert isinstance(work.store, SqlStore)

    def process_document(tenant_id: int, document_id: int, steps: Steps) -> dict[str, Any]:
        return process(work, tenant_id, document_id, steps)

    system_url = settings.database_url or f"sqlite:///{settings.data_dir / 'runs.sqlite3'}"
    with DurableRuns(
        work.store,
        work.store.engine,
        system_url,
        {DOCUMENT_RUN: process_document},
        worker=worker,
        concurrency=settings.readers,
    ) as runs:
        yield runs


def find_tenant(work: Workplace, key: str) -> Tenant:
    """The tenant of a key; the only one there is where no key is given.

    Raises:
        Refusal: ``tenant_unknown``, ``tenant_not_named``.
    """
    with work.store.administration() as above:
        tenants = above.tenants.all()
    fitting = [tenant for tenant in tenants if not key or tenant.key == key]
    if key and not fitting:
        raise Refusal(
            "tenant_unknown",
            "There is no tenant {key}.",
            "Known are: {known}.",
            key=key,
            known=", ".join(tenant.key for tenant in tenants) or "none",
        )
    if len(fitting) != 1:
        raise Refusal(
            "tenant_not_named",
            "There are {number} tenants.",
            "Name one with --tenant.",
            number=len(fitting),
        )
    return fitting[0]
