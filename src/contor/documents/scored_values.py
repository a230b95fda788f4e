"""Amounts, dates and codes of a document, each with a score for every field it could be.

The score is what the wordings around it say; where the tagger has a head for the field, its
probability decides, and the wordings only break ties.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from contor.documents.amount_evidence import AmountEvidence, amount_evidence, reductions_of
from contor.documents.candidates import Candidate, CandidateKind, candidates_of
from contor.documents.context import Context, Contexts
from contor.documents.dates.headings import heads_paper, in_sentence
from contor.documents.dates.periods import find_periods, period_features
from contor.documents.document_text import DocumentText, PlacedLabel, TextLine
from contor.documents.labels import fold
from contor.documents.page import in_one_column
from contor.documents.page_tagger import Tagger
from contor.documents.value_features import value_features
from contor.documents.wording_scores import FIELDS, wording_scores

AMOUNT_ROLES = ("net_total", "tax_total", "gross_total", "payable", "prepaid")
CODE_FIELDS = (
    "number", "buyer_number", "order_reference", "contract_reference", "payment_reference",
)  # fmt: skip
_MOST_ROWS = 64
_STRANGE = 0.02
"""Where the tagger knows no candidate, the document is strange to it: the wordings decide."""
_SHARE = 0.7
_MOST_PLACES = 3
_LIKELY_PERIOD = 0.2
_CLEAR = 0.8
_AHEAD = 0.25
"""How far before a rival of another value a wording must be to leave no doubt."""
_LONGEST_NUMBER = 26
_TITLED, _BELOW = 0.8, 0.5
_DIGIT = re.compile(r"\d")
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_MONEY = re.compile(r"\d{1,3}(?:[.,]?\d{3})*[.,]\d\d")
_DECIMAL = re.compile(r"\d{3,}[.,]\d")
_VERSION = re.compile(r"\d{1,2}[.,]\d{1,2}")
_DATED_TITLE = re.compile(r"(?:rechnung|invoice|facture|fattura) (?:v|d|of\b|from\b)")
_POSTCODE = re.compile(r"\d{5} (?:[A-ZÄÖÜ][\w.'-]+[ ,]*){1,4}$")
_REFERENCES = ("buyer_number", "order_reference", "contract_reference")
_AFTER_ITS_DATE = re.compile(
    r"(?:(?:ihre|unsere|votre|notre|your|our|vostra|nostra) )?(?:rechnung|invoice|facture|fattura) (?:vom|du|del|of|from|dated)"
    r" [\w.,/ -]{6,18}?,? ?(?:mit der )?(?:n|nr|no|num|nummer|numero|number|#)[.:]?"
)
"""*Rechnung vom 12.03.2026 Nr.*: what follows is the number."""
BARE_NUMBER = frozenset({"#", "no", "nr", "number", "nummer", "n", "numero", "num"})
"""What says no more than that a number follows (folded)."""
_OF_ITEMS = frozenset({"description", "quantity", "unit_price", "item_number"})
_FLUSH = 4.0
_LETTER, _MENTIONED = 0.85, 0.6
_NEVER_ZERO = frozenset({"net_total", "gross_total"})
KIND_FIELDS: dict[CandidateKind, tuple[str, ...]] = {
    "amount": AMOUNT_ROLES,
    "date": ("issue_date", "due_date", "delivery_date", "period"),
    "code": CODE_FIELDS,
}


@dataclass(frozen=True, slots=True)
class Scored:
    """Candidates with their context and a score per field they could be.

    ``wordings`` are the scores before the tagger was asked.
    """

    candidates: tuple[Candidate, ...]
    contexts: Mapping[int, Context]
    scores: Mapping[str, Mapping[int, float]]
    finder: Contexts
    evidence: AmountEvidence
    wordings: Mapping[str, Mapping[int, float]]

    def best(self, field: str, least: float) -> int | None:
        """Index of the best candidate of a field; the first of equals."""
        scores = self.scores[field]
        index = max(scores, key=lambda i: (scores[i], -i), default=None)
        return index if index is not None and scores[index] >= least else None

    def clear(self, field: str, least: float = _CLEAR) -> int | None:
        """Index of the candidate that the wordings name without a rival of another value."""
        scores = self.wordings[field]
        index = max(scores, key=lambda i: (scores[i], -i), default=None)
        if index is None or scores[index] < least:
            return None
        value = self.candidates[index].value
        rivals = (score for i, score in scores.items() if self.candidates[i].value != value)
        return index if max(rivals, default=0.0) <= scores[index] - _AHEAD else None

    def of_kind(self, kind: CandidateKind) -> list[int]:
        """Indexes of the candidates of a kind; of very many those the wordings favour."""
        indexes = [i for i, candidate in enumerate(self.candidates) if candidate.kind == kind]
        if len(indexes) <= _MOST_ROWS:
            return indexes
        fields = KIND_FIELDS[kind]
        favour = {i: max(self.scores[field][i] for field in fields) for i in indexes}
        return sorted(sorted(indexes, key=lambda i: -favour[i])[:_MOST_ROWS])


def score_candidates(document: DocumentText, tagger: Tagger | None = None) -> Scored:
    """Candidates of a document with their scores."""
    candidates = candidates_of(document)
    finder = Contexts(document, candidates)
    contexts = {i: finder.of(c) for i, c in enumerate(candidates) if c.kind in KIND_FIELDS}
    scores: dict[str, dict[int, float]] = {field: {} for field in FIELDS}
    for index, context in contexts.items():
        candidate = candidates[index]
        names = KIND_FIELDS[candidate.kind]
        for field, score in zip(names, wording_scores(names, context), strict=True):
            scores[field][index] = score + _shape(candidate, field)
        if candidate.kind == "date" and heads_paper(document, candidate):
            scores["issue_date"][index] = max(_LETTER, scores["issue_date"][index])
        elif candidate.kind == "date" and in_sentence(document, candidate):
            scores["issue_date"][index] -= _MENTIONED
        if candidate.kind == "code" and finder.heads(candidate.line):
            for field in names:  # *Preis/1000* heads a column
                scores[field][index] -= 1.0
        if candidate.kind == "code" and _is_postcode(document, candidate):
            for field in _REFERENCES:
                scores[field][index] -= 1.0
        if candidate.kind == "code" and _under_title(document, candidate, context):
            scores["number"][index] += _TITLED
    amounts = [c for c in candidates if c.kind == "amount"]
    evidence = amount_evidence(amounts, reductions_of(document, amounts))
    scored = Scored(tuple(candidates), contexts, scores, finder, evidence, scores)
    return _tagged(document, scored, tagger) if tagger else scored


def rows_of(document: DocumentText, scored: Scored, kind: CandidateKind) -> NDArray[np.float32]:
    """Features of the candidates of a kind, with the scores of the wordings among them."""
    indexes = scored.of_kind(kind)
    fields = KIND_FIELDS[kind]
    return value_features(
        document,
        [scored.candidates[i] for i in indexes],
        {row: scored.contexts[i] for row, i in enumerate(indexes)},
        {row: [scored.scores[field][i] for field in fields] for row, i in enumerate(indexes)},
        scored.evidence,
    )


def _tagged(document: DocumentText, scored: Scored, tagger: Tagger) -> Scored:
    scores = {field: dict(values) for field, values in scored.scores.items()}
    for kind, fields in KIND_FIELDS.items():
        heads = [head for head in tagger.heads if _field_of(head) in fields]
        indexes = scored.of_kind(kind)
        if not heads or not indexes:
            continue
        rows = rows_of(document, scored, kind)
        for head in heads:
            wording = scored.scores[_field_of(head)]
            found = tagger.probability(head, rows)
            if found.max() < _STRANGE:
                scores[head] = {index: _SHARE * score for index, score in wording.items()}
                continue
            values = [scored.candidates[i].value for i in indexes]
            likely = _together(found, values) if kind == "amount" else found.tolist()
            scores[head] = {index: 0.1 * min(0.0, wording[index]) for index in wording}
            for index, probability in zip(indexes, likely, strict=True):
                scores[head][index] = probability + 0.1 * max(-1.0, min(1.0, wording[index]))
    scores |= _printed_periods(document, scored, tagger)
    return replace(scored, scores=scores)


def _printed_periods(
    document: DocumentText, scored: Scored, tagger: Tagger
) -> dict[str, dict[int, float]]:
    """Scores of starts and ends where the document prints periods and one of them is likely."""
    periods = find_periods(document, scored.candidates, scored.contexts)
    if not periods or "billed_period" not in tagger.heads:
        return {}
    rows = period_features(document, scored.candidates, scored.contexts, periods)
    found = tagger.probability("billed_period", rows)
    if found.max() < _LIKELY_PERIOD:
        return {}
    likely = sorted(zip(found.tolist(), periods, strict=True), key=lambda item: item[0])
    return {
        "period_start": {period.start: float(p) for p, period in likely},
        "period_end": {period.end: float(p) for p, period in likely},
    }


def _together(found: NDArray[np.float32], values: Sequence[str]) -> list[float]:
    """Probabilities of amounts printed several times: their best places speak together.

    >>> found = np.array([0.5, 0.7, 0.5], dtype=np.float32)
    >>> [round(p, 2) for p in _together(found, ["9.00", "5.00", "9.00"])]
    [0.75, 0.7, 0.75]
    """
    places: dict[str, list[int]] = {}
    for index, value in enumerate(values):
        places.setdefault(value, []).append(index)
    together: list[float] = found.tolist()
    for indexes in places.values():
        if len(indexes) > 1:
            ordered = sorted(indexes, key=lambda i: -found[i])
            for index in indexes:
                missed = 1.0 - float(found[index])
                for other in [i for i in ordered if i != index][: _MOST_PLACES - 1]:
                    missed *= 1.0 - float(found[other])
                together[index] = 1.0 - missed
    return together


def _field_of(head: str) -> str:
    """The wordings know one period, the tagger its start and its end."""
    return "period" if head.startswith("period_") else head


def _is_postcode(document: DocumentText, candidate: Candidate) -> bool:
    """Whether a town stands behind it in its cell: *06000 Nice* under *Client*."""
    text = document.lines[candidate.line].text[candidate.start :].split("\t", 1)[0]
    return _POSTCODE.match(text) is not None


def _under_title(document: DocumentText, candidate: Candidate, context: Context) -> bool:
    """Whether *# 1001* or *Number 1001* stands below *INVOICE*: nothing else calls it the number."""
    line = document.lines[candidate.line]
    before = line.text[: candidate.start].rsplit("\t", 1)[-1]
    if context.left:
        return bool(_AFTER_ITS_DATE.fullmatch(fold(before).strip()))
    if not before.strip():
        return _under_heading(document, candidate)
    if fold(before).strip(" .:") not in BARE_NUMBER:
        return False
    if context.above.get("invoice_word", 0.0) >= _BELOW:
        return True
    # *Number 1001* begins flush left with the title, and the figures behind it stand beside it.
    return _has_title_above(document, line, line.line.cells[line.cell_at(candidate.start)].x0)


def heads_items(line: TextLine) -> bool:
    """Whether a line is the head of a table of items, where *No.* is the number of a row."""
    return any(label.concept in _OF_ITEMS for label in line.labels)


def _under_heading(document: DocumentText, candidate: Candidate) -> bool:
    """Whether the value stands under *Nummer*, the first heading below the title *Rechnung*."""
    for lower in document.lines[candidate.line + 1 : candidate.line + 2]:
        if any(
            in_one_column(c.box, candidate.box) and _DIGIT.search(c.text) for c in lower.line.cells
        ):
            return False  # a list of invoices
    for upper in document.above(document.lines[candidate.line], 1):
        if heads_items(upper):
            return False
        for label in upper.labels:
            # *Fattura | Data | Cliente*: the title is itself the heading of the number.
            place = (label.x0, 0.0, label.x1, 0.0)
            here = in_one_column(place, candidate.box) and label.concept == "invoice_word"
            if here and any(other.concept == "issue_date" for other in upper.labels):
                return True
        for cell in upper.line.cells:
            if (
                in_one_column(cell.box, candidate.box)
                and fold(cell.text).strip(" .:") in BARE_NUMBER
            ):
                return _has_title_above(document, upper, cell.x0)
    return False


def _has_title_above(document: DocumentText, line: TextLine, x0: float) -> bool:
    return any(
        _is_title(upper, label) and abs(label.x0 - x0) < _FLUSH
        for upper in document.above(line, 2)
        for label in upper.labels
    )


def _is_title(line: TextLine, label: PlacedLabel) -> bool:
    """*Rechnung*, and *Facture du* before its date."""
    if label.concept == "issue_date":
        return bool(_DATED_TITLE.match(fold(line.text[label.start : label.end])))
    return label.concept == "invoice_word"


def _shape(candidate: Candidate, field: str) -> float:
    """What the form of a value says for or against a field."""
    if candidate.kind == "amount":
        score = 0.0 if candidate.valid else -0.35
        score += 0.05 * candidate.money - 1.5 * candidate.percent
        return score - (2.0 if candidate.number == 0 and field in _NEVER_ZERO else 0.0)
    if candidate.kind == "date":
        return -0.0008 * candidate.line
    digits = sum(map(str.isdigit, candidate.text))
    if candidate.priced:
        return -1.0
    if field == "number":
        in_brackets = 0.5 * candidate.bracketed
        return (
            0.1 * (digits >= 4)
            - in_brackets
            - 0.25 * (digits < 2)
            - 0.5 * bool(_VERSION.fullmatch(candidate.text) or _DECIMAL.fullmatch(candidate.text))
            - 0.3 * (len(candidate.text) > _LONGEST_NUMBER)
        )
    no_code = _A_YEAR.fullmatch(candidate.text) or _MONEY.fullmatch(candidate.text)
    lone = field == "order_reference" and digits < 2
    return -0.3 * (digits < 3) - 0.4 * lone - 0.6 * bool(no_code)
