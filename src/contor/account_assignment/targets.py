"""What a line is assigned to."""

from __future__ import annotations

TARGETS = ("account", "cost_centre", "tax_code")
