"""Rule packs: YAML files that ship with the program, each with a version and validity dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from contor.errors import Refusal
from contor.rules.yaml_text import parse_yaml


@cache
def read_pack(name: str) -> Mapping[str, Any]:
    """The plain values of the pack ``name`` (without ending)."""
    text = files("contor.rules").joinpath("packs", f"{name}.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = parse_yaml(text)
    return data


def row_on(rows: Sequence[Mapping[str, Any]], on: date, what: str) -> Mapping[str, Any]:
    """The row whose ``[valid_from, valid_to)`` has the day; refuses ``no_value_for_date``."""
    for row in rows:
        begins = date.fromisoformat(row["valid_from"])
        ends = date.fromisoformat(row["valid_to"]) if row.get("valid_to") else None
        if begins <= on and (ends is None or on < ends):
            return row
    raise Refusal(
        "no_value_for_date",
        "There is no {what} for {on}.",
        "Load a rule pack that covers the day; nothing is guessed.",
        what=what,
        on=on,
    )
