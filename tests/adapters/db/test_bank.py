"""Statements and lines: imported twice adds nothing, genuine twins are both kept."""

from dataclasses import replace
from datetime import date

import pytest

from contor.errors import Refusal
from contor.money import Money
from contor.ports.store_bank import (
    BankLineRecord,
    OwnBankAccount,
    ProposalRecord,
    StatementRecord,
)
from tests.support.databases import NOON, Books

DAY = date(2026, 3, 2)
LINE = BankLineRecord(
    "DE02",
    DAY,
    Money.of("-4.90", "EUR"),
    DAY,
    counterparty_name="Registry GmbH",
    remittance="Domain .de",
)
STATEMENT = StatementRecord(
    "DE02", "2026/3", "EUR", DAY, DAY, Money.of("10.00", "EUR"), None, "a" * 64, NOON
)


def test_twins_in_one_file_are_kept_and_the_file_twice_adds_nothing(books: Books) -> None:
    other = replace(LINE, remittance="Domain .eu")
    with books.store.unit_of_work(books.tenant.id) as uow:
        first = uow.bank.add_statement(STATEMENT, [LINE, other, LINE])
        assert [line.occurrence for line in first.new_lines] == [1, 1, 2]
        assert len({line.id for line in first.new_lines}) == 3
        again = uow.bank.add_statement(STATEMENT, [LINE, other, LINE])
        assert (again.new_lines, again.known_lines) == ((), 3)
        third = uow.bank.add_statement(STATEMENT, [LINE, LINE, LINE])
        assert [line.occurrence for line in third.new_lines] == [3]
        spaced = replace(LINE, remittance="Do main.de", bank_reference="")
        assert uow.bank.add_statement(STATEMENT, [spaced]).known_lines == 1
    with books.store.reading(books.tenant.id) as uow:
        stored = uow.bank.lines()
        assert len(stored) == 4
        assert uow.bank.get(first.new_lines[0].id) == stored[0] == first.new_lines[0]
        assert [s.number for s in uow.bank.statements("DE02")] == ["2026/3"] * 4
        assert uow.bank.statements("DE03") == []


def test_lines_walk_through_states_and_proposals_are_appended(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        [line] = uow.bank.add_statement(STATEMENT, [LINE]).new_lines
        assert uow.bank.proposal(line.id) is None
        for status in ("none", "auto"):
            record = ProposalRecord(line.id, "run", status, 0.5, {"line": "1"}, NOON)
            assert uow.bank.add_proposals([record]) == 1
        proposal = uow.bank.proposal(line.id)
        assert proposal is not None
        assert proposal.status == "auto"
        assert uow.bank.set_state(line.id, "booked", NOON).state == "booked"
        assert uow.bank.lines("new") == []
        assert [found.id for found in uow.bank.lines("booked", limit=1)] == [line.id]
        assert uow.views.bank_lines("booked").total == 1
        with pytest.raises(Refusal, match="bank_line_unknown"):
            uow.bank.set_state(0, "booked", NOON)


def test_our_accounts(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        uow.bank.save_account(OwnBankAccount("DE02", "Hausbank", "1200"))
        saved = uow.bank.save_account(OwnBankAccount("DE02", "Hausbank Nord", "1200"))
        assert uow.bank.accounts() == [saved]
        assert uow.bank.account("DE02") == saved
        assert uow.bank.account("DE03") is None
