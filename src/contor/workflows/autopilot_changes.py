"""Changes of the autopilot are told once the transaction holds that made them: one line each."""

from __future__ import annotations

from collections.abc import Iterable

import structlog

from contor.review.autopilot_changes import AutopilotChange

_LOG = structlog.get_logger("contor.autopilot")


def tell(tenant_id: int, changes: Iterable[AutopilotChange]) -> None:
    """Log each change."""
    for one in changes:
        _LOG.info(one.event, **one.details(tenant_id))
