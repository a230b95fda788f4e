"""The wordings that stand beside facts, found in a line: *Rechnungsnummer*, *Total TTC*, *Due date*.

Words are compared without accents, case and punctuation; a word broken by bad kerning
(*Br uttosumme*), lost spaces (*TOTALHT*) and one misread letter in a long word are forgiven.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import yaml

_TOKEN = re.compile(r"[^\W_]+|[#%@]")
_LONG = 6
_FORGIVEN = 8
_UMLAUT = re.compile(r"([aou])e(?!u)")


@dataclass(frozen=True, slots=True)
class Token:
    """A normalised word and the place it takes in its text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Label:
    """A wording found, with its place in the text and the number of its words."""

    concept: str
    start: int
    end: int
    words: int


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case without accents; ß becomes ss, ° and º vanish.

    >>> fold("Fälligkeitsdatum"), fold("Échéance"), fold("GRÖSSE")
    ('falligkeitsdatum', 'echeance', 'grosse')
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c not in "°º")


def tokens_of(text: str) -> list[Token]:
    """Normalised words of a text.

    >>> [token.text for token in tokens_of("Rechnungs-Nr.: 47/11")]
    ['rechnungs', 'nr', '47', '11']
    """
    return [Token(fold(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text)]


class Lexicon:
    """Wordings by their first word, for looking up at any place of a line."""

    def __init__(self, concepts: dict[str, str]) -> None:
        self.concepts = tuple(concepts)
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self.vocabulary: set[str] = set()
        for concept, wordings in concepts.items():
            for wording in wordings.split(";"):
                self._add(tuple(token.text for token in tokens_of(wording)), concept)
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry))
        self._run_together = {
            "".join(words): words
            for entries in self._by_first.values()
            for words, _ in entries
            if len(words) > 1 and len("".join(words)) >= _LONG
        }
        self._neighbours: dict[str, str] = {}
        for word in sorted(self.vocabulary, key=len):
            if len(word) >= _FORGIVEN:
                for shorter in _without_one(word):
                    self._neighbours.setdefault(shorter, word)

    def _add(self, words: tuple[str, ...], concept: str) -> None:
        """Add a wording, and its form with umlauts (*faellig*, *fällig*)."""
        plain = tuple(_UMLAUT.sub(r"\1", word) if len(word) > 4 else word for word in words)
        for form in {words, plain}:
            if form:
                self._by_first.setdefault(form[0], []).append((form, concept))
                self.vocabulary.update(form)

    def find(self, text: str) -> list[Label]:
        """Labels of a text; of overlapping ones with the same concept only the longest.

        >>> [label.concept for label in lexicon().find("Rechnungsdatum: 05.03.2018")]
        ['issue_date']
        """
        tokens = self._repaired(tokens_of(text))
        texts = [token.text for token in tokens]
        found: list[Label] = []
        taken: dict[str, int] = {}
        covered = 0
        for index, word in enumerate(texts):
            longest = 0
            for words, concept in self._by_first.get(word, ()):
                size = len(words)
                if size < longest or tuple(texts[index : index + size]) != words:
                    continue
                if index + size <= covered or taken.get(concept, 0) > index:
                    continue
                longest = size
                taken[concept] = index + size
                end = tokens[index + size - 1].end
                found.append(Label(concept, tokens[index].start, end, size))
            covered = max(covered, index + longest if longest > 1 else covered)
        return found

    def _repaired(self, tokens: list[Token]) -> list[Token]:
        """Tokens with broken words joined and misread letters set right."""
        repaired: list[Token] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            index += 1
            if token.text not in self.vocabulary and token.text.isalpha():
                if token.text in self._run_together:
                    repaired.extend(_parts(token, self._run_together[token.text]))
                    continue
                if index < len(tokens) and token.end < tokens[index].start:
                    joined = token.text + tokens[index].text
                    if len(joined) >= _LONG and joined in self.vocabulary:
                        token = Token(joined, token.start, tokens[index].end)
                        index += 1
                        repaired.append(token)
                        continue
                if len(token.text) >= _FORGIVEN:
                    token = Token(self._nearest(token.text), token.start, token.end)
            repaired.append(token)
        return repaired

    def _nearest(self, word: str) -> str:
        return self._neighbours.get(word) or next(
            (
                self._neighbours[shorter]
                for shorter in _without_one(word)
                if shorter in self._neighbours
            ),
            word,
        )


def _parts(token: Token, words: tuple[str, ...]) -> list[Token]:
    """The words of a wording whose spaces were lost (*TOTALHT*)."""
    parts, start = [], token.start
    for word in words:
        parts.append(Token(word, start, min(token.end, start + len(word))))
        start = parts[-1].end
    return parts


def _without_one(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


@lru_cache(maxsize=8192)
def labels_in(text: str) -> tuple[Label, ...]:
    """Labels of a text by the lexicon of the house; headings come back on every page."""
    return tuple(lexicon().find(text))


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the house."""
    text = (
        resources.files(__package__ or "contor.documents")
        .joinpath("labels.yaml")
        .read_text("utf-8")
    )
    return Lexicon(yaml.safe_load(text))
