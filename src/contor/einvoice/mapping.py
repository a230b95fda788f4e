"""Walk an XML tree along a mapping table: element to record and record to element.

A record is nested dictionaries and lists keyed by the model's field names. Reading visits every
element once; unknown elements are passed over. Writing makes the elements in the table's order,
which is the schema's order, and leaves out what is empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from lxml import etree

from contor.einvoice.codec import read_value, write_value
from contor.einvoice.model import UnreadableValue
from contor.einvoice.party import Identifier
from contor.einvoice.table import Leaf, Node, Predicate
from contor.errors import Refusal

Record: TypeAlias = dict[str, Any]

_ATTRIBUTES = {"id": ("schemeID", ""), "class": ("listID", "listVersionID")}


@dataclass(slots=True)
class Reader:
    """Reads records out of elements; values that make no sense are kept in ``unreadable``."""

    unreadable: list[UnreadableValue] = field(default_factory=list)

    def read(self, node: Node, element: etree._Element) -> Record:
        """The record of the element that the node's table describes."""
        record: Record = {}
        self._walk(node, element, record)
        return record

    def _walk(self, node: Node, element: etree._Element, record: Record) -> None:
        for leaf in node.leaves:
            if leaf.const is None:
                value = self._value(leaf, element)
                if value is not None:
                    _set_first(record, leaf.field, value)
        if not node.by_tag:
            return
        for child in element:
            for candidate in node.by_tag.get(child.tag, ()):
                if candidate.predicate is None or holds(candidate.predicate, child):
                    self._descend(candidate, child, record)

    def _descend(self, node: Node, element: etree._Element, record: Record) -> None:
        if node.group is None:
            self._walk(node, element, record)
            return
        inner: Record = {}
        self._walk(node, element, inner)
        if not inner:
            return
        value = inner[""] if node.scalar else inner
        if node.many:
            owner = _owner(record, node.group)
            owner.setdefault(node.group[-1], []).append(value)
        else:
            _set_first(record, node.group, value)

    def _value(self, leaf: Leaf, element: etree._Element) -> Any:
        if leaf.kind in _ATTRIBUTES:
            return _identifier(leaf.kind, element)
        text = element.text if leaf.attribute is None else element.get(leaf.attribute)
        try:
            return read_value(leaf.kind, text)
        except ValueError:
            place = element.getroottree().getpath(element)
            self.unreadable.append(UnreadableValue(leaf.term, place, (text or "").strip()[:200]))
            return None


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes records as elements; ``currency`` goes to every amount that needs one (UBL)."""

    currency: str | None = None

    def write(self, node: Node, element: etree._Element, record: Record) -> bool:
        """Fill ``element`` from the record; whether anything but constants was written."""
        wrote = False
        for leaf in node.leaves:
            if leaf.const is not None:
                _put(element, leaf, leaf.const)
            else:
                wrote |= self._leaf(leaf, element, get(record, leaf.field))
        for child in node.children:
            wrote |= self._child(child, element, record)
        return wrote

    def _child(self, node: Node, parent: etree._Element, record: Record) -> bool:
        if node.group is None:
            items: list[Any] = [record]
        else:
            value = get(record, node.group)
            items = value if isinstance(value, list) else [] if value is None else [value]
        wrote = False
        for item in items:
            element = parent.makeelement(node.tag, nsmap=None)
            _stamp(node, element)
            kept = self.write(node, element, {"": item} if node.scalar else item)
            if kept or (node.group is None and node.is_constant):
                parent.append(element)
            wrote |= kept
        return wrote

    def _leaf(self, leaf: Leaf, element: etree._Element, value: Any) -> bool:
        if value is None:
            return False
        if leaf.kind in _ATTRIBUTES:
            _put(element, leaf, value.value)
            names = _ATTRIBUTES[leaf.kind]
            for name, text in zip(names, (value.scheme, value.version), strict=True):
                if name and text:
                    element.set(name, text)
            return True
        _put(element, leaf, write_value(leaf.kind, value))
        if leaf.kind == "amt" and self.currency:
            element.set("currencyID", self.currency)
        return True


def holds(predicate: Predicate, element: etree._Element) -> bool:
    """Whether the predicate is true of the element."""
    found: etree._Element | None = element
    for step in predicate.path:
        found = None if found is None else found.find(step)
    if found is None:
        return not predicate.equal
    text = found.text if predicate.attribute is None else found.get(predicate.attribute)
    return ((text or "").strip() == predicate.text) is predicate.equal


def get(record: Record, names: tuple[str, ...]) -> Any:
    """The value at a dotted field, None where there is none."""
    value: Any = record
    for name in names:
        if value is None:
            return None
        value = value.get(name)
    return value


def _owner(record: Record, names: tuple[str, ...]) -> Record:
    for name in names[:-1]:
        record = record.setdefault(name, {})
    return record


def _set_first(record: Record, names: tuple[str, ...], value: Any) -> None:
    _owner(record, names).setdefault(names[-1], value)


def _identifier(kind: str, element: etree._Element) -> Identifier | None:
    text = (element.text or "").strip()
    if not text:
        return None
    scheme, version = _ATTRIBUTES[kind]
    return Identifier(
        text, element.get(scheme, "").strip(), element.get(version, "").strip() if version else ""
    )


def _stamp(node: Node, element: etree._Element) -> None:
    """Give a fresh element the attribute that its own predicate asks for."""
    predicate = node.predicate
    if predicate is not None and predicate.equal and predicate.attribute and not predicate.path:
        element.set(predicate.attribute, predicate.text)


def _put(element: etree._Element, leaf: Leaf, text: str) -> None:
    try:
        if leaf.attribute is None:
            element.text = text
        else:
            element.set(leaf.attribute, text)
    except ValueError:
        raise Refusal(
            "einvoice_text_illegal",
            "{term}: {text} holds characters that XML cannot carry.",
            "Remove the control characters from it.",
            term=leaf.term,
            text=repr(text[:60]),
        ) from None
    if leaf.kind == "date102" and leaf.attribute is None:
        element.set("format", "102")
