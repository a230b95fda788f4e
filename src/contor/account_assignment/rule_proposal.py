"""What a rule for lines like this one would ask: whose account, whose name, or which words.

The conditions are a proposal for a person to change: the account number where there is one, since
names are written in many ways; else the name; else the words of the text that are likely to come
again.
"""

from __future__ import annotations

from collections.abc import Mapping

from contor.account_assignment.wording import fold

_SHORTEST, _MOST_WORDS = 4, 3
_MONTHS = frozenset(
    word
    for words in (
        "januar februar marz april mai juni juli august september oktober november dezember",
        "january february march may june july october december",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre dicembre",
    )
    for word in words.split()
)


def conditions_for(line: Mapping[str, str]) -> dict[str, str]:
    """Conditions of an exact rule, by name, from a line's facts.

    >>> conditions_for({"iban": "DE89370400440532013000", "supplier": "Rack AG"})
    {'iban': 'DE89370400440532013000'}
    >>> conditions_for({"supplier": "Rack AG", "description": "Miete"})
    {'supplier': 'Rack AG'}
    >>> conditions_for({"description": "Kontoführung Oktober 2026 Entgelt 12345"})
    {'words': 'kontofuhrung entgelt'}
    """
    for name in ("iban", "supplier"):
        if line.get(name):
            return {name: line[name]}
    spoken = dict.fromkeys(fold(line.get("description", "")).split())
    lasting = [
        word for word in spoken if len(word) >= _SHORTEST and word.isalpha() and word not in _MONTHS
    ]
    return {"words": " ".join(lasting[:_MOST_WORDS])} if lasting else {}
