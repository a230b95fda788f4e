"""The month's payments on three accounts, each with a statement whose balances add up.

Three files of three kinds: CAMT.053 of the main account, MT940 of the second, and a savings bank's
CSV of the third. Each has a twin ``NAME.expected.json`` with the balances and, line by line, what
the line settles.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from contor_training.synthetic.demo_company.identifiers import bank_account
from contor_training.synthetic.demo_company.open_items import open_items
from contor_training.synthetic.demo_company.payments import Payment, payments

OWNER = "Fördehafen Hosting GmbH"
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


@dataclass(frozen=True, slots=True)
class Account:
    """One account's month: ``opening`` plus the payments is ``closing``."""

    name: str
    iban: str
    opening: Decimal
    payments: tuple[Payment, ...]

    @property
    def closing(self) -> Decimal:
        """The balance on the last day."""
        return self.opening + self.total

    @property
    def total(self) -> Decimal:
        """The sum of the payments."""
        return sum((pay.amount for pay in self.payments), Decimal("0.00"))


def accounts(seed: int) -> tuple[Account, Account, Account]:
    """The three accounts; returned debits and their fees stay on the main account."""
    rng = Random(f"{seed}:payments")
    sorted_out: tuple[list[Payment], list[Payment], list[Payment]] = ([], [], [])
    for pay in payments(open_items(seed), rng):
        stays = pay.kind in {"return", "fee", "other"}
        sorted_out[0 if stays else rng.choices((0, 1, 2), (5, 3, 2))[0]].append(pay)
    made = []
    for number, (name, paid) in enumerate(
        zip(("main", "second", "savings bank"), sorted_out, strict=True)
    ):
        iban = bank_account("DE", Random(f"{seed}:account:{number}"))
        opening = Decimal(rng.randint(4_000_000, 9_000_000)) / 100
        made.append(Account(name, iban, opening, tuple(paid)))
    return made[0], made[1], made[2]


def expected(account: Account) -> dict[str, object]:
    """The truth about a statement, as its twin file holds it."""
    return {
        "account_iban": account.iban,
        "from": FIRST.isoformat(),
        "to": LAST.isoformat(),
        "currency": "EUR",
        "opening": str(account.opening),
        "closing": str(account.closing),
        "sum": str(account.total),
        "count": len(account.payments),
        "lines": [_truth(pay) for pay in account.payments],
    }


def _truth(pay: Payment) -> dict[str, object]:
    return {
        "booking_date": pay.day.isoformat(),
        "amount": str(pay.amount),
        "counterparty_name": pay.name,
        "kind": pay.kind,
        "ambiguous": pay.ambiguous,
        "allocations": [
            {"item": share.item, "amount": str(share.amount), "discount": str(share.discount)}
            for share in pay.shares
        ],
    }
