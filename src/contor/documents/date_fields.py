"""The dates of a document as facts: issue, due, delivery, and the period as a pair."""

from __future__ import annotations

from contor.documents.candidates import Candidate
from contor.documents.chosen import fact_of
from contor.documents.page import Source
from contor.documents.reading import Fact
from contor.documents.scored_values import Scored

_LEAST = 0.45
_LEAST_ISSUE = 0.2
_MOST_DATES = 8
_LEAST_PERIOD = 0.7


def choose_dates(scored: Scored, fields: dict[str, Fact], source: Source) -> None:
    """Put the dates into ``fields``; a single date of the document is its date of issue."""
    for name in ("issue_date", "due_date", "delivery_date"):
        best = scored.best(name, _LEAST if name != "issue_date" else _LEAST_ISSUE)
        if best is not None:
            candidate = scored.candidates[best]
            score = scored.scores[name][best]
            fields[name] = fact_of(candidate, candidate.value, 0.3 + 0.6 * score, source)
    if "issue_date" not in fields:
        dates = [c for c in scored.candidates if c.kind == "date"]
        values = {c.value for c in dates}
        if len(values) == 1:
            fields["issue_date"] = fact_of(dates[0], dates[0].value, 0.6, source)
    _period(scored, fields, source)


def _period(scored: Scored, fields: dict[str, Fact], source: Source) -> None:
    """Start and end together: the pair with the best sum, one after the other on a line at best."""
    starts = scored.scores.get("period_start", scored.scores["period"])
    ends = scored.scores.get("period_end", scored.scores["period"])
    first = sorted(starts, key=lambda i: (-starts[i], i))[:_MOST_DATES]
    last = sorted(ends, key=lambda i: (-ends[i], i))[:_MOST_DATES]
    best: tuple[float, int, int] | None = None
    for i in first:
        for j in last:
            start, end = scored.candidates[i], scored.candidates[j]
            if i == j or start.value > end.value or start.page != end.page:
                continue
            score = starts[i] + ends[j] + _pairing(start, end)
            if best is None or score > best[0]:
                best = (score, i, j)
    if best is None or best[0] < _LEAST_PERIOD:
        return
    _, i, j = best
    for name, index, score in (("period_start", i, starts[i]), ("period_end", j, ends[j])):
        candidate = scored.candidates[index]
        fields[name] = fact_of(candidate, candidate.value, 0.2 + 0.75 * score, source)


def _pairing(start: Candidate, end: Candidate) -> float:
    """Two dates of one range stand on one line, or below one another, the start first."""
    if start.line == end.line:
        return 0.25 if 0 < end.start - start.end < 12 else 0.05
    below = 0 < end.line - start.line < 4 and abs(start.box[0] - end.box[0]) < 20
    return 0.1 if below else -0.3
