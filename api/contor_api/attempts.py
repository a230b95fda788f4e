"""Failed tries to sign in, counted per person and per address; too many close the door a while."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

from contor.errors import Refusal

WINDOW = timedelta(minutes=15)
MOST_PER_PERSON = 5
MOST_PER_ADDRESS = 30
_MOST_KEYS = 10_000


class Attempts:
    """Failed tries of the last fifteen minutes, in this process's memory."""

    def __init__(self) -> None:
        self._failed: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def check(self, email: str, address: str, now: datetime) -> None:
        """Refuse ``too_many_tries`` before a password is even looked at."""
        with self._lock:
            for key, most in self._keys(email, address):
                tries = self._recent(key, now)
                if len(tries) >= most:
                    minutes = int((tries[0] + WINDOW - now).total_seconds() // 60) + 1
                    raise Refusal(
                        "too_many_tries",
                        "Too many failed tries to sign in.",
                        "Wait {minutes} minutes and try again.",
                        minutes=minutes,
                    )

    def failed(self, email: str, address: str, now: datetime) -> None:
        """Note a failed try."""
        with self._lock:
            if len(self._failed) > _MOST_KEYS:
                self._failed = {k: d for k, d in self._failed.items() if d and now - d[-1] < WINDOW}
            for key, _ in self._keys(email, address):
                self._recent(key, now).append(now)

    def succeeded(self, email: str) -> None:
        """Forget the person's failed tries."""
        with self._lock:
            self._failed.pop(f"person:{email.casefold()}", None)

    @staticmethod
    def _keys(email: str, address: str) -> tuple[tuple[str, int], ...]:
        return (
            (f"person:{email.casefold()}", MOST_PER_PERSON),
            (f"address:{address}", MOST_PER_ADDRESS),
        )

    def _recent(self, key: str, now: datetime) -> deque[datetime]:
        tries = self._failed.setdefault(key, deque(maxlen=100))
        while tries and now - tries[0] >= WINDOW:
            tries.popleft()
        return tries
