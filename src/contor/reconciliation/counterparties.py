"""Which party a bank line's counterparty is: by account, number, mandate, alias, name.

Names are compared once for all lines: distinct counterparty names against distinct party names by
character n-grams (TF-IDF, sparse dot product), then by :func:`contor.parties.names.compared`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from contor.banking.statement import BankLine
from contor.parties.names import comparable, compared
from contor.reconciliation.index import Index
from contor.reconciliation.references import normal, text_keys

_DOMAIN = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
_NAME_FLOOR = 0.82


@dataclass(frozen=True, slots=True)
class PartyEvidence:
    """A party, how sure it is (0 to 1), and what says so."""

    party: str
    score: float
    field: str
    what: str


def resolve_names(names: Iterable[str], index: Index) -> dict[str, list[tuple[str, float]]]:
    """Comparable counterparty name -> parties by falling similarity, at most five."""
    wanted = sorted({name for name in names if name and name not in index.by_name})
    resolved: dict[str, list[tuple[str, float]]] = {}
    known = sorted(index.by_name)
    if not wanted or not known:
        return resolved
    for row, column in _nearest(wanted, known):
        score = compared(wanted[row], known[column])
        if score >= _NAME_FLOOR:
            for party in index.by_name[known[column]]:
                resolved.setdefault(wanted[row], []).append((party, score))
    return {
        name: sorted(found, key=lambda pair: (-pair[1], pair[0]))[:5]
        for name, found in resolved.items()
    }


def _nearest(wanted: list[str], known: list[str]) -> Iterable[tuple[int, int]]:
    """Index pairs of names that share n-grams: the eight nearest of each."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), min_df=1)
    matrix = vectorizer.fit_transform(known)
    queries = vectorizer.transform(wanted)
    top = sp_matmul_topn(queries, matrix.T.tocsr(), top_n=8, threshold=0.3, n_threads=1)
    coordinates = top.tocoo()
    return sorted(zip(coordinates.row.tolist(), coordinates.col.tolist(), strict=True))


def parties_of(
    line: BankLine, index: Index, resolved: dict[str, list[tuple[str, float]]]
) -> dict[str, PartyEvidence]:
    """The parties that ``line`` may be with; a key shared by several parties proves less."""
    found: dict[str, PartyEvidence] = {}

    def add(party: str, score: float, field: str, what: str) -> None:
        if party not in found or found[party].score < score:
            found[party] = PartyEvidence(party, score, field, what)

    for party in (shared := index.by_iban.get(line.counterparty_iban.replace(" ", ""), {})):
        add(party, 0.97 if len(shared) == 1 else 0.6, "counterparty_iban", line.counterparty_iban)
    for party in (shared := index.by_mandate.get(normal(line.mandate_id), {})):
        add(party, 0.97 if len(shared) == 1 else 0.6, "mandate_id", line.mandate_id)
    name = comparable(line.counterparty_name)
    for party in (shared := index.by_name.get(name, {})):
        add(party, 0.92 if len(shared) == 1 else 0.75, "counterparty_name", line.counterparty_name)
    for party, score in resolved.get(name, ()):
        add(party, 0.95 * score, "counterparty_name", line.counterparty_name)
    for key, words in text_keys(f"{line.remittance} {line.end_to_end_id}").items():
        if key in index.by_party_number:
            add(index.by_party_number[key], 0.9, "remittance", f"customer number {words}")
    text = f"{line.remittance} {line.counterparty_name}"
    if "." in text or "@" in text:
        for match in _DOMAIN.finditer(text.lower()):
            for party in (shared := index.by_alias.get(match.group(), {})):
                add(party, 0.9 if len(shared) == 1 else 0.6, "remittance", match.group())
    return found
