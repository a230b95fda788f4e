"""Campaigns: percentages off lines, amounts off the document spread over its VAT groups.

Applied in the order written, before VAT; never more than there is to reduce. Percentages take
recurring and one-time charges, not usage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from contor.contracts.contract import Campaign, Contract
from contor.contracts.price_plan import text_in
from contor.contracts.schedule import service_periods
from contor.invoicing.invoice import DocumentAllowance, InvoiceLine, LineDiscount
from contor.invoicing.totals import group_of
from contor.money import Money


def apply_discounts(contract: Contract, lines: Sequence[InvoiceLine]) -> list[InvoiceLine]:
    """The lines with the percentages of the contract's campaigns taken off."""
    done = list(lines)
    for campaign in contract.campaigns:
        if campaign.percent is None:
            continue
        for i, line in enumerate(done):
            if _applies(contract, campaign, line):
                done[i] = _reduced(line, campaign, contract.language)
    return done


def document_allowances(
    contract: Contract, lines: Sequence[InvoiceLine], on: date
) -> list[DocumentAllowance]:
    """Amount campaigns on the document of the day, spread over the VAT groups pro rata."""
    zero = Money(0, contract.currency)
    groups = {group_of(line.tax): line.tax for line in lines}
    left = {
        group: sum((line.charged for line in lines if group_of(line.tax) == group), zero)
        for group in groups
    }
    rows: list[DocumentAllowance] = []
    for campaign in contract.campaigns:
        if campaign.amount is None or not _in_window(contract, campaign, on):
            continue
        weights = [max(0, left[group].minor) for group in groups]
        whole = Money(sum(weights), contract.currency)
        amount = min(Money.rounded(campaign.amount, contract.currency), whole)
        if not amount:
            continue
        for group, share in zip(groups, amount.allocate(weights), strict=True):
            left[group] = left[group] - share
            if share:
                text = text_in(campaign.text, contract.language)
                rows.append(DocumentAllowance(campaign.id, text, share, share, groups[group]))
    return rows


def _reduced(line: InvoiceLine, campaign: Campaign, language: str) -> InvoiceLine:
    assert campaign.percent is not None
    off = line.charged.times(campaign.percent / 100)
    text = text_in(campaign.text, language)
    discount = LineDiscount(campaign.id, text, off, campaign.percent, line.charged)
    charged = line.charged - off
    return replace(line, discounts=(*line.discounts, discount), charged=charged, net=charged)


def _applies(contract: Contract, campaign: Campaign, line: InvoiceLine) -> bool:
    if line.kind == "usage" or line.period is None or line.charged.minor <= 0:
        return False
    if campaign.items and line.item not in campaign.items:
        return False
    return _in_window(contract, campaign, line.period.start)


def _in_window(contract: Contract, campaign: Campaign, on: date) -> bool:
    """Whether the day lies in the window and in the first ``cycles`` periods of it."""
    begin = campaign.start or contract.start
    if on < begin or (campaign.end is not None and on >= campaign.end):
        return False
    if campaign.cycles is None:
        return True
    cycles = [served for served, _ in service_periods(contract, on) if served.end > begin]
    return any(on in served for served in cycles[: campaign.cycles])
