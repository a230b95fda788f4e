"""What had been suggested when a label was decided: the claim beside the verdict, target by target.

Kept among the label's columns, so that corrections, the rate of errors and drift follow from the
labels alone, in every process alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from contor.account_assignment.targets import TARGETS

PREFIX = "suggested_"


class Labelled(Protocol):
    """Whatever carries the columns of a label."""

    @property
    def columns(self) -> Mapping[str, str] | None: ...  # noqa: D102 - the name says it


def said_of(label: Labelled) -> dict[str, str]:
    """The codes that had been suggested, by target; empty where nobody was asked."""
    columns = label.columns or {}
    return {target: columns[PREFIX + target] for target in TARGETS if columns.get(PREFIX + target)}


def columns_of(claim: Mapping[str, Any] | None, targets: Sequence[str] = TARGETS) -> dict[str, str]:
    """The columns to keep of a suggested line (``{"account": {"value": ...}}``)."""
    told = {target: str((claim or {}).get(target, {}).get("value") or "") for target in targets}
    return {PREFIX + target: code for target, code in told.items() if code}
