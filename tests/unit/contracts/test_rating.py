"""Worked rating figures (V31-V41)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contor.contracts.price_plan import Charge, RatingModel, Tier
from contor.contracts.rating import rate
from contor.errors import Refusal

D = Decimal


def charge(model: RatingModel, **more: object) -> Charge:
    return Charge("c", "usage", model, **more)  # type: ignore[arg-type]  # a test's shorthand


def total(of: Charge, quantity: str, **more: object) -> Decimal:
    parts = rate(of, D(quantity), **more)  # type: ignore[arg-type]  # a test's shorthand
    return sum((part.amount for part in parts), D(0))


KILL_BILL = (Tier(D("1.5"), D(10)), Tier(D("1.0"), D(110)), Tier(D("0.5"), D(1110)))
VOLUME = (Tier(D(2), D(100), D(10)), Tier(D(1), D(200)), Tier(D("0.5"), None, D(50)))
PERCENT = (Tier(D(1), D(10), D(200)), Tier(D(2), D(20), D(300)), Tier(D(3), None, D(400)))


def test_all_tier_and_top_tier() -> None:
    assert total(charge("graduated", tiers=KILL_BILL), "111") == D("115.50")
    assert total(charge("volume", tiers=KILL_BILL), "111") == D("55.50")
    two = (Tier(D(2), D(5)), Tier(D(1)))
    assert total(charge("graduated", tiers=two), "13") == D(18)


@pytest.mark.parametrize(
    ("quantity", "amount"),
    [
        ("0", "10"),
        ("1", "12"),
        ("100", "210"),
        ("100.5", "100.50"),
        ("101", "101"),
        ("200", "200"),
        ("300", "200"),
    ],
)
def test_volume_with_flat_fees(quantity: str, amount: str) -> None:
    assert total(charge("volume", tiers=VOLUME), quantity) == D(amount)


def test_blocks_started_count_and_what_was_billed_is_not_billed_again() -> None:
    blocks = charge("package", price=D("1.00"), package_size=D(100))
    assert total(blocks, "401", packages_billed=1) == D("4.00")
    assert total(blocks, "199", packages_billed=1) == D("1.00")
    assert total(blocks, "100") == D("1.00")
    assert total(blocks, "100.01") == D("2.00")
    assert total(blocks, "0") == 0


def test_percentages() -> None:
    share = charge(
        "percentage", price=D("1.3"), included=D(250), event_fee=D("2.00"), free_events=2
    )
    assert total(share, "800", events=4) == D("11.15")
    assert total(charge("percentage", tiers=PERCENT), "11") == D("500.12")


def test_included_quantity_is_used_up_once() -> None:
    line = charge("per_unit", price=D(1), included=D(10))
    assert total(line, "15", used_before=D(5)) == D(10)
    assert total(line, "15", used_before=D(10)) == D(15)
    assert total(line, "3") == 0
    assert total(line, "10", share=Fraction(1, 2)) == D(5)


def test_minimum_fee_follows_the_days() -> None:
    line = charge("per_unit", price=D(1), minimum=D(30))
    assert total(line, "10") == D(30)
    assert total(line, "31") == D(31)
    assert total(line, "10", share=Fraction(1, 2)) == D(15)
    fixed = charge("per_unit", price=D(1), minimum=D(30), prorate=False)
    assert total(fixed, "10", share=Fraction(1, 2)) == D(30)


def test_a_quantity_beyond_the_last_tier_is_refused_not_lost() -> None:
    for model in ("graduated", "volume"):
        with pytest.raises(Refusal) as refusal:
            rate(charge(model, tiers=KILL_BILL), D(1111))
        assert refusal.value.code == "tier_missing"


@given(left=st.decimals(0, 10**6, places=3), right=st.decimals(0, 10**6, places=3))
def test_graduated_prices_only_grow(left: Decimal, right: Decimal) -> None:
    line = charge("graduated", tiers=(*KILL_BILL[:2], Tier(D("0.5"))))
    low, high = sorted((left, right))
    assert total(line, str(low)) <= total(line, str(high))
    parts = rate(line, high)
    assert sum((part.quantity for part in parts), D(0)) == high
