"""Runners-up say how likely they are: what is left beside the first code, shared out."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.choice import Choices
from contor.account_assignment.exact_rules import ExactRule
from contor.account_assignment.lines import Lines
from contor.account_assignment.suggestion import Suggestion

CHART = (("4910", "Porto"), ("4930", "Bürobedarf"), ("4940", "Zeitschriften, Bücher"))
Row = dict[str, str]


def mixed(count: int = 600) -> list[Row]:
    """Three of four parcels go to postage, one to office supplies, and nothing tells which."""
    draw = random.Random(3)
    return [
        {
            "date": (date(2024, 1, 1) + timedelta(days=day)).isoformat(),
            "supplier": "Paketdienst AG",
            "amount": f"{draw.randint(10, 30)}.00",
            "account": draw.choices(["4910", "4930"], [3, 1])[0],
        }
        for day in range(count)
    ]


def asked(assigner: AccountAssigner, **line: str) -> Suggestion:
    row = {"date": "2026-06-01", "supplier": "Paketdienst AG", "amount": "14.00", **line}
    return assigner.suggest(Lines.from_rows([row]))[0]["account"]


def test_of_two_accounts_for_one_supplier_the_second_is_as_likely_as_it_was_booked() -> None:
    found = asked(AccountAssigner().fit(Lines.from_rows(mixed())))
    assert (found.code, found.others[0]) == ("4910", "4930")
    assert found.chances[0] == pytest.approx(0.25, abs=0.12)
    assert found.confidence + sum(found.chances) <= 1.0


def test_a_rule_leaves_little_to_what_habit_says() -> None:
    rule = ExactRule(1, supplier="Paketdienst AG", account="4940")
    found = asked(AccountAssigner(rules=[rule]).fit(Lines.from_rows(mixed())))
    assert (found.code, found.others) == ("4940", ("4910", "4930"))
    assert 0.0 < found.chances[1] < found.chances[0] < 0.01


def test_the_chart_names_its_next_best_accounts_each_with_its_chance() -> None:
    found = asked(AccountAssigner(chart=CHART), supplier="", description="Briefmarken, Umschläge")
    assert found.rung == "chart"
    held = [found.confidence, *found.chances]
    assert len(held) == 3
    assert all(more >= less > 0.0 for more, less in pairwise(held))
    assert sum(held) <= 1.0


def test_nothing_to_go_by_has_no_runner_up() -> None:
    found = asked(AccountAssigner(chart=CHART), supplier="", amount="")
    assert (found.code, found.others, found.chances) == ("", (), ())


def test_no_runner_up_is_surer_than_the_first() -> None:
    odds = np.array([[0.4, 0.35, 0.25], [0.98, 0.01, 0.005]], np.float32)
    choices = Choices(np.array([[1, 2, 3], [1, 2, -1]]), odds, np.zeros((2, 0), np.float32))
    left = choices.behind(np.array([0.1, 0.97]))
    assert (left[0] <= 0.1).all()
    assert left[1].sum() <= 0.03


def strange(*codes: str) -> list[Row]:
    """Bookings of suppliers that have nothing to do with the post, now to one code, now to another."""
    return [
        {"date": f"2026-01-{1 + day:02d}", "supplier": f"Laden {day}", "amount": f"{9 + day}.00",
         "description": "Quittung", "account": codes[day % len(codes)]}
        for day in range(24)
    ]  # fmt: skip


@pytest.mark.parametrize("codes", [(), ("4940", "0650", "4930"), ("0650", "1200", "1600", "4940")])
def test_the_runner_up_of_the_reason_is_the_second_that_is_listed(codes: tuple[str, ...]) -> None:
    assigner = AccountAssigner(chart=(*CHART, ("0650", "Büroeinrichtung")))
    if codes:
        assigner.fit(Lines.from_rows(strange(*codes)))
    found = asked(assigner, supplier="Post", description="Briefmarken, Porto")
    assert (found.code, found.rung) == ("4910", "chart")
    assert f"Runner-up {found.others[0]}" in found.reason
    assert all(more >= less for more, less in pairwise([found.confidence, *found.chances]))


def test_accounts_of_one_name_are_told_apart_by_their_numbers() -> None:
    twice = (("6855", "Nebenkosten des Geldverkehrs"), ("9965", "Nebenkosten des Geldverkehrs"))
    found = asked(AccountAssigner(chart=twice), supplier="", description="Bankgebühren")
    assert found.reason.endswith(
        f"Runner-up {found.others[0]} Nebenkosten des Geldverkehrs fits less by its name."
    )
