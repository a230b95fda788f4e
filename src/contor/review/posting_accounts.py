"""Where issued invoices are booked, by standard chart; a tenant's own choice is a setting.

>>> posting_accounts("skr03").revenue["AE"]
'8336'
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contor.invoicing.journal import PostingAccounts
from contor.review.control_accounts import control_accounts

_REVENUE = {
    "skr03": ("8400", {"AE": "8336", "AE-domestic": "8337", "O": "8338", "K": "8125",
                       "S-7": "8300", "S-16": "8340", "OSS": "8200", "E": "8200"}, "1770"),
    "skr04": ("4400", {"AE": "4336", "AE-domestic": "4337", "O": "4338", "K": "4125",
                       "S-7": "4300", "S-16": "4340", "OSS": "4200", "E": "4200"}, "3800"),
}  # fmt: skip


def posting_accounts(scheme: str) -> PostingAccounts:
    """The usual accounts; refuses ``chart_unknown``."""
    receivables = control_accounts(scheme).receivables
    default, revenue, oss_tax = _REVENUE[scheme]
    return PostingAccounts(receivables, default, revenue, oss_tax, "OSS")


def to_json(accounts: PostingAccounts) -> dict[str, Any]:
    """For the tenant's settings."""
    return {
        "receivable": accounts.receivable,
        "default_revenue": accounts.default_revenue,
        "revenue": dict(accounts.revenue),
        "oss_tax_account": accounts.oss_tax_account,
        "oss_tax_code": accounts.oss_tax_code,
    }


def from_json(record: Mapping[str, Any]) -> PostingAccounts:
    """From the tenant's settings."""
    return PostingAccounts(
        record["receivable"],
        record["default_revenue"],
        record.get("revenue", {}),
        record.get("oss_tax_account", ""),
        record.get("oss_tax_code", ""),
    )
