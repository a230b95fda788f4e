"""Bank lines: the list, one line, and the parts of its form that the server fills."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from contor.ports.store_bank import LineState
from contor_api.dependencies import SignedIn
from contor_api.desk.bank_line_sheet import allocation_rows, found_items, row_for
from contor_api.desk.items import look_again, show_bank_line
from contor_api.desk.queue import PageNumber

router = APIRouter(include_in_schema=False)
Words = Annotated[str, Query(max_length=200)]
_SIZE = 50


@router.get("/bank-lines", name="bank_lines")
def bank_lines(desk: SignedIn, state: LineState | None = None, page: PageNumber = 1) -> Response:
    """One page of bank lines, youngest first."""
    with desk.unit() as uow:
        rows = uow.views.bank_lines(state, page=page, size=_SIZE)
    return desk.page("bank_lines.html", rows=rows, state=state)


@router.get("/bank-lines/{line_id}", name="bank_line")
def bank_line(desk: SignedIn, line_id: int) -> Response:
    """One bank line, whether or not it waits in the queue; with what was learnt since it was read."""
    look_again(desk, "bank_line", line_id)
    with desk.unit() as uow:
        return show_bank_line(uow, desk, line_id)


@router.get("/bank-lines/{line_id}/found", name="found_items")
def found(desk: SignedIn, line_id: int, q: Words = "") -> Response:
    """Open items that fit the words, as rows of a table."""
    with desk.unit() as uow:
        line = uow.bank.get(line_id)
        items = found_items(uow, line, q)
    return desk.page("_found_items.html", line=line, found=items)


@router.get("/bank-lines/{line_id}/allocation", name="allocation_row")
def allocation(desk: SignedIn, line_id: int, item: int) -> Response:
    """A new row of the form for an open item."""
    with desk.unit() as uow:
        row = row_for(uow.open_items.get(item), uow.bank.get(line_id), desk.wording.locale)
    return desk.page("_allocation_rows.html", allocations=[row], editable=True)


@router.get("/bank-lines/{line_id}/alternative/{number}", name="alternative")
def alternative(desk: SignedIn, line_id: int, number: int) -> Response:
    """The rows of another explanation; 0 is the proposed one."""
    with desk.unit() as uow:
        kept = uow.bank.proposal(line_id)
        content = kept.content if kept else {}
        ways = [content, *(content.get("alternatives") or ())]
        chosen = ways[number] if 0 <= number < len(ways) else {}
        rows = allocation_rows(uow, chosen.get("allocations") or (), desk.wording.locale)
    return desk.page("_allocation_rows.html", allocations=rows, editable=True)
