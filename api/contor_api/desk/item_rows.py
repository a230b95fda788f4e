"""Invoice lines below a line of the entry: a person can book any of them to another account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.core import Locale
from starlette.datastructures import FormData

from contor.errors import Refusal
from contor.money import Money
from contor_api import figures
from contor_api.desk.forms import texts

_LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An invoice line: its place on the document, its net amount (a decimal), its own account."""

    place: int
    text: str
    net: str
    account: str = ""


def item_rows(line: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> tuple[ItemRow, ...]:
    """The invoice lines that a suggested line consists of; ``items`` are those of the document."""
    places, nets = line.get("items") or (), line.get("item_nets") or ()
    return tuple(
        ItemRow(place, str(items[place].get("text") or ""), net)
        for place, net in zip(places, nets, strict=False)
        if place < len(items)
    )


def typed_accounts(form: FormData) -> dict[int, str]:
    """The account typed beside each invoice line, by its place; lines without one are left out."""
    places, accounts = texts(form, "item.place"), texts(form, "item.account")
    return {
        int(place): account.split(" ")[0]
        for place, account in zip(places, accounts, strict=False)
        if place.isdigit() and account
    }


def joined_texts(items: Sequence[ItemRow]) -> str:
    """The texts of invoice lines as the text of one line of the entry."""
    return " · ".join(dict.fromkeys(item.text for item in items if item.text))[:_LONGEST_TEXT]


def sum_of(items: Sequence[ItemRow], currency: str) -> Money:
    """What invoice lines come to."""
    return Money(sum(Money.of(item.net, currency).minor for item in items), currency)


def less(typed: str, moved: Money, locale: Locale) -> str:
    """An amount as typed less what was moved elsewhere; as typed where it cannot be read."""
    try:
        left = figures.read_money(typed, moved.currency, locale) - moved
    except Refusal:
        return typed
    return figures.write_plain(str(left.amount), locale)
