"""Write an invoice as FatturaPA 1.2.

What EN 16931 says and FatturaPA has no element for is written where Italian practice puts it:
document level allowances and charges with a VAT rate become lines of kind SC and AC.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from contor.einvoice.fatturapa import (
    CERTIFIED_MAIL,
    RECIPIENT_CODE,
    RELATED,
    fund_charge,
    line_discounts,
    tree,
)
from contor.einvoice.fatturapa_codes import document_type, national_means, nature_of
from contor.einvoice.fatturapa_terms import NAMESPACE
from contor.einvoice.mapping import Record, Writer
from contor.einvoice.model import AllowanceCharge, Invoice
from contor.einvoice.party import Identifier
from contor.einvoice.record import build, take_apart
from contor.einvoice.xml_output import new_root, to_bytes
from contor.money import round_half_up

_FIELDS = {kind: name for name, kind in RELATED.items()}
_LONGEST_TYPE, _LONGEST_TEXT = 10, 60


def write_fatturapa(invoice: Invoice) -> bytes:
    """The invoice as FatturaPA XML, UTF-8, unsigned.

    Header data without a term in the norm comes from ``invoice.italy``; where it is silent: format
    FPR12 (FPA12 for a six character recipient), regime RF01, recipient 0000000 (XXXXXXX abroad).
    Raises Refusal ``einvoice_text_illegal`` for characters that XML cannot carry.
    """
    record = take_apart(invoice)
    italy = record.pop("italy", {})
    file: Record = dict(italy)
    for role in ("seller", "buyer", "tax_representative"):
        if role in record:
            file[role] = _party(record[role])
    seller = file.setdefault("seller", {})
    seller["tax_regime"] = italy.get("tax_regime", "RF01")
    seller["accounting_reference"] = record.pop("accounting_reference", None)
    _transmission(file)
    file["bodies"] = [_body(record, italy, invoice)]
    root = new_root(f"{{{NAMESPACE}}}FatturaElettronica", {"p": NAMESPACE})
    root.set("versione", file["format"])
    Writer().write(tree(), root, file)
    return to_bytes(root)


def _party(party: Record) -> Record:
    vat_id = party.get("vat_id", "")
    if vat_id[:2].isalpha():
        party["vat_country"], party["vat_code"] = vat_id[:2], vat_id[2:]
    elif vat_id:
        party["vat_country"], party["vat_code"] = party.get("address", {}).get("country"), vat_id
    registration = party.get("legal_registration")
    if registration is not None and registration.scheme == "REA":
        office, _, number = registration.value.rpartition(":")
        party |= {"register_office": office or None, "register_number": number}
        party["register_state"] = "LN"
    _address(party.get("address", {}))
    return party


def _address(address: Record) -> None:
    further = [address[name] for name in ("line_2", "line_3") if name in address]
    if further:
        address["line_1"] = ", ".join(
            [*([address["line_1"]] if "line_1" in address else []), *further]
        )


def _transmission(file: Record) -> None:
    address = file.get("buyer", {}).get("electronic_address")
    abroad = file.get("buyer", {}).get("address", {}).get("country", "IT") != "IT"
    if not file.get("recipient_code"):
        is_code = address is not None and address.scheme == RECIPIENT_CODE
        file["recipient_code"] = address.value if is_code else "XXXXXXX" if abroad else "0000000"
        if address is not None and address.scheme == CERTIFIED_MAIL:
            file.setdefault("recipient_pec", address.value)
    to_office = len(file["recipient_code"]) == 6
    file.setdefault("format", "FPA12" if to_office else "FPR12")
    seller = file.get("seller", {})
    file.setdefault("transmitter_country", seller.get("vat_country"))
    file.setdefault("transmitter_code", seller.get("vat_code"))
    file.setdefault("transmission_number", "1")


def _body(record: Record, italy: Record, invoice: Invoice) -> Record:
    kind = document_type(invoice.type_code, credit_note=invoice.is_credit_note)
    record["document_type"] = italy.get("document_type", kind)
    for name in ("withholdings", "stamp_duty", "pension_funds"):
        record[name] = italy.get(name)
    totals = record.get("totals", {})
    record["stated_gross"] = totals.get("gross")
    record["causes"] = [note["text"] for note in record.get("notes", ()) if "text" in note]
    _related(record, italy)
    lines: list[Record] = record.get("lines", [])
    for line in lines:
        _line(line)
    record["lines"] = lines + _allowances(record, italy)
    _number_lines(record["lines"])
    for vat in record.get("vat_breakdown", ()):
        _nature(vat, "category")
        vat.setdefault("rate", Decimal(0))
    delivery = record.get("delivery", {})
    delivery["address"] = delivery.get("party", {}).get("address")
    _payment(record, stated=bool(italy))
    _attachments(record)
    return record


def _attachments(record: Record) -> None:
    """Allegati hold content; a document that is only named or linked is named in a Causale."""
    kept = []
    for attachment in record.get("attachments", ()):
        if "content" in attachment:
            attachment.setdefault("filename", attachment.get("reference"))
            kept.append(attachment)
        else:
            names = [attachment[name] for name in ("reference", "location") if name in attachment]
            record["causes"].append(": ".join(names))
    record["attachments"] = kept


def _nature(part: Record, category: str) -> None:
    nature = nature_of(part.get(category), part.get("exemption_code"))
    if nature != part.get("exemption_code"):
        part["exemption_code"] = nature


def _related(record: Record, italy: Record) -> None:
    for document in italy.get("related", ()):
        record.setdefault(_FIELDS[document["kind"]], []).append(document)
    if not italy.get("related"):
        for field, name in (
            ("order_reference", "orders"),
            ("contract_reference", "contracts"),
            ("receiving_advice_reference", "receipts"),
        ):
            if field in record:
                record[name] = [{"number": record[field]}]
        marks = {"cup": record.get("project_reference"), "cig": record.get("tender_reference")}
        target = next((record[name][0] for name in ("orders", "contracts") if name in record), None)
        if target is not None:
            target |= marks
        record["invoices"] = [
            {"number": part.get("number"), "date": part.get("issue_date")}
            for part in record.get("preceding_invoices", ())
        ]
    if "despatch_advice_reference" in record:
        delivered = record.get("delivery", {}).get("date")
        record["despatch_date"] = delivered or record.get("issue_date")


def _line(line: Record) -> None:
    _nature(line, "vat_category")
    line.setdefault("vat_rate", Decimal(0))
    item = line.setdefault("item", {})
    if "description" in item:
        name = item.get("name")
        item["name"] = f"{name}: {item['description']}" if name else item["description"]
    codes = [Identifier(item["standard_id"].value, "EAN")] if "standard_id" in item else []
    if "seller_id" in item:
        codes.append(Identifier(item["seller_id"], "Venditore"))
    codes += item.get("classifications", [])
    line["codes"] = [{"scheme": code.scheme or "Codice", "value": code.value} for code in codes]
    line["others"] = []
    for part in item.get("attributes", ()):
        name, value = part.get("name", ""), part.get("value", "")
        if len(name) <= _LONGEST_TYPE and len(value) <= _LONGEST_TEXT:
            line["others"].append({"name": name or None, "text": value or None})
        else:
            item["name"] = f"{item.get('name', '')}; {name}: {value}"
    price = line.setdefault("price", {})
    if "net" in price and price.get("base_quantity") not in {None, Decimal(1), Decimal(0)}:
        price["net"] = round_half_up(price["net"] / price["base_quantity"], 8)
    line["discounts"] = _discounts(line)


def _discounts(line: Record) -> list[Record]:
    """Line allowances and charges as discounts on the unit price."""
    price, quantity = line["price"].get("net"), line.get("quantity") or Decimal(1)
    found: list[Record] = []
    for part in line.get("allowances_charges", ()):
        direction = "MG" if part.get("is_charge") else "SC"
        percent, amount = part.get("percent"), part.get("amount", Decimal(0))
        candidate = {"direction": direction, "percent": percent}
        if (
            percent is None
            or line_discounts([*found, candidate], price, quantity)[-1]["amount"] != amount
        ):
            exact = amount / quantity
            candidate["amount"] = exact if exact * quantity == amount else round_half_up(exact, 8)
        found.append(candidate)
    return found


def _allowances(record: Record, italy: Record) -> list[Record]:
    """Lines for what has a VAT rate of its own; what has none stays with the document."""
    funds = [
        take_apart(build(AllowanceCharge, fund_charge(fund)))
        for fund in italy.get("pension_funds", ())
    ]
    record["discounts"], lines = [], []
    for part in record.get("allowances_charges", ()):
        is_charge = part.get("is_charge", False)
        if part in funds:
            continue
        if "vat_category" not in part:
            direction = "MG" if is_charge else "SC"
            record["discounts"].append({**part, "direction": direction})
            continue
        amount = part.get("amount", Decimal(0))
        line: Record = {
            "kind": "AC" if is_charge else "SC",
            "item": {"name": part.get("reason", "Maggiorazione" if is_charge else "Sconto")},
            "price": {"net": amount if is_charge else -amount},
            "net": amount if is_charge else -amount,
            "vat_rate": part.get("vat_rate", Decimal(0)),
            "vat_category": part["vat_category"],
        }
        _nature(line, "vat_category")
        lines.append(line)
    return lines


def _number_lines(lines: list[Record]) -> None:
    """NumeroLinea is a whole number of its own; ids that are none are counted anew."""
    given = [line.get("id", "") for line in lines]
    usable = all(
        number.isascii() and number.isdigit() and len(number) <= 4 for number in given if number
    )
    if not usable or len(set(given) - {""}) < len([number for number in given if number]):
        for number, line in enumerate(lines, 1):
            line["id"] = str(number)
        return
    used = set(given)
    free = (str(number) for number in itertools.count(1) if str(number) not in used)
    for line in lines:
        if not line.get("id"):
            line["id"] = next(free)


def _payment(record: Record, *, stated: bool) -> None:
    """DatiPagamento; where the conditions were not ``stated`` as such, what is due is due at once."""
    means: list[Record] = record.get("payment_means", [])
    conditions: list[Record] = record.get("payment_conditions", [])
    totals = record.get("totals", {})
    if means and not conditions:
        conditions = [{"due_date": record.get("due_date"), "amount": totals.get("payable")}]
    payments: list[Record] = []
    for condition, way in itertools.zip_longest(conditions, means[: len(conditions)]):
        used = way if way is not None else means[-1] if means else {}
        code = condition.get("national_code") or ("TP01" if len(conditions) > 1 else "TP02")
        detail = {**used, **condition}
        detail["national_code"] = used.get("national_code") or national_means(used.get("code"))
        if not stated:
            detail.setdefault("amount", totals.get("payable"))
        if detail.get("remittance_information") is None:
            detail["remittance_information"] = record.get("remittance_information")
        if not payments or payments[-1]["condition"] != code:
            payments.append({"condition": code, "details": []})
        payments[-1]["details"].append(detail)
    record["payments"] = payments
