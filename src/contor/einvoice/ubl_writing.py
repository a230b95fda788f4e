"""Write an invoice as UBL 2.1: a CreditNote where BT-3 says credit note, else an Invoice."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from contor.einvoice.mapping import Record, Writer
from contor.einvoice.model import Invoice
from contor.einvoice.party import Identifier
from contor.einvoice.profile import PROFILES
from contor.einvoice.record import take_apart
from contor.einvoice.ubl import CREDIT_NOTE_ROOT, INVOICE_ROOT, NO_ORDER, line_tree, tree
from contor.einvoice.ubl_terms import CREDIT_NOTE, INVOICE, NAMESPACES
from contor.einvoice.xml_output import new_root, to_bytes

_DIRECT_DEBIT = {"49", "59"}


def write_ubl(invoice: Invoice, profile: str | None = None) -> bytes:
    """The invoice as UBL XML, UTF-8.

    ``profile`` is a name of :data:`contor.einvoice.profile.PROFILES`; None keeps what BT-24 says.
    Raises Refusal ``einvoice_text_illegal`` for characters that XML cannot carry.
    """
    record = take_apart(invoice)
    if profile or not invoice.specification:
        record["specification"] = PROFILES[profile or "en16931"].specification
    credit_note = invoice.is_credit_note
    record["texts"] = [_note(part) for part in record.get("notes", ())]
    _references(record, credit_note=credit_note)
    _parties(record)
    _payment(record, credit_note=credit_note)
    _vat(record)
    lines = record.pop("lines", [])
    for line in lines:
        _line(line)
    root = new_root(
        CREDIT_NOTE_ROOT if credit_note else INVOICE_ROOT,
        NAMESPACES,
        CREDIT_NOTE if credit_note else INVOICE,
    )
    writer = Writer(invoice.currency)
    writer.write(tree(credit_note=credit_note), root, record)
    _write_lines(writer, root, lines, credit_note=credit_note)
    return to_bytes(root)


def _write_lines(
    writer: Writer, root: etree._Element, lines: list[Record], *, credit_note: bool
) -> None:
    """Lines in their order; a line with a parent stands within it."""
    kind = "CreditNoteLine" if credit_note else "InvoiceLine"
    known: dict[str | None, etree._Element] = {}
    for line in lines:
        above = known.get(line.get("parent"))
        name = kind if above is None else f"Sub{kind}"
        owner = root if above is None else above
        element = owner.makeelement(f"{{{NAMESPACES['cac']}}}{name}")
        writer.write(line_tree(credit_note=credit_note), element, line)
        owner.append(element)
        known.setdefault(line.get("id", ""), element)


def _note(note: Record) -> str:
    code, text = note.get("subject_code"), note.get("text", "")
    return f"#{code}#{text}" if code else text


def _references(record: Record, *, credit_note: bool) -> None:
    if "sales_order_reference" in record:
        record.setdefault("order_reference", NO_ORDER)
    references: list[Record] = []
    if "object_id" in record:
        references.append({"reference": record["object_id"], "type_code": "130"})
    if credit_note and "project_reference" in record:
        project = Identifier(record["project_reference"])
        references.append({"reference": project, "type_code": "50"})
    for attachment in record.get("attachments", ()):
        if "reference" in attachment:
            attachment["reference"] = Identifier(attachment["reference"])
        references.append(attachment)
    record["references"] = references


def _parties(record: Record) -> None:
    for role in (
        "buyer",
        "payee",
    ):  # only the seller may have several; the one with a scheme tells more
        found = record.get(role, {}).get("identifiers", [])
        record.get(role, {})["identifiers"] = found[-1:]
    creditor = record.get("creditor_identifier")
    if creditor is not None:
        owner = record["payee"] if "payee" in record else record.setdefault("seller", {})
        owner.setdefault("identifiers", []).append(Identifier(creditor, "SEPA"))
    representative = record.get("tax_representative")
    if representative is not None and "name" in representative:
        representative["trading_name"] = representative.pop("name")
    for role in ("seller", "buyer"):
        contact = record.get(role, {}).get("contact")
        if contact is not None:
            names = [contact[name] for name in ("name", "department") if name in contact]
            contact["name"] = ", ".join(names) or None
    delivery = record.get("delivery", {})
    party = delivery.get("party", {})
    delivery |= {name: party[name] for name in ("name", "address") if name in party}
    if party.get("identifiers"):
        delivery["location"] = party["identifiers"][0]
    if delivery:
        record["delivery"] = delivery


def _payment(record: Record, *, credit_note: bool) -> None:
    texts = [part["text"] for part in record.get("payment_conditions", ()) if "text" in part]
    terms = record.get("payment_terms")
    if len(texts) > 1:
        terms = "\n".join(texts)
    record["term_texts"] = [terms] if terms else []
    means: list[Record] = record.get("payment_means", [])
    late = {
        "due_date": record.get("due_date") if credit_note else None,
        "mandate_reference": record.get("mandate_reference"),
        "remittance_information": record.get("remittance_information"),
    }
    if not means and any(value is not None for value in late.values()):
        means = [{"code": "1" if late["mandate_reference"] is None else "59"}]
    for part in means:
        if "card_number" in part:
            part["card_network"] = "mapped-from-cii"
        for field in ("due_date", "remittance_information"):
            if late[field] is not None:
                part.setdefault(field, late[field])
    texts = list(dict.fromkeys(part.pop("text") for part in means if "text" in part))
    if texts:  # BT-82 stands once
        means[0]["text"] = " / ".join(texts)
    debits = [part for part in means if part.get("code") in _DIRECT_DEBIT] or means[:1]
    for part in debits:
        if late["mandate_reference"] is not None:
            part["mandate_reference"] = late["mandate_reference"]
    record["payment_means"] = means


def _vat(record: Record) -> None:
    totals = record.get("totals", {})
    tax: Record = {"subtotals": record.pop("vat_breakdown", [])}
    if "tax" in totals or tax["subtotals"]:
        zero = Decimal(0)
        totals.setdefault("tax", sum((part.get("tax", zero) for part in tax["subtotals"]), zero))
        tax |= {"amount": totals["tax"], "currency": record.get("currency")}
    other: Record = {}
    if "tax_accounting" in totals:
        other = {
            "amount": totals["tax_accounting"],
            "currency": record.get("vat_accounting_currency"),
        }
    record["tax_totals"] = [tax, other]


def _line(line: Record) -> None:
    line["notes"] = [line["note"]] if "note" in line else []
    line["vat"] = {
        "category": line.get("vat_category"),
        "rate": line.get("vat_rate"),
        "exemption_code": line.get("exemption_code"),
        "exemption_reason": line.get("exemption_reason"),
    }
    price = line.get("price", {})
    discount, gross = price.get("discount"), price.get("gross")
    if discount is not None or gross is not None:
        is_charge = discount is not None and discount < 0
        if discount is None:  # the schema wants one beside the gross price
            same_base = price.get("gross_base_quantity", 1) == price.get("base_quantity", 1)
            discount = gross - price.get("net", gross) if same_base else Decimal(0)
            discount = max(discount, Decimal(0))
        price["applied"] = {"is_charge": is_charge, "amount": abs(discount), "base": gross}
