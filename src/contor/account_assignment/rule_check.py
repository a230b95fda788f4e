"""Whether an exact rule may be made: its codes exist, and no other rule says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from contor.account_assignment.exact_rules import ExactRule, contradiction
from contor.errors import Refusal
from contor.ledger.accounts import Chart
from contor.ledger.cost_centre import CostCentre
from contor.ledger.tax_code import TaxCode, find_tax_code


def check_rule(
    rule: ExactRule,
    others: Sequence[ExactRule],
    chart: Chart,
    cost_centres: Sequence[CostCentre],
    tax_codes: Sequence[TaxCode],
    today: date,
) -> None:
    """Pass a rule that makes sense.

    Raises:
        Refusal: ``rule_without_condition``, ``rule_without_code``, ``rule_period_empty``,
            ``account_unknown``, ``account_closed``, ``cost_centre_unknown``, ``tax_code_unknown``,
            ``tax_code_not_valid``, ``rule_contradicts``.
    """
    if rule.account:
        chart.open_account(rule.account)
    if rule.cost_centre and rule.cost_centre not in {c.code for c in cost_centres if c.open}:
        raise Refusal(
            "cost_centre_unknown",
            "There is no open cost centre {cost_centre}.",
            "Choose another cost centre or add it.",
            cost_centre=rule.cost_centre,
        )
    if rule.tax_code:
        find_tax_code(tax_codes, rule.tax_code, max(rule.valid_from or today, today))
    check_by_itself(rule, [o for o in others if o.number != rule.number])


def check_by_itself(rule: ExactRule, others: Sequence[ExactRule]) -> None:
    """Pass a rule that says something and that none of the others contradicts.

    Raises:
        Refusal: ``rule_without_condition``, ``rule_without_code``, ``rule_period_empty``,
            ``rule_contradicts``.
    """
    if not rule.conditions:
        raise Refusal(
            "rule_without_condition",
            "The rule does not say which documents it is for.",
            "Name the supplier, a VAT-ID, an IBAN or words of the text.",
        )
    if not rule.codes:
        raise Refusal(
            "rule_without_code",
            "The rule does not say how to book.",
            "Name an account, a cost centre or a tax code.",
        )
    if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
        raise Refusal(
            "rule_period_empty",
            "The rule ends before it begins.",
            "Let the last day be after the first, or leave it open.",
        )
    other = contradiction(rule, others)
    if other is not None:
        raise Refusal(
            "rule_contradicts",
            "Rule {number} says otherwise for the same documents: {codes}.",
            "Withdraw it first, or add a condition to one of them.",
            number=other.number,
            codes=", ".join(other.codes.values()),
        )
