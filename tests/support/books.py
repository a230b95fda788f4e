"""Books for tests: a small tenant on a real database, and the workplace around it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contor.adapters.durable.steps import PlainSteps
from contor.bootstrap.service import open_workplace
from contor.bootstrap.store import migrate, read_settings
from contor.ports.store_documents import Document
from contor.ports.store_people import Tenant
from contor.ports.workplace import Workplace
from contor.settings import Settings
from contor.workflows.load_books import load_history, load_parties
from contor.workflows.open_books import Opening, open_books
from contor.workflows.process_document import process
from contor.workflows.receive_document import receive
from tests.support.shared import SAMPLES

HISTORY = """date,supplier,supplier_id,description,amount,currency,tax_rate,account,cost_centre,tax_code
2026-03-01,Hetzner Online GmbH,70001,Server,119.00,EUR,19,4964,110,V19
2026-04-01,Hetzner Online GmbH,70001,Server,119.00,EUR,19,4964,110,V19
2026-05-01,Hetzner Online GmbH,70001,Server,119.00,EUR,19,4964,110,V19
2026-05-03,DomReg eG,70002,Domains,23.80,EUR,19,3106,120,V19
2026-06-03,DomReg eG,70002,Domains,23.80,EUR,19,3106,120,V19
"""
PARTIES = """id,name,country,vat_id,iban
70001,Hetzner Online GmbH,DE,DE812871812,
70002,DomReg eG,DE,,
"""


def sample(name: str) -> str:
    return (SAMPLES / "charts" / name).read_text("utf-8")


def settings_in(folder: Path, **more: object) -> Settings:
    return read_settings(data_dir=folder, **more)


def open_tenant(work: Workplace, key: str = "acme") -> Tenant:
    tenant = open_books(
        work,
        Opening(
            key,
            "Acme Hosting GmbH",
            "skr03",
            sample("skr03.csv"),
            sample("tax_codes.csv"),
            sample("cost_centres.csv"),
            years=range(2024, work.clock().year + 2),
        ),
    )
    with work.store.unit_of_work(tenant.id) as uow:
        load_parties(uow, PARTIES)
        load_history(uow, HISTORY)
    return tenant


@contextmanager
def books(folder: Path, **more: object) -> Iterator[tuple[Workplace, Tenant]]:
    """A workplace in ``folder`` with one tenant."""
    settings = settings_in(folder, **more)
    migrate(settings)
    with open_workplace(settings) as work:
        yield work, open_tenant(work)


def take_in(work: Workplace, tenant: Tenant, path: Path) -> Document:
    """Receive a file and see it through, without a worker process in between."""
    document = receive(work, tenant.id, path.read_bytes(), path.name, "upload")
    process(work, tenant.id, document.id, PlainSteps(work.store, tenant.id))
    with work.store.reading(tenant.id) as uow:
        return uow.documents.get(document.id)
