"""What learning asks of the stores, on both databases: latest labels, sampled verdicts, rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from contor.account_assignment.exact_rules import ExactRule
from contor.money import Money
from contor.ports.store_documents import SuggestionRecord
from contor.ports.store_review import DecisionRecord, LabelRecord, ReviewItemRecord
from contor.ports.store_rules import RuleRecord
from tests.support.databases import NOON, Books, Database


def test_the_latest_labels_come_in_the_order_of_time(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        uow.labels.add(
            [
                LabelRecord(date(2026, 1, day), f"S{day}", Money(day, "EUR"), "4930",
                            source="decision" if day > 3 else "history")
                for day in (5, 1, 4, 2, 3)
            ]
        )  # fmt: skip
        assert [x.supplier for x in uow.labels.newest(3)] == ["S3", "S4", "S5"]
        assert [x.supplier for x in uow.labels.corrected()] == ["S4", "S5"]
    with books.store.reading(books.neighbour.id) as uow:
        assert not uow.labels.newest(3)


def test_verdicts_on_the_sample_are_found_and_nobody_elses(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        claims: list[dict[str, Any] | None] = [
            {"sampled": True, "claim": []}, {"lines": []}, {"text": '"sampled":true'}, None,
        ]  # fmt: skip
        for number, before in enumerate(claims):
            item = uow.review.add(ReviewItemRecord("document", number + 1, ("check",), 0.9, NOON))
            at = NOON + timedelta(minutes=number)
            uow.decisions.add(DecisionRecord(item.id, "accept", "anna", at, before=before))
        assert len(uow.decisions.sampled()) == 1
        assert not uow.decisions.sampled(NOON)
    with books.store.reading(books.neighbour.id) as uow:
        assert not uow.decisions.sampled()


def test_the_latest_suggestions_of_a_kind(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        for number in range(4):
            kind = "document" if number else "bank_line"
            uow.suggestions.add(SuggestionRecord(kind, number + 1, {"n": number}, "m", NOON))
        assert [x.content["n"] for x in uow.suggestions.recent("document", 2)] == [3, 2]


def test_rules_are_appended_and_never_changed(books: Books, database: Database) -> None:
    rule = ExactRule(0, supplier="Rack AG", account="4964", valid_from=date(2026, 1, 1))
    with books.store.unit_of_work(books.tenant.id) as uow:
        made = uow.rules.add(RuleRecord(rule, "anna", NOON))
        other = uow.rules.add(RuleRecord(ExactRule(0, words="x", account="4930"), "anna", NOON))
        assert (made.rule.number, other.rule.number) == (1, 2)
        uow.rules.add(RuleRecord(made.rule, "ben", NOON, withdrawn=True))
        assert [one.rule.number for one in uow.rules.current()] == [2]
        assert [one.version for one in uow.rules.versions(1)] == [1, 2]
        assert uow.rules.last_id() > made.id
    with books.store.reading(books.neighbour.id) as uow:
        assert not uow.rules.current()
        assert uow.rules.last_id() == 0
    with pytest.raises(DBAPIError, match="append only"):
        database.execute("UPDATE booking_rules SET account = '4930'")
