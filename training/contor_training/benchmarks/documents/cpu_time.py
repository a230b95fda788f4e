"""CPU time of this process and of the programs it ran."""

from __future__ import annotations

import resource


def cpu_seconds() -> float:
    """Seconds of CPU used so far; programs count once they have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
