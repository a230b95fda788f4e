"""Pages typed on an imaginary typewriter: every character six points wide, lines fifteen apart."""

from __future__ import annotations

import re

from contor.documents.facts import Facts
from contor.documents.page import Page, Source, Word

_WIDTH = 6.0
_LINE = 15.0


def value(facts: Facts, name: str) -> str | None:
    """What was read of a field, None where nothing was."""
    fact = facts.fields.get(name)
    return fact.value if fact else None


def values(facts: Facts, *names: str) -> tuple[str | None, ...]:
    """What was read of several fields."""
    return tuple(value(facts, name) for name in names)


def told(facts: Facts) -> dict[str, str]:
    """The values of all fields that were read."""
    return {name: fact.value for name, fact in facts.fields.items()}


def page_of(text: str, number: int = 1, source: Source = "text") -> Page:
    """A page whose words stand where they stand in the text; blanks are as wide as letters."""
    words = []
    for row, line in enumerate(text.strip("\n").split("\n")):
        top = 40 + row * _LINE
        for match in re.finditer(r"\S+", line):
            x0 = 40 + match.start() * _WIDTH
            x1 = 40 + match.end() * _WIDTH - 1
            words.append(Word(match[0], x0, top, x1, top + 10.0))
    return Page(number, 595.0, 842.0, tuple(words), source)
