"""Ledgers nobody would keep: a sensible answer or a clear abstention, in bounded time."""

from __future__ import annotations

import time

import numpy as np
import pytest

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.lines import Lines

Row = dict[str, str]
NEW: Row = {
    "date": "2026-03-01",
    "supplier": "RIPE NCC",
    "amount": "50.00",
    "description": "LIR fee",
}


def row(number: int, **changed: str) -> Row:
    return {
        "date": f"2026-{1 + number // 28 % 12:02d}-{1 + number % 28:02d}",
        "supplier": ("RIPE NCC", "Hetzner", "Stadtwerke")[number % 3],
        "amount": f"{10 + number % 7}.00",
        "description": "monthly fee",
        "account": ("4964", "4806", "4240")[number % 3],
        **changed,
    }


def without(number: int, column: str) -> Row:
    return {name: cell for name, cell in row(number).items() if name != column}


KINDS: dict[str, list[Row]] = {
    "one line": [row(0)],
    "one class": [row(i, account="4964") for i in range(400)],
    "a class a line": [row(i, account=str(i)) for i in range(400)],
    "no supplier": [without(i, "supplier") for i in range(400)],
    "no date": [without(i, "date") for i in range(400)],
    "no amount": [without(i, "amount") for i in range(400)],
    "no text": [row(i, description="") for i in range(400)],
    "one day": [row(i, date="2026-01-05") for i in range(400)],
    "days to come": [row(i, date="2999-12-31") for i in range(400)],
    "before Christ nearly": [row(i, date="0001-01-01") for i in range(400)],
    "pictures for words": [
        row(i, supplier="🏢" * (1 + i % 3), description="☕🚆") for i in range(400)
    ],
    "blank codes": [row(i, account="" if i % 2 else "4964") for i in range(400)],
    "huge amounts": [row(i, amount="9" * 14) for i in range(400)],
    "nothing readable": [row(i, amount="ten", date="soon") for i in range(400)],
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_odd_ledger_is_learnt_from_and_asked(kind: str) -> None:
    assigner = AccountAssigner(0.05).fit(Lines.from_rows(KINDS[kind]))
    for asked in (NEW, {"date": "", "supplier": "", "amount": ""}, KINDS[kind][0]):
        found = assigner.suggest(Lines.from_rows([asked]))[0]["account"]
        assert 0.0 <= found.confidence <= 1.0
        assert found.code or found.rung == "none"
    assigner.learn(Lines.from_rows([{**NEW, "account": "9999"}]))
    again = assigner.suggest(Lines.from_rows([NEW]))[0]["account"]
    assert "9999" in (again.code, *again.others)


def test_without_a_single_code_there_is_no_target() -> None:
    rows = [row(i, account="") for i in range(50)]
    assigner = AccountAssigner().fit(Lines.from_rows(rows))
    assert assigner.targets == ()
    assert assigner.suggest(Lines.from_rows([NEW])) == [{}]


def test_one_class_alone_is_suggested_and_never_proven_by_few_lines() -> None:
    rows = [row(i, account="4964") for i in range(60)]
    found = AccountAssigner(0.01).fit(Lines.from_rows(rows)).suggest(Lines.from_rows([NEW]))[0]
    assert found["account"].code == "4964"
    assert not found["account"].auto


def test_a_hundred_thousand_suppliers_are_learnt_in_bounded_time() -> None:
    count = 100_000
    rows = [row(i, supplier=f"Supplier {i} {i * 7919 % 1000} GmbH") for i in range(count)]
    lines = Lines.from_rows(rows)
    started = time.process_time()
    assigner = AccountAssigner().fit(lines)
    assert time.process_time() - started < 60
    found = assigner.suggest(lines.take(np.array([count - 1])))[0]["account"]
    assert found.code == rows[-1]["account"]


def test_ten_megabytes_of_text_are_read_as_far_as_they_say_something() -> None:
    rows = [row(i) for i in range(300)]
    assigner = AccountAssigner().fit(Lines.from_rows(rows))
    started = time.process_time()
    asked = {**NEW, "description": "monthly fee " * 900_000, "supplier": "Hetzner" + "x" * 10**7}
    found = assigner.suggest(Lines.from_rows([asked, {**NEW, "supplier": "Hetzner"}]))
    assert time.process_time() - started < 2
    assert found[1]["account"].code == "4806"
