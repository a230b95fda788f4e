"""Cross Industry Invoice: ZUGFeRD 1.0 (read), ZUGFeRD 2, Factur-X and XRechnung (read and write).

The tables of :mod:`contor.einvoice.cii_terms` do the work; here is only what a table cannot say.
"""

from __future__ import annotations

import calendar
import functools
import re
from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from contor.einvoice.cii_terms import (
    NAMESPACES,
    RELEASE_CANDIDATE_NAMESPACES,
    TABLES,
    ZUGFERD_1_NAMES,
    ZUGFERD_1_NAMESPACES,
)
from contor.einvoice.mapping import Reader, Record
from contor.einvoice.model import Invoice, UnreadableValue
from contor.einvoice.party import Identifier
from contor.einvoice.record import build
from contor.einvoice.table import Node, compile_table

ROOT = f"{{{NAMESPACES['rsm']}}}CrossIndustryInvoice"
ZUGFERD_1_ROOT = f"{{{ZUGFERD_1_NAMESPACES['rsm']}}}CrossIndustryDocument"
RELEASE_CANDIDATE_ROOT = f"{{{RELEASE_CANDIDATE_NAMESPACES['rsm']}}}Invoice"

# UNTDID 2475 (CII) to UNTDID 2005 (the norm's BT-8): invoice date, delivery date, payment date.
VAT_POINT_CODES = {"5": "3", "29": "35", "72": "432"}


@functools.cache
def tree() -> Node:
    """The mapping tree of Cross Industry Invoice."""
    return compile_table("invoice", TABLES, NAMESPACES, ROOT)


@functools.cache
def zugferd_1_tree() -> Node:
    """The mapping tree of ZUGFeRD 1.0: the same tables under its names."""
    tables = {name: _renamed(table) for name, table in TABLES.items()}
    return compile_table("invoice", tables, ZUGFERD_1_NAMESPACES, ZUGFERD_1_ROOT)


@functools.cache
def release_candidate_tree() -> Node:
    """The mapping tree of ZUGFeRD's release candidate."""
    tables = {
        name: re.sub(r"/[uq]dt:\w+|ram:", "", _renamed(table)) for name, table in TABLES.items()
    }
    namespaces = RELEASE_CANDIDATE_NAMESPACES
    return compile_table("invoice", tables, namespaces, RELEASE_CANDIDATE_ROOT)


_TREES = {
    ROOT: tree,
    ZUGFERD_1_ROOT: zugferd_1_tree,
    RELEASE_CANDIDATE_ROOT: release_candidate_tree,
}


def read_cii(root: etree._Element) -> Invoice:
    """The invoice of a root element of CII, ZUGFeRD 1.0 or its release candidate."""
    reader = Reader()
    record = reader.read(_TREES[root.tag](), root)
    _parties(record)
    _references(record)
    _vat(record)
    _payment(record)
    _allowances(record)
    _totals(record)
    for line in record.get("lines", ()):
        _line(line)
    record["unreadable"] = [value for value in reader.unreadable if not _is_month(value, record)]
    return build(Invoice, record)


def _is_month(value: UnreadableValue, record: Record) -> bool:
    """Whether a month (format 610) stands for the day of supply: then it is the invoicing period.

    § 31 (4) UStDV: the calendar month is enough. ZUGFeRD 1.0 writes it so.
    """
    found = re.fullmatch(r"(\d{4})(0[1-9]|1[0-2])", value.text, re.ASCII)
    if found is None or value.term != "BT-72" or "period" in record:
        return False
    year, month = int(found[1]), int(found[2])
    last = calendar.monthrange(year, month)[1]
    record["period"] = {"start": date(year, month, 1), "end": date(year, month, last)}
    return True


def _renamed(table: str) -> str:
    for name, old in ZUGFERD_1_NAMES.items():
        table = re.sub(rf"(?<![\w:]){name}(?!\w)", old, table)
    return table


def _parties(record: Record) -> None:
    parties = [record.get(role) for role in ("seller", "buyer", "payee", "tax_representative")]
    for party in [*parties, record.get("delivery", {}).get("party")]:
        if party is not None:
            found = [*party.pop("ids", ()), *party.pop("global_ids", ())]
            party["identifiers"] = sorted(found, key=lambda identifier: identifier.scheme != "")


def _references(record: Record) -> None:
    attachments = []
    for reference in record.pop("references", ()):
        kind = reference.get("type_code")
        if kind == "130" and "object_id" not in record and "reference" in reference:
            scheme = reference.get("scheme", "")
            record["object_id"] = Identifier(reference["reference"], scheme)
        elif kind == "50" and "tender_reference" not in record and "reference" in reference:
            record["tender_reference"] = reference["reference"]
        else:
            if kind == "916":
                del reference["type_code"]
            attachments.append(reference)
    record["attachments"] = attachments


def _vat(record: Record) -> None:
    for vat in record.get("vat_breakdown", ()):
        code = vat.pop("point_code", None)
        if code:
            record.setdefault("vat_point_code", VAT_POINT_CODES.get(code, code))
        if "point_date" in vat:
            record.setdefault("vat_point_date", vat.pop("point_date"))


def _payment(record: Record) -> None:
    for means in record.get("payment_means", ()):
        if "account" not in means and "proprietary_account" in means:
            means["account"] = means["proprietary_account"]
            means["account_is_iban"] = False
    terms: list[Record] = record.pop("terms", [])
    record["payment_terms"] = "\n".join(part["text"] for part in terms if "text" in part) or None
    for name in ("due_date", "mandate_reference"):
        record[name] = next((part[name] for part in terms if name in part), None)
    plain = {"text", "due_date", "mandate_reference"}
    if len(terms) > 1 or any(not part.keys() <= plain for part in terms):
        record["payment_conditions"] = terms


def _allowances(record: Record) -> None:
    services = [
        {**charge, "is_charge": True, "service": True}
        for charge in record.pop("service_charges", ())
    ]
    found = [*record.get("allowances_charges", ()), *services]
    for part in found:
        vat = part.pop("vat", {})
        part["vat_category"], part["vat_rate"] = vat.get("category"), vat.get("rate")
    record["allowances_charges"] = found


def _totals(record: Record) -> None:
    """BT-110 is the tax total in the document currency, BT-111 the one in the other currency."""
    totals = record.setdefault("totals", {})
    accounting = record.get("vat_accounting_currency")
    for total in record.pop("tax_totals", ()):
        currency = total.get("currency")
        other = currency is not None and currency == accounting != record.get("currency")
        totals.setdefault("tax_accounting" if other else "tax", total.get("amount"))


def _line(line: Record) -> None:
    notes = [note["text"] for note in line.pop("notes", ()) if "text" in note]
    line["note"] = "\n".join(notes) or None
    vat = line.pop("vat", {})
    line["vat_category"], line["vat_rate"] = vat.get("category"), vat.get("rate")
    line["exemption_reason"] = vat.get("exemption_reason")
    line["exemption_code"] = vat.get("exemption_code")
    if "object" in line:
        found = line.pop("object")
        if "value" in found:
            line["object_id"] = Identifier(found["value"], found.get("scheme", ""))
    price = line.get("price", {})
    applied: list[Record] = price.pop("applied", [])
    if applied:
        price["discount"] = sum((signed_discount(part) for part in applied), Decimal(0))
        plain = {"is_charge", "amount"}
        if len(applied) > 1 or not applied[0].keys() <= plain:
            price["discounts"] = applied


def signed_discount(part: dict[str, Any]) -> Decimal:
    """What a price allowance takes off; a charge takes off less than nothing."""
    amount: Decimal = part.get("amount", Decimal(0))
    return -amount if part.get("is_charge") else amount
