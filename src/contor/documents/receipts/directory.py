"""Sellers met before: what people confirmed on a paper, found again by the lines of its head.

Every confirmed paper leaves the marks of its head (lines, phone and registration numbers) with the
name and address that people gave it. A new paper that bears some of these marks recalls them: a
misread name or a lost comma is then set right, and a line is known to belong to the address or not.
The rarer a mark, the more it says.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from zlib import crc32

from contor.documents.document_text import DocumentText
from contor.documents.suppliers.memory import squeeze

Role = Literal["", "name", "address"]
_HEAD_LINES = 18
_NUMBER_LINES = 30
_SHORTEST = 4
_LONG_NUMBER = re.compile(r"\d[\d\- ]{6,18}\d")
_REGISTRATION = re.compile(r"(?<![\w])([A-Z]{0,3}\d{5,8})\s?-?\s?([A-Z])(?!\w)")
_DATE_LIKE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_FEWEST_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of a confirmed head: its key, what it is part of, and how that part was written."""

    key: int
    role: Role = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmedHead:
    """A confirmed paper: the seller's name and address, and the marks of its head."""

    name: str
    address: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class LineMemory:
    """What a line was on earlier papers: how often it was met, as name, in the address, written how."""

    met: int
    as_name: int
    in_address: int
    written: str


@dataclass(frozen=True, slots=True)
class Recollection:
    """What a paper recalls: names and addresses with the weight of their marks."""

    names: Mapping[str, float]
    addresses: Mapping[str, float]
    nearest: float


@dataclass(frozen=True)
class SellerDirectory:
    """Confirmed heads, found by their marks.

    >>> head = ConfirmedHead("MR. D.I.Y. (M) SDN BHD", "LOT 1, JALAN KPB 6", (Mark(mark_of("860671-D")),))
    >>> directory = SellerDirectory((head,))
    >>> list(directory.recall([mark_of("860671 D"), mark_of("TEL: 1")]).names)
    ['MR. D.I.Y. (M) SDN BHD']
    """

    heads: tuple[ConfirmedHead, ...] = ()
    _by_mark: dict[int, list[tuple[int, Mark]]] = field(init=False, repr=False, compare=False)
    names: Counter[str] = field(init=False, repr=False, compare=False)
    addresses: Counter[str] = field(init=False, repr=False, compare=False)
    name_keys: dict[str, str] = field(init=False, repr=False, compare=False)
    key_names: Counter[str] = field(init=False, repr=False, compare=False)
    address_keys: dict[str, str] = field(init=False, repr=False, compare=False)
    key_addresses: Counter[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_mark: defaultdict[int, list[tuple[int, Mark]]] = defaultdict(list)
        for index, head in enumerate(self.heads):
            for mark in head.marks:
                by_mark[mark.key].append((index, mark))
        object.__setattr__(self, "_by_mark", dict(by_mark))
        object.__setattr__(self, "names", Counter(h.name for h in self.heads if h.name))
        object.__setattr__(self, "addresses", Counter(h.address for h in self.heads if h.address))
        keys = {name: squeeze(name) for name in sorted(self.names)}
        object.__setattr__(self, "name_keys", keys)
        object.__setattr__(self, "key_names", Counter(squeeze(h.name) for h in self.heads))
        counts = Counter(squeeze(h.address) for h in self.heads if h.address)
        object.__setattr__(self, "key_addresses", counts)
        object.__setattr__(self, "address_keys", {a: squeeze(a) for a in sorted(self.addresses)})

    def recall(self, keys: Sequence[int]) -> Recollection:
        """Names and addresses of heads that share marks."""
        names: defaultdict[str, float] = defaultdict(float)
        addresses: defaultdict[str, float] = defaultdict(float)
        nearest = 0.0
        for key in dict.fromkeys(keys):
            owners = [self.heads[i] for i, _ in self._by_mark.get(key, ())]
            if not owners:
                continue
            # A line that many sellers print (TAX INVOICE) says nothing of who this one is.
            weight = 1.0 / len({head.name for head in owners})
            nearest += weight
            for head in owners:
                names[head.name] += weight / len(owners)
                addresses[head.address] += weight / len(owners)
        return Recollection(dict(names), dict(addresses), nearest)

    def line(self, key: int) -> LineMemory | None:
        """What a line was on earlier papers, None where it was never met."""
        found = [mark for index, mark in self._by_mark.get(key, ())]
        if not found:
            return None
        written = Counter(mark.written for mark in found if mark.role == "address" and mark.written)
        best = max(written, key=lambda text: (written[text], text), default="")
        return LineMemory(
            len(found),
            sum(mark.role == "name" for mark in found),
            sum(mark.role == "address" for mark in found),
            best,
        )


def mark_of(text: str) -> int:
    """Key of a line or number: its letters and digits.

    >>> mark_of("JALAN KPB 6,") == mark_of("JALAN KPB  6.")
    True
    """
    return crc32(squeeze(text).encode())


def marks_of(document: DocumentText) -> list[int]:
    """Keys of the cells at the head of a paper, and of the numbers that may identify its seller."""
    keys: dict[int, None] = {}
    for index, line in enumerate(document.lines[:_NUMBER_LINES]):
        if line.line.page > 1:
            break
        if index < _HEAD_LINES:
            for cell in line.line.cells:
                if len(squeeze(cell.text)) > _SHORTEST:
                    keys[mark_of(cell.text)] = None
        for number in _numbers(line.text):
            keys[number] = None
    return list(keys)


def _numbers(text: str) -> list[int]:
    """Keys of phone, tax and registration numbers."""
    if _DATE_LIKE.search(text):
        return []
    found = []
    for match in _LONG_NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) >= _FEWEST_DIGITS:
            found.append(mark_of("#" + digits))
    found.extend(mark_of(match[1] + match[2]) for match in _REGISTRATION.finditer(text))
    return found
