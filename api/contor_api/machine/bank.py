"""Bank statements for programs: hand over a file, list the lines."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, UploadFile

from contor.documents.file_name import safe_file_name
from contor.ports.store_bank import LineState
from contor.workflows.import_statement import import_statement
from contor_api.dependencies import Machine, MachineBookkeeper
from contor_api.desk.queue import PageNumber
from contor_api.desk.uploads import bytes_of
from contor_api.machine.answers import page_of
from contor_api.machine.paging import Size
from contor_api.machine.spoken import import_said

router = APIRouter(tags=["bank"])


@router.post("/bank-statements", status_code=201)
def hand_over(desk: MachineBookkeeper, file: Annotated[UploadFile, File()]) -> dict[str, Any]:
    """Import a statement of any known format; lines known already are counted, never doubled."""
    name = safe_file_name(file.filename or "")
    report = import_statement(desk.door.work, desk.tenant_id, bytes_of(file), name)
    return {"import": import_said(report, desk.wording)}


@router.get("/bank-lines")
def bank_lines(
    desk: Machine, state: LineState | None = None, page: PageNumber = 1, size: Size = 50
) -> dict[str, Any]:
    """Bank lines, youngest first."""
    with desk.unit() as uow:
        return page_of(uow.views.bank_lines(state, page=page, size=size))
