"""Mapping tables as text: business term, model field, kind, XPath; read once into a tree.

A table is a text in the order of the XML schema, one row per line::

    BT-1   number        text   rsm:ExchangedDocument/ram:ID
    BG-25  lines[]       >line  rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem
    -      =VAT          const  ram:ApplicableTradeTax/ram:TypeCode
    @S = rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement

``field`` is dotted for nested values and ends in ``[]`` for repeated ones. ``kind`` is one of
:mod:`contor.einvoice.codec`, ``id`` (text and schemeID), ``class`` (text, listID and
listVersionID), ``>name`` for a table of its own, or ``const`` for a text that stands there whenever
its parent does. A repeated field repeats the step marked ``*``, or the last one. Steps take predicates ``[path=text]`` and ``[path!=text]``. ``$S`` is put in for the
path that ``@S`` named. Because rows stand in schema order, the same tree reads and writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_STEP = re.compile(r"(?P<name>[\w:.@]+)(?:\[(?P<path>[\w:/@.]+)(?P<op>!?=)(?P<text>[^\]]*)\])?")
_STEPS = re.compile(r"/(?![^\[]*\])")


@dataclass(frozen=True, slots=True)
class Predicate:
    """Which of several elements of one name is meant."""

    path: tuple[str, ...]
    attribute: str | None
    text: str
    equal: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value at an element: its text, or one of its attributes."""

    term: str
    field: tuple[str, ...]
    kind: str
    attribute: str | None = None
    const: str | None = None


@dataclass(slots=True)
class Node:
    """An element of the tree that a table describes, with its children in schema order."""

    tag: str
    predicate: Predicate | None = None
    leaves: list[Leaf] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    by_tag: dict[str, list[Node]] = field(default_factory=dict)
    group: tuple[str, ...] | None = None
    many: bool = False
    scalar: bool = False

    @property
    def is_constant(self) -> bool:
        """Whether nothing but constants stand in it."""
        return all(leaf.const is not None for leaf in self.leaves) and all(
            child.is_constant for child in self.children
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, its aliases put in."""

    term: str
    field: str
    kind: str
    path: str


def rows_of(text: str) -> list[Row]:
    """Split a table into rows and put the aliases in."""
    aliases: dict[str, str] = {}
    rows = []
    for line in text.strip().splitlines():
        parts = line.split()
        if not parts or parts[0].startswith("#"):
            continue
        if parts[0].startswith("@"):
            aliases["$" + parts[0][1:]] = _put_in(parts[2], aliases)
            continue
        term, name, kind, path = parts
        rows.append(Row(term, name, kind, _put_in(path, aliases)))
    return rows


def compile_table(
    name: str, tables: Mapping[str, str], namespaces: Mapping[str, str], tag: str = ""
) -> Node:
    """The tree of table ``name``; tables refer to each other by ``>name``."""
    root = Node(tag)
    _fill(root, name, tables, namespaces)
    return root


def _put_in(path: str, aliases: Mapping[str, str]) -> str:
    head, slash, rest = path.partition("/")
    return aliases.get(head, head) + slash + rest


def _fill(root: Node, name: str, tables: Mapping[str, str], namespaces: Mapping[str, str]) -> None:
    for row in rows_of(tables[name]):
        steps = [step for step in _STEPS.split(row.path) if step != "."]
        attribute = steps.pop()[1:] if steps and steps[-1].startswith("@") else None
        fields = tuple(row.field.removesuffix("[]").split("."))
        is_group = row.kind.startswith(">")
        many = row.field.endswith("[]")
        repeated = _repeated(steps) if is_group or many else None
        node = root
        for i, step in enumerate(steps):
            node = _child(node, step.rstrip("*"), namespaces, fresh=i == repeated)
            if i == repeated:
                node.group, node.many, node.scalar = fields, many, not is_group
        if repeated is not None:
            fields = ("",)
        if is_group:
            _fill(node, row.kind[1:], tables, namespaces)
        elif row.kind == "const":
            node.leaves.append(Leaf(row.term, (), "text", attribute, row.field[1:]))
        else:
            # a repeated plain value is a record with the one field ""
            node.leaves.append(Leaf(row.term, fields, row.kind, attribute))


def _repeated(steps: list[str]) -> int:
    marked = [i for i, step in enumerate(steps) if step.endswith("*")]
    return marked[0] if marked else len(steps) - 1


def _child(parent: Node, step: str, namespaces: Mapping[str, str], *, fresh: bool = False) -> Node:
    found = _STEP.fullmatch(step)
    assert found is not None, step
    tag = _clark(found["name"], namespaces)
    predicate = _predicate(found, namespaces)
    for known in parent.by_tag.get(tag, ()):
        if not fresh and known.predicate == predicate and known.group is None:
            return known
    child = Node(tag, predicate)
    parent.children.append(child)
    parent.by_tag.setdefault(tag, []).append(child)
    return child


def _predicate(found: re.Match[str], namespaces: Mapping[str, str]) -> Predicate | None:
    if found["path"] is None:
        return None
    steps = found["path"].split("/")
    attribute = steps.pop()[1:] if steps[-1].startswith("@") else None
    path = tuple(_clark(step, namespaces) for step in steps)
    return Predicate(path, attribute, found["text"], found["op"] == "=")


def _clark(name: str, namespaces: Mapping[str, str]) -> str:
    prefix, colon, local = name.rpartition(":")
    return f"{{{namespaces[prefix]}}}{local}" if colon else name
