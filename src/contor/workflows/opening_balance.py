"""Opening balances: what open items stand on the control accounts when the books begin here."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from contor.ledger.entry import JournalEntry, JournalLine
from contor.money import Money
from contor.ports.store import UnitOfWork
from contor.ports.workplace import Workplace
from contor.workflows.suggest_posting import control_accounts_of

SOURCE = "opening_balance"


def post_opening_balance(
    work: Workplace, uow: UnitOfWork, on: date, against: str, bank: dict[str, Money]
) -> str:
    """Post what the open items loaded come to, and the ``bank`` balances by ledger account.

    ``against`` is the account of opening balances (SKR03/04: 9000). Posted once; its number, empty
    where there is nothing to post or it was posted before.
    """
    if uow.journal.by_source(SOURCE):
        return ""
    control = control_accounts_of(uow)
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    for item in uow.open_items.open():
        account = control.receivables if item.side == "receivable" else control.payables
        sums[account, item.gross.currency] += item.direction * item.open_amount.minor
    for account, balance in bank.items():
        sums[account, balance.currency] += balance.minor
    lines = [
        JournalLine(account, Money(minor, currency), text="Saldovortrag")
        for (account, currency), minor in sorted(sums.items())
        if minor
    ]
    lines += [JournalLine(against, -line.amount, text="Saldovortrag") for line in lines]
    if not lines:
        return ""
    entry = JournalEntry(on, "Saldovortrag", tuple(lines), source=SOURCE)
    return uow.journal.post(entry, actor="set-up", at=work.clock()).number
