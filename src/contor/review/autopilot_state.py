"""Whether the autopilot of each target may fly: running, or suspended since when and why.

>>> state = AutopilotState().changed("account", "suspended", "2026-11-02T09:00:00+00:00", "run-1")
>>> state.suspended, state.of("account").since[:10], state.of("tax_code").suspended
(('account',), '2026-11-02', False)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from contor.account_assignment.targets import TARGETS

SETTING = "autopilot_state"


@dataclass(frozen=True, slots=True)
class TargetState:
    """One target: ``suspended`` or not, ``since`` when (ISO instant), by which run or person."""

    suspended: bool = False
    since: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class AutopilotState:
    """The states of the targets that ever changed; the others are running."""

    targets: Mapping[str, TargetState] = field(default_factory=dict)

    def of(self, target: str) -> TargetState:
        """The state of a target."""
        return self.targets.get(target, TargetState())

    @property
    def suspended(self) -> tuple[str, ...]:
        """The targets that may not go alone."""
        return tuple(target for target in TARGETS if self.of(target).suspended)

    def changed(self, target: str, state: str, at: str, by: str) -> AutopilotState:
        """With one target suspended or running from an instant on."""
        fresh = TargetState(state == "suspended", at, by)
        return AutopilotState({**self.targets, target: fresh})

    def to_json(self) -> dict[str, Any]:
        """For the tenant's settings."""
        return {"targets": {name: asdict(one) for name, one in self.targets.items()}}

    @classmethod
    def from_json(cls, record: Mapping[str, Any] | None) -> AutopilotState:
        """From the tenant's settings."""
        found = (record or {}).get("targets") or {}
        return cls({name: TargetState(**one) for name, one in found.items()})
