"""Names, addresses and identifiers as the supplier writes them and people have confirmed them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from rapidfuzz import fuzz

from contor.documents.address_blocks import has_street
from contor.documents.anchors import Spot, anchor_at, likeness
from contor.documents.chosen import MOST
from contor.documents.document_text import DocumentText
from contor.documents.name_candidates import NameCandidate, name_candidates
from contor.documents.page import Source
from contor.documents.party_blocks import find_blocks
from contor.documents.reading import Fact
from contor.documents.scored_values import Scored
from contor.documents.suppliers.layout import is_value
from contor.documents.suppliers.memory import is_same_party, squeeze
from contor.documents.suppliers.recollection import Pick, Recollection
from contor.documents.suppliers.remembered_terms import TERMS, remembered_terms
from contor.documents.towns import has_postcode

_ONE_VOICE, _TWO_VOICES = 0.92, 0.95
_SPELLED = 0.94
_BY_IDENTITY = 0.9
_ALIKE = 90.0
_PLACED = 0.8
_MISREAD = 88.0
_SPACES = re.compile(r"\s+")
_IDENTIFIERS = {
    "seller_vat_id": "vat_id", "seller_iban": "iban", "seller_bic": "bic",
    "seller_tax_number": "tax_number", "buyer_vat_id": "vat_id",
}  # fmt: skip
_OTHERS = {"seller_vat_id": "buyer_vat_id", "buyer_vat_id": "seller_vat_id"}


def settle(
    document: DocumentText,
    fields: Mapping[str, Fact],
    scored: Scored,
    picks: Mapping[str, Pick],
    memory: Recollection,
    source: Source,
) -> dict[str, Fact]:
    """The chosen fields with what memory confirms, spells or adds; each says from which document."""
    found = dict(fields)
    for name, pick in picks.items():
        fact = found.get(name)
        if fact and is_value(scored.candidates[pick.index], fact.value):
            sure = (_ONE_VOICE, _TWO_VOICES, MOST)[min(pick.count, 3) - 1] * min(1.0, pick.strength)
            found[name] = replace(fact, confidence=max(fact.confidence, sure), memory=pick.source)
    for name, kind in _IDENTIFIERS.items():
        _identifier(name, kind, found, scored, memory, source)
    names = name_candidates(document, find_blocks(document))
    for role in ("seller", "buyer"):
        _name(f"{role}_name", found, document, names, memory, source)
        _address(f"{role}_address", found, document, memory)
    terms = remembered_terms(document, memory.layouts, source)
    if terms:
        found[TERMS] = terms
    for currency, origin in memory.values("currency")[:1]:
        found.setdefault("currency", Fact(currency, 0.8, source="derived", memory=origin))
    return found


def _identifier(
    name: str,
    kind: str,
    found: dict[str, Fact],
    scored: Scored,
    memory: Recollection,
    source: Source,
) -> None:
    """The remembered identifier where it is printed, or where a misreading of it is.

    A valid identifier that differs stands: it may have changed, and the house asks about it then.
    """
    fact = found.get(name)
    other = found.get(_OTHERS.get(name, ""))
    for value, origin in memory.values(name):
        if fact and other and other.value == value and not memory.had_corrected(name):
            continue  # in a self-billed invoice seller and buyer change places
        same = next((c for c in scored.candidates if c.kind == kind and c.value == value), None)
        if same is not None:
            found[name] = Fact(value, MOST, same.page, same.box, source, origin)
            return
        doubtful = fact is not None and fact.confidence < _PLACED
        if fact and doubtful and fuzz.ratio(fact.value, value) >= _MISREAD:
            found[name] = replace(fact, value=value, confidence=_PLACED, memory=origin)
            return


def _name(
    name: str,
    found: dict[str, Fact],
    document: DocumentText,
    names: list[NameCandidate],
    memory: Recollection,
    source: Source,
) -> None:
    fact = found.get(name)
    known = _spelling(memory.values(name), fact)
    weak = fact is None or fact.confidence < _PLACED or memory.was_read_as(fact.value)
    told = name == "seller_name" and (weak or memory.sure)
    if known and (told or fact is None or is_same_party(fact.value, known[0])):
        value, origin = known
        printed = _printed(names, value)
        if printed:
            found[name] = Fact(value, _SPELLED, printed.page, printed.box, source, origin)
            return
        if name == "seller_name" and memory.sure and weak:
            found[name] = Fact(value, _BY_IDENTITY, source="derived", memory=origin)
            return
    read = fact is not None
    placed = _placed(name, document, names, memory, read=read)
    if placed and (fact is None or fact.confidence < _SPELLED):
        candidate, strength, origin = placed
        sure = max(_ONE_VOICE * strength, fact.confidence if fact else 0.0)
        found[name] = Fact(candidate.text, sure, candidate.page, candidate.box, source, origin)


def _spelling(known: list[tuple[str, str]], fact: Fact | None) -> tuple[str, str] | None:
    """The spelling that is read now if people have confirmed it once, else their commonest one."""
    if not known:
        return None
    if fact and (same := [one for one in known if one[0] == fact.value]):
        return same[0]
    counts = Counter(value for value, _ in known)
    return max(known, key=lambda one: counts[one[0]])


def _printed(names: list[NameCandidate], value: str) -> NameCandidate | None:
    """Where a name is printed, in whatever spelling."""
    wanted = squeeze(value)
    best = max(names, key=lambda n: fuzz.ratio(squeeze(n.text), wanted), default=None)
    return best if best and fuzz.ratio(squeeze(best.text), wanted) >= _ALIKE else None


def _placed(
    name: str,
    document: DocumentText,
    names: list[NameCandidate],
    memory: Recollection,
    *,
    read: bool,
) -> tuple[NameCandidate, float, str] | None:
    """The name that stands where the supplier's paper has this one.

    Where a name was ``read``, only places that people had to correct speak against it.
    """
    best: tuple[float, NameCandidate, str] | None = None
    for candidate, spot in _spots(document, names):
        anchor = replace(anchor_at(document, spot), form="")
        for layout, weight in zip(memory.layouts, memory.weights, strict=True):
            known = layout.anchors.get(name, ())
            if read and name not in layout.corrected:
                continue
            strength = weight * max((likeness(one, anchor) for one in known), default=0.0)
            if strength >= _PLACED and (best is None or strength > best[0]):
                best = (strength, candidate, layout.source)
    return (best[1], best[0], best[2]) if best else None


def _spots(
    document: DocumentText, names: list[NameCandidate]
) -> Iterator[tuple[NameCandidate, Spot]]:
    for candidate in names:
        street = has_street(candidate.text) or has_postcode(candidate.text)
        if candidate.rows == 1 and not street:
            start = document.lines[candidate.line].text.find(candidate.text, candidate.start)
            if start >= 0:
                yield candidate, Spot(candidate.line, start, start + len(candidate.text))


def _address(
    name: str, found: dict[str, Fact], document: DocumentText, memory: Recollection
) -> None:
    """The remembered address where its letters are printed and every figure of it."""
    fact = found.get(name)
    known = _spelling(memory.values(name), fact)
    if known is None:
        return
    value, origin = known
    text = squeeze(" ".join(line.text for line in document.lines))
    wanted = squeeze(value)
    sure = fact if fact and fact.confidence >= _PLACED else None
    other = sure and fuzz.partial_ratio(squeeze(sure.value), wanted) < _ALIKE
    if len(wanted) >= 10 and not other and _is_printed(wanted, text):
        if fact and _SPACES.sub("", fact.value) == _SPACES.sub("", value):
            value = fact.value  # other blanks are no other spelling
        old = fact if fact and is_same_party(fact.value, value) else None
        page, box = (old.page, old.box) if old else (None, None)
        source = fact.source if fact else "derived"
        found[name] = Fact(value, _BY_IDENTITY, page, box, source, origin)


def _is_printed(address: str, text: str) -> bool:
    """Whether a text has the letters of an address, misread ones aside, and all its figures there."""
    place = fuzz.partial_ratio_alignment(address, text, score_cutoff=_ALIKE)
    if place is None:
        return False
    around = text[max(0, place.dest_start - 2) : place.dest_end + 2]
    return re.sub(r"\D", "", address) in re.sub(r"\D", "", around)
