"""What a check says: the parts of a finding after the party's id."""

from __future__ import annotations

from typing import NamedTuple

from contor.errors import Severity


class Alarm(NamedTuple):
    """Code, severity, field, message, suggestion, score and ids of parties concerned."""

    code: str
    severity: Severity
    field: str
    message: str
    suggestion: str = ""
    score: float = 1.0
    matches: tuple[str, ...] = ()
