"""The schedule: which periods of a contract are due until a day. Pure: same in, same out.

Recurring charges in advance are due on the first day of their period, in arrears and all usage on
the first day after it. A period is billed once: the caller says which keys are billed already.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from contor.contracts.contract import Contract
from contor.contracts.proration import first_anchor, full_period
from contor.errors import Refusal
from contor.periods import Period

Phase = Literal["advance", "arrears"]

# A contract that is this far behind has a wrong start date, not so many open periods.
_MOST_PERIODS = 1200
_END = re.compile(r"(?<=:[0-9]{4}-[0-9]{2}-[0-9]{2})/[0-9]{4}-[0-9]{2}-[0-9]{2}(?=#|$)")


@dataclass(frozen=True, slots=True)
class DuePeriod:
    """A period to bill: the days served, the anchored period they lie in, its ordinal from 0.

    ``phase`` is advance (recurring charges of the period) or arrears (its usage, and its recurring
    charges where the contract is billed in arrears). ``key`` is its meaning, unique for ever.
    """

    contract: str
    phase: Phase
    served: Period
    full: Period
    ordinal: int

    @property
    def due_on(self) -> date:
        """The day on which it may be invoiced."""
        return self.served.start if self.phase == "advance" else self.served.end

    @property
    def key(self) -> str:
        """``contract:phase:start/end``."""
        return f"{self.contract}:{self.phase}:{self.served}"


def identity(key: str) -> str:
    """What makes two keys the same period: contract, phase, first day (and project).

    A contract that is ended in the middle of a period that was billed has a shorter period now; it
    is not billed again.

    >>> identity("C-1:advance:2026-10-01/2026-11-01#Shop")
    'C-1:advance:2026-10-01#Shop'
    """
    return _END.sub("", key, count=1)


def due_periods(
    contract: Contract, until: date, already_billed: Collection[str] = ()
) -> list[DuePeriod]:
    """All periods due on or before ``until`` that are not billed yet, oldest first."""
    billed = {identity(key) for key in already_billed}
    phases: tuple[Phase, ...] = ("arrears",)
    if contract.billing.timing == "advance":
        phases = ("arrears", "advance")
    due: list[DuePeriod] = []
    for ordinal, (served, full) in enumerate(service_periods(contract, until)):
        for phase in phases:
            period = DuePeriod(contract.id, phase, served, full, ordinal)
            if (
                period.due_on <= until
                and identity(period.key) not in billed
                and not _elsewhere(contract, period)
            ):
                due.append(period)
    return sorted(due, key=lambda period: (period.due_on, period.phase != "arrears"))


def service_periods(contract: Contract, until: date) -> Iterator[tuple[Period, Period]]:
    """The periods begun until the day: days served, and the anchored period around them."""
    start, terms = contract.start, contract.billing
    anchor = first_anchor(start, terms.months, terms.anchor_day, terms.anchor_month)
    for _ in range(_MOST_PERIODS):
        if start > until or (contract.end is not None and start >= contract.end):
            return
        full = full_period(start, terms.months, terms.anchor_day, anchor)
        end = full.end if contract.end is None else min(full.end, contract.end)
        yield Period(start, end), full
        start = end
    raise Refusal(
        "too_many_periods",
        "The contract {contract} has more than {most} periods until {until}.",
        "Correct its start, or set billing.billed_until.",
        contract=contract.id,
        most=_MOST_PERIODS,
        until=until,
    )


def _elsewhere(contract: Contract, period: DuePeriod) -> bool:
    """Whether it was invoiced before this program took over."""
    limit = contract.billing.billed_until
    if limit is None:
        return False
    return period.due_on < limit if period.phase == "advance" else period.due_on <= limit
