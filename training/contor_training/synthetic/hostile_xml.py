"""XML invoices that attack or disappoint their reader."""

from __future__ import annotations

_UBL = (
    '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"'
    ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def entity_bomb() -> bytes:
    """Ten entities, each ten times the one before (a "billion laughs" document)."""
    lines = ['<!ENTITY e0 "Rechnung">']
    lines += [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)]
    doctype = "<!DOCTYPE Invoice [\n" + "\n".join(lines) + "\n]>\n"
    return f"{_HEAD}{doctype}{_UBL}<cbc:ID>&e9;</cbc:ID></Invoice>\n".encode()


def external_entity() -> bytes:
    """The invoice number is to be taken from a file of the reader's machine."""
    doctype = '<!DOCTYPE Invoice [<!ENTITY secret SYSTEM "file:///etc/hostname">]>\n'
    return f"{_HEAD}{doctype}{_UBL}<cbc:ID>&secret;</cbc:ID></Invoice>\n".encode()


def broken() -> bytes:
    """An invoice that ends in the middle of a tag."""
    text = f"{_HEAD}{_UBL}<cbc:ID>2026-0815</cbc:ID><cbc:IssueDate>2026-10-01</cbc:Issue"
    return text.encode()


def foreign() -> bytes:
    """Well-formed XML that is no invoice."""
    return f"{_HEAD}<catalogue><item id='1'>Rack 42 HE</item></catalogue>\n".encode()
