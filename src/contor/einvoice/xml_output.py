"""Make XML: a root with the usual prefixes, and its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree


def new_root(tag: str, namespaces: Mapping[str, str], default: str | None = None) -> etree._Element:
    """An empty root element under the prefixes given; ``default`` is the one without prefix."""
    prefixes: dict[Any, str] = dict(namespaces)
    if default is not None:
        prefixes[None] = default
    return etree.Element(tag, nsmap=prefixes)


def to_bytes(root: etree._Element) -> bytes:
    """The document in UTF-8 with its declaration, indented, the same bytes every time."""
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
