"""Tax codes from where the supplier is and what the document says of the tax."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest

from contor.account_assignment.tax_rules import TaxFacts, decide_tax_code
from contor.ledger.tax_code import Direction, TaxCategory, TaxCode, find_tax_code

SAMPLE = Path(__file__).parents[3] / "data/samples/charts/tax_codes.csv"


@pytest.fixture(scope="module")
def codes() -> list[TaxCode]:
    with SAMPLE.open(encoding="utf-8", newline="") as stream:
        return [
            TaxCode(
                row["code"],
                row["name"],
                Decimal(row["rate"]),
                cast("Direction", row["direction"]),
                cast("TaxCategory", row["category"]),
                date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            )
            for row in csv.DictReader(stream)
        ]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"country": "DE", "tax_rate": "19"}, "V19"),
        ({"country": "DE", "tax_rate": "16"}, ""),  # no rate of that day
        ({"country": "DE", "tax_rate": "-19"}, ""),
        ({"country": "DE", "tax_category": "AE"}, ""),  # V13B and V13D are for suppliers abroad
        ({"vat_id": "IE6388047V", "tax_rate": "0"}, "V13B"),
        ({"vat_id": "IE6388047V", "tax_rate": "23"}, "V0"),
        ({"vat_id": "LU26375245", "tax_rate": "19"}, "V19"),
        ({"vat_id": "ATU12345678", "tax_rate": "0", "supply": "goods"}, "VEU"),
        ({"country": "US", "tax_rate": "0"}, "V13D"),
        ({"country": "US", "tax_rate": "19"}, ""),  # registered here or not: a person looks
        ({"country": "CH", "tax_rate": "8.1"}, "V0"),
        ({"country": "GB", "tax_rate": "20"}, "V0"),
        ({"tax_rate": "0"}, ""),
        ({"tax_rate": "19"}, "V19"),
        # whose country is not told: GST, sales tax, British and Swiss VAT are part of the cost
        ({"tax_rate": "6"}, "V0"),
        ({"tax_rate": "8.875"}, "V0"),
        ({"tax_rate": "20"}, "V0"),
        ({"tax_rate": "8.1", "tax_category": "S"}, "V0"),
        ({"tax_rate": "16"}, ""),  # a German rate of another day: the date or the rate is misread
        ({"tax_rate": "79"}, ""),  # nobody charges that
    ],
)
def test_the_supplier_s_place_and_the_tax_printed_decide(
    codes: list[TaxCode], facts: dict[str, str], code: str
) -> None:
    found = decide_tax_code(TaxFacts.from_columns(facts), codes, date(2026, 1, 5))
    assert (found.code if found else "") == code


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"vat_id": "IE6388047V", "tax_rate": "0"}, "V13B"),
        ({"country": "US", "tax_rate": "0"}, "V13D"),
        ({"vat_id": "ATU12345678", "tax_rate": "0", "tax_category": "K"}, "VEU"),
    ],
)
def test_tax_we_owe_for_the_second_half_of_2020_is_sixteen_percent(
    codes: list[TaxCode], facts: dict[str, str], code: str
) -> None:
    on = date(2020, 9, 15)
    found = decide_tax_code(TaxFacts.from_columns(facts), codes, on)
    assert found is not None
    assert found.code == code
    assert find_tax_code(codes, code, on).rate == 16
    assert [find_tax_code(codes, code, date(year, 1, 1)).rate for year in (2020, 2021)] == [19, 19]
