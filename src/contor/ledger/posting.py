"""Posting: the step after which an entry is never changed, only reversed (§ 239 (3) HGB, GoBD)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from contor.errors import Refusal
from contor.ledger.accounts import Chart
from contor.ledger.cost_centre import CostCentre
from contor.ledger.entry import JournalEntry, check_entry
from contor.ledger.fiscal_period import FiscalPeriod, open_period


@dataclass(frozen=True, slots=True)
class PostedEntry:
    """An entry with its number: ``sequence`` runs without gaps within ``fiscal_year``."""

    entry: JournalEntry
    fiscal_year: int
    sequence: int
    period: str

    @property
    def number(self) -> str:
        """The journal number, such as ``2026-000123``."""
        return entry_number(self.fiscal_year, self.sequence)


def entry_number(fiscal_year: int, sequence: int) -> str:
    """The journal number of a sequence.

    >>> entry_number(2026, 123)
    '2026-000123'
    """
    return f"{fiscal_year}-{sequence:06d}"


def check_postable(
    entry: JournalEntry,
    *,
    chart: Chart,
    periods: Iterable[FiscalPeriod],
    cost_centres: Iterable[CostCentre] | None = None,
) -> FiscalPeriod:
    """The period the entry belongs to, if all of it may be posted.

    Cost centres are checked where they are given. Refuses what ``check_entry`` refuses and
    ``account_unknown``, ``account_closed``, ``cost_centre_unknown``, ``period_unknown``,
    ``period_closed``.
    """
    check_entry(entry)
    period = open_period(periods, entry.booking_date)
    centres = None if cost_centres is None else {c.code for c in cost_centres if c.open}
    for line in entry.lines:
        chart.open_account(line.account)
        if centres is not None and line.cost_centre and line.cost_centre not in centres:
            raise Refusal(
                "cost_centre_unknown",
                "There is no open cost centre {cost_centre}.",
                "Choose another cost centre or add it.",
                cost_centre=line.cost_centre,
            )
    return period


def post(
    entry: JournalEntry,
    *,
    chart: Chart,
    periods: Iterable[FiscalPeriod],
    sequence: int,
    posted_already: bool = False,
    cost_centres: Iterable[CostCentre] | None = None,
) -> PostedEntry:
    """The posted entry with the number ``sequence`` of its fiscal year.

    ``posted_already`` says that an entry of the same source is in the journal: refuses
    ``posted_already``. Otherwise refuses what ``check_postable`` refuses.
    """
    period = check_postable(entry, chart=chart, periods=periods, cost_centres=cost_centres)
    if posted_already:
        raise Refusal(
            "posted_already",
            "{source} is posted already.",
            "Reverse the entry first if it is wrong.",
            source=entry.source,
        )
    return PostedEntry(entry, period.fiscal_year, sequence, period.name)


def reverse(
    posted: PostedEntry, *, on: date, reason: str, reversed_already: bool = False
) -> JournalEntry:
    """The entry that takes ``posted`` back: every line with the opposite sign.

    Its source ``reversal:NUMBER`` makes reversing twice impossible; refuses
    ``reversed_already`` and ``reason_missing``.
    """
    if reversed_already:
        raise Refusal(
            "reversed_already",
            "The entry {number} is reversed already.",
            "Post a new entry instead.",
            number=posted.number,
        )
    if not reason.strip():
        raise Refusal(
            "reason_missing",
            "A reversal of {number} needs a reason.",
            "Say in a few words why the entry is wrong.",
            number=posted.number,
        )
    lines = tuple(replace(line, amount=-line.amount) for line in posted.entry.lines)
    return JournalEntry(
        booking_date=on,
        text=reason.strip(),
        lines=lines,
        source=f"reversal:{posted.number}",
        reference=posted.entry.reference,
        document_date=posted.entry.document_date,
        reverses=posted.number,
    )
