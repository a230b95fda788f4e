"""Review items and decisions of one tenant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Select, Text, type_coerce

from contor.adapters.db.stores.states import States
from contor.adapters.db.tables.operations import CurrentStateRow
from contor.adapters.db.tables.review import DecisionRow, ReviewItemRow
from contor.adapters.db.tenant_session import TenantSession
from contor.errors import Refusal
from contor.money import Money
from contor.ports.store_review import (
    DecisionRecord,
    ReviewItemRecord,
    ReviewKind,
    ReviewState,
    Verdict,
)


class SqlReviewStore:
    """Review items; their states are appended."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db
        self._states = States(db, "review_item")

    def add(self, item: ReviewItemRecord) -> ReviewItemRecord:
        """Queue an item; an open item about the same subject is returned instead of doubled."""
        known = self.about(item.kind, item.subject_id)
        if known is not None and known.state == "open":
            return known
        row = self._db.append(
            ReviewItemRow(
                kind=item.kind,
                subject_id=item.subject_id,
                title=item.title,
                party=item.party,
                on_day=item.on,
                amount_minor=None if item.amount is None else item.amount.minor,
                currency=None if item.amount is None else item.amount.currency,
                reasons=list(item.reasons),
                confidence=item.confidence,
                priority=item.priority,
                created_at=item.created_at,
            )
        )
        self._states.begin([row.id], item.state, [item.created_at])
        return item_from(row, item.state)

    def get(self, item_id: int) -> ReviewItemRecord:
        """The item with its present state; refuses ``review_item_unknown``."""
        row = self._db.by_id(ReviewItemRow, item_id)
        if row is None:
            raise Refusal(
                "review_item_unknown",
                "There is no review item {item}.",
                "Open the queue again.",
                item=item_id,
            )
        return item_from(row, self._states.of(row.id).state)

    def about(self, kind: ReviewKind, subject_id: int) -> ReviewItemRecord | None:
        """The youngest item about the subject, or None."""
        statement = self._db.rows(ReviewItemRow).where(
            ReviewItemRow.kind == kind, ReviewItemRow.subject_id == subject_id
        )
        row = self._db.first(statement.order_by(ReviewItemRow.id.desc()))
        return None if row is None else item_from(row, self._states.of(row.id).state)

    def open(
        self, kind: ReviewKind | None = None, *, limit: int | None = None
    ) -> Sequence[ReviewItemRecord]:
        """Open items: priority first, then least certain, then oldest."""
        found = self._db.session.execute(self.queue(kind).limit(limit))
        return [item_from(row, current.state) for row, current in found]

    def close(self, item_id: int, state: ReviewState, actor: str, at: datetime) -> ReviewItemRecord:
        """Append the final state; refuses ``already_decided``."""
        locked = self._db.rows(ReviewItemRow).where(ReviewItemRow.id == item_id)
        self._db.first(locked.with_for_update())
        if self.get(item_id).state != "open":
            raise Refusal(
                "already_decided",
                "The item {item} was decided already.",
                "Reverse the entry if the decision was wrong.",
                item=item_id,
            )
        self._states.change(item_id, state, at, actor=actor)
        return self.get(item_id)

    def queue(self, kind: ReviewKind | None = None) -> Select[ReviewItemRow, CurrentStateRow]:
        """The select of the open items in the order of the queue."""
        statement = self._states.joined(ReviewItemRow).where(CurrentStateRow.state == "open")
        if kind is not None:
            statement = statement.where(ReviewItemRow.kind == kind)
        return statement.order_by(
            ReviewItemRow.priority.desc(), ReviewItemRow.confidence, ReviewItemRow.id
        )


class SqlDecisionStore:
    """Verdicts, appended, never changed."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def add(self, decision: DecisionRecord) -> DecisionRecord:
        """Append a verdict."""
        return _decision(
            self._db.append(
                DecisionRow(
                    item_id=decision.item_id,
                    verdict=decision.verdict,
                    actor=decision.actor,
                    decided_at=decision.at,
                    what=decision.what,
                    before=None if decision.before is None else dict(decision.before),
                    after=None if decision.after is None else dict(decision.after),
                )
            )
        )

    def about(self, item_id: int) -> Sequence[DecisionRecord]:
        """The verdicts on an item, oldest first."""
        statement = self._db.rows(DecisionRow).where(DecisionRow.item_id == item_id)
        return [_decision(row) for row in self._db.all(statement.order_by(DecisionRow.id))]

    def since(self, at: datetime | None = None) -> Sequence[DecisionRecord]:
        """Every verdict after the instant, oldest first."""
        statement = self._db.rows(DecisionRow)
        if at is not None:
            statement = statement.where(DecisionRow.decided_at > at)
        return [_decision(row) for row in self._db.all(statement.order_by(DecisionRow.id))]

    def sampled(self, at: datetime | None = None) -> Sequence[DecisionRecord]:
        """The verdicts on items of the blind sample after the instant, oldest first."""
        claim = type_coerce(DecisionRow.before, Text)
        statement = self._db.rows(DecisionRow).where(claim.like('%"sampled":true%'))
        if at is not None:
            statement = statement.where(DecisionRow.decided_at > at)
        found = [_decision(row) for row in self._db.all(statement.order_by(DecisionRow.id))]
        return [one for one in found if one.before and one.before.get("sampled")]


def item_from(row: ReviewItemRow, state: str) -> ReviewItemRecord:
    """The record of a row."""
    return ReviewItemRecord(
        id=row.id,
        kind=cast("ReviewKind", row.kind),
        subject_id=row.subject_id,
        reasons=tuple(row.reasons),
        confidence=row.confidence,
        created_at=row.created_at,
        priority=row.priority,
        state=cast("ReviewState", state),
        title=row.title,
        party=row.party,
        amount=_amount(row),
        on=row.on_day,
    )


def _amount(row: ReviewItemRow) -> Money | None:
    if row.amount_minor is None or row.currency is None:
        return None
    return Money(row.amount_minor, row.currency)


def _decision(row: DecisionRow) -> DecisionRecord:
    return DecisionRecord(
        id=row.id,
        item_id=row.item_id,
        verdict=cast("Verdict", row.verdict),
        actor=row.actor,
        at=row.decided_at,
        what=row.what,
        before=row.before,
        after=row.after,
    )
