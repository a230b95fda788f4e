"""Control accounts: the accounts that every booking of the house falls back on.

They differ by chart; a tenant's own choice is kept among its settings as ``control_accounts``.

>>> control_accounts("skr03").payables, control_accounts("skr04").payables
('1600', '3300')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from contor.errors import Refusal


@dataclass(frozen=True, slots=True)
class ControlAccounts:
    """Numbers of the accounts that carry open items and the deductions of payments."""

    payables: str
    receivables: str
    bank: str
    suspense: str
    discount_received: str
    discount_granted: str
    fees: str
    write_off: str
    dunning_fees: str

    def to_json(self) -> dict[str, str]:
        """For the tenant's settings."""
        return asdict(self)

    @classmethod
    def from_json(cls, record: Mapping[str, str]) -> ControlAccounts:
        """From the tenant's settings.

        Raises:
            Refusal: ``control_account_missing``.
        """
        missing = [field.name for field in fields(cls) if not record.get(field.name)]
        if missing:
            raise Refusal(
                "control_account_missing",
                "The tenant has no account for {roles}.",
                "Name the accounts in the settings (control_accounts).",
                roles=", ".join(missing),
            )
        return cls(**{field.name: record[field.name] for field in fields(cls)})


_STANDARD = {
    "skr03": ControlAccounts(
        "1600", "1400", "1200", "1590", "3736", "8736", "4970", "2400", "2700"
    ),
    "skr04": ControlAccounts(
        "3300", "1200", "1800", "1370", "5736", "4736", "6855", "6930", "4830"
    ),
}


def control_accounts(scheme: str) -> ControlAccounts:
    """The usual accounts of a standard chart.

    Raises:
        Refusal: ``chart_unknown``.
    """
    if scheme not in _STANDARD:
        raise Refusal(
            "chart_unknown",
            "There is no standard chart {scheme}.",
            "Use one of: {known}.",
            scheme=scheme,
            known=", ".join(sorted(_STANDARD)),
        )
    return _STANDARD[scheme]
