"""The suspense account: money whose reason is not known yet is booked at once, explained later.

Nothing on a bank statement waits outside the books (§ 146 (1) AO: recorded in time and complete);
the suspense account shows how much still needs an explanation, and every part of it can be taken
off once, by an entry of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from contor.errors import Refusal
from contor.ledger.entry import JournalEntry, JournalLine
from contor.ledger.posting import PostedEntry
from contor.money import Money


@dataclass(frozen=True, slots=True)
class Unexplained:
    """What one entry put on the suspense account (debit positive)."""

    entry_number: str
    booked_on: date
    amount: Money
    text: str
    source: str


def put_on_suspense(
    amount: Money, on: date, text: str, *, bank_account: str, suspense: str, source: str
) -> JournalEntry:
    """The entry for a bank line without a known reason; ``amount`` is positive for money in."""
    lines = (JournalLine(bank_account, amount, text), JournalLine(suspense, -amount, text))
    return JournalEntry(on, text, lines, source=source)


def unexplained(entries: Iterable[PostedEntry], suspense: str) -> tuple[Unexplained, ...]:
    """What stands on the suspense account and was not taken off, oldest first.

    An entry takes off what another put there by its source ``suspense:NUMBER``; a reversal takes
    off what it reverses.
    """
    posted = list(entries)
    explained = {p.entry.reverses for p in posted if p.entry.reverses}
    explained |= {
        p.entry.source.partition(":")[2] for p in posted if p.entry.source.startswith("suspense:")
    }
    found = []
    for entry in posted:
        lines = [line.amount for line in entry.entry.lines if line.account == suspense]
        takes_off = entry.entry.reverses or entry.entry.source.startswith("suspense:")
        if not lines or takes_off or entry.number in explained:
            continue
        total = sum(lines[1:], start=lines[0])
        if total:
            facts = (entry.number, entry.entry.booking_date, total)
            found.append(Unexplained(*facts, entry.entry.text, entry.entry.source))
    return tuple(found)


def explain(
    item: Unexplained, on: date, text: str, lines: Sequence[JournalLine], *, suspense: str
) -> JournalEntry:
    """The entry that takes an amount off the suspense account and books it where it belongs.

    The lines carry the amount's own sign (a credit on suspense becomes credits elsewhere); refuses
    ``suspense_not_explained`` where they do not sum to it. Posting it twice is refused by its
    source.
    """
    total = sum((line.amount for line in lines), start=Money(0, item.amount.currency))
    if total != item.amount:
        raise Refusal(
            "suspense_not_explained",
            "{explained} is not the {amount} that {number} put on the suspense account.",
            "Explain the whole amount; a part may stay on the suspense account as a line.",
            explained=str(total),
            amount=str(item.amount),
            number=item.entry_number,
        )
    taken = JournalLine(suspense, -item.amount, text)
    return JournalEntry(on, text, (*lines, taken), source=f"suspense:{item.entry_number}")
