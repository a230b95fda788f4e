"""Read an e-invoice of any syntax: detect it by its root element, give the one model."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

from lxml import etree

from contor.einvoice import cii, fatturapa, ubl
from contor.einvoice.envelope import unwrap
from contor.einvoice.model import Invoice
from contor.einvoice.profile import profile_of
from contor.einvoice.xml_input import parse_xml
from contor.errors import Refusal

Syntax: TypeAlias = Literal["cii", "zugferd1", "ubl", "fatturapa"]


class Reading(NamedTuple):
    """What was read: the syntax, the profile's short name, and the invoice."""

    syntax: Syntax
    profile: str
    invoice: Invoice


_SYNTAXES: dict[str, tuple[Syntax, Callable[[etree._Element], Invoice]]] = {
    cii.ROOT: ("cii", cii.read_cii),
    cii.ZUGFERD_1_ROOT: ("zugferd1", cii.read_cii),
    cii.RELEASE_CANDIDATE_ROOT: ("zugferd1", cii.read_cii),
    ubl.INVOICE_ROOT: ("ubl", ubl.read_ubl),
    ubl.CREDIT_NOTE_ROOT: ("ubl", ubl.read_ubl),
}


def syntax_of(root: etree._Element) -> Syntax:
    """The syntax of a root element; Refusal ``einvoice_unknown`` for any other XML."""
    if root.tag in _SYNTAXES:
        return _SYNTAXES[root.tag][0]
    if fatturapa.is_fattura(root.tag):
        return "fatturapa"
    name = etree.QName(root.tag)
    if name.localname == "SCRDMCCBDACIOMessageStructure":
        raise Refusal(
            "einvoice_order",
            "This is an Order-X message: an order, not an invoice.",
            "File it with the order; the invoice comes separately.",
        )
    raise Refusal(
        "einvoice_unknown",
        "XML with the root element {root} is no e-invoice that is known here.",
        "Send UBL 2.1, CII (ZUGFeRD, Factur-X, XRechnung) or FatturaPA.",
        root=name.localname if len(name.localname) < 80 else name.localname[:80],
    )


def document_of(content: bytes) -> etree._Element:
    """The root element of the invoice itself, out of a signed file or a Peppol envelope (SBDH)."""
    root = parse_xml(unwrap(content))
    if etree.QName(root.tag).localname != "StandardBusinessDocument":
        return root
    for child in root:
        if child.tag in _SYNTAXES:
            return parse_xml(etree.tostring(child, encoding="UTF-8"))
    return root


def read_root(root: etree._Element) -> tuple[Reading, ...]:
    """The invoices under a parsed root element; only FatturaPA ever has several."""
    syntax = syntax_of(root)
    if syntax == "fatturapa":
        bodies = fatturapa.read_fatturapa(root)
        profile = root.get("versione", "FPR12").lower()
        return tuple(Reading(syntax, profile, invoice) for invoice in bodies)
    invoice = _SYNTAXES[root.tag][1](root)
    return (Reading(syntax, profile_of(invoice.specification).name, invoice),)


def read_all(content: bytes) -> tuple[Reading, ...]:
    """Every invoice in the XML (a FatturaPA file may hold a whole batch).

    ``content`` is XML in any encoding it declares, or a signed ``.p7m`` or SBDH around it. Raises Refusal
    for what is broken, hostile, too large or no invoice (codes ``xml_*`` and ``einvoice_*``).
    """
    return read_root(document_of(content))


def read(content: bytes) -> Reading:
    """The one invoice in the XML.

    Raises Refusal as :func:`read_all` does, and ``einvoice_several`` for a batch.
    """
    readings = read_all(content)
    if len(readings) > 1:
        raise Refusal(
            "einvoice_several",
            "The file holds {count} invoices.",
            "Read it with read_all, or split it into one file per invoice.",
            count=len(readings),
        )
    return readings[0]


def split_batch(content: bytes) -> tuple[bytes, ...]:
    """One FatturaPA file per invoice of a batch, the header in each; nothing for any other file.

    The parts are unsigned and encoded in UTF-8. Raises Refusal as :func:`read_all` does.
    """
    root = document_of(content)
    if not fatturapa.is_fattura(root.tag):
        return ()
    count = sum(1 for child in root if _is_body(child))
    if count < 2:
        return ()
    return tuple(_with_body(root, index) for index in range(count))


def _with_body(root: etree._Element, index: int) -> bytes:
    alone = copy.deepcopy(root)
    bodies = [child for child in alone if _is_body(child)]
    for place, body in enumerate(bodies):
        if place != index:
            alone.remove(body)
    return etree.tostring(alone, encoding="UTF-8", xml_declaration=True)


def _is_body(child: etree._Element) -> bool:
    return isinstance(child.tag, str) and etree.QName(child).localname == "FatturaElettronicaBody"
