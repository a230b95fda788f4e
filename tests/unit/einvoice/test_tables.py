"""Every row of every mapping table: a document made from the table itself survives rewriting."""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from lxml import etree

from contor import einvoice
from contor.einvoice import cii, fatturapa, ubl
from contor.einvoice.fatturapa_terms import NAMESPACE
from contor.einvoice.model import Invoice
from contor.einvoice.table import Leaf, Node, compile_table
from contor.einvoice.ubl_terms import NAMESPACES, tables
from contor.einvoice.xml_input import parse_xml

# Values that must be of a kind, or come in a certain form.
FIXED = {
    "type_code": "380",
    "currency": "EUR",
    "vat_accounting_currency": "SEK",
    "specification": "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended",
    "point_code": "5",
    "vat_point_code": "35",
    "document_type": "TD01",
    "format": "FPR12",
    "vat_country": "IT",
    "direction": "SC",
    "vat_due": "I",
    "exemption_code": "N4",
    "kind": "TC01",
    "register_state": "LN",
    "national_code": "MP05",
    "card_network": "mapped-from-cii",
}
KINDS = {
    "date": "2026-11-{:02d}",
    "date102": "202611{:02d}",
    "moment": "2026-11-{:02d}T00:00:00",
    "dec": "{}.25",
    "amt": "{}.25",
    "dec2": "{}.25",
    "int": "{}",
    "bin": "YWJj",
    "bool": "false",
}


def document(root: Node, tag: str, nsmap: dict[str | None, str]) -> etree._Element:
    """An element tree with every element and attribute of the table, lists twice."""
    counter = itertools.count(1)
    element = etree.Element(tag, nsmap=nsmap)  # type: ignore[arg-type]
    fill(element, root, counter)
    return element


def fill(element: etree._Element, node: Node, counter: Iterator[int]) -> None:
    for leaf in node.leaves:
        put(element, leaf, counter)
    for child in node.children:
        for _ in range(2 if child.many else 1):
            made = etree.SubElement(element, child.tag)
            predicate = child.predicate
            if predicate and predicate.attribute and not predicate.path and predicate.equal:
                made.set(predicate.attribute, predicate.text)
            fill(made, child, counter)


def put(element: etree._Element, leaf: Leaf, counter: Iterator[int]) -> None:
    name = leaf.field[-1] if leaf.field else ""
    number = next(counter)
    if leaf.const is not None:
        text = leaf.const
    elif element.tag == "NumeroLinea":
        text = str(number)
    elif leaf.kind in KINDS:
        text = KINDS[leaf.kind].format(number % 28 + 1)
    else:
        text = FIXED.get(name, f"{name or 'value'} {number}")
    if leaf.attribute:
        element.set(leaf.attribute, text)
        return
    element.text = text
    if leaf.kind in {"id", "class"} and not element.tag.endswith("100}ID"):
        element.set("schemeID" if leaf.kind == "id" else "listID", f"S{number}")


def leaves(root: etree._Element) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for element in root.iter():
        path = "/".join(
            etree.QName(step.tag).localname
            for step in [*reversed(list(element.iterancestors())), element]
        )
        if len(element) == 0 and (element.text or "").strip():
            found[path, element.text or ""] += 1
        for key, value in element.attrib.items():
            if key not in {"format", "currencyID", "versione"}:
                found[f"{path}/@{key!s}", str(value)] += 1
    return found


# What the norm has once, and the document made from the table twice, is folded into one.
FOLDED = {"ubl": {"payment_means", "buyer", "payee"}}
CASES: dict[str, tuple[Callable[[], Node], str, Callable[[Invoice], bytes], set[str]]] = {
    "cii": (
        cii.tree,
        cii.ROOT,
        einvoice.write_cii,
        {
            # one account a means: an IBAN wins
            "ProprietaryID",
            # stands once, with the first category
            "TaxPointDate",
            # terms that only the header has, and codes the model does not keep
            "ReferenceTypeCode",
            "LineStatusCode",
            "SpecifiedProcuringProject/Name",
            # notes of a line are one text, without code
            "AssociatedDocumentLineDocument/IncludedNote",
            # BT-110 is one amount
            "TaxTotalAmount",
            # allowances of a line have no VAT of their own
            "SpecifiedLineTradeSettlement/SpecifiedTradeAllowanceCharge/CategoryTradeTax",
        },
    ),
    "ubl": (
        lambda: compile_table("invoice", tables(credit_note=False), NAMESPACES, ubl.INVOICE_ROOT),
        ubl.INVOICE_ROOT,
        einvoice.write_ubl,
        {
            "OriginatorDocumentReference/ID/@schemeID",
            "AdditionalDocumentReference/ID/@schemeID",
            "DocumentType",
            "CreditNoteDocumentReference",
            "TaxRepresentativeParty",
            "BuyerCustomerParty",
            "PartyIdentification",
            "InvoiceLine/Note",
            "PaymentTerms/Note",
            "PaymentMeansCode/@name",
            "PaymentDueDate",
            "PaymentMandate/ID",
            "TaxTotal",
            "TaxScheme/ID",
        },
    ),
    "fatturapa": (
        fatturapa.tree,
        f"{{{NAMESPACE}}}FatturaElettronica",
        einvoice.write_fatturapa,
        {
            # joined: house number to the street, first and last name to the name
            "Nome",
            "Cognome",
            "NumeroCivico",
            "Indirizzo",
            "RiferimentoNumero",
            "RiferimentoData",
            "RiferimentoTesto",
            "RiferimentoAmministrazione",
            "RegimeFiscale",
            "DataDDT",
            "StatoLiquidazione",
        },
    ),
}


@pytest.mark.parametrize("syntax", CASES)
def test_every_row_survives(syntax: str) -> None:
    tree, tag, write, known = CASES[syntax]
    root = document(
        tree(), tag, {None: etree.QName(tag).namespace or ""} if syntax == "ubl" else {}
    )
    content = etree.tostring(root)
    reading = einvoice.read_all(content)[0]
    assert reading.invoice.unreadable == ()
    if syntax == "fatturapa":
        for body in root.findall("FatturaElettronicaBody")[1:]:
            root.remove(body)
    again = parse_xml(write(reading.invoice))
    lost = {path for path, _ in leaves(root) - leaves(again)}
    assert {path for path in lost if not any(part in path for part in known)} == set()
    second = einvoice.read(write(reading.invoice)).invoice
    differing = {
        field.name
        for field in dataclasses.fields(Invoice)
        if field.compare and getattr(second, field.name) != getattr(reading.invoice, field.name)
    }
    assert differing <= FOLDED.get(syntax, set())
