"""What is remembered of a document's supplier, as voices in the choice of its fields.

The remembered places raise the scores of the values that stand there now, before the joint choice:
sums, check digits and usual rates still decide. A layout counts by how alike the papers are and how
many newer ones there are, so what is no longer printed that way fades.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from contor.documents.anchors import Anchor, Spot, anchor_at, likeness, pattern_of
from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText
from contor.documents.reading import AMOUNT_FIELDS, DATE_FIELDS
from contor.documents.scans.hidden_codes import hidden_codes
from contor.documents.scored_values import Scored
from contor.documents.suppliers.keys import alike, is_sure, keys_on, words_of_paper
from contor.documents.suppliers.layout import CODES, SupplierLayout, kind_for
from contor.documents.suppliers.memory import is_same_party, squeeze

_HINTS = {"name": 0.5, "domain": 0.35, "no": 0.3}
_MOST_HINTS = 0.9
_LEAST_HINTS = 0.35
_LEAST_ALIKE = 0.45
_LEAD = 0.1
_FADE = 0.93
_LEAST = 0.6
_CLEAR = 0.04
_APART = 0.15
_MOST_LAYOUTS = 8
_REFUSED = 0.75
_CHOSEN = 1.0
_AMOUNT_VOICE = 0.7
_NAMED = 0.7
"""How high a date or code must score to stand against what memory has seen read rightly."""


@dataclass(frozen=True, slots=True)
class Pick:
    """The candidate that memory speaks for: how strongly, by how many documents, by which last.

    ``corrected`` where one of those was read wrongly there and set right by a person.
    """

    index: int
    strength: float
    count: int
    source: str
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Recollection:
    """The layouts of one supplier, the newest first, each with its weight 0..1.

    ``sure`` where an identifier told the supplier, not the looks of the paper alone.
    """

    layouts: tuple[SupplierLayout, ...]
    weights: tuple[float, ...]
    sure: bool

    def was_read_as(self, name: str) -> bool:
        """Whether the paper called its sender this when people set the name right."""
        return any(f"name:{squeeze(name)}" in layout.keys for layout in self.layouts)

    def had_corrected(self, name: str) -> bool:
        """Whether people had to set a field right on one of the supplier's papers."""
        return any(name in layout.corrected for layout in self.layouts)

    def is_of(self, name: str, *, bought: bool = False) -> bool:
        """Whether a name is the remembered supplier's, or of those who ``bought`` from it."""
        roles = ("seller_name", "buyer_name") if bought else ("seller_name",)
        known = [value for role in roles for value, _ in self.values(role)]
        return self.was_read_as(name) or any(is_same_party(name, one) for one in known)

    def values(self, name: str) -> list[tuple[str, str]]:
        """The remembered values of a field, the newest first, with the documents they are from."""
        return [
            (layout.values[name], layout.source)
            for layout in self.layouts
            if layout.values.get(name)
        ]


def recall(document: DocumentText, layouts: Sequence[SupplierLayout]) -> Recollection | None:
    """What is remembered of the document's supplier; ``layouts`` oldest first, of anybody."""
    if not layouts:
        return None
    here = set(keys_on(document))
    words = words_of_paper(document)
    likes = [alike(layout.words, words) for layout in layouts]
    holders: dict[str, set[str]] = {}
    for layout in layouts:
        for key in layout.keys:
            holders.setdefault(key, set()).add(layout.supplier)
    best: dict[str, tuple[float, bool]] = {}
    for layout, like in zip(layouts, likes, strict=True):
        known = [key for key in layout.keys if key in here]
        sure = any(is_sure(key) and len(holders[key]) == 1 for key in known)
        hints = min(_MOST_HINTS, sum(_hint(key) / len(holders[key]) for key in known))
        told = hints >= _LEAST_HINTS and not _contradicted(layout.keys, known, here)
        if sure or (told and like >= _LEAST_ALIKE):
            old = best.get(layout.supplier, (0.0, False))
            best[layout.supplier] = (max(old[0], float(sure) + 0.5 * hints + like), sure or old[1])
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1][0] - ranked[1][1][0] < _LEAD):
        return None
    supplier = ranked[0][0]
    own = [(o, like) for o, like in zip(layouts, likes, strict=True) if o.supplier == supplier]
    own = own[: -_MOST_LAYOUTS - 1 : -1]
    weights = tuple(_weight(like) * _FADE**rank for rank, (_, like) in enumerate(own))
    return Recollection(tuple(layout for layout, _ in own), weights, ranked[0][1][1])


def _contradicted(keys: Sequence[str], known: Sequence[str], here: set[str]) -> bool:
    """Whether the paper names another business by its identifiers, and not this one by its name."""
    if any(key.startswith("name:") for key in known):
        return False
    return any(
        any(key.startswith(kind) for key in keys) and any(key.startswith(kind) for key in here)
        for kind in ("vat:", "iban:")
    )


def _hint(key: str) -> float:
    return _HINTS.get(key.partition(":")[0], 0.0)


def _weight(like: float) -> float:
    """Papers that share a quarter of their words are strangers, three quarters are twins."""
    return max(0.0, min(1.0, (like - 0.25) / 0.4))


def favour(
    document: DocumentText, scored: Scored, memory: Recollection
) -> tuple[Scored, dict[str, Pick]]:
    """The scores with the voice of memory in them, and the candidates it speaks for."""
    scored = _with_hidden(document, scored, memory)
    seen = {
        index: anchor_at(document, Spot(c.line, c.start, c.end))
        for index, c in enumerate(scored.candidates)
        if c.kind in {"amount", "date", "code"} and not c.percent
    }
    scores = {name: dict(values) for name, values in scored.scores.items()}
    picks: dict[str, Pick] = {}
    for name in (*AMOUNT_FIELDS, *DATE_FIELDS, *CODES):
        head = name if name in scores else "period" if name.startswith("period_") else ""
        if not head:
            continue
        own = {i: a for i, a in seen.items() if scored.candidates[i].kind == kind_for(name)}
        pick = _pick(name, own, scored.candidates, memory)
        if pick and name not in AMOUNT_FIELDS and _said(scored, head, pick):
            pick = None
        voiced = dict(scores[head])
        for index in _refused(name, own, memory):
            voiced[index] = voiced.get(index, 0.0) - 1.0
        if pick:
            picks[name] = pick
            old = voiced.get(pick.index, 0.0)
            voiced[pick.index] = (
                max(old, 0.0) + _AMOUNT_VOICE * pick.strength
                if name in AMOUNT_FIELDS
                else max(old, _CHOSEN) + pick.strength
            )
        if pick or voiced != scores[head]:
            scores[name] = voiced
    if not _is_period(picks, scored.candidates):
        for name in ("period_start", "period_end"):
            picks.pop(name, None)
            if name in scored.scores:
                scores[name] = dict(scored.scores[name])
            else:
                scores.pop(name, None)
    return replace(scored, scores=scores), picks


def _said(scored: Scored, head: str, pick: Pick) -> bool:
    """Whether the paper itself names another value; only what people had to correct moves that."""
    if pick.corrected:
        return False
    best = scored.best(head, _NAMED)
    return best is not None and scored.candidates[best].value != scored.candidates[pick.index].value


def _is_period(picks: Mapping[str, Pick], candidates: Sequence[Candidate]) -> bool:
    """Whether start and end are both remembered, and the one lies before the other."""
    start, end = picks.get("period_start"), picks.get("period_end")
    if start is None or end is None:
        return start is end
    return candidates[start.index].value <= candidates[end.index].value


def _pick(
    name: str,
    seen: Mapping[int, Anchor],
    candidates: Sequence[Candidate],
    memory: Recollection,
) -> Pick | None:
    """The candidate most like the remembered places, where no other value is as like."""
    votes: dict[str, list[tuple[float, int, SupplierLayout]]] = {}
    for layout, weight in zip(memory.layouts, memory.weights, strict=True):
        told = _told(layout.anchors.get(name, ()), seen, candidates)
        if told and told[0] * weight >= _LEAST:
            vote = (told[0] * weight, told[1], layout)
            votes.setdefault(candidates[told[1]].value, []).append(vote)
    loudest = [max(voices, key=lambda vote: vote[0]) for voices in votes.values()]
    ranked = sorted(loudest, key=lambda vote: -vote[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEAR):
        return None
    strength, index, _ = ranked[0]
    spoke = [layout for _, _, layout in votes[candidates[index].value]]
    corrected = any(name in layout.corrected for layout in spoke)
    return Pick(index, strength, len(spoke), spoke[0].source, corrected)


def _told(
    anchors: Sequence[Anchor], seen: Mapping[int, Anchor], candidates: Sequence[Candidate]
) -> tuple[float, int] | None:
    """What one document speaks for: likeness and candidate.

    Its value stood in several places perhaps; where these hold different values now, nobody knows
    which of them was meant, and it speaks for none.
    """
    found: dict[str, tuple[float, int]] = {}
    for anchor in anchors:
        likes = sorted(((likeness(anchor, a), -i) for i, a in seen.items()), reverse=True)
        if not likes:
            continue
        best, index = likes[0][0], -likes[0][1]
        value = candidates[index].value
        rival = next((like for like, i in likes if candidates[-i].value != value), 0.0)
        if best - rival >= _CLEAR:
            found[value] = max(found.get(value, (0.0, 0)), (best, index))
    ranked = sorted(found.values(), key=lambda told: (-told[0], told[1]))
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _APART):
        return None
    return ranked[0]


def _refused(name: str, seen: Mapping[int, Anchor], memory: Recollection) -> list[int]:
    """Candidates that stand where a person removed a value of this field."""
    return [
        index
        for index, anchor in seen.items()
        for layout, weight in zip(memory.layouts, memory.weights, strict=True)
        for wrong in layout.wrong.get(name, ())
        if weight * likeness(wrong, anchor) >= _REFUSED
    ]


def _with_hidden(document: DocumentText, scored: Scored, memory: Recollection) -> Scored:
    """Candidates for codes of a remembered form that ordinary looking does not see as one."""
    forms = {
        anchor.form
        for layout in memory.layouts
        for name in CODES
        for anchor in layout.anchors.get(name, ())
    }
    patterns = sorted(pattern_of(form) for form in forms if " " in form)
    found = hidden_codes(document, scored.candidates, patterns)
    if not found:
        return scored
    first = len(scored.candidates)
    contexts = {**scored.contexts, **{first + i: scored.finder.of(c) for i, c in enumerate(found)}}
    return replace(scored, candidates=(*scored.candidates, *found), contexts=contexts)
