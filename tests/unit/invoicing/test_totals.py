"""Worked figures for tax and totals (V43-V61)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contor.invoicing.recomputation import check_recomputed
from contor.invoicing.totals import split_gross, total_up
from contor.money import Money
from tests.support.billing import draft, euro, line, tax


def test_half_up_not_bankers() -> None:
    assert draft([line("1", "13.50")]).totals.gross == euro("16.07")


def test_lines_are_rounded_before_they_are_summed() -> None:
    lines = [line("2", "6.99") for _ in range(6)] + [line("1", "-4.194") for _ in range(6)]
    totals = draft(lines).totals
    assert (totals.net, totals.tax, totals.gross) == (euro("58.74"), euro("11.16"), euro("69.90"))


def test_gross_prices_keep_what_was_agreed() -> None:
    document = draft([line("1", "79.20")], "gross")
    assert [str(row.tax.amount) for row in document.tax_breakdown] == ["12.65"]
    assert (document.totals.net, document.totals.gross) == (euro("66.55"), euro("79.20"))


@pytest.mark.parametrize(
    ("first", "net", "taxed"), [("net", "2.88", "0.11"), ("tax", "2.87", "0.12")]
)
def test_inclusive_amounts(first: Literal["net", "tax"], net: str, taxed: str) -> None:
    assert split_gross(euro("2.99"), Decimal(4), first) == (euro(net), euro(taxed))


def test_exempt_and_taxed_lines_side_by_side() -> None:
    six = tax(rate="6")
    exempt = tax("E", "0", legend="Steuerfrei.")
    document = draft(
        [line("1", "90.30", exempt), line("0.45", "2.54", six), line("0.28", "6.87", six)]
    )
    assert [str(row.net.amount) for row in document.lines] == ["90.30", "1.14", "1.92"]
    assert document.totals.tax == euro("0.18")
    assert document.totals.gross == euro("93.54")


@pytest.mark.parametrize(
    ("net", "taxed", "prepaid", "rate", "payable"),
    [
        ("676.35", "128.51", "1030.00", "19", "-225.14"),
        ("2180.00", "414.20", "2594.20", "19", "0.00"),
    ],
)
def test_prepaid_amounts(net: str, taxed: str, prepaid: str, rate: str, payable: str) -> None:
    done = total_up([line("1", net, tax(rate=rate))], [], "EUR", "net", prepaid=euro(prepaid))
    assert (done.totals.tax, done.totals.payable) == (euro(taxed), euro(payable))


def test_several_rates_each_rounded_once() -> None:
    document = draft([line("3", "0.33"), line("3", "0.33"), line("1", "10.00", tax(rate="7"))])
    assert [(str(r.base.amount), str(r.tax.amount)) for r in document.tax_breakdown] == [
        ("1.98", "0.38"),
        ("10.00", "0.70"),
    ]


prices = st.decimals("-500", "5000", places=3, allow_nan=False).map(str)
quantities = st.decimals("0.001", "999", places=3, allow_nan=False).map(str)
rates = st.sampled_from(["19", "7", "25.5", "0"])
rows = st.lists(st.tuples(quantities, prices, rates), min_size=1, max_size=12)


@given(rows=rows, mode=st.sampled_from(["net", "gross"]))
def test_the_second_calculator_agrees(
    rows: list[tuple[str, str, str]], mode: Literal["net", "gross"]
) -> None:
    document = draft([line(q, p, tax(rate=r)) for q, p, r in rows], mode)
    assert check_recomputed(document) == []
    totals = document.totals
    assert totals.net + totals.tax == totals.gross
    if mode == "gross":
        charged = sum((row.charged for row in document.lines), Money(0, "EUR"))
        assert totals.gross == charged
