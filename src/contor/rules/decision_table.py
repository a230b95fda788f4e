"""Decision tables: rules in order, each with a condition, a validity and outputs.

The first rule that holds decides (or all that hold are collected). The decision carries the rule's
id, the table's version and the inputs, so that every figure can say why. No hit is a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contor.errors import Refusal
from contor.rules.condition import Condition, FactType, FactValue


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: ``outputs`` where ``condition`` holds on a day of ``[valid_from, valid_to)``."""

    id: str
    condition: Condition
    outputs: Mapping[str, Any]
    valid_from: date
    valid_to: date | None = None
    note: str = ""

    def applies(self, facts: Mapping[str, FactValue], on: date) -> bool:
        """Whether the row is valid on the day and its condition holds."""
        in_time = self.valid_from <= on and (self.valid_to is None or on < self.valid_to)
        return in_time and self.condition.holds(facts)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a table decided, and from what."""

    table: str
    version: str
    rule_id: str
    outputs: Mapping[str, Any]
    inputs: Mapping[str, FactValue]
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """Rules in order, over facts of declared types."""

    name: str
    version: str
    facts: Mapping[str, FactType]
    rules: Sequence[Rule]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> DecisionTable:
        """A table from a rule pack's plain values; every condition is checked now."""
        facts: dict[str, FactType] = dict(data["facts"])
        rules = tuple(
            Rule(
                id=row["id"],
                condition=Condition.compiled(row["when"], facts),
                outputs=row["then"],
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_to=date.fromisoformat(row["valid_to"]) if row.get("valid_to") else None,
                note=row.get("note", ""),
            )
            for row in data["rules"]
        )
        return cls(data["table"], str(data["version"]), facts, rules)

    def decide(self, facts: Mapping[str, FactValue], on: date) -> Decision:
        """The first rule that applies; refuses ``no_rule_applies`` and ``fact_missing``."""
        decisions = self._applying(facts, on, first=True)
        if not decisions:
            raise Refusal(
                "no_rule_applies",
                "No rule of the table {table} applies on {on} to {facts}.",
                "Add a rule that is valid on that day, or correct the facts.",
                table=self.name,
                on=on,
                facts=", ".join(f"{name}={value}" for name, value in sorted(facts.items())),
            )
        return decisions[0]

    def collect(self, facts: Mapping[str, FactValue], on: date) -> list[Decision]:
        """Every rule that applies, in order; none is an answer too."""
        return self._applying(facts, on, first=False)

    def _applying(self, facts: Mapping[str, FactValue], on: date, *, first: bool) -> list[Decision]:
        missing = sorted(self.facts.keys() - facts.keys())
        if missing:
            raise Refusal(
                "fact_missing",
                "The table {table} needs the facts {missing}.",
                "Give all facts; what is not known has a value of its own.",
                table=self.name,
                missing=", ".join(missing),
            )
        inputs = {name: facts[name] for name in self.facts}
        found: list[Decision] = []
        for rule in self.rules:
            if rule.applies(inputs, on):
                decision = Decision(
                    self.name, self.version, rule.id, rule.outputs, inputs, on, rule.note
                )
                found.append(decision)
                if first:
                    break
        return found
