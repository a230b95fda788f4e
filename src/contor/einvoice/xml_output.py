"""Make XML: a root with the usual prefixes, and its bytes."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree


def new_root(tag: str, namespaces: Mapping[str | None, str] | Mapping[str, str]) -> etree._Element:
    """An empty root element under the prefixes given."""
    return etree.Element(tag, nsmap=dict(namespaces))


def to_bytes(root: etree._Element) -> bytes:
    """The document in UTF-8 with its declaration, indented, the same bytes every time."""
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
