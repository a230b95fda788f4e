"""Read, write, read again: is every business term equal?

Two comparisons: the model's terms (all BT numbers and totals), and, because a reader that drops a
value would drop it twice, every leaf value of the original XML that is missing in the rewritten one.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from lxml import etree

from contor import einvoice
from contor.einvoice.model import Invoice
from contor.einvoice.reading import Reading
from contor.einvoice.terms import terms_of
from contor.einvoice.xml_input import parse_xml
from contor.errors import Refusal
from contor_training.benchmarks.einvoice_parts.material import Document, Row

_WRITERS: dict[str, Callable[[Invoice], bytes]] = {
    "cii": einvoice.write_cii,
    "zugferd1": einvoice.write_cii,
    "ubl": einvoice.write_ubl,
    "fatturapa": einvoice.write_fatturapa,
}
_FORMAL = {"format", "currencyID"}


def measure_round_trips(material: dict[str, list[Document]]) -> list[Row]:
    """One row a collection."""
    return [_measure(name, documents) for name, documents in material.items()]


def _measure(name: str, documents: list[Document]) -> Row:
    read = kept = values = lost = 0
    notes = []
    for document in documents:
        try:
            readings = einvoice.read_all(document.content)
        except Refusal as refusal:
            notes.append(f"refused: {document.path.name}: {refusal.code}")
            continue
        for reading in readings:
            read += 1
            again = einvoice.read(_WRITERS[reading.syntax](reading.invoice))
            equal = _same(reading, again)
            kept += equal
            if not equal:
                notes.append(f"differs: {document.path.name}")
        if len(readings) == 1 and readings[0].syntax != "zugferd1":
            before = _leaves(document.content)
            after = _leaves(_WRITERS[readings[0].syntax](readings[0].invoice))
            values += before.total()
            lost += (before - after).total()
    notes.append(f"of {values} values in the XML {lost} are beyond the norm and not rewritten")
    measure = "read, rewritten, read again: all BT equal"
    return Row(name, measure, f"{kept}/{read}", "100 %", tuple(notes))


def _same(first: Reading, second: Reading) -> bool:
    """Terms and whole model equal; ZUGFeRD 1.0 is rewritten under today's BT-24."""
    invoice = first.invoice
    if first.syntax == "zugferd1" or (invoice.specification or "urn:ferd:").startswith("urn:ferd:"):
        invoice = dataclasses.replace(invoice, specification=second.invoice.specification)
    return terms_of(invoice) == terms_of(second.invoice) and invoice == second.invoice


def _leaves(content: bytes) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for element in parse_xml(content).iter():
        names = [etree.QName(parent.tag).localname for parent in element.iterancestors()]
        path = "/".join([*reversed(names), etree.QName(element.tag).localname])
        if len(element) == 0 and (element.text or "").strip():
            found[path, _canonical(element.text or "")] += 1
        for key, value in element.attrib.items():
            if str(key) not in _FORMAL and "}" not in str(key):
                found[f"{path}/@{key!s}", _canonical(str(value))] += 1
    return found


def _canonical(text: str) -> str:
    plain = " ".join(text.split())
    try:
        return format(Decimal(plain).normalize(), "f")
    except InvalidOperation:
        return plain
