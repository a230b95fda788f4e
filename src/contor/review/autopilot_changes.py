"""What changed about the autopilot's right to post alone, as one line of the log says it.

Who did it stands in the tenant's settings and runs, never in the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

EVERYTHING = "all"
"""In place of a target: the switch and the promise hold for all of them."""
Change = Literal["suspended", "resumed", "promised"]
Cause = Literal["blind_sample", "brake", "person"]


@dataclass(frozen=True, slots=True)
class AutopilotChange:
    """A target (``account`` ... or ``all``), what became of it, by what, and the figures behind it.

    >>> AutopilotChange("account", "suspended", "brake", {"promise": 0.01}).event
    'autopilot_suspended'
    """

    target: str
    change: Change
    cause: Cause
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def event(self) -> str:
        """``autopilot_suspended``, ``autopilot_resumed`` or ``autopilot_promised``."""
        return f"autopilot_{self.change}"

    def details(self, tenant_id: int) -> dict[str, Any]:
        """What the line says besides."""
        return {"tenant": tenant_id, "target": self.target, "code": self.cause, **self.figures}
