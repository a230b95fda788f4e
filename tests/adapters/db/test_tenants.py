"""A unit of work is opened for one tenant and reaches no other, whatever id it is given."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from contor.errors import Finding, Refusal
from contor.ledger.clearing import Clearing
from contor.ledger.entry import JournalEntry, JournalLine
from contor.ledger.open_items import open_receivable
from contor.money import Money
from contor.ports.store_bank import BankLineRecord, StatementRecord
from contor.ports.store_billing import ContractVersion, DraftRecord, InvoiceRecord, UsageEvent
from contor.ports.store_documents import Document, Reading, StoredFinding, SuggestionRecord
from contor.ports.store_operations import ArchivedFile, OutboxMessage
from contor.ports.store_people import PartyRecord, Tenant
from contor.ports.store_review import DecisionRecord, LabelRecord, ReviewItemRecord
from tests.support.databases import NOON, Books, Database

DAY = date(2026, 3, 2)
EURO = Money.of("119.00", "EUR")


@pytest.fixture
def filled(books: Books) -> dict[str, int]:
    """One row of every noun in the first tenant; the ids."""
    entry = JournalEntry(DAY, "Server", (JournalLine("4964", EURO), JournalLine("1600", -EURO)))
    statement = StatementRecord("DE1", "1", "EUR", DAY, DAY, None, None, "", NOON)
    with books.store.unit_of_work(books.tenant.id) as uow:
        ids = {
            "user": uow.users.add(
                email="a@b.de", name="A", language="de", password_hash="x", role="owner"
            ).id,
            "party": uow.parties.save(PartyRecord("70001", "Rack AG", "supplier")).id,
            "document": uow.documents.add(Document("a" * 64, "a.pdf", "x", NOON, "desk")).id,
            "item": uow.review.add(ReviewItemRecord("document", 1, (), 0.5, NOON)).id,
            "open_item": uow.open_items.add(open_receivable("RE-1", "1", "K", DAY, DAY, EURO)).id,
            "line": uow.bank.add_statement(statement, [BankLineRecord("DE1", DAY, EURO)])
            .new_lines[0]
            .id,
            "draft": uow.drafts.add(DraftRecord("c:1", {}, NOON)).id,
            "invoice": uow.invoices.add(
                InvoiceRecord("RE-1", "invoice", "1", DAY, EURO, {}, NOON)
            ).id,
            "message": uow.outbox.add(OutboxMessage("k", "mail", {}, NOON)).id,
        }
        uow.journal.post(entry, actor="a", at=NOON)
        uow.readings.add(Reading(ids["document"], {}, NOON))
        uow.suggestions.add(SuggestionRecord("document", 1, {}, "v", NOON))
        uow.findings.add([StoredFinding("document", 1, Finding("c", "info", "m"), NOON)])
        uow.decisions.add(DecisionRecord(ids["item"], "accept", "a", NOON))
        uow.labels.add([LabelRecord(DAY, "Rack AG", EURO, "4964")])
        uow.contracts.add(ContractVersion("C1", "1", DAY, "text", NOON))
        uow.usage.add([UsageEvent("u1", NOON, "C1", "traffic", EURO.amount)])
        uow.archive_index.add(ArchivedFile("a" * 64, 1, "x", "document", "document:1", NOON))
        uow.runs.start("billing:1", "billing", NOON)
        uow.settings.add("policy", {"a": 1}, "a", NOON)
        uow.numbers.take("RE")
    return ids


def test_lists_of_the_neighbour_are_empty(books: Books, filled: dict[str, int]) -> None:
    with books.store.reading(books.neighbour.id) as uow:
        lists = {
            "users": uow.users.all(),
            "parties": uow.parties.all(),
            "accounts": uow.accounts.chart().accounts,
            "cost_centres": uow.cost_centres.all(),
            "tax_codes": uow.tax_codes.all(),
            "periods": uow.periods.all(),
            "journal": uow.journal.all(),
            "open_items": uow.open_items.all(),
            "documents": uow.documents.all(),
            "readings": uow.readings.all(filled["document"]),
            "findings": uow.findings.about("document", 1),
            "review": uow.review.open(),
            "decisions": uow.decisions.since(),
            "labels": uow.labels.all(),
            "statements": uow.bank.statements(),
            "lines": uow.bank.lines(),
            "contracts": uow.contracts.all(),
            "usage": uow.usage.of_contract("C1", NOON.replace(year=2000), NOON.replace(year=2030)),
            "drafts": uow.drafts.all(),
            "invoices": uow.invoices.all(),
            "archive": uow.archive_index.all(),
            "outbox": uow.outbox.all(),
            "runs": uow.runs.recent(),
            "series": uow.numbers.series(),
            "trial_balance": uow.views.trial_balance(),
            "queue": uow.views.queue().rows,
            "journal_page": uow.views.journal(text="Server").rows,
        }
        assert {name for name, rows in lists.items() if rows} == set()
        assert uow.suggestions.latest("document", 1) is None
        assert uow.settings.current("policy") is None
        assert uow.runs.get("billing:1") is None
        assert uow.numbers.last("RE") == 0
        assert uow.labels.last_id() == uow.labels.count() == 0
        assert sum(uow.views.dashboard(DAY).documents.values()) == 0


def test_every_statement_names_the_tenant(
    books: Books, database: Database, request: pytest.FixtureRequest
) -> None:
    """Whatever a store asks the database, it asks for one tenant."""
    statements: set[str] = set()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.add(" ".join(statement.split()))

    event.listen(database.engine, "before_cursor_execute", note)
    ids = request.getfixturevalue("filled")
    with books.store.unit_of_work(books.tenant.id) as uow:
        uow.journal.reverse("2026-000001", on=DAY, reason="x", actor="a", at=NOON)
        uow.open_items.clear(Clearing(ids["open_item"], DAY, EURO), actor="a", at=NOON)
        uow.views.dashboard(DAY)
        uow.views.trial_balance(DAY, DAY)
        uow.views.journal(account="1600", text="x")
        uow.outbox.waiting()
        uow.users.all()
        list(uow.chains.rows("journal"))
    event.remove(database.engine, "before_cursor_execute", note)
    assert len(statements) > 50
    loose = [
        statement
        for statement in statements
        if "tenant_id" not in statement.partition(" WHERE ")[2]
        and "tenant_id" not in statement.partition("INSERT INTO ")[2]
        and not statement.startswith("BEGIN")
        # Above tenants: which there are, and who may sign in.
        and not re.match(r"(INSERT INTO|SELECT .*? FROM|UPDATE) (tenants|users)\b", statement)
        # The tail of a chain, read under its tenant and locked, is moved by its key.
        and not statement.startswith("UPDATE chain_tails")
    ]
    assert loose == []


def test_rows_of_the_neighbour_are_unknown_by_id(books: Books, filled: dict[str, int]) -> None:
    with books.store.reading(books.neighbour.id) as uow:
        questions: dict[str, Callable[[], object]] = {
            "user": lambda: uow.users.get(filled["user"]),
            "party": lambda: uow.parties.get(filled["party"]),
            "document": lambda: uow.documents.get(filled["document"]),
            "item": lambda: uow.review.get(filled["item"]),
            "open_item": lambda: uow.open_items.get(filled["open_item"]),
            "line": lambda: uow.bank.get(filled["line"]),
            "draft": lambda: uow.drafts.get(filled["draft"]),
            "invoice": lambda: uow.invoices.get(filled["invoice"]),
            "entry": lambda: uow.journal.get("2026-000001"),
            "account": lambda: uow.accounts.get("4964"),
            "message": lambda: uow.outbox.set_state(filled["message"], "sent", NOON),
            "run": lambda: uow.runs.record("billing:1", "done", NOON),
        }
        for ask in questions.values():
            with pytest.raises(Refusal, match="unknown"):
                ask()


def test_nothing_is_changed_or_hung_onto_the_neighbour(
    books: Books, filled: dict[str, int]
) -> None:
    with books.store.unit_of_work(books.neighbour.id) as uow:
        for act in (
            lambda: uow.documents.set_state(filled["document"], "posted", NOON),
            lambda: uow.review.close(filled["item"], "accepted", "x", NOON),
            lambda: uow.bank.set_state(filled["line"], "booked", NOON),
            lambda: uow.drafts.set_state(filled["draft"], "issued", NOON),
            lambda: uow.users.change(filled["user"], active=False),
            lambda: uow.parties.saw_bank_account(filled["party"], "DE2", "", DAY),
            lambda: uow.open_items.clear(
                Clearing(filled["open_item"], DAY, EURO), actor="x", at=NOON
            ),
        ):
            with pytest.raises(Refusal, match="unknown"):
                act()
    with books.store.reading(books.neighbour.id) as uow, pytest.raises(IntegrityError):
        uow.readings.add(Reading(filled["document"], {}, NOON))
    with books.store.reading(books.neighbour.id) as uow, pytest.raises(IntegrityError):
        uow.decisions.add(DecisionRecord(filled["item"], "accept", "x", NOON))


def test_the_same_person_may_have_two_tenants(books: Books) -> None:
    address = f"Anna@{books.tenant.key}.example"
    for tenant, role in ((books.tenant, "owner"), (books.neighbour, "reader")):
        with books.store.unit_of_work(tenant.id) as uow:
            user = uow.users.add(
                email=f" {address} ",
                name="Anna",
                language="de",
                password_hash="h",
                role=role,  # type: ignore[arg-type]
            )
            assert user.role == role
    with books.store.administration() as admin:
        found = admin.users.by_email(address.lower())
        assert found is not None
        assert [role for _, role in admin.users.memberships(found.id)] == ["owner", "reader"]
    with books.store.unit_of_work(books.tenant.id) as uow:
        uow.users.change(found.id, active=False, name="Anna B.")
        assert uow.users.all()[0].name == "Anna B."
    with books.store.administration() as admin:
        assert [t.key for t, _ in admin.users.memberships(found.id)] == [books.neighbour.key]


def test_unknown_and_doubled_tenants_are_refused(books: Books) -> None:
    with pytest.raises(Refusal, match="tenant_unknown"), books.store.unit_of_work(10**9):
        pass
    with books.store.administration() as admin:
        with pytest.raises(Refusal, match="tenant_exists"):
            admin.tenants.add(Tenant(0, books.tenant.key, "N", "DE", "EUR", "de", NOON))
        assert list(admin.tenants.all())[-2:] == [books.tenant, books.neighbour]


def test_a_unit_rolls_back_on_an_exception_and_a_reading_keeps_nothing(books: Books) -> None:
    with suppress(ZeroDivisionError), books.store.unit_of_work(books.tenant.id) as uow:
        assert uow.numbers.take("RE") / 0
    with books.store.reading(books.tenant.id) as uow:
        uow.numbers.take("RE")
    with books.store.reading(books.tenant.id) as uow:
        assert uow.numbers.last("RE") == 0


def test_a_unit_on_a_foreign_session_commits_with_it(books: Books, database: Database) -> None:
    from sqlalchemy.orm import Session

    with Session(database.engine) as session, session.begin():
        uow = books.store.unit_of_work_on(session, books.tenant.id)
        uow.numbers.take("RE")
    with books.store.reading(books.tenant.id) as uow:
        assert uow.numbers.last("RE") == 1
    with pytest.raises(TypeError):
        books.store.unit_of_work_on(object(), books.tenant.id)
