"""Invoices issued: the list, one invoice, its files."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response

from contor.workflows.send_outbox import archived_invoice
from contor_api.dependencies import SignedIn
from contor_api.desk.queue import PageNumber
from contor_api.downloads import download

router = APIRouter(include_in_schema=False)
Form = Literal["pdf", "zugferd", "xrechnung-cii", "xrechnung-ubl", "fatturapa"]
FORMS: dict[str, str] = {
    "zugferd": "PDF (ZUGFeRD)",
    "xrechnung-cii": "XRechnung CII",
    "xrechnung-ubl": "XRechnung UBL",
}
_SIZE = 50


@router.get("/invoices", name="invoices")
def invoices(desk: SignedIn, page: PageNumber = 1) -> Response:
    """One page of invoices, youngest first."""
    with desk.unit() as uow:
        rows = uow.views.invoices(page=page, size=_SIZE)
        names = {party.number: party.name for party in uow.parties.all()}
    return desk.page("invoices.html", rows=rows, names=names)


@router.get("/invoices/{invoice_id}", name="invoice")
def invoice(desk: SignedIn, invoice_id: int) -> Response:
    """One invoice, what was archived of it, and its entry."""
    with desk.unit() as uow:
        record = uow.invoices.get(invoice_id)
        files = uow.archive_index.about(f"invoice:{record.number}")
        party = uow.parties.by_number(record.customer_number)
    return desk.page("invoice.html", record=record, files=files, party=party, forms=FORMS)


@router.get("/invoices/{invoice_id}/files/{form}", name="invoice_file")
def invoice_file(desk: SignedIn, invoice_id: int, form: Form) -> Response:
    """The invoice as it was or will be sent (archived), or another form of its kept content."""
    with desk.unit() as uow:
        record = uow.invoices.get(invoice_id)
    work = desk.door.work
    if form == "zugferd":
        content, name = archived_invoice(work, desk.tenant_id, record.number)
        return download(content, name, "application/pdf")
    content, media_type = work.renderer.render(record.content, form)
    ending = "pdf" if media_type == "application/pdf" else "xml"
    return download(content, f"{record.number}.{ending}", media_type)
