"""Cost centres: where in the company a cost or a revenue belongs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CostCentre:
    """A cost centre; closed ones take nothing.

    >>> CostCentre("110", "Servers").open
    True
    """

    code: str
    name: str
    open: bool = True
