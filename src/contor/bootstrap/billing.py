"""Wiring for billing: rendering an invoice in every format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, Literal, get_args

from contor.contracts.contract_file import contract_schema
from contor.errors import Refusal
from contor.invoicing.invoice import Invoice
from contor.invoicing.invoice_json import invoice_schema, invoice_text, parse_document
from contor.invoicing.issue import dated, issue
from contor.invoicing.payment_code import payment_code
from contor.invoicing.preview import preview_documents
from contor.invoicing.print_model import lay_out
from contor.invoicing.to_einvoice import map_invoice
from contor.ports.delivery import PdfWriter

__all__ = [
    "FORMATS",
    "RenderFormat",
    "file_schema",
    "load_document",
    "pdf_writer",
    "preview_documents",
    "render",
]

RenderFormat = Literal["pdf", "zugferd", "xrechnung-cii", "xrechnung-ubl", "fatturapa", "json"]
FORMATS: tuple[str, ...] = get_args(RenderFormat)


@cache
def pdf_writer() -> PdfWriter:
    """The writer of pages."""
    from contor.adapters.pdf_writer import TypstWriter

    return TypstWriter()


def load_document(
    text: str, document: int | None = None, number: str | None = None, day: date | None = None
) -> Invoice:
    """The invoice of an invoice file, or one document of a preview; with a number it is issued."""
    invoice = parse_document(text, document)
    if number is not None:
        return issue(invoice, number, day or _day(invoice))
    return dated(invoice, day) if day and invoice.status == "draft" else invoice


def file_schema(name: str) -> Mapping[str, Any]:
    """The JSON Schema of a file format: contract or invoice."""
    return contract_schema() if name == "contract" else invoice_schema()


def render(invoice: Invoice, form: RenderFormat) -> bytes:
    """The invoice as bytes of the format; the figures are the same in all of them."""
    return _RENDERERS[form](invoice)


def _day(invoice: Invoice) -> date:
    if invoice.issue_date is None:
        raise Refusal(
            "invoice_undated",
            "The document {key} has no day.",
            "Set issue_date; the number and the day are given when it is issued.",
            key=invoice.key,
        )
    return invoice.issue_date


def _pdf(invoice: Invoice) -> bytes:
    return pdf_writer().write(
        lay_out(invoice), day=_day(invoice), payment_code=payment_code(invoice)
    )


def _zugferd(invoice: Invoice) -> bytes:
    from contor.einvoice import write_cii

    xml = write_cii(map_invoice(invoice), "en16931")
    return pdf_writer().write(
        lay_out(invoice), day=_day(invoice), payment_code=payment_code(invoice), xml=xml
    )


def _xrechnung_cii(invoice: Invoice) -> bytes:
    from contor.einvoice import write_cii

    return write_cii(map_invoice(invoice, "xrechnung"), "xrechnung")


def _xrechnung_ubl(invoice: Invoice) -> bytes:
    from contor.einvoice import write_ubl

    return write_ubl(map_invoice(invoice, "xrechnung"), "xrechnung")


def _fatturapa(invoice: Invoice) -> bytes:
    from contor.einvoice import write_fatturapa

    return write_fatturapa(map_invoice(invoice, "fatturapa"))


def _json(invoice: Invoice) -> bytes:
    return invoice_text(invoice).encode("utf-8")


_RENDERERS: dict[str, Callable[[Invoice], bytes]] = {
    "pdf": _pdf,
    "zugferd": _zugferd,
    "xrechnung-cii": _xrechnung_cii,
    "xrechnung-ubl": _xrechnung_ubl,
    "fatturapa": _fatturapa,
    "json": _json,
}
