"""UBL 2.1 Invoice and CreditNote: read. The tables of :mod:`contor.einvoice.ubl_terms` do the work."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from lxml import etree

from contor.einvoice.mapping import Reader, Record
from contor.einvoice.model import Invoice
from contor.einvoice.record import build
from contor.einvoice.table import Node, compile_table
from contor.einvoice.ubl_terms import CREDIT_NOTE, INVOICE, NAMESPACES, tables

INVOICE_ROOT = f"{{{INVOICE}}}Invoice"
CREDIT_NOTE_ROOT = f"{{{CREDIT_NOTE}}}CreditNote"

# What stands for BT-13 where only BT-14 is known: the schema wants both.
NO_ORDER = "NA"

_CODED_NOTE = re.compile(r"#([A-Z]{3})#(.*)", re.DOTALL)
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}")
_SUB_LINES = {
    f"{{{NAMESPACES['cac']}}}SubInvoiceLine",
    f"{{{NAMESPACES['cac']}}}SubCreditNoteLine",
}


@functools.cache
def tree(*, credit_note: bool) -> Node:
    """The mapping tree of Invoice or CreditNote, without the lines: see :func:`line_tree`."""
    root = CREDIT_NOTE_ROOT if credit_note else INVOICE_ROOT
    node = compile_table("invoice", tables(credit_note=credit_note), NAMESPACES, root)
    for line in [child for child in node.children if child.group == ("lines",)]:
        node.children.remove(line)
        del node.by_tag[line.tag]
    return node


@functools.cache
def line_tree(*, credit_note: bool) -> Node:
    """The mapping tree of one line, for the lines within lines of the XRechnung extension."""
    return compile_table("line", tables(credit_note=credit_note), NAMESPACES)


def read_ubl(root: etree._Element) -> Invoice:
    """The invoice of an Invoice or CreditNote element."""
    reader = Reader()
    credit_note = root.tag == CREDIT_NOTE_ROOT
    record = reader.read(tree(credit_note=credit_note), root)
    record["lines"] = list(_lines(reader, root, credit_note=credit_note))
    record["notes"] = [_note(text) for text in record.pop("texts", ())]
    _references(record)
    _parties(record)
    _payment(record)
    _vat(record)
    for line in record["lines"]:
        _line(line)
    record["unreadable"] = reader.unreadable
    return build(Invoice, record)


def _lines(
    reader: Reader, parent: etree._Element, *, credit_note: bool, above: str | None = None
) -> Iterator[Record]:
    """Every line, each followed by the lines within it, with the id of the line above."""
    name = "CreditNoteLine" if credit_note else "InvoiceLine"
    wanted = {f"{{{NAMESPACES['cac']}}}{name}"} if above is None else _SUB_LINES
    for element in parent:
        if element.tag in wanted:
            line = reader.read(line_tree(credit_note=credit_note), element)
            if above is not None:
                line["parent"] = above
            yield line
            if any(child.tag in _SUB_LINES for child in element):
                yield from _lines(
                    reader, element, credit_note=credit_note, above=line.get("id", "")
                )


def _note(text: str) -> Record:
    """UBL has no place for BT-21: it is written ``#AAI#text``."""
    found = _CODED_NOTE.fullmatch(text.lstrip())
    return {"text": found[2], "subject_code": found[1]} if found else {"text": text}


def _references(record: Record) -> None:
    for part in record.get("preceding_invoices", ()):
        part.setdefault("number", part.pop("credited", None))
        part.setdefault("issue_date", part.pop("credited_date", None))
    if record.get("order_reference") == NO_ORDER and "sales_order_reference" in record:
        del record["order_reference"]
    attachments = []
    for reference in record.pop("references", ()):
        kind, found = reference.get("type_code"), reference.get("reference")
        if kind == "130" and found is not None and "object_id" not in record:
            record["object_id"] = found
        elif kind == "50" and found is not None and "project_reference" not in record:
            record["project_reference"] = found.value
        else:
            reference["reference"] = found.value if found is not None else None
            if kind == "916":
                del reference["type_code"]
            attachments.append(reference)
    record["attachments"] = attachments


def _parties(record: Record) -> None:
    """The SEPA creditor identifier (BT-90) stands among the identifiers of seller or payee."""
    for role in ("payee", "seller"):
        party = record.get(role)
        if party is None:
            continue
        kept = []
        for identifier in party.pop("identifiers", ()):
            if identifier.scheme == "SEPA":
                record.setdefault("creditor_identifier", identifier.value)
            else:
                kept.append(identifier)
        party["identifiers"] = kept
    for role in ("seller", "buyer"):
        party = record.get(role, {})
        if "name" not in party and "trading_name" in party:
            party["name"] = party.pop("trading_name")
    representative = record.get("tax_representative")
    if representative is not None and "trading_name" in representative:
        representative.setdefault("name", representative.pop("trading_name"))
    delivery = record.get("delivery", {})
    party = {name: delivery[name] for name in ("name", "address") if name in delivery}
    if "location" in delivery:
        party["identifiers"] = [delivery["location"]]
    if party:
        delivery["party"] = party


def _payment(record: Record) -> None:
    texts: list[str] = record.pop("term_texts", [])
    record["payment_terms"] = "\n".join(texts) or None
    for means in record.get("payment_means", ()):
        for field in ("due_date", "mandate_reference"):
            if field in means:
                record.setdefault(field, means[field])
        text = means.pop("remittance_information", None)
        if text is not None and record.setdefault("remittance_information", text) != text:
            means["remittance_information"] = text
        if "account" in means:
            compact = means["account"].replace(" ", "").upper()
            means["account_is_iban"] = bool(_IBAN.fullmatch(compact))


def _vat(record: Record) -> None:
    """BT-110 stands with the breakdown, BT-111 in a tax total of its own currency."""
    totals = record.setdefault("totals", {})
    accounting = record.get("vat_accounting_currency")
    breakdown = []
    for total in record.pop("tax_totals", ()):
        currency = total.get("currency")
        other = currency is not None and currency == accounting != record.get("currency")
        totals.setdefault("tax_accounting" if other else "tax", total.get("amount"))
        if not other:
            breakdown += total.get("subtotals", [])
    record["vat_breakdown"] = breakdown


def _line(line: Record) -> None:
    notes: list[str] = line.pop("notes", [])
    line["note"] = "\n".join(notes) or None
    vat = line.pop("vat", {})
    line["vat_category"], line["vat_rate"] = vat.get("category"), vat.get("rate")
    line["exemption_reason"] = vat.get("exemption_reason")
    line["exemption_code"] = vat.get("exemption_code")
    price = line.get("price", {})
    applied = price.pop("applied", {})
    amount = applied.get("amount")
    if amount is not None:
        price["discount"] = -amount if applied.get("is_charge") else amount
    price["gross"] = applied.get("base")
