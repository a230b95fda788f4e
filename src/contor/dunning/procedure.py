"""Procedures: the levels a late customer goes through, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from contor.errors import Refusal
from contor.money import Money
from contor.rules.yaml_text import parse_yaml


@dataclass(frozen=True, slots=True)
class Level:
    """One level: when it is due, what it costs, how long the customer then has."""

    number: int
    days_overdue: int
    days_since_last: int
    fee: Decimal
    interest: Literal["none", "statutory"]
    lump_sum: bool
    pay_within: int


@dataclass(frozen=True, slots=True)
class Procedure:
    """Levels in order, and per currency the sum below which nobody is reminded."""

    id: str
    version: str
    levels: tuple[Level, ...]
    thresholds: Mapping[str, Decimal]

    def threshold(self, currency: str) -> Money:
        """The least overdue sum that is dunned."""
        return Money.rounded(self.thresholds.get(currency, Decimal(0)), currency)


def read_pack(name: str) -> Any:
    """The plain values of a pack of this room."""
    text = files("contor.dunning").joinpath("packs", f"{name}.yaml").read_text("utf-8")
    return parse_yaml(text)


def parse_procedure(text: str) -> Procedure:
    """A procedure from YAML; refuses ``procedure_unreadable``."""
    return _procedure(parse_yaml(text))


@cache
def standard_procedure() -> Procedure:
    """The procedure that ships with the program."""
    return _procedure(read_pack("standard"))


def _procedure(data: Any) -> Procedure:
    try:
        levels = tuple(
            Level(
                number=row["number"],
                days_overdue=row["days_overdue"],
                days_since_last=row["days_since_last"],
                fee=Decimal(str(row["fee"])),
                interest=row["interest"],
                lump_sum=row["lump_sum"],
                pay_within=row["pay_within"],
            )
            for row in data["levels"]
        )
        limits = {key: Decimal(str(value)) for key, value in data.get("thresholds", {}).items()}
        procedure = Procedure(str(data["id"]), str(data["version"]), levels, limits)
    except (KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise Refusal(
            "procedure_unreadable",
            "The dunning procedure lacks or misstates {what}.",
            "Compare it with the standard procedure.",
            what=error,
        ) from error
    if [level.number for level in levels] != list(range(1, len(levels) + 1)):
        raise Refusal(
            "procedure_levels",
            "The levels of the procedure {id} do not count 1, 2, 3.",
            "Number them in order without gaps.",
            id=procedure.id,
        )
    return procedure
