"""Contracts, usage, drafts, invoices and the number series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, Protocol

from contor.money import Money

DraftState = Literal["draft", "review", "issued", "dropped"]
InvoiceKind = Literal["invoice", "credit_note"]


@dataclass(frozen=True, slots=True)
class ContractVersion:
    """One version of a contract: the YAML (or JSON) text as agreed, valid from a day on."""

    number: str
    customer_number: str
    valid_from: date
    text: str
    created_at: datetime
    actor: str = ""
    version: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class UsageEvent:
    """A metered event. ``key`` is unique per tenant: sent twice, it counts once."""

    key: str
    timestamp: datetime
    contract: str
    meter: str
    quantity: Decimal
    id: int = 0


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """An invoice not issued yet. ``key`` is its meaning (contract and period), unique."""

    key: str
    content: Mapping[str, Any]
    created_at: datetime
    state: DraftState = "draft"
    id: int = 0


@dataclass(frozen=True, slots=True)
class InvoiceRecord:
    """An issued invoice or credit note: ``content`` is the JSON of the invoice model.

    ``series`` and ``sequence`` say which number of which series it took (``NumberStore.take``):
    the proof that no number is missing rests on them.
    """

    number: str
    kind: InvoiceKind
    customer_number: str
    issue_date: date
    gross: Money
    content: Mapping[str, Any]
    issued_at: datetime
    actor: str = ""
    entry_number: str = ""
    draft_id: int | None = None
    corrects: str = ""
    series: str = ""
    sequence: int = 0
    sha256: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class VoidNumber:
    """A number of a series that was taken and never used, with the cause."""

    series: str
    number: int
    cause: str
    actor: str
    at: datetime


class ContractStore(Protocol):
    """Contracts of one tenant; versions are appended."""

    def add(self, version: ContractVersion) -> ContractVersion:
        """Append the next version of the contract (its ``version`` is given here)."""
        ...

    def current(self, number: str, on: date | None = None) -> ContractVersion | None:
        """The version that holds on the day (the youngest without a day), or None."""
        ...

    def all(self, on: date | None = None) -> Sequence[ContractVersion]:
        """The version of every contract that holds on the day, by number."""
        ...

    def versions(self, number: str) -> Sequence[ContractVersion]:
        """Every version, oldest first."""
        ...


class UsageStore(Protocol):
    """Usage of one tenant, appended."""

    def add(self, events: Sequence[UsageEvent]) -> int:
        """Append in bulk; the number that was new.

        Refuses ``usage_conflict`` where a known key comes with another content.
        """
        ...

    def of_contract(self, contract: str, start: datetime, end: datetime) -> Sequence[UsageEvent]:
        """Events of ``[start, end)`` by time."""
        ...


class DraftStore(Protocol):
    """Invoice drafts of one tenant."""

    def add(self, draft: DraftRecord) -> DraftRecord:
        """Append a draft; the stored one where the key is known already."""
        ...

    def get(self, draft_id: int) -> DraftRecord:
        """The draft with its present state; refuses ``draft_unknown``."""
        ...

    def by_key(self, key: str) -> DraftRecord | None:
        """The draft of this meaning, or None."""
        ...

    def all(self, state: DraftState | None = None) -> Sequence[DraftRecord]:
        """Drafts in order of creation."""
        ...

    def set_state(self, draft_id: int, state: DraftState, at: datetime) -> DraftRecord:
        """Append the new state."""
        ...


class InvoiceStore(Protocol):
    """Issued invoices, appended, hash-chained, never changed."""

    def add(self, invoice: InvoiceRecord) -> InvoiceRecord:
        """Append; refuses ``invoice_number_taken``. ``sha256`` is given here."""
        ...

    def get(self, invoice_id: int) -> InvoiceRecord:
        """The invoice; refuses ``invoice_unknown``."""
        ...

    def by_number(self, number: str) -> InvoiceRecord | None:
        """The invoice of this number, or None."""
        ...

    def all(
        self, *, customer_number: str | None = None, limit: int | None = None
    ) -> Sequence[InvoiceRecord]:
        """Invoices in the order they were issued."""
        ...


class NumberStore(Protocol):
    """Number series (§ 14 (4) no. 4 UStG): taken in the transaction that uses the number."""

    def take(self, series: str) -> int:
        """The next number, 1 first. The row stays locked until the unit of work ends."""
        ...

    def last(self, series: str) -> int:
        """The number taken last, 0 where none was."""
        ...

    def first(self, series: str) -> int:
        """The number the series begins with, 1 unless it was started elsewhere."""
        ...

    def start_at(self, series: str, first: int) -> None:
        """Let a new series begin at ``first`` (books taken over); refuses ``series_in_use``."""
        ...

    def void(self, void: VoidNumber) -> None:
        """Append why a number taken was not used; refuses ``number_not_taken``."""
        ...

    def voids(self, series: str) -> Sequence[VoidNumber]:
        """The numbers not used, ascending."""
        ...

    def series(self) -> Sequence[str]:
        """Names of all series."""
        ...
