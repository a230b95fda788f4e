"""Write an invoice as Cross Industry Invoice (Factur-X, ZUGFeRD 2, XRechnung)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from contor.einvoice.cii import ROOT, VAT_POINT_CODES, signed_discount, tree
from contor.einvoice.cii_terms import NAMESPACES
from contor.einvoice.mapping import Record, Writer
from contor.einvoice.model import Invoice
from contor.einvoice.profile import PROFILES, Profile, profile_of
from contor.einvoice.record import take_apart
from contor.einvoice.xml_output import new_root, to_bytes

_POINT_CODES = {norm: cii for cii, norm in VAT_POINT_CODES.items()}
_PARTIES = ("seller", "buyer", "payee", "tax_representative")


def write_cii(invoice: Invoice, profile: str | None = None) -> bytes:
    """The invoice as CII XML, UTF-8.

    ``profile`` is a name of :data:`contor.einvoice.profile.PROFILES`; None keeps what the invoice
    says in BT-24. What the profile has no place for is folded into what it has: several payment
    conditions into one text, service charges into charges; a profile without lines drops them.
    Raises Refusal ``einvoice_text_illegal`` for characters that XML cannot carry.
    """
    record = take_apart(invoice)
    chosen = PROFILES[profile] if profile else profile_of(invoice.specification)
    old = (invoice.specification or "urn:ferd:").startswith("urn:ferd:")
    if not profile and old:
        chosen = PROFILES["extended"]
    if profile or old:
        record["specification"] = chosen.specification
    if not chosen.has_lines:
        record["lines"] = []
    _parties(record)
    _references(record)
    _payment(record, chosen)
    _vat(record)
    _allowances(record, chosen)
    _totals(record)
    for line in record.get("lines", ()):
        _line(line, chosen)
    if "project_reference" in record:
        record["project_name"] = "Project reference"
    root = new_root(ROOT, NAMESPACES)
    Writer().write(tree(), root, record)
    _complete(root)
    return to_bytes(root)


def _complete(root: Any) -> None:
    """The schema wants the three header blocks even where nothing stands in them."""
    rsm, ram = f"{{{NAMESPACES['rsm']}}}", f"{{{NAMESPACES['ram']}}}"
    transaction = root.find(f"{rsm}SupplyChainTradeTransaction")
    if transaction is None:
        return
    position = len(transaction.findall(f"{ram}IncludedSupplyChainTradeLineItem"))
    for part in ("Agreement", "Delivery", "Settlement"):
        tag = f"{ram}ApplicableHeaderTrade{part}"
        if transaction.find(tag) is None:
            transaction.insert(position, transaction.makeelement(tag))
        position += 1


def _parties(record: Record) -> None:
    parties = [record.get(role) for role in _PARTIES]
    for party in [*parties, record.get("delivery", {}).get("party")]:
        if party is not None:
            found = party.pop("identifiers", [])
            party["ids"] = [identifier for identifier in found if not identifier.scheme]
            party["global_ids"] = [identifier for identifier in found if identifier.scheme]


def _references(record: Record) -> None:
    references = []
    if "tender_reference" in record:
        references.append({"reference": record["tender_reference"], "type_code": "50"})
    if "object_id" in record:
        found = record["object_id"]
        references.append(
            {"reference": found.value, "type_code": "130", "scheme": found.scheme or None}
        )
    for attachment in record.get("attachments", ()):
        attachment.setdefault("type_code", "916")
        references.append(attachment)
    record["references"] = references


def _payment(record: Record, profile: Profile) -> None:
    for means in record.get("payment_means", ()):
        if not means.get("account_is_iban", True) and "account" in means:
            means["proprietary_account"] = means.pop("account")
    terms = {
        "text": record.get("payment_terms"),
        "due_date": record.get("due_date"),
        "mandate_reference": record.get("mandate_reference"),
    }
    conditions: list[Record] = record.get("payment_conditions", [])
    for part in conditions:
        for kind in ("discount", "penalty"):
            if kind in part and "days" not in part[kind]:
                part[kind].pop("unit", None)
    if conditions and profile.extended:
        record["terms"] = [dict(part) for part in conditions]
        for name, value in terms.items():
            if value is not None and not any(name in part for part in conditions):
                record["terms"][0][name] = value
        return
    texts = [part["text"] for part in conditions if "text" in part]
    if len(texts) > 1:
        terms["text"] = "\n".join(texts)
    record["terms"] = [terms]


def _vat(record: Record) -> None:
    """BT-7 stands once, with the first category (CII-SR-461); BT-8 with each."""
    code = record.get("vat_point_code")
    breakdown = record.get("vat_breakdown", [])
    for vat in breakdown[:1]:
        vat["point_date"] = record.get("vat_point_date")
    for vat in breakdown:
        vat["point_code"] = _POINT_CODES.get(code, code) if code else None


def _allowances(record: Record, profile: Profile) -> None:
    plain: list[Record] = []
    services: list[Record] = []
    for part in record.get("allowances_charges", ()):
        part["vat"] = {"category": part.get("vat_category"), "rate": part.get("vat_rate")}
        is_service = part.get("service") and profile.extended
        (services if is_service else plain).append(part)
    record["allowances_charges"], record["service_charges"] = plain, services


def _totals(record: Record) -> None:
    totals = record.get("totals", {})
    record["tax_totals"] = [
        {"amount": totals.get(name), "currency": record.get(currency) if name in totals else None}
        for name, currency in (("tax", "currency"), ("tax_accounting", "vat_accounting_currency"))
    ]


def _line(line: Record, profile: Profile) -> None:
    line["notes"] = [{"text": line.get("note")}]
    line["vat"] = {"category": line.get("vat_category"), "rate": line.get("vat_rate")}
    line["vat"]["exemption_reason"] = line.get("exemption_reason")
    line["vat"]["exemption_code"] = line.get("exemption_code")
    if not profile.extended:
        line.pop("status", None)
        line.pop("parent", None)
    if "object_id" in line:
        found = line["object_id"]
        line["object"] = {"value": found.value, "scheme": found.scheme or None}
    price = line.get("price", {})
    discount = price.get("discount")
    if discount is not None:
        if "net" in price:  # the schema wants the price that the discount is taken off
            price.setdefault("gross", price["net"] + discount)
        parts: list[Record] = price.get("discounts", [])
        if not profile.extended:
            parts = parts[:1]
        if sum((signed_discount(part) for part in parts), Decimal(0)) != discount or not parts:
            parts = [{"is_charge": discount < Decimal(0), "amount": abs(discount)}]
        price["applied"] = parts
