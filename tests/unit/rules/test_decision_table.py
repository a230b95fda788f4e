"""Decision tables refuse what would otherwise fail silently."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contor.errors import Refusal
from contor.rules.condition import Condition, FactValue
from contor.rules.decision_table import DecisionTable

ON = date(2026, 1, 1)


def table(*rules: dict[str, Any]) -> DecisionTable:
    return DecisionTable.from_data(
        {"table": "t", "version": 1, "facts": {"net": "number", "vip": "flag"}, "rules": rules}
    )


def rule(name: str, when: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "when": when, "then": {"name": name}, "valid_from": "2020-01-01", **more}


def test_first_hit_and_collect() -> None:
    both = table(rule("a", "net > 10"), rule("b", "vip"), rule("c", "net > 100"))
    facts: dict[str, FactValue] = {"net": Decimal("10.01"), "vip": True}
    assert both.decide(facts, ON).rule_id == "a"
    assert [d.rule_id for d in both.collect(facts, ON)] == ["a", "b"]
    assert both.decide(facts, ON).inputs == facts


def test_validity_is_half_open() -> None:
    dated = table(
        rule("old", "true", valid_to="2026-01-01"), rule("new", "true", valid_from="2026-01-01")
    )
    facts: dict[str, FactValue] = {"net": Decimal(0), "vip": False}
    assert dated.decide(facts, date(2025, 12, 31)).rule_id == "old"
    assert dated.decide(facts, ON).rule_id == "new"


@pytest.mark.parametrize("facts", [{"net": Decimal(1), "vip": False}])
def test_no_hit_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refusal:
        table(rule("a", "net > 10")).decide(facts, ON)
    assert refusal.value.code == "no_rule_applies"


def test_a_missing_fact_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        table(rule("a", "true")).decide({"net": Decimal(1)}, ON)
    assert refusal.value.code == "fact_missing"


@pytest.mark.parametrize("text", ["nett > 10", "net > 'x'", "net >", "vip + 1 > 2"])
def test_a_wrong_condition_is_refused_when_loaded(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        Condition.compiled(text, {"net": "number", "vip": "flag"})
    assert refusal.value.code == "condition_wrong"


def test_numbers_are_exact() -> None:
    condition = Condition.compiled("a + b == 0.3", {"a": "number", "b": "number"})
    assert condition.holds({"a": Decimal("0.1"), "b": Decimal("0.2")})
