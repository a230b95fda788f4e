"""A tenant's exact rules; versions are appended, the youngest of a number holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from contor.account_assignment.exact_rules import ExactRule


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """One version of a rule: who made or withdrew it, and when."""

    rule: ExactRule
    actor: str
    at: datetime
    withdrawn: bool = False
    version: int = 1
    id: int = 0


class RuleStore(Protocol):
    """Rules of one tenant, appended, never changed."""

    def add(self, record: RuleRecord) -> RuleRecord:
        """Append a version; a rule with the number 0 is new and gets the next number."""
        ...

    def current(self) -> Sequence[RuleRecord]:
        """The youngest version of every rule that was not withdrawn, by number."""
        ...

    def versions(self, number: int) -> Sequence[RuleRecord]:
        """Every version of a rule, oldest first; empty where there is none."""
        ...

    def last_id(self) -> int:
        """The youngest version's id, 0 without rules: tells whether something changed."""
        ...
