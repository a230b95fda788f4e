"""Which attachment of a PDF is the invoice (ZUGFeRD, Factur-X, XRechnung).

>>> choose_invoice({"photo.png": b"..", "factur-x.xml": b"<a/>"})
'factur-x.xml'
>>> choose_invoice({"order-x.xml": b"<SCRDMCCBDACIOMessageStructure/>"}) is None
True
"""

from __future__ import annotations

from collections.abc import Mapping

from contor.einvoice.reading import syntax_of
from contor.einvoice.xml_input import parse_xml
from contor.errors import Refusal

# Names that the standards give, most recent first; case differs between producers.
NAMES = ("factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml")


def choose_invoice(attachments: Mapping[str, bytes]) -> str | None:
    """The name of the attachment that is the e-invoice, None where there is none.

    A standard name wins, then any XML whose root is that of an e-invoice, by name. An attachment
    of a standard name is chosen even where it is broken: its refusal must be seen.
    """
    by_lower = {name.lower(): name for name in sorted(attachments, reverse=True)}
    for name in NAMES:
        if name in by_lower:
            return by_lower[name]
    for name in sorted(attachments):
        if _is_invoice(attachments[name]):
            return name
    return None


def _is_invoice(content: bytes) -> bool:
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n\x00\xff\xfe").startswith(b"<"):
        return False
    try:
        syntax_of(parse_xml(content))
    except Refusal:
        return False
    return True
