"""The nightly training: once a day, in a process of its own, while the worker goes on.

>>> from datetime import datetime, time
>>> night = Nightly(time(3, 0))
>>> [night.due(datetime(2026, 11, day, hour)) for day, hour in ((1, 14), (2, 2), (2, 3), (2, 4))]
[False, False, True, False]
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, time


@dataclass(slots=True)
class Nightly:
    """Trains a tenant's models when the clock has passed ``at``; not on the day it was started."""

    at: time
    tenant: str = ""
    _last: date | None = None
    _running: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def due(self, now: datetime) -> bool:
        """Whether it is time; says so once a day."""
        if self._last is None:
            self._last = now.date() if now.time() >= self.at else date.min
        if self._last == now.date() or now.time() < self.at:
            return False
        self._last = now.date()
        return True

    def tick(self, now: datetime) -> None:
        """Start the training where it is time and the last one has ended."""
        if not self.due(now) or (self._running is not None and self._running.poll() is None):
            return
        named = ["--tenant", self.tenant] if self.tenant else []
        command = [sys.executable, "-m", "contor.cli", "train", "--quiet", *named]
        self._running = subprocess.Popen(command)  # noqa: S603 - our own program, no words of others
