"""Numbers that are written with blanks (*RE 2026 0815*), found by the form a supplier uses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText

_MOST = 40


def hidden_codes(
    document: DocumentText, candidates: Sequence[Candidate], patterns: Sequence[str]
) -> tuple[Candidate, ...]:
    """Candidates for codes of the patterns, where no date or identifier stands."""
    if not patterns:
        return ()
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(patterns) + r")(?!\w)")
    taken = {(c.line, c.start, c.end) for c in candidates if c.kind not in {"code", "amount"}}
    found: list[Candidate] = []
    for index, line in enumerate(document.lines):
        for match in pattern.finditer(line.text):
            start, end = match.span()
            if any(i == index and start < e and s < end for i, s, e in taken):
                continue
            found.append(
                Candidate(
                    "code", " ".join(match[0].split()), match[0], index, start, end,
                    line.line.page, line.box(start, end), line.confidence(start, end),
                )
            )  # fmt: skip
    return tuple(found[:_MOST])
