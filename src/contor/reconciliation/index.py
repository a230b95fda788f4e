"""The index over the open items: every key a bank line can be looked up by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from contor.parties.names import comparable
from contor.reconciliation.item import OpenItem
from contor.reconciliation.references import normal, number_keys
from contor.reconciliation.terms import discount_of


@dataclass
class Index:
    """Items with their signed values (from our side), and the dictionaries over them.

    ``values`` are minor units: a receivable is positive, a payable negative, a credit note the
    opposite of its party's invoices.
    """

    items: tuple[OpenItem, ...]
    values: list[int]
    by_key: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    by_party: dict[str, list[int]] = field(default_factory=dict)
    by_iban: dict[str, dict[str, None]] = field(default_factory=dict)
    by_name: dict[str, dict[str, None]] = field(default_factory=dict)
    by_party_number: dict[str, str] = field(default_factory=dict)
    by_alias: dict[str, dict[str, None]] = field(default_factory=dict)
    by_mandate: dict[str, dict[str, None]] = field(default_factory=dict)
    by_end_to_end: dict[str, list[int]] = field(default_factory=dict)
    by_amount: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    settled_by_amount: dict[tuple[str, int], list[int]] = field(default_factory=dict)


def build_index(items: Sequence[OpenItem], as_of: date | None = None) -> Index:
    """Index ``items``; those issued after ``as_of`` are left out of every look-up."""
    known = tuple(items)
    index = Index(known, _signed(known))
    keys: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for position, item in enumerate(known):
        if as_of and item.issue_date and item.issue_date > as_of:
            continue
        _add_references(index, keys, position, item)
        _add_party(index, position, item)
        _add_amounts(index, position, item)
    index.by_key = dict(keys)
    return index


def _signed(items: tuple[OpenItem, ...]) -> list[int]:
    """Signed open amounts; a party's credit notes run against its invoices."""
    payables: dict[str, int] = defaultdict(int)
    for item in items:
        if item.kind != "credit_note":
            payables[item.party] += 1 if item.kind == "payable" else -1
    signs = {"receivable": 1, "payable": -1}
    return [
        item.open_amount * signs.get(item.kind, 1 if payables[item.party] > 0 else -1)
        for item in items
    ]


def _add_references(
    index: Index, keys: dict[str, list[tuple[int, float]]], position: int, item: OpenItem
) -> None:
    for key, weight in number_keys(item.number):
        keys[key].append((position, weight))
    for number in (item.order_reference, item.contract_reference):
        for key, weight in number_keys(number)[:1]:
            keys[key].append((position, 0.6 * weight))
    if item.end_to_end_id:
        index.by_end_to_end.setdefault(normal(item.end_to_end_id), []).append(position)


def _add_party(index: Index, position: int, item: OpenItem) -> None:
    party = item.party
    if not party:
        return
    index.by_party.setdefault(party, []).append(position)
    if item.party_iban:
        index.by_iban.setdefault(item.party_iban, {})[party] = None
    if item.party_name:
        index.by_name.setdefault(comparable(item.party_name), {})[party] = None
    number = normal(item.party_id)
    if len(number) >= 4 and any(c.isdigit() for c in number):
        index.by_party_number[number] = party
    for alias in item.aliases:
        index.by_alias.setdefault(alias.lower(), {})[party] = None
        if "." not in alias and "@" not in alias:
            index.by_name.setdefault(comparable(alias), {})[party] = None
    if item.mandate_id:
        index.by_mandate.setdefault(normal(item.mandate_id), {})[party] = None


def _add_amounts(index: Index, position: int, item: OpenItem) -> None:
    value = index.values[position]
    if value == 0:
        index.settled_by_amount.setdefault((item.currency, item.gross), []).append(position)
        return
    index.by_amount.setdefault((item.currency, value), []).append(position)
    sign = 1 if value > 0 else -1
    for term in item.terms:
        paid = value - sign * discount_of(term, item.open_amount)
        index.by_amount.setdefault((item.currency, paid), []).append(position)
