"""Which tax code a supplier's document gets, by law and by what is printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from contor.documents.reading import Fact, Reading, TaxRow
from contor.ledger.tax_code import TaxCode
from contor.money import Money
from contor.review.document_facts import PostingLine
from contor.review.document_tax import decide_tax, net_to_post

ON = date(2026, 9, 1)
CODES = [
    TaxCode("V19", "19 %", Decimal(19), "input", "S", date(2021, 1, 1), tax_account="1576"),
    TaxCode(
        "V16", "16 %", Decimal(16), "input", "S", date(2020, 7, 1), date(2020, 12, 31), "1575"
    ),
    TaxCode(
        "V13B", "§ 13b", Decimal(19), "input", "AE", date(2021, 1, 1),
        tax_account="1577", counter_account="1787",
    ),
    TaxCode(
        "V13D", "§ 13b", Decimal(19), "input", "AE", date(2021, 1, 1),
        tax_account="1577", counter_account="1787",
    ),
    TaxCode(
        "VEU", "Erwerb", Decimal(19), "input", "K", date(2021, 1, 1),
        tax_account="1574", counter_account="1774",
    ),
    TaxCode("V0", "ohne", Decimal(0), "input", "E", date(2000, 1, 1)),
]  # fmt: skip


def reading(vat_id: str, category: str | None = None) -> Reading:
    facts = {"seller_vat_id": Fact(vat_id, 1.0, source="xml")} if vat_id else {}
    rows = (TaxRow(category, None, None, None),) if category else ()
    return Reading("a.xml", "00", 1, "einvoice", "invoice", "de", facts, rows)


def line(rate: str) -> PostingLine:
    return PostingLine("Rack", Money.of("100.00", "EUR"), rate)


@pytest.mark.parametrize(
    ("vat_id", "category", "rate", "code"),
    [
        ("DE136695976", "S", "19", "V19"),
        ("", None, "19", "V19"),
        ("DE136695976", "E", "0", "V0"),
        ("IE6388047V", "AE", "0", "V13B"),
        ("NL003660564B01", "K", "0", "VEU"),
        ("FR83404833048", "S", "20", "V0"),
        ("CHE123456788", None, "0", "V13D"),
        ("LU20260743", None, "19", "V19"),  # 19 % is no rate of Luxembourg: registered here
    ],
)
def test_the_code_by_country_rate_and_category(
    vat_id: str, category: str | None, rate: str, code: str
) -> None:
    decided = decide_tax(reading(vat_id, category), line(rate), CODES, "DE", ON)
    assert decided is not None
    assert decided.code == code


def test_the_rate_of_the_day_counts() -> None:
    then = date(2020, 9, 1)
    decided = decide_tax(reading("DE136695976"), line("16"), CODES, "DE", then)
    assert decided is not None
    assert decided.code == "V16"
    assert decide_tax(reading("DE136695976"), line("16"), CODES, "DE", ON) is None


def test_a_rate_of_both_countries_is_left_to_the_past() -> None:
    assert decide_tax(reading("CY10259033P"), line("19"), CODES, "DE", ON) is None


def test_a_customs_office_assesses_import_vat() -> None:
    codes = [*CODES, TaxCode("VEUST", "EUSt", Decimal(19), "input", "S", ON, tax_account="1588")]
    seller = {"seller_name": Fact("Hauptzollamt Kiel", 1.0)}
    assessed = Reading("a.pdf", "00", 1, "text", "other", "de", seller)
    decided = decide_tax(assessed, line(""), codes, "DE", ON)
    assert decided is not None
    assert decided.code == "VEUST"


def test_nothing_is_guessed_without_rate_and_country() -> None:
    assert decide_tax(reading(""), line(""), CODES, "DE", ON) is None


def test_tax_of_another_country_belongs_to_the_cost() -> None:
    assert net_to_post(line("20"), CODES[-1]) == Money.of("120.00", "EUR")


def test_gst_on_a_bill_that_names_no_country_is_never_deducted() -> None:
    """6 % from nobody knows where: no rate that was ever charged here, so the whole sum is cost."""
    decided = decide_tax(reading(""), line("6"), CODES, "DE", ON)
    assert decided is not None
    assert (decided.code, decided.sure) == ("V0", False)
    assert net_to_post(line("6"), CODES[-1]) == Money.of("106.00", "EUR")


def test_a_total_without_breakdown_is_split_by_the_code() -> None:
    total = PostingLine("Taxi", Money.of("119.00", "EUR"), "", includes_tax=True)
    assert net_to_post(total, CODES[0]) == Money.of("100.00", "EUR")
    assert net_to_post(total, CODES[-1]) == Money.of("119.00", "EUR")
