"""What a line shows of tax is read in one way, however it is written."""

from __future__ import annotations

import time

import numpy as np
import pytest

from contor.account_assignment.keys import RATE, RATE_SIDE, keys_of
from contor.account_assignment.lines import Lines
from contor.account_assignment.tax_signs import home_of


def keys(*rows: dict[str, str], home: str = "DE") -> np.ndarray:
    blank = dict.fromkeys(("supplier", "vat_id", "country", "tax_rate", "tax_category"), "")
    return keys_of(Lines.from_rows([blank | row for row in rows]), home)


@pytest.mark.parametrize("cell", ["19", "19.00", "19 %", "19,0", "19%", "0.19"])
def test_a_rate_is_the_same_however_it_is_written(cell: str) -> None:
    one, other = keys({"tax_rate": "19"}, {"tax_rate": cell})[:, RATE]
    assert one == other != 0


def test_the_same_rate_from_the_other_side_of_the_border_is_another_case() -> None:
    table = keys(
        {"tax_rate": "0", "vat_id": "DE136695976"},
        {"tax_rate": "0", "vat_id": "IE6388047V"},
        {"tax_rate": "0", "vat_id": "FR22424761419"},
        {"tax_rate": "0", "country": "US"},
        {"tax_rate": "0"},
    )
    assert len(set(table[:, RATE])) == 1
    domestic, irish, french, american, unknown = table[:, RATE_SIDE]
    assert irish == french
    assert len({domestic, irish, american, unknown}) == 4


def test_the_side_of_the_border_depends_on_where_the_books_are() -> None:
    irish = {"tax_rate": "23", "vat_id": "IE6388047V"}
    assert keys(irish, home="IE")[0, RATE_SIDE] != keys(irish, home="DE")[0, RATE_SIDE]


def test_a_line_that_shows_no_tax_has_no_such_key() -> None:
    assert not keys({"vat_id": "DE136695976"})[0, [RATE, RATE_SIDE]].any()


def test_a_category_speaks_where_no_rate_is_stated() -> None:
    owed, exempt = keys({"tax_category": "AE"}, {"tax_category": "E"})[:, RATE]
    assert 0 != owed != exempt != 0


@pytest.mark.parametrize("cell", ["1E+999999999", "NaN", "-Infinity", "nineteen", "９９", "%"])
def test_what_is_no_rate_is_harmless(cell: str) -> None:
    started = time.perf_counter()
    keys({"tax_rate": cell})
    assert time.perf_counter() - started < 1.0


def test_the_books_are_where_suppliers_charge_vat() -> None:
    rows = [{"vat_id": "IE6388047V", "tax_rate": "0"}] * 9 + [
        {"vat_id": "IT00743110157", "tax_rate": "22"}
    ]
    assert home_of(Lines.from_rows(rows)) == "IT"
    assert home_of(Lines.from_rows([{"supplier": "A"}])) == ""
