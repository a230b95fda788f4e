"""FatturaPA 1.2 (FPA12, FPR12): read. One file may hold several invoices under one header."""

from __future__ import annotations

import functools
from decimal import Decimal

from lxml import etree

from contor.einvoice.fatturapa_codes import category_of, means_code, type_code
from contor.einvoice.fatturapa_terms import NAMESPACES, TABLES
from contor.einvoice.mapping import Reader, Record
from contor.einvoice.model import Invoice
from contor.einvoice.party import Identifier
from contor.einvoice.record import build
from contor.einvoice.table import Node, compile_table
from contor.money import round_half_up

RELATED = {
    "orders": "DatiOrdineAcquisto",
    "contracts": "DatiContratto",
    "agreements": "DatiConvenzione",
    "receipts": "DatiRicezione",
    "invoices": "DatiFattureCollegate",
}
RECIPIENT_CODE, CERTIFIED_MAIL = "0205", "0202"
_HEADER = (
    "format",
    "transmitter_country",
    "transmitter_code",
    "transmission_number",
    "recipient_code",
    "recipient_pec",
)
_BODY = ("document_type", "withholdings", "stamp_duty", "pension_funds")


def is_fattura(tag: str) -> bool:
    """Whether the root element is FatturaElettronica, in whatever version's namespace."""
    name = etree.QName(tag)
    return name.localname == "FatturaElettronica" and "fattur" in (name.namespace or "fattur")


@functools.cache
def tree() -> Node:
    """The mapping tree of a FatturaPA file."""
    return compile_table("file", TABLES, NAMESPACES)


def read_fatturapa(root: etree._Element) -> tuple[Invoice, ...]:
    """Every invoice of the file."""
    reader = Reader()
    file = reader.read(tree(), root)
    italy: Record = {name: file.get(name) for name in _HEADER}
    head: Record = {}
    for role in ("seller", "buyer", "tax_representative"):
        if role in file:
            head[role] = _party(file[role], italy, head)
    _recipient(italy, head)
    bodies = file.get("bodies", [{}])
    return tuple(
        build(Invoice, _body({**head, **body}, italy) | {"unreadable": reader.unreadable})
        for body in bodies
    )


def _party(party: Record, italy: Record, head: Record) -> Record:
    if "vat_code" in party:
        country, code = party.get("vat_country", ""), party["vat_code"]
        party["vat_id"] = code if country and code.startswith(country) else country + code
    if "name" not in party:
        names = [party[name] for name in ("first_name", "last_name") if name in party]
        party["name"] = " ".join(names) or None
    _address(party.get("address", {}))
    if "register_number" in party:
        parts = [party.get("register_office", ""), party["register_number"]]
        party["legal_registration"] = Identifier(":".join(filter(None, parts)), "REA")
    if "tax_regime" in party:
        italy["tax_regime"] = party["tax_regime"]
    if "accounting_reference" in party:
        head["accounting_reference"] = party["accounting_reference"]
    return party


def _address(address: Record) -> None:
    if "house_number" in address:
        address["line_1"] = f"{address.get('line_1', '')} {address['house_number']}".strip()


def _recipient(italy: Record, head: Record) -> None:
    code, mail = italy.get("recipient_code"), italy.get("recipient_pec")
    if "buyer" in head:
        if code and len(set(code)) > 1:  # 0000000 and XXXXXXX say that there is none
            head["buyer"]["electronic_address"] = Identifier(code, RECIPIENT_CODE)
        elif mail:
            head["buyer"]["electronic_address"] = Identifier(mail, CERTIFIED_MAIL)


def _body(record: Record, header: Record) -> Record:
    italy = header | {name: record.get(name) for name in _BODY}
    record["type_code"] = type_code(record.get("document_type"))
    record["notes"] = [{"text": text} for text in record.get("causes", ())]
    _related(record, italy)
    _allowances(record)
    for line in record.get("lines", ()):
        _line(line)
    for vat in record.get("vat_breakdown", ()):
        vat["category"] = category_of(vat.get("exemption_code"))
        if vat.get("vat_due") == "D":
            record["vat_point_code"] = "432"
    delivery = record.get("delivery", {})
    if "address" in delivery:
        _address(delivery["address"])
        delivery["party"] = {"address": delivery["address"]}
    _payment(record)
    _totals(record)
    for attachment in record.get("attachments", ()):
        attachment["reference"] = attachment.get("filename")
    record["italy"] = italy
    return record


def _related(record: Record, italy: Record) -> None:
    found = [
        {**document, "kind": kind}
        for name, kind in RELATED.items()
        for document in record.get(name, ())
    ]
    italy["related"] = found
    for name, field in (
        ("orders", "order_reference"),
        ("contracts", "contract_reference"),
        ("receipts", "receiving_advice_reference"),
    ):
        numbers = [part["number"] for part in record.get(name, ()) if "number" in part]
        record[field] = next(iter(numbers), None)
    for name, field in (("cup", "project_reference"), ("cig", "tender_reference")):
        record[field] = next((part[name] for part in found if name in part), None)
    record["preceding_invoices"] = [
        {"number": part.get("number"), "issue_date": part.get("date")}
        for part in record.get("invoices", ())
    ]
    items = {
        line: part["item"]
        for part in record.get("orders", ())
        if "item" in part
        for line in part.get("lines", ())
    }
    for line in record.get("lines", ()):
        line["order_line"] = items.get(line.get("id"))


def fund_charge(fund: Record) -> Record:
    """The document level charge (BG-21) that a pension fund contribution is."""
    return {
        "is_charge": True,
        "amount": fund.get("amount"),
        "base": fund.get("taxable"),
        "percent": fund.get("rate"),
        "vat_category": category_of(fund.get("nature")),
        "vat_rate": fund.get("vat_rate"),
        "reason": f"Cassa previdenziale {fund.get('kind', '')}".strip(),
    }


def _allowances(record: Record) -> None:
    discounts = [
        {
            "is_charge": part.get("direction") == "MG",
            "percent": part.get("percent"),
            "amount": part.get("amount"),
        }
        for part in record.get("discounts", ())
    ]
    record["allowances_charges"] = discounts + [
        fund_charge(fund) for fund in record.get("pension_funds", ())
    ]


def _line(line: Record) -> None:
    line["vat_category"] = category_of(line.get("exemption_code"))
    item = line.setdefault("item", {})
    codes = [
        Identifier(code["value"], code.get("scheme", ""))
        for code in line.pop("codes", ())
        if "value" in code
    ]
    item["standard_id"] = next((code for code in codes if code.scheme == "EAN"), None)
    item["classifications"] = [code for code in codes if code != item["standard_id"]]
    item["attributes"] = [
        {"name": part.get("name"), "value": " ".join(values) or None}
        for part in line.pop("others", ())
        for values in [[part[name] for name in ("text", "number", "date") if name in part]]
    ]
    price, quantity = line.get("price", {}).get("net"), line.get("quantity", Decimal(1))
    line["allowances_charges"] = list(line_discounts(line.pop("discounts", ()), price, quantity))


def line_discounts(
    discounts: list[Record] | tuple[()], price: Decimal | None, quantity: Decimal
) -> list[Record]:
    """Discounts on the unit price, one after the other, as amounts of the whole line."""
    found = []
    unit = price if price is not None else Decimal(0)
    for part in discounts:
        amount, percent = part.get("amount"), part.get("percent")
        each = amount if amount is not None else unit * (percent or Decimal(0)) / 100
        is_charge = part.get("direction") == "MG"
        unit += each if is_charge else -each
        whole = each * quantity
        if amount is None:
            whole = round_half_up(whole, 2)
        found.append({"is_charge": is_charge, "percent": percent, "amount": whole})
    return found


def _payment(record: Record) -> None:
    means, conditions = [], []
    for payment in record.get("payments", ()):
        for detail in payment.get("details", [{}]):
            detail["code"] = means_code(detail.get("national_code"))
            reference = detail.pop("remittance_information", None)
            if (
                reference is not None
                and record.setdefault("remittance_information", reference) != reference
            ):
                detail["remittance_information"] = reference
            if "due_date" in detail:
                record.setdefault("due_date", detail["due_date"])
            means.append(detail)
            conditions.append(
                {name: detail.get(name) for name in ("due_date", "amount", "discount", "penalty")}
                | {"national_code": payment.get("condition")}
            )
    record["payment_means"], record["payment_conditions"] = means, conditions


def _totals(record: Record) -> None:
    """FatturaPA states the gross total at most; the others follow from lines and summary."""
    zero = Decimal(0)
    totals = record.setdefault("totals", {})
    breakdown = record.get("vat_breakdown", ())
    parts = record["allowances_charges"]
    totals["lines"] = sum((line.get("net", zero) for line in record.get("lines", ())), zero)
    totals["net"] = sum((vat.get("taxable", zero) for vat in breakdown), zero)
    totals["tax"] = sum((vat.get("tax", zero) for vat in breakdown), zero)
    totals["gross"] = record.get("stated_gross", totals["net"] + totals["tax"])
    for name, is_charge in (("charges", True), ("allowances", False)):
        found = [
            part["amount"] for part in parts if part["is_charge"] is is_charge and part["amount"]
        ]
        totals[name] = sum(found, zero) if found else None
    withheld = sum((part.get("amount", zero) for part in record.get("withholdings", ())), zero)
    split = [vat.get("tax", zero) for vat in breakdown if vat.get("vat_due") == "S"]
    totals["payable"] = totals["gross"] - withheld - sum(split, zero) + totals.get("rounding", zero)
