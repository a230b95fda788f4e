"""The trade lexicon: what suppliers' wording means in the words of a chart of accounts.

Package data beside this module, written for the hosting trade in German, English and Italian; see
its first lines for the form.

>>> [concept.name for concept, _ in read_lexicon().concepts_in("Kontoführungsgebühren Mai")]
['bank_fees']
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from contor.account_assignment.wording import fold

_INFIX = 5
"""A beginning at least this long may stand inside a compound word."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A kind of purchase: account names that mean it, the most usual ones first.

    ``tiers`` are groups of names of the same account in several charts and languages.
    """

    name: str
    tiers: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TradeWord:
    """A concept's trade word: the beginnings that must all start words of a text."""

    concept: int
    beginnings: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Concepts, their trade words by the first letters, and words of unlikely accounts."""

    concepts: tuple[Concept, ...]
    words: dict[str, tuple[TradeWord, ...]]
    unlikely: tuple[str, ...]

    def concepts_in(self, text: str) -> list[tuple[Concept, float]]:
        """The concepts a text speaks of with their strength, strongest first."""
        tokens = fold(text).split()[:60]
        found: dict[int, float] = {}
        for token in tokens:
            for start in range(max(len(token) - 2, 1)):
                for word in self.words.get(token[start : start + 3], ()):
                    strength = _strength(word, token, start, tokens)
                    if strength:
                        found[word.concept] = max(found.get(word.concept, 0.0), strength)
        order = sorted(found, key=lambda number: (-found[number], number))
        return [(self.concepts[number], found[number]) for number in order]


def _strength(word: TradeWord, token: str, start: int, tokens: list[str]) -> float:
    """How strongly a trade word is present, its first beginning at ``token[start:]``; 0: not."""
    first = word.beginnings[0]
    if word.whole:
        return 1.0 if token == first else 0.0
    if not token.startswith(first, start) or (start and len(first) < _INFIX):
        return 0.0
    if len(first) <= 3 and len(token) > len(first) + 1:
        return 0.0
    for other in word.beginnings[1:]:
        if not any(_begins(one, other) for one in tokens):
            return 0.0
    whole = sum(min(len(beginning), 9) for beginning in word.beginnings) / 9.0
    exact = 0.15 if token == first else 0.0
    return (whole + exact) * (0.75 if start else 1.0)


def _begins(token: str, beginning: str) -> bool:
    return token.startswith(beginning) or (len(beginning) >= _INFIX and beginning in token)


@cache
def read_lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    source = files("contor.account_assignment").joinpath("trade_lexicon.txt")
    concepts: list[Concept] = []
    words: defaultdict[str, list[TradeWord]] = defaultdict(list)
    unlikely: tuple[str, ...] = ()
    for line in source.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if cells[0] == "!":
            unlikely = tuple(part.strip() for part in cells[1].split(";"))
            continue
        tiers = tuple(
            tuple(part.strip() for part in tier.split(";")) for tier in cells[1].split(">")
        )
        for part in cells[2].split(";"):
            plain = part.strip()
            beginnings = tuple(fold(plain.lstrip("=")).split())
            if beginnings:
                word = TradeWord(len(concepts), beginnings, plain.startswith("="))
                words[beginnings[0][:3]].append(word)
        concepts.append(Concept(cells[0], tiers))
    table = {start: tuple(found) for start, found in words.items()}
    return Lexicon(tuple(concepts), table, unlikely)
