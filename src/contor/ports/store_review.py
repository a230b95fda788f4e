"""The review queue, the verdicts of people and the labels the models learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

from contor.money import Money

ReviewKind = Literal["document", "bank_line", "invoice"]
ReviewState = Literal["open", "accepted", "corrected", "rejected", "withdrawn"]
Verdict = Literal["accept", "correct", "reject"]
LabelSource = Literal["history", "decision"]


@dataclass(frozen=True, slots=True)
class ReviewItemRecord:
    """A subject that waits for a person. ``confidence`` 0..1; a higher ``priority`` comes first.

    ``title``, ``party``, ``amount`` and ``on`` are what a list shows about the subject.
    """

    kind: ReviewKind
    subject_id: int
    reasons: tuple[str, ...]
    confidence: float
    created_at: datetime
    priority: int = 0
    state: ReviewState = "open"
    title: str = ""
    party: str = ""
    amount: Money | None = None
    on: date | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A person's verdict on a review item; ``before`` is the claim, ``after`` what holds now."""

    item_id: int
    verdict: Verdict
    actor: str
    at: datetime
    what: str = ""
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class LabelRecord:
    """One coded line: what it was and the account, cost centre and tax code it was given.

    ``amount`` is the line's amount (Money); ``columns`` carries the other columns of a coded
    ledger (``vat_id``, ``iban``, ``tax_rate``, ``doc_no`` ...).
    """

    date: date
    supplier: str
    amount: Money
    account: str
    cost_centre: str = ""
    tax_code: str = ""
    description: str = ""
    supplier_id: str = ""
    source: LabelSource = "history"
    actor: str = ""
    subject_kind: str = ""
    subject_id: int | None = None
    columns: Mapping[str, str] | None = None
    id: int = 0


class ReviewStore(Protocol):
    """Review items of one tenant; their states are appended."""

    def add(self, item: ReviewItemRecord) -> ReviewItemRecord:
        """Queue an item; an open item about the same subject is returned instead of doubled."""
        ...

    def get(self, item_id: int) -> ReviewItemRecord:
        """The item with its present state; refuses ``review_item_unknown``."""
        ...

    def about(self, kind: ReviewKind, subject_id: int) -> ReviewItemRecord | None:
        """The youngest item about the subject, or None."""
        ...

    def open(
        self, kind: ReviewKind | None = None, *, limit: int | None = None
    ) -> Sequence[ReviewItemRecord]:
        """Open items: priority first, then least certain, then oldest."""
        ...

    def close(self, item_id: int, state: ReviewState, actor: str, at: datetime) -> ReviewItemRecord:
        """Append the final state; refuses ``already_decided``."""
        ...


class DecisionStore(Protocol):
    """Verdicts, appended, never changed."""

    def add(self, decision: DecisionRecord) -> DecisionRecord:
        """Append a verdict."""
        ...

    def about(self, item_id: int) -> Sequence[DecisionRecord]:
        """The verdicts on an item, oldest first."""
        ...

    def since(self, at: datetime | None = None) -> Sequence[DecisionRecord]:
        """Every verdict after the instant, oldest first."""
        ...

    def sampled(self, at: datetime | None = None) -> Sequence[DecisionRecord]:
        """The verdicts on items of the blind sample after the instant, oldest first."""
        ...


class LabelStore(Protocol):
    """The corpus the models learn from, appended, never changed."""

    def add(self, labels: Sequence[LabelRecord]) -> int:
        """Append in bulk; the number appended."""
        ...

    def all(self, *, after_id: int = 0, limit: int | None = None) -> Sequence[LabelRecord]:
        """Labels by date, then order of arrival (``after_id``: only those younger than it)."""
        ...

    def newest(self, count: int) -> Sequence[LabelRecord]:
        """The latest ``count`` labels, in the order of ``all``."""
        ...

    def corrected(self) -> Sequence[LabelRecord]:
        """Labels that a person decided on a suggestion, in the order of ``all``."""
        ...

    def count(self) -> int:
        """How many there are."""
        ...

    def last_id(self) -> int:
        """The youngest label's id, 0 without labels: tells whether there is something to learn."""
        ...
