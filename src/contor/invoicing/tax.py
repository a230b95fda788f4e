"""The tax of a line: facts from the contract, the treatment from the rule pack."""

from __future__ import annotations

from datetime import date

from contor.contracts.contract import Contract
from contor.contracts.price_plan import PricePlan
from contor.invoicing.invoice import LineTax
from contor.rules.tax_treatment import TaxFacts, TaxTreatment, VatIdState, determine_treatment


def determine_tax(contract: Contract, plan: PricePlan, on: date) -> LineTax:
    """The tax of a supply under ``plan`` that is complete on the day (rate of that day)."""
    seller, customer = contract.seller, contract.customer
    state: VatIdState = customer.vat_id_state if customer.vat_id else "none"
    facts = TaxFacts(
        seller_country=seller.address.country,
        buyer_country=customer.address.country,
        buyer_postcode=customer.address.postcode,
        buyer_business=customer.business,
        vat_id_state=state,
        supply=plan.supply,
        tax_class=plan.tax_class,
        small_business=seller.small_business,
        domestic_reverse_charge=customer.reverse_charge_domestic,
        oss_by_choice=seller.oss,
        eu_consumer_turnover=seller.eu_consumer_turnover,
    )
    return line_tax(determine_treatment(facts, on), contract.language)


def line_tax(treatment: TaxTreatment, language: str) -> LineTax:
    """A treatment as it stands on the invoice, with its printed text."""
    decision, source = treatment.decision, treatment.rate_source
    return LineTax(
        category=treatment.category,
        rate=treatment.rate,
        taxed_in=treatment.taxed_in,
        rule_id=decision.rule_id,
        table=decision.table,
        table_version=decision.version,
        inputs={name: _shown(value) for name, value in decision.inputs.items()},
        note=decision.note,
        legend=treatment.legend(language),
        exemption_code=treatment.exemption_code,
        hold=treatment.hold,
        rate_valid_from=source.valid_from if source else None,
        rate_pack_version=source.pack_version if source else "",
    )


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
