"""Documents, readings, review items, decisions and labels."""

import time
from datetime import date, timedelta

import pytest

from contor.errors import Finding, Refusal
from contor.money import Money
from contor.ports.store_documents import Document, Reading, StoredFinding, SuggestionRecord
from contor.ports.store_review import DecisionRecord, LabelRecord, ReviewItemRecord
from tests.support.databases import NOON, Books

DAY = date(2026, 3, 2)


def document(letter: str) -> Document:
    return Document(letter * 64, f"{letter}.pdf", "application/pdf", NOON, "inbox", size=7)


def test_documents_are_stored_once_and_walk_through_states(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        first = uow.documents.add(document("a"))
        with pytest.raises(Refusal, match="duplicate_document") as refused:
            uow.documents.add(document("a"))
        assert refused.value.details["document_id"] == first.id
        second = uow.documents.add(document("b"))
        assert uow.documents.set_state(first.id, "read", NOON).state == "read"
        uow.documents.set_state(first.id, "posted", NOON + timedelta(hours=1))
    with books.store.reading(books.tenant.id) as uow:
        assert [state for _, state in uow.documents.states(first.id)] == [
            "received",
            "read",
            "posted",
        ]
        assert uow.documents.all("received") == [second]
        assert [d.state for d in uow.documents.all()] == ["posted", "received"]
        assert uow.documents.by_sha256("a" * 64) == uow.documents.get(first.id)
        page = uow.views.documents(page=2, size=1)
        assert (page.total, page.pages, page.rows[0].id) == (2, 2, first.id)
        with pytest.raises(Refusal, match="page_unknown"):
            uow.views.documents(page=0)


def test_readings_findings_and_suggestions_are_appended(books: Books) -> None:
    content = {"fields": {"gross_total": {"value": "119.00", "confidence": 0.98}}, "z": 1, "a": 2}
    finding = Finding("iban_changed", "warning", "The IBAN is new.", ("seller_iban",))
    with books.store.unit_of_work(books.tenant.id) as uow:
        stored = uow.documents.add(document("a"))
        assert uow.readings.latest(stored.id) is None
        uow.readings.add(Reading(stored.id, {"old": True}, NOON, "ocr"))
        newest = uow.readings.add(Reading(stored.id, content, NOON, "text"))
        uow.findings.add([StoredFinding("document", stored.id, finding, NOON)])
        uow.suggestions.add(SuggestionRecord("document", stored.id, {"v": 1}, "m1", NOON))
        uow.suggestions.add(SuggestionRecord("document", stored.id, {"v": 2}, "m2", NOON))
    with books.store.reading(books.tenant.id) as uow:
        assert uow.readings.latest(stored.id) == newest
        assert list(newest.content) == ["fields", "z", "a"]
        assert [r.reader for r in uow.readings.all(stored.id)] == ["ocr", "text"]
        assert [f.finding for f in uow.findings.about("document", stored.id)] == [finding]
        latest = uow.suggestions.latest("document", stored.id)
        assert latest is not None
        assert latest.model_version == "m2"


def test_the_queue_shows_urgent_then_least_certain_then_oldest(books: Books) -> None:
    money = Money.of("119.00", "EUR")
    rows = [(1, 0.9, 0), (2, 0.2, 0), (3, 0.2, 0), (4, 0.99, 5)]
    with books.store.unit_of_work(books.tenant.id) as uow:
        items = [
            uow.review.add(
                ReviewItemRecord(
                    "document",
                    subject,
                    ("new_supplier",),
                    confidence,
                    NOON,
                    priority,
                    title=f"doc {subject}",
                    party="Rack AG",
                    amount=money,
                    on=DAY,
                )
            )
            for subject, confidence, priority in rows
        ]
        line = uow.review.add(ReviewItemRecord("bank_line", 1, (), 0.5, NOON))
        again = uow.review.add(ReviewItemRecord("document", 1, (), 0.1, NOON))
        assert again.id == items[0].id
    with books.store.reading(books.tenant.id) as uow:
        queue = uow.views.queue(size=3)
        assert [row.subject_id for row in queue.rows] == [4, 2, 3]
        assert (queue.total, queue.pages) == (5, 2)
        assert (queue.rows[1].amount, queue.rows[1].party, queue.rows[1].on) == (
            money,
            "Rack AG",
            DAY,
        )
        assert uow.views.queue("bank_line").rows[0].item_id == line.id
        assert [item.subject_id for item in uow.review.open("document")] == [4, 2, 3, 1]
        following = uow.views.next_in_queue(after_item_id=items[3].id)
        assert following is not None
        assert following.subject_id == 2


def test_an_item_is_decided_once_and_the_verdict_is_kept(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        item = uow.review.add(ReviewItemRecord("document", 1, (), 0.5, NOON))
        decision = uow.decisions.add(
            DecisionRecord(item.id, "correct", "anna", NOON, "account", {"a": "1"}, {"a": "2"})
        )
        assert uow.review.close(item.id, "corrected", "anna", NOON).state == "corrected"
        with pytest.raises(Refusal, match="already_decided"):
            uow.review.close(item.id, "accepted", "ben", NOON)
        assert uow.decisions.about(item.id) == [decision]
        assert uow.decisions.since(NOON) == []
        assert uow.decisions.since() == [decision]
        assert uow.review.open() == []
        about = uow.review.about("document", 1)
        assert about is not None
        assert about.state == "corrected"
        assert uow.views.dashboard(DAY).decisions == {"correct": 1}
        newer = uow.review.add(ReviewItemRecord("document", 1, (), 0.5, NOON))
        assert newer.id != item.id


def test_ten_thousand_labels_are_stored_within_two_seconds(books: Books) -> None:
    labels = [
        LabelRecord(
            DAY - timedelta(days=index % 700),
            f"Supplier {index % 300}",
            Money(index, "EUR"),
            "4964",
            "110",
            "V19",
            f"Rack {index}",
            columns={"doc_no": str(index)},
        )
        for index in range(10_000)
    ]
    start = time.process_time()
    with books.store.unit_of_work(books.tenant.id) as uow:
        assert uow.labels.add(labels) == 10_000
    assert time.process_time() - start < 2
    with books.store.reading(books.tenant.id) as uow:
        found = uow.labels.all()
        assert uow.labels.count() == len(found) == 10_000
        assert sorted(label.date for label in found) == [label.date for label in found]
        assert {label.description for label in found} == {x.description for x in labels}
        last = uow.labels.last_id()
        assert uow.labels.all(after_id=last) == []
        assert len(uow.labels.all(limit=5)) == 5
        assert found[0].columns is not None
