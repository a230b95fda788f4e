"""Ledger accounts and the chart they stand in.

>>> chart = Chart("own", (Account("4930", "Office supplies", "expense"),))
>>> chart.find("4930").kind
'expense'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from contor.errors import Refusal

AccountKind = Literal["asset", "liability", "equity", "income", "expense"]
CostCentreUse = Literal["", "required", "forbidden"]


@dataclass(frozen=True, slots=True)
class Account:
    """A ledger account: its ``number`` is text, leading zeros count. Closed ones take nothing.

    ``cost_centre_use`` says whether a line on it must or may not carry a cost centre (empty: as one
    likes); an automatic account (*Automatikkonto*) takes ``only_tax_code``.
    """

    number: str
    name: str
    kind: AccountKind
    open: bool = True
    cost_centre_use: CostCentreUse = ""
    only_tax_code: str = ""

    @property
    def in_balance_sheet(self) -> bool:
        """Whether the balance is carried into the next year."""
        return self.kind in {"asset", "liability", "equity"}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of accounts; numbers are unique."""

    name: str
    accounts: tuple[Account, ...]
    _by_number: dict[str, Account] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_number: dict[str, Account] = {}
        for account in self.accounts:
            if account.number in by_number:
                raise Refusal(
                    "account_twice",
                    "The account {number} stands in the chart twice.",
                    "Keep one of the rows.",
                    number=account.number,
                )
            by_number[account.number] = account
        object.__setattr__(self, "_by_number", by_number)

    def find(self, number: str) -> Account:
        """The account; refuses ``account_unknown``."""
        account = self._by_number.get(number)
        if account is None:
            raise Refusal(
                "account_unknown",
                "There is no account {number} in the chart {chart}.",
                "Choose another account or add it to the chart.",
                number=number,
                chart=self.name,
            )
        return account

    def open_account(self, number: str) -> Account:
        """The account if it can be posted to; refuses ``account_unknown``, ``account_closed``."""
        account = self.find(number)
        if not account.open:
            raise Refusal(
                "account_closed",
                "The account {number} {name} is closed.",
                "Choose another account or open it again.",
                number=number,
                name=account.name,
            )
        return account

    def __contains__(self, number: str) -> bool:
        return number in self._by_number

    def with_accounts(self, accounts: Iterable[Account]) -> Chart:
        """This chart with accounts added, or replaced where the number is known."""
        merged = self._by_number | {account.number: account for account in accounts}
        return Chart(self.name, tuple(merged[number] for number in sorted(merged)))
