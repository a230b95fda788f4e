"""What changed about the autopilot's right to post alone, for the log: one line a change.

Told once the transaction holds that made the change. Who did it stands in the tenant's settings and
runs, never in the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import structlog

EVERYTHING = "all"
"""In place of a target: the switch and the promise hold for all of them."""
Change = Literal["suspended", "resumed", "promised"]
Cause = Literal["blind_sample", "person"]
_LOG = structlog.get_logger("contor.autopilot")


@dataclass(frozen=True, slots=True)
class AutopilotChange:
    """A target (``account`` ... or ``all``), what became of it, by what, and the figures behind it."""

    target: str
    change: Change
    cause: Cause
    figures: Mapping[str, float] = field(default_factory=dict)


def tell(tenant_id: int, changes: Iterable[AutopilotChange]) -> None:
    """Log each change as ``autopilot_suspended``, ``autopilot_resumed`` or ``autopilot_promised``."""
    for one in changes:
        _LOG.info(
            f"autopilot_{one.change}",
            tenant=tenant_id,
            target=one.target,
            code=one.cause,
            **one.figures,
        )
