"""How a long piece of work says how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with the number done and the number in all."""


def unseen(_done: int, _total: int) -> None:
    """For work nobody watches."""
