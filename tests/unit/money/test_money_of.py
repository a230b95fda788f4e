"""Money from text: what is no amount, too fine or out of all proportion is refused, each by its code."""

from __future__ import annotations

import pytest

from contor.errors import Refusal
from contor.money import Money


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nan", "amount_unreadable"),
        ("inf", "amount_unreadable"),
        ("-Infinity", "amount_unreadable"),
        ("1.234,56", "amount_unreadable"),
        ("", "amount_unreadable"),
        ("1e400", "amount_too_large"),
        ("1e999999", "amount_too_large"),
        ("1000000000000000", "amount_too_large"),
        ("0.001", "amount_too_fine"),
        ("1e-999999", "amount_too_fine"),
    ],
)
def test_it_is_refused_by_its_own_code(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        Money.of(text, "EUR")
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "minor"),
    [("-0", 0), ("-0.00", 0), ("0e999999", 0), ("999999999999999.99", 99_999_999_999_999_999)],
)
def test_what_a_database_can_keep_is_money(text: str, minor: int) -> None:
    assert Money.of(text, "EUR").minor == minor
    assert str(Money.of("-0.00", "EUR").amount) == "0.00"
