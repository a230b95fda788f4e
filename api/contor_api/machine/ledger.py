"""The books for programs: journal, open items, trial balance."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query

from contor.ledger.open_items import OpenItemKind
from contor_api.dependencies import Machine
from contor_api.desk.queue import PageNumber
from contor_api.machine.answers import page_of, plain
from contor_api.machine.paging import Size

router = APIRouter(tags=["ledger"])
Words = Annotated[str, Query(max_length=200)]


@router.get("/journal")
def journal(
    desk: Machine, account: Words = "", text: Words = "", page: PageNumber = 1, size: Size = 50
) -> dict[str, Any]:
    """Entries, youngest first; of one account, or with the text in them."""
    with desk.unit() as uow:
        found = uow.views.journal(account=account or None, text=text or None, page=page, size=size)
        return page_of(found)


@router.get("/journal/{number}")
def entry(desk: Machine, number: str) -> dict[str, Any]:
    """One entry with its lines and its link in the hash chain."""
    with desk.unit() as uow:
        return {"entry": plain(uow.journal.get(number))}


@router.get("/open-items")
def open_items(
    desk: Machine, kind: OpenItemKind | None = None, page: PageNumber = 1, size: Size = 50
) -> dict[str, Any]:
    """Items with something left, by due date."""
    with desk.unit() as uow:
        return page_of(uow.views.open_items(kind, page=page, size=size))


@router.get("/trial-balance")
def trial_balance(
    desk: Machine, start: date | None = None, end: date | None = None
) -> dict[str, Any]:
    """Debits, credits and balance per account, bookings of ``[start, end)``."""
    with desk.unit() as uow:
        return {"rows": plain(uow.views.trial_balance(start, end))}
