"""Words printed twice, one over the other: so old programmes set bold type."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from contor.documents.page import Word

_SHIFT = 1.0
"""Points by which the second is set aside at most."""
_NEARBY = tuple(product((-1, 0, 1), repeat=2))


def read_once(words: Sequence[Word]) -> list[Word]:
    """The words, less those that stand, but for a hair, where the same one stands already.

    >>> bold = [Word("Summe", 10, 10, 40, 20), Word("Summe", 10.4, 10, 40.4, 20)]
    >>> len(read_once(bold)), len(read_once([bold[0], Word("Summe", 10, 30, 40, 40)]))
    (1, 2)
    """
    seen: dict[tuple[str, int, int], list[Word]] = {}
    kept: list[Word] = []
    for word in words:
        across, down = int(word.x0 // _SHIFT), int(word.y0 // _SHIFT)
        near = (
            other
            for right, below in _NEARBY
            for other in seen.get((word.text, across + right, down + below), ())
        )
        if any(_covers(other, word) for other in near):
            continue
        seen.setdefault((word.text, across, down), []).append(word)
        kept.append(word)
    return kept


def _covers(one: Word, other: Word) -> bool:
    edges = zip(one.box, other.box, strict=True)
    return all(abs(a - b) <= _SHIFT for a, b in edges)
