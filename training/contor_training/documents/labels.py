"""Which candidates of a document are right, by its gold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from contor.documents.candidates import Candidate, CandidateKind
from contor.documents.name_candidates import without_code
from contor.documents.suppliers.memory import squeeze
from contor_training.documents.prepared import Prepared
from contor_training.documents.text_fit import first_of

Labels = NDArray[np.int8]


def value_labels(p: Prepared, head: str, kind: CandidateKind) -> Labels:
    """Which amounts or dates are the field."""
    accepted = p.example.accepted[head]
    candidates = [p.scored.candidates[i] for i in p.scored.of_kind(kind)]
    return np.array([_is_value(c, accepted) for c in candidates], dtype=np.int8)


def _is_value(candidate: Candidate, accepted: Sequence[str]) -> bool:
    if candidate.number is not None:
        return f"{abs(candidate.number):.2f}" in {value.removeprefix("-") for value in accepted}
    return candidate.value in accepted


def name_labels(p: Prepared, head: str) -> Labels:
    """Which names are the party; the nearest where recognition misread it."""
    wanted = squeeze(without_code(first_of(p.example.accepted, head)))
    keys = [squeeze(c.text) for c in p.names]
    exact = [key == wanted for key in keys]
    if not any(exact):
        exact = [fuzz.ratio(key, wanted) > 90 for key in keys]
    return np.array(exact, dtype=np.int8)


def period_labels(p: Prepared) -> Labels:
    """Which printed period is the document's, start and end."""
    accepted = p.example.accepted
    candidates = p.scored.candidates
    return np.array(
        [
            candidates[period.start].value in accepted["period_start"]
            and candidates[period.end].value in accepted["period_end"]
            for period in p.periods
        ],
        dtype=np.int8,
    )


def span_labels(p: Prepared) -> Labels:
    """Which run of lines is the address of the seller."""
    wanted = squeeze(first_of(p.example.accepted, "seller_address"))
    keys = [squeeze(span.text) for span in p.spans]
    exact = [key == wanted for key in keys]
    if not any(exact):
        ratios = [fuzz.ratio(key, wanted) for key in keys]
        best = max(ratios, default=0.0)
        exact = [ratio == best and best > 90 for ratio in ratios]
    return np.array(exact, dtype=np.int8)
