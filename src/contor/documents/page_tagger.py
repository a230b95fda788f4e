"""The trained tagger: how likely each candidate is each field."""

from __future__ import annotations

from typing import Protocol


class Tagger(Protocol):
    """Scores rows of features, one column of probabilities per field."""
