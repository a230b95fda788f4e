"""YAML without its surprises."""

from __future__ import annotations

from decimal import Decimal

import pytest

from contor.errors import Refusal
from contor.rules.yaml_text import parse_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("true", True),
        ("9.90", Decimal("9.90")),
        ("0.1", Decimal("0.1")),
        ("20457", 20457),
        ("007", "007"),
        ("1e3", "1e3"),
        ("2026-01-01", "2026-01-01"),
        ("12:30", "12:30"),
        ("null", None),
        ('"9.90"', "9.90"),
    ],
)
def test_scalars(text: str, value: object) -> None:
    assert parse_yaml(f"a: {text}") == {"a": value}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1\na: 2", "yaml_key_twice"),
        ("a: &x [1]\nb: *x", "yaml_alias"),
        ("a: [1", "yaml_unreadable"),
        ("a: !!python/object:os.system {}", "yaml_unreadable"),
        ("a:\n\t- 1", "yaml_unreadable"),
        ("[" * 5000, "yaml_unreadable"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_yaml(text)
    assert refusal.value.code == code
