"""Tax by customer location: the EU matrix, seller in France and in Germany."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contor.errors import Refusal
from contor.rules.legends import legend
from contor.rules.tax_treatment import TaxFacts, determine_treatment, oss_threshold
from contor.rules.vat_rates import vat_rate

ON = date(2026, 10, 1)


def treat(seller: str = "DE", on: date = ON, **facts: Any) -> tuple[str, Decimal, str, str]:
    treatment = determine_treatment(TaxFacts(seller, **facts), on)
    return treatment.category, treatment.rate, treatment.taxed_in, treatment.hold


BUSINESS = {"buyer_business": True}
OVER = {"eu_consumer_turnover": Decimal("10000.01")}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"buyer_country": "US"}, ("O", 0, "US", "")),
        ({"buyer_country": "FR"}, ("S", 20, "FR", "")),
        ({"buyer_country": "IT", **OVER}, ("S", 22, "IT", "")),
        ({"buyer_country": "IT", **BUSINESS, "vat_id_state": "valid"}, ("AE", 0, "IT", "")),
        ({"buyer_country": "FR", **BUSINESS, "vat_id_state": "valid"}, ("S", 20, "FR", "")),
        (
            {"buyer_country": "IT", **BUSINESS, "vat_id_state": "invalid", **OVER},
            ("S", 22, "IT", ""),
        ),
        (
            {"buyer_country": "IT", **BUSINESS, "vat_id_state": "unknown", **OVER},
            ("S", 22, "IT", "vat_id_unconfirmed"),
        ),
        ({"buyer_country": "IT", **BUSINESS, "vat_id_state": "none", **OVER}, ("S", 22, "IT", "")),
    ],
)
def test_the_eu_matrix_with_a_french_seller(
    facts: dict[str, Any], expected: tuple[str, int, str, str]
) -> None:
    category, rate, taxed_in, hold = expected
    assert treat("FR", **facts) == (category, Decimal(rate), taxed_in, hold)


@pytest.mark.parametrize(
    ("facts", "category", "rate", "rule"),
    [
        ({"buyer_country": "DE"}, "S", 19, "DOM-STD"),
        ({"buyer_country": "DE", "tax_class": "reduced"}, "S", 7, "DOM-STD"),
        ({"buyer_country": "DE", "small_business": True}, "E", 0, "DOM-SMALL"),
        ({"buyer_country": "DE", **BUSINESS, "domestic_reverse_charge": True}, "AE", 0, "DOM-RC"),
        ({"buyer_country": "AT"}, "S", 19, "EU-B2C-BELOW"),
        ({"buyer_country": "AT", "oss_by_choice": True}, "S", 20, "EU-B2C-OSS"),
        ({"buyer_country": "AT", "buyer_postcode": "6691", **OVER}, "S", 19, "EU-B2C-OSS"),
        ({"buyer_country": "AT", "supply": "service", **OVER}, "S", 19, "EU-B2C-BELOW"),
        ({"buyer_country": "ES", "buyer_postcode": "35001"}, "O", 0, "THIRD-B2C-ELECTRONIC"),
        ({"buyer_country": "DE", "buyer_postcode": "27498"}, "O", 0, "THIRD-B2C-ELECTRONIC"),
        ({"buyer_country": "CH", **BUSINESS}, "O", 0, "THIRD-B2B-SERVICE"),
        ({"buyer_country": "CH", "supply": "service"}, "S", 19, "THIRD-B2C-SERVICE"),
        ({"buyer_country": "CH", "supply": "goods"}, "G", 0, "THIRD-GOODS"),
        (
            {"buyer_country": "IT", **BUSINESS, "vat_id_state": "valid", "supply": "goods"},
            "K",
            0,
            "EU-B2B-GOODS",
        ),
        (
            {"buyer_country": "IT", **BUSINESS, "vat_id_state": "valid", "small_business": True},
            "AE",
            0,
            "EU-B2B-SERVICE",
        ),
        ({"buyer_country": "MC", "buyer_postcode": "98000", **OVER}, "S", 20, "EU-B2C-OSS"),
    ],
)
def test_a_german_seller(facts: dict[str, Any], category: str, rate: int, rule: str) -> None:
    treatment = determine_treatment(TaxFacts("DE", **facts), ON)
    assert (treatment.category, treatment.rate) == (category, Decimal(rate))
    assert treatment.decision.rule_id == rule
    assert treatment.decision.inputs["supply"] == facts.get("supply", "electronic")
    if category != "S":
        assert all(treatment.legend(language) for language in ("de", "en", "it"))


def test_the_sale_that_crosses_the_threshold_is_taxed_abroad() -> None:
    at = oss_threshold(ON)
    assert treat(buyer_country="FR", eu_consumer_turnover=at)[2] == "DE"
    assert treat(buyer_country="FR", eu_consumer_turnover=at + Decimal("0.01"))[2] == "FR"


def test_rates_follow_the_day_of_supply() -> None:
    rates = [
        vat_rate("DE", "standard", day).percent
        for day in (date(2020, 6, 30), date(2020, 7, 1), date(2020, 12, 31), date(2021, 1, 1))
    ]
    assert rates == [19, 16, 16, 19]
    assert vat_rate("DE", "reduced", date(2020, 8, 1)).percent == 5
    assert vat_rate("EE", "standard", date(2025, 7, 1)).percent == 24


def test_no_rate_is_a_refusal_never_a_guess() -> None:
    with pytest.raises(Refusal) as refusal:
        vat_rate("DE", "standard", date(2006, 12, 31))
    assert refusal.value.code == "no_value_for_date"
    with pytest.raises(Refusal) as refusal:
        vat_rate("AT", "reduced", ON)
    assert refusal.value.code == "vat_rate_unknown"
    with pytest.raises(Refusal) as refusal:
        determine_treatment(TaxFacts("DE", "DE"), date(2019, 1, 1))
    assert refusal.value.code == "no_value_for_date"


def test_an_unknown_legend_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        legend("reverse_charge_eu", "fr")
    assert refusal.value.code == "legend_unknown"
