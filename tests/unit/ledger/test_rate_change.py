"""What stands in place of a tax code when its rate is changed for a while, for good, or never."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from contor.ledger.chart_import import read_tax_codes
from contor.ledger.rate_change import PURCHASES, holding_on, in_place_of
from contor.ledger.tax_code import TaxCode
from tests.support.books import sample


@pytest.fixture(scope="module")
def codes() -> list[TaxCode]:
    return list(read_tax_codes(sample("tax_codes.csv"), scheme="skr03"))


def test_the_second_half_of_2020_has_its_own_input_tax(codes: list[TaxCode]) -> None:
    offered = {row.code for row in holding_on(codes, date(2020, 9, 15), PURCHASES)}
    assert offered == {"V16", "V5", "V0", "VEU", "V13B", "V13D"}
    assert {"V19", "V7", "VEU"} <= {row.code for row in holding_on(codes, date(2021, 1, 1))}


@pytest.mark.parametrize(
    ("code", "on", "heir"),
    [
        ("V19", date(2020, 7, 1), "V16"),
        ("V7", date(2020, 12, 31), "V5"),
        ("V16", date(2020, 6, 30), "V19"),
        ("V5", date(2026, 11, 2), "V7"),
        ("U16", date(2021, 1, 1), "U19"),
        ("V19", date(2026, 11, 2), "V19"),
        ("VEUST", date(2020, 9, 15), None),  # import VAT is no input tax on an invoice
        ("V13B", date(2020, 9, 15), "V13B"),  # its own row of that half year
        ("V13B", date(2009, 12, 31), None),
        ("V19", date(2006, 12, 31), None),  # V7 held beside it
        ("V99", date(2026, 11, 2), None),
    ],
)
def test_the_code_that_took_over(
    codes: list[TaxCode], code: str, on: date, heir: str | None
) -> None:
    found = in_place_of(code, codes, on)
    assert (found and found.code) == heir


def test_at_the_ends_of_the_calendar_nothing_breaks() -> None:
    ends = [
        TaxCode("A", "a", Decimal(19), "input", "S", date.min, date(2019, 12, 31)),
        TaxCode("B", "b", Decimal(20), "input", "S", date(2020, 1, 1), date.max),
    ]
    assert in_place_of("A", ends, date.max) == ends[1]
    assert in_place_of("B", ends, date.min) == ends[0]
