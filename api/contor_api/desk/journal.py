"""The journal: entries as they were posted, and one entry."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from contor.ports.store import UnitOfWork
from contor_api.dependencies import SignedIn
from contor_api.desk.queue import PageNumber

router = APIRouter(include_in_schema=False)
_SIZE = 50
_SOURCES = {"document": "/documents/", "bank_line": "/bank-lines/"}


@router.get("/journal", name="journal")
def journal(
    desk: SignedIn,
    text: Annotated[str, Query(max_length=200)] = "",
    account: Annotated[str, Query(max_length=20)] = "",
    page: PageNumber = 1,
) -> Response:
    """One page of entries, youngest first."""
    with desk.unit() as uow:
        rows = uow.views.journal(
            account=account.split(" ")[0] or None, text=text.strip() or None, page=page, size=_SIZE
        )
        accounts = uow.accounts.chart().accounts
    names = {known.number: known.name for known in accounts}
    return desk.page(
        "journal.html", rows=rows, text=text, account=account, accounts=accounts, names=names
    )


@router.get("/journal/{number}", name="entry")
def entry(desk: SignedIn, number: str) -> Response:
    """One entry with its lines, and where it comes from."""
    with desk.unit() as uow:
        record = uow.journal.get(number)
        names = {known.number: known.name for known in uow.accounts.chart().accounts}
        origin = _origin(uow, record.posted.entry.source)
    kind = record.posted.entry.source.partition(":")[0]
    return desk.page("entry.html", record=record, names=names, origin=origin, origin_kind=kind)


def _origin(uow: UnitOfWork, source: str) -> str:
    """The page of what an entry comes from; empty where it has none."""
    kind, _, subject = source.partition(":")
    if kind == "invoice":
        invoice = uow.invoices.by_number(subject)
        return f"/invoices/{invoice.id}" if invoice else ""
    return _SOURCES[kind] + subject if kind in _SOURCES and subject.isdigit() else ""
