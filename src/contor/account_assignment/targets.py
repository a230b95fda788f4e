"""What a line is assigned to."""

from __future__ import annotations

TARGETS = ("account", "cost_centre", "tax_code")

BY_RATE = "tax_code"
"""The target whose codes follow from the VAT that a line shows."""
