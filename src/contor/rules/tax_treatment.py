"""How a supply is taxed: who buys, where, of what kind; decided by a table, never by code.

The register's answer about a VAT-ID has three states kept apart: ``valid``, ``invalid`` and
``unknown`` (not asked, or the register is down). Unknown keeps the tax of a private buyer and holds
the invoice until the answer is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

from contor.rules.decision_table import Decision, DecisionTable
from contor.rules.legends import legend
from contor.rules.pack import read_pack, row_on
from contor.rules.territories import territory_of
from contor.rules.vat_rates import VatRate, in_vat_area, vat_rate

VatIdState = Literal["valid", "invalid", "unknown", "none"]
Supply = Literal["electronic", "service", "goods"]


@dataclass(frozen=True, slots=True)
class TaxFacts:
    """What the tax of a supply depends on. ``eu_consumer_turnover`` is net, of the year so far."""

    seller_country: str
    buyer_country: str
    buyer_postcode: str = ""
    buyer_business: bool = False
    vat_id_state: VatIdState = "none"
    supply: Supply = "electronic"
    tax_class: str = "standard"
    small_business: bool = False
    domestic_reverse_charge: bool = False
    oss_by_choice: bool = False
    eu_consumer_turnover: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class TaxTreatment:
    """Category (UNTDID 5305), rate in percent, where it is taxed, the text to print, and why."""

    category: str
    rate: Decimal
    taxed_in: str
    legend_key: str
    exemption_code: str
    hold: str
    decision: Decision
    rate_source: VatRate | None

    def legend(self, language: str) -> str:
        """The text that goes on the invoice, empty where none is needed."""
        return legend(self.legend_key, language) if self.legend_key else ""


@cache
def _table() -> DecisionTable:
    return DecisionTable.from_data(read_pack("tax_treatment"))


def oss_threshold(on: date) -> Decimal:
    """Net EU-wide consumer sales of a year up to which the seller's own VAT applies."""
    rows = read_pack("tax_treatment")["oss_threshold"]
    return Decimal(row_on(rows, on, "OSS threshold")["amount"])


def determine_treatment(facts: TaxFacts, on: date) -> TaxTreatment:
    """The treatment of one supply on the day of supply (§§ 3a, 13b, 19 UStG, Art. 44-59c, 196).

    ``eu_consumer_turnover`` includes this sale: the sale that crosses the threshold is already
    taxed in the customer's country.
    """
    place = territory_of(facts.buyer_country, facts.buyer_postcode)
    if place.treated_as == facts.seller_country:
        region = "domestic"
    elif place.treated_as != "third" and in_vat_area(place.treated_as):
        region = "eu"
    else:
        region = "third"
    decision = _table().decide(
        {
            "region": region,
            "business": facts.buyer_business,
            "vat_id_state": facts.vat_id_state,
            "supply": facts.supply,
            "small_business": facts.small_business,
            "domestic_reverse_charge": facts.domestic_reverse_charge,
            "oss": facts.oss_by_choice or facts.eu_consumer_turnover > oss_threshold(on),
            "seller_country": facts.seller_country,
            "taxed_as": place.treated_as,
        },
        on,
    )
    out = decision.outputs
    taxed_in = facts.seller_country if out["taxed_in"] == "seller" else place.treated_as
    source = vat_rate(taxed_in, facts.tax_class, on) if out["category"] == "S" else None
    return TaxTreatment(
        category=out["category"],
        rate=source.percent if source else Decimal(0),
        taxed_in=taxed_in,
        legend_key=out.get("legend", ""),
        exemption_code=out.get("exemption_code", ""),
        hold=out.get("hold", ""),
        decision=decision,
        rate_source=source,
    )
