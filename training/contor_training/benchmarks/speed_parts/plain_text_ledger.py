"""beancount as a peer of posting: the same entries as text, loaded and checked into memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec

from contor.ledger.entry import JournalEntry

NAME = "beancount, load and check"


def is_there() -> bool:
    """Whether the peer is installed (``pip install contor[peers]``)."""
    return find_spec("beancount") is not None


def loads(entries: Sequence[JournalEntry]) -> Callable[[], Callable[[], object]]:
    """For ``compare_fresh``: load the entries' text."""
    load = import_module("beancount.loader").load_string
    text = _text(entries)
    return lambda: lambda: load(text)


def _text(entries: Sequence[JournalEntry]) -> str:
    accounts = sorted({line.account for entry in entries for line in entry.lines})
    opened = [f"2025-01-01 open Assets:A{account}" for account in accounts]
    booked = [
        "\n".join([
            f'{entry.booking_date.isoformat()} * "{entry.text}"',
            *(
                f"  Assets:A{line.account}  {line.amount.amount} {line.amount.currency}"
                for line in entry.lines
            ),
        ])
        for entry in entries
    ]  # fmt: skip
    return "\n\n".join([*opened, *booked, ""])
