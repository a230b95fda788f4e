"""The dates of a document as facts: issue, due, delivery, and the period as a pair."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace

from contor.documents.amounts import plain
from contor.documents.candidates import Candidate
from contor.documents.chosen import SURE, fact_of
from contor.documents.dates.ranges import date_ranges
from contor.documents.dates.spans import find_spans
from contor.documents.dates.terms import days_agreed, discount_ends, net_ends
from contor.documents.document_text import DocumentText
from contor.documents.page import Source
from contor.documents.payment_terms import discount_terms
from contor.documents.reading import Fact
from contor.documents.scored_values import Scored
from contor.documents.unusual_numbers import captioned

_IS = r"(?:\s?(?:-|/|=|:|und|ist|entspricht|gleich|wie|identisch mit|dem|das)){1,3}\s?"
_BOTH = re.compile(
    rf"(?:liefer|leistungs)(?:datum|zeitpunkt|tag)?{_IS}(?:rechnungs|beleg)datum|"
    rf"rechnungs(?:datum)?{_IS}(?:liefer|leistungs)(?:datum|zeitpunkt|tag)|"
    r"(?:delivery|supply|service) date\s?(?:=|/|and|is|equals|same as)\s?(?:the )?invoice date|"
    r"invoice date\s?(?:=|/|and|is|equals)\s?(?:the )?(?:delivery|supply|service) date|"
    r"date de (?:livraison|prestation)\s?(?:=|/|et|identique [àa])\s?(?:la )?(?:date de )?facture"
)
"""In small letters."""
_ASIDE = re.compile(
    r"ferien|urlaub|feiertag|geschlossen|ffnungszeit|aktion|angebot|messe\b|holiday|closed|opening|"
    r"promotion|cong[ée]s|ferm[ée]|chius|ferie|g[üu]ltig|valid",
    re.IGNORECASE,
)
_LEAST = 0.45
_LEAST_ISSUE = 0.2
_MOST_DATES = 8
_LEAST_PERIOD = 0.7
_NAMED = 0.6
_NET = 0.9
_COUNTED = 0.85
_WEAK = 0.7
_CAPTIONED, _DOUBTFUL = 0.7, 0.55
_CALLED, _ALONE = 0.9, 0.7
"""How sure a short period is: with a label of its own, or as the only one on the paper."""


def choose_dates(
    document: DocumentText, scored: Scored, fields: dict[str, Fact], source: Source
) -> None:
    """Put the dates into ``fields``; a single date of the document is its date of issue."""
    scored = _without_discounts(document, scored)
    for name in ("issue_date", "due_date", "delivery_date"):
        best = scored.clear(name)
        if best is not None:
            candidate = scored.candidates[best]
            fields[name] = fact_of(candidate, candidate.value, SURE, source, SURE)
            continue
        best = scored.best(name, _LEAST if name != "issue_date" else _LEAST_ISSUE)
        if best is not None:
            candidate, score = scored.candidates[best], scored.scores[name][best]
            fields[name] = fact_of(candidate, candidate.value, 0.3 + 0.6 * score, source)
    for name in ("issue_date", "due_date"):
        found = (
            captioned(document, scored, name, "date") if _is_doubtful(fields.get(name)) else None
        )
        if found is not None:
            fields[name] = fact_of(found, found.value, _CAPTIONED, source)
    _not_due_at_once(scored, fields)
    if "issue_date" not in fields:
        dates = [c for c in scored.candidates if c.kind == "date"]
        values = {c.value for c in dates}
        if len(values) == 1:
            fields["issue_date"] = fact_of(dates[0], dates[0].value, 0.6, source)
    _same_day(document, fields)
    _period(document, scored, fields, source)
    if "period_start" not in fields or _is_said_elsewhere(document, scored, fields):
        _short_period(document, scored, fields, source)


def _is_doubtful(fact: Fact | None) -> bool:
    return fact is None or fact.confidence < _DOUBTFUL


def _without_discounts(document: DocumentText, scored: Scored) -> Scored:
    """The scores where no date that ends a discount is a due date, and one *netto* is."""
    ends = discount_ends(document, scored.candidates)
    nets = [index for index in net_ends(document, scored.candidates) if index not in ends]
    if not ends and not nets:
        return scored

    def judged(scores: Mapping[str, Mapping[int, float]]) -> dict[str, Mapping[int, float]]:
        due = {**scores["due_date"], **dict.fromkeys(ends, -1.0)}
        due |= {index: max(_NET, due.get(index, 0.0)) for index in nets}
        return {**scores, "due_date": due}

    return replace(scored, scores=judged(scored.scores), wordings=judged(scored.wordings))


def due_by_terms(
    document: DocumentText, scored: Scored, fields: Mapping[str, Fact], source: Source
) -> dict[str, Fact]:
    """What the terms of payment say: tiers of discount, and a due date counted from the issue."""
    texts = [line.text for line in document.lines]
    found: dict[str, Fact] = {}
    terms, issued = discount_terms(texts), fields.get("issue_date")
    if terms:
        found["discount_terms"] = Fact(terms, 0.9, source=source)
    if issued is None:
        return found
    start = dt.date.fromisoformat(issued.value)
    if not terms:
        tiers = {
            (dt.date.fromisoformat(scored.candidates[i].value) - start).days: plain(percent)
            for i, percent in discount_ends(document, scored.candidates).items()
            if percent is not None
        }
        terms = ";".join(f"{days}:{percent}" for days, percent in sorted(tiers.items()) if days > 0)
        if terms:
            found["discount_terms"] = replace(
                issued, value=terms, confidence=0.85 * issued.confidence, source="derived"
            )
    due_date = fields.get("due_date")
    if due_date is None or (due_date.confidence < _WEAK and not due_date.memory):
        days = days_agreed(texts, terms)
        if days is not None:
            due = (start + dt.timedelta(days=days)).isoformat()
            sure = _COUNTED * issued.confidence
            found["due_date"] = replace(issued, value=due, confidence=sure, source="derived")
    return found


def _is_aside(document: DocumentText, index: int) -> bool:
    """Whether a line speaks of holidays, opening hours or an offer, and not of what was supplied."""
    return bool(_ASIDE.search(document.lines[index].text))


def _short_period(
    document: DocumentText, scored: Scored, fields: dict[str, Fact], source: Source
) -> None:
    """A period whose year or days are not written out, or the only one on the paper."""
    spans = [s for s in find_spans(document) if s.named or not _is_aside(document, s.line)]
    named = [span for span in spans if span.named]
    if not named:
        whole = [
            (scored.candidates[i], scored.candidates[j])
            for i, j in date_ranges(document, scored.candidates)
            if not _is_aside(document, scored.candidates[i].line)
        ]
        dated = {(i.value, j.value) for i, j in whole}
        dated |= {(span.start.isoformat(), span.end.isoformat()) for span in spans}
        if len(dated) != 1:
            return
        if whole:
            for name, candidate in zip(("period_start", "period_end"), whole[0], strict=True):
                fields[name] = fact_of(candidate, candidate.value, _ALONE, source)
            return
    span = (named or spans)[0]
    line = document.lines[span.line]
    sure = (_CALLED if named else _ALONE) * line.confidence(span.begin, span.finish)
    box, page = line.box(span.begin, span.finish), line.line.page
    for name, day in (("period_start", span.start), ("period_end", span.end)):
        fields[name] = Fact(day.isoformat(), sure, page, box, source)


def _same_day(document: DocumentText, fields: dict[str, Fact]) -> None:
    """*Leistungsdatum entspricht Rechnungsdatum*: one day is both."""
    issued = fields.get("issue_date")
    if issued and "delivery_date" not in fields:
        whole = " ".join(line.text for line in document.lines).lower()
        if _BOTH.search(whole):
            fields["delivery_date"] = replace(
                issued, confidence=0.9 * issued.confidence, source="derived"
            )


def _period(
    document: DocumentText, scored: Scored, fields: dict[str, Fact], source: Source
) -> None:
    """Start and end together: the pair with the best sum, one after the other on a line at best."""
    named = scored.wordings["period"]
    ranges = [pair for pair in date_ranges(document, scored.candidates) if named[pair[0]] >= _NAMED]
    if ranges and "period_start" not in scored.scores:
        i, j = max(ranges, key=lambda pair: named[pair[0]])
        _put(scored, i, j, (named[i], named[i]), fields, source)
        return
    starts = scored.scores.get("period_start", named)
    ends = scored.scores.get("period_end", named)
    first = sorted(starts, key=lambda i: (-starts[i], i))[:_MOST_DATES]
    last = sorted(ends, key=lambda i: (-ends[i], i))[:_MOST_DATES]
    best: tuple[float, int, int] | None = None
    for i in first:
        for j in last:
            start, end = scored.candidates[i], scored.candidates[j]
            if i == j or start.value > end.value or start.page != end.page:
                continue
            if _is(fields.get("issue_date"), start) and _is(fields.get("due_date"), end):
                continue  # the days of issue and of payment side by side
            score = starts[i] + ends[j] + _pairing(start, end)
            if best is None or score > best[0]:
                best = (score, i, j)
    if best is not None and best[0] >= _LEAST_PERIOD:
        _, i, j = best
        _put(scored, i, j, (starts[i], ends[j]), fields, source)


def _not_due_at_once(scored: Scored, fields: dict[str, Fact]) -> None:
    """The printed day of issue is not the day of payment, too, unless a label says so."""
    due = fields.get("due_date")
    if due is None or fields.get("issue_date") is None:
        return
    named = scored.wordings["due_date"]
    if any(
        _is(due, scored.candidates[i]) and _is(fields["issue_date"], scored.candidates[i])
        and score < _LEAST
        for i, score in named.items()
    ):  # fmt: skip
        del fields["due_date"]


def _is_said_elsewhere(document: DocumentText, scored: Scored, fields: Mapping[str, Fact]) -> bool:
    """Whether a month or quarter stands at the label of the period, and the dates chosen do not."""
    start = fields["period_start"]
    lines = [c.line for c in scored.candidates if _is(start, c)]
    labelled = any(
        label.concept == "period" for line in lines for label in document.lines[line].labels
    )
    return not labelled and any(span.named for span in find_spans(document))


def _is(fact: Fact | None, candidate: Candidate) -> bool:
    """Whether a fact was read at the very place of a candidate."""
    return fact is not None and fact.page == candidate.page and fact.box == candidate.box


def _put(
    scored: Scored,
    start: int,
    end: int,
    scores: tuple[float, float],
    fields: dict[str, Fact],
    source: Source,
) -> None:
    for name, index, score in zip(
        ("period_start", "period_end"), (start, end), scores, strict=True
    ):
        candidate = scored.candidates[index]
        fields[name] = fact_of(candidate, candidate.value, 0.2 + 0.75 * score, source)


def _pairing(start: Candidate, end: Candidate) -> float:
    """Two dates of one range stand on one line, or below one another, the start first."""
    if start.line == end.line:
        return 0.25 if 0 < end.start - start.end < 12 else 0.05
    below = 0 < end.line - start.line < 4 and abs(start.box[0] - end.box[0]) < 20
    return 0.1 if below else -0.3
