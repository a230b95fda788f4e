"""A document with everything that learning needs and that does not itself depend on learning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.documents.address_blocks import Block
from contor.documents.address_spans import AddressSpan, address_spans
from contor.documents.candidates import CandidateKind
from contor.documents.counted_sheets import counted_sheets
from contor.documents.dates.periods import Period, find_periods
from contor.documents.document_text import DocumentText
from contor.documents.name_candidates import NameCandidate, name_candidates
from contor.documents.party_blocks import find_blocks
from contor.documents.scored_values import Scored, rows_of, score_candidates
from contor_training.documents.gold import Example


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with everything that does not depend on what is learnt."""

    example: Example
    document: DocumentText
    scored: Scored
    rows: Mapping[CandidateKind, NDArray[np.float32]]
    blocks: Sequence[Block]
    names: Sequence[NameCandidate]
    spans: Sequence[AddressSpan]
    periods: Sequence[Period]


def prepare(example: Example) -> Prepared:
    """Candidates and features of a document."""
    _, document = counted_sheets(example.pages, repair=False)
    scored = score_candidates(document)
    blocks = find_blocks(document)
    kinds: tuple[CandidateKind, ...] = ("amount", "date")
    return Prepared(
        example,
        document,
        scored,
        {kind: rows_of(document, scored, kind) for kind in kinds},
        blocks,
        name_candidates(document, blocks),
        address_spans(document),
        find_periods(document, scored.candidates, scored.contexts),
    )
