"""Journal entries and their lines.

Amounts are signed: a debit is positive, a credit negative, and an entry's lines sum to zero in each
currency (double entry, § 238 HGB).

>>> from datetime import date
>>> entry = JournalEntry(date(2026, 11, 2), "Server rack", (
...     JournalLine("4964", Money.of("100.00", "EUR"), cost_centre="110", tax_code="V19"),
...     JournalLine("1576", Money.of("19.00", "EUR")),
...     JournalLine("1600", Money.of("-119.00", "EUR"), party="70001")))
>>> check_entry(entry)
>>> str(entry.total)
'119.00 EUR'
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Self

from contor.errors import Refusal
from contor.money import Money


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line: ``amount`` is signed (debit positive), ``party`` a customer or supplier number."""

    account: str
    amount: Money
    text: str = ""
    cost_centre: str = ""
    tax_code: str = ""
    party: str = ""

    @classmethod
    def debit_to(cls, account: str, amount: Money, **facts: str) -> Self:
        """A line that debits the account by a positive amount."""
        return cls(account, amount, **facts)

    @classmethod
    def credit_to(cls, account: str, amount: Money, **facts: str) -> Self:
        """A line that credits the account by a positive amount."""
        return cls(account, -amount, **facts)

    @property
    def debit(self) -> Money:
        """The debit, zero for a credit line."""
        return Money(max(self.amount.minor, 0), self.amount.currency)

    @property
    def credit(self) -> Money:
        """The credit as a positive amount, zero for a debit line."""
        return Money(max(-self.amount.minor, 0), self.amount.currency)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An entry not posted yet.

    ``source`` says what it comes from (``document:17``, ``bank_line:9``) and is posted once;
    ``reference`` is the number of the voucher (Belegnummer); ``reverses`` the number of the entry
    that this one takes back.
    """

    booking_date: date
    text: str
    lines: tuple[JournalLine, ...]
    source: str = ""
    reference: str = ""
    document_date: date | None = None
    reverses: str = ""

    @property
    def total(self) -> Money:
        """The sum of debits in the currency of the first line."""
        currency = self.lines[0].amount.currency
        minor = sum(line.debit.minor for line in self.lines if line.debit.currency == currency)
        return Money(minor, currency)


def check_entry(entry: JournalEntry) -> None:
    """Refuse an entry that cannot be posted whatever the chart says.

    Codes: ``entry_without_lines``, ``line_without_amount``, ``entry_unbalanced``.
    """
    if len(entry.lines) < 2:
        raise Refusal(
            "entry_without_lines",
            "The entry {text} has fewer than two lines.",
            "Name at least one debit and one credit.",
            text=entry.text,
        )
    sums: defaultdict[str, int] = defaultdict(int)
    for line in entry.lines:
        if not line.amount:
            raise Refusal(
                "line_without_amount",
                "The line to account {account} has no amount.",
                "Leave the line out.",
                account=line.account,
            )
        sums[line.amount.currency] += line.amount.minor
    for currency, minor in sums.items():
        if minor:
            raise Refusal(
                "entry_unbalanced",
                "Debits and credits of the entry {text} differ by {difference}.",
                "Correct an amount or add the missing line.",
                text=entry.text,
                difference=str(Money(minor, currency)),
            )
