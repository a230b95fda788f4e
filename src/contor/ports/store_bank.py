"""Our bank accounts, their statements and lines, and what the matching proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

from contor.money import Money

LineState = Literal["new", "proposed", "review", "booked", "ignored"]


@dataclass(frozen=True, slots=True)
class OwnBankAccount:
    """A bank account (or payment provider account) of the tenant and its ledger account."""

    iban: str
    name: str
    ledger_account: str
    currency: str = "EUR"
    bic: str = ""
    provider: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """A statement as imported; balances may be unknown."""

    account_iban: str
    number: str
    currency: str
    start: date | None
    end: date | None
    opening: Money | None
    closing: Money | None
    sha256: str
    imported_at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class BankLineRecord:
    """A bank line. ``amount`` is signed from our side: money in is positive."""

    account_iban: str
    booking_date: date
    amount: Money
    value_date: date | None = None
    counterparty_name: str = ""
    counterparty_iban: str = ""
    remittance: str = ""
    end_to_end_id: str = ""
    mandate_id: str = ""
    creditor_id: str = ""
    transaction_code: str = ""
    return_reason: str = ""
    bank_reference: str = ""
    occurrence: int = 1
    statement_id: int = 0
    state: LineState = "new"
    id: int = 0


@dataclass(frozen=True, slots=True)
class ImportedStatement:
    """What an import added: the lines that were new, and how many were known already."""

    statement: StatementRecord
    new_lines: tuple[BankLineRecord, ...]
    known_lines: int


@dataclass(frozen=True, slots=True)
class ProposalRecord:
    """What the matching proposed for a line: ``content`` is the object of ``contor reconcile``."""

    bank_line_id: int
    run_id: str
    status: str
    confidence: float
    content: Mapping[str, Any]
    proposed_at: datetime
    id: int = 0


class BankStore(Protocol):
    """Bank accounts, statements and lines of one tenant."""

    def save_account(self, account: OwnBankAccount) -> OwnBankAccount:
        """Insert, or replace the account of the same IBAN."""
        ...

    def accounts(self) -> Sequence[OwnBankAccount]:
        """Our accounts by IBAN."""
        ...

    def account(self, iban: str) -> OwnBankAccount | None:
        """Our account of this IBAN (or provider account id), or None."""
        ...

    def add_statement(
        self, statement: StatementRecord, lines: Sequence[BankLineRecord]
    ) -> ImportedStatement:
        """Append a statement and its new lines.

        A line is known where as many lines of the same natural key (account, dates, amount,
        counterparty, text, references) are stored as the import has shown so far: a file
        imported twice adds nothing, two genuine identical lines in one file are both kept.
        """
        ...

    def statements(self, account_iban: str | None = None) -> Sequence[StatementRecord]:
        """Statements in order of import."""
        ...

    def get(self, line_id: int) -> BankLineRecord:
        """The line with its present state; refuses ``bank_line_unknown``."""
        ...

    def lines(
        self, state: LineState | None = None, *, limit: int | None = None
    ) -> Sequence[BankLineRecord]:
        """Lines by booking date, then order of arrival."""
        ...

    def set_state(self, line_id: int, state: LineState, at: datetime) -> BankLineRecord:
        """Append the new state."""
        ...

    def add_proposals(self, proposals: Sequence[ProposalRecord]) -> int:
        """Append proposals in bulk; the number appended."""
        ...

    def proposal(self, line_id: int) -> ProposalRecord | None:
        """The youngest proposal for the line, or None."""
        ...
