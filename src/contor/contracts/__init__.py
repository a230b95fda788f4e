"""Contracts: what is served to whom at which price, which periods are due, what usage costs."""

from contor.contracts.contract import Contract
from contor.contracts.contract_file import Catalogue, contract_schema, parse_contract_file
from contor.contracts.schedule import DuePeriod, due_periods
from contor.contracts.usage import UsageEvent

__all__ = [
    "Catalogue",
    "Contract",
    "DuePeriod",
    "UsageEvent",
    "contract_schema",
    "due_periods",
    "parse_contract_file",
]
