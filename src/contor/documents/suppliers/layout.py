"""What one confirmed document teaches about its supplier's paper.

Learnt when a person has accepted or corrected a document: where each value stands (anchors), how the
supplier writes itself (values), by what it is known (keys), what must not be taken for a field
(``wrong``: a value that the person removed), and which fields the reader had wrong (``corrected``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from contor.documents.anchors import Anchor, Spot, anchor_at, anchors_json
from contor.documents.candidates import Candidate, CandidateKind, candidates_of
from contor.documents.document_text import DocumentText
from contor.documents.page import Box
from contor.documents.reading import AMOUNT_FIELDS, DATE_FIELDS, Fact
from contor.documents.suppliers.keys import keys_of_seller, words_of_paper
from contor.documents.suppliers.remembered_terms import learn_terms

CODES = ("number", "buyer_number", "order_reference", "contract_reference", "payment_reference")
NAMES = ("seller_name", "buyer_name")
ANCHORED = (*AMOUNT_FIELDS, *DATE_FIELDS, *CODES, *NAMES)
SPELLED = (
    "seller_name", "seller_address", "seller_vat_id", "seller_tax_number", "seller_iban",
    "seller_bic", "buyer_name", "buyer_address", "buyer_vat_id", "currency",
)  # fmt: skip
_MOST_PLACES = 4
_INSIDE = 0.5


@dataclass(frozen=True, slots=True)
class SupplierLayout:
    """One confirmed document of a supplier; ``source`` says which (``document:12``)."""

    supplier: str
    source: str
    keys: tuple[str, ...]
    words: tuple[int, ...]
    anchors: Mapping[str, tuple[Anchor, ...]] = field(default_factory=dict)
    wrong: Mapping[str, tuple[Anchor, ...]] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    corrected: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """The layout as the store keeps it."""
        return {
            "supplier": self.supplier,
            "source": self.source,
            "keys": list(self.keys),
            "words": list(self.words),
            "anchors": anchors_json(self.anchors),
            "wrong": anchors_json(self.wrong),
            "values": dict(sorted(self.values.items())),
            "corrected": sorted(self.corrected),
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> SupplierLayout:
        """The layout again."""
        return cls(
            record["supplier"],
            record["source"],
            tuple(record["keys"]),
            tuple(record["words"]),
            _anchors_from(record["anchors"]),
            _anchors_from(record["wrong"]),
            record["values"],
            frozenset(record.get("corrected", ())),
        )


def learn_layout(
    document: DocumentText,
    confirmed: Mapping[str, Fact],
    removed: Mapping[str, Fact],
    *,
    supplier: str,
    source: str,
    names: Sequence[str] = (),
    own: str = "",
) -> SupplierLayout:
    """The layout that a confirmed document teaches.

    ``confirmed`` are the facts that hold now, with the boxes people drew; ``removed`` those that a
    person took away; ``names`` the seller's names as they were read before, ``own``
    the buyer's.
    """
    candidates = candidates_of(document)
    values = {name: confirmed[name].value for name in SPELLED if name in confirmed}
    terms = learn_terms(document, confirmed, removed)

    def anchors(facts: Mapping[str, Fact]) -> dict[str, tuple[Anchor, ...]]:
        found = {}
        for name in ANCHORED:
            if name in facts and facts[name].value and not _is_quoted(name, facts[name]):
                spots = find_spots(document, candidates, name, facts[name])
                places = (anchor_at(document, spot) for spot in spots)
                found[name] = tuple(
                    replace(place, form="") if name in NAMES else place for place in places
                )
        return {name: places for name, places in found.items() if places}

    return SupplierLayout(
        supplier,
        source,
        keys_of_seller(document, values, names, own),
        words_of_paper(document),
        anchors(confirmed),
        anchors(removed),
        {**values, **terms},
        frozenset(name for name, fact in confirmed.items() if _by_hand(fact)),
    )


def _is_quoted(name: str, fact: Fact) -> bool:
    """Whether a number was taken over from another field (an invoice's, to be quoted when paying)."""
    return name in CODES and fact.source == "derived" and not _by_hand(fact)


def _by_hand(fact: Fact) -> bool:
    """Whether a person entered a value; an e-invoice is as sure of its own."""
    return fact.confidence == 1.0 and fact.source != "xml"


def kind_for(name: str) -> CandidateKind:
    """The kind of candidates a field is chosen from."""
    return "amount" if name in AMOUNT_FIELDS else "date" if name in DATE_FIELDS else "code"


def find_spots(
    document: DocumentText, candidates: Sequence[Candidate], name: str, fact: Fact
) -> list[Spot]:
    """Where a confirmed value stands: in the frame a person drew, else wherever it is printed.

    A value that is printed nowhere (a sum nobody printed) has no place; one that is printed
    everywhere tells nothing.
    """
    kind = kind_for(name)
    spots = [
        Spot(c.line, c.start, c.end)
        for c in candidates
        if c.kind == kind and not c.percent and is_value(c, fact.value)
    ]
    if not spots and kind == "code":
        spots = list(_printed(document, fact.value))
    if fact.box and _by_hand(fact):
        drawn = [s for s in spots if _share_inside(document, s, fact) > _INSIDE]
        spots = drawn[:1] or spots
    return spots if len(spots) <= _MOST_PLACES else []


def is_value(candidate: Candidate, value: str) -> bool:
    """Whether a candidate is a value, amounts whatever their sign."""
    if candidate.number is not None:
        return f"{abs(candidate.number):.2f}" == value.removeprefix("-")
    return candidate.value == value or _bare(candidate.text) == _bare(value) != ""


def _anchors_from(record: Mapping[str, Any]) -> dict[str, tuple[Anchor, ...]]:
    return {name: tuple(map(Anchor.from_json, rows)) for name, rows in record.items()}


def _printed(document: DocumentText, value: str) -> Iterator[Spot]:
    """Places of a code that is printed with blanks or signs of its own."""
    parts = [re.escape(part) for part in value.split()]
    if not parts:
        return
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", re.IGNORECASE)
    for index, line in enumerate(document.lines):
        for match in pattern.finditer(line.text):
            yield Spot(index, match.start(), match.end())


def _share_inside(document: DocumentText, spot: Spot, fact: Fact) -> float:
    line = document.lines[spot.line]
    if fact.page != line.line.page or fact.box is None:
        return 0.0
    box = line.box(spot.start, spot.end)
    return _overlap(box, fact.box) / max(0.1, (box[2] - box[0]) * (box[3] - box[1]))


def _overlap(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)


def _bare(text: str) -> str:
    return re.sub(r"[\s#]", "", text).upper()
