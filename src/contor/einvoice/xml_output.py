"""Make XML: a root with the usual prefixes, and its bytes."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree


def new_root(tag: str, namespaces: Mapping[str, str], default: str | None = None) -> etree._Element:
    """An empty root element under the prefixes given; ``default`` is the one without prefix."""
    prefixes: dict[str | None, str] = {} if default is None else {None: default}
    return etree.Element(tag, nsmap=prefixes | dict(namespaces))


def to_bytes(root: etree._Element) -> bytes:
    """The document in UTF-8 with its declaration, indented, the same bytes every time."""
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
