"""Rules as data: conditions, decision tables, rule packs with validity dates, explanations."""

from contor.rules.decision_table import Decision, DecisionTable, Rule
from contor.rules.tax_treatment import TaxFacts, TaxTreatment, determine_treatment

__all__ = [
    "Decision",
    "DecisionTable",
    "Rule",
    "TaxFacts",
    "TaxTreatment",
    "determine_treatment",
]
