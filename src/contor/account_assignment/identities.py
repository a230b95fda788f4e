"""The supplier of a line that gives only a number, a VAT-ID or an account: whom earlier lines named.

>>> past = Lines.from_rows([{"supplier": "RIPE NCC", "vat_id": "NL003207768B01"}])
>>> named(Lines.from_rows([{"supplier": "", "vat_id": "NL 0032 07768 B01"}]), past).facts["supplier"]
('RIPE NCC',)
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from functools import lru_cache

from contor.account_assignment.lines import Lines
from contor.account_assignment.wording import fold

IDENTITIES = ("supplier_id", "vat_id", "iban")
"""What tells a supplier without its name, the most telling first."""
NOBODY = frozenset({"", "undefined", "none", "null", "nan", "0"})
"""What stands in a column of numbers where there is none (folded)."""
_LATEST = 8
_Identity = tuple[str, str]


def named(lines: Lines, past: Lines | None = None) -> Lines:
    """The lines, where no supplier is named with the name its identity went by before.

    Of the latest lines with the same identity, in ``past`` and above the line, at least half must
    bear one name: an account that many share (a payment provider's) tells nobody.
    """
    names = lines.facts.get("supplier") or ("",) * len(lines)
    given = [fact for fact in IDENTITIES if fact in lines.facts]
    if "" not in names or not given:
        return lines
    seen = {
        (fact, cell): deque[str](maxlen=_LATEST)
        for place, name in enumerate(names)
        if not name
        for fact, cell in _identities(lines, given, place)
    }
    if past is not None:
        _look_back(past, seen)
    found = []
    for place, name in enumerate(names):
        ours = [seen[one] for one in _identities(lines, given, place) if one in seen]
        told = name or next(filter(None, map(_whom, ours)), "")
        found.append(told)
        if told:
            for one in ours:
                one.append(told)
    return Lines(lines.day, lines.cents, {**lines.facts, "supplier": tuple(found)}, lines.labels)


def plain_identity(cell: str) -> str:
    """A number, VAT-ID or account as it is compared; empty where it says nothing.

    >>> plain_identity("de 811-907.980"), plain_identity("None")
    ('de811907980', '')
    """
    plain = _compact(cell)
    return "" if plain in NOBODY else plain


@lru_cache(maxsize=1 << 16)
def _compact(cell: str) -> str:
    return fold(cell).replace(" ", "")


def _identities(lines: Lines, facts: Iterable[str], place: int) -> Iterator[_Identity]:
    for fact in facts:
        plain = plain_identity(lines.facts[fact][place])
        if plain:
            yield fact, plain


def _look_back(past: Lines, seen: dict[_Identity, deque[str]]) -> None:
    """Put in the latest names of the identities asked for, oldest first."""
    names = past.facts.get("supplier", ())
    for fact in IDENTITIES:
        cells = past.facts.get(fact, ())
        wanted = {cell: one for cell in set(cells) if (one := (fact, plain_identity(cell))) in seen}
        open_for = dict.fromkeys(wanted.values(), _LATEST)
        for cell, name in zip(reversed(cells), reversed(names), strict=False):
            if not open_for:
                break
            identity = wanted.get(cell)
            if identity in open_for and name:
                seen[identity].appendleft(name)
                open_for[identity] -= 1
                if not open_for[identity]:
                    del open_for[identity]


def _whom(names: deque[str]) -> str:
    """The one name that at least half of them are, as it was written last; empty for none."""
    if not names:
        return ""
    most, count = Counter(map(fold, names)).most_common(1)[0]
    if 2 * count < len(names):
        return ""
    return next(name for name in reversed(names) if fold(name) == most)
