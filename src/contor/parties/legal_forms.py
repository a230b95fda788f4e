"""Legal forms of companies and clubs: the words that name them, and which of them are one form.

>>> sorted(legal_forms("netzwerk gmbh co kg")), sorted(legal_forms("netzwerk gesellschaft mbh"))
(['gmbh', 'kg'], ['gmbh'])
>>> without_forms("seller inc")
'seller'
"""

from __future__ import annotations

import re

_SPELT = {
    "gmbh": "mbh ggmbh gesmbh haftung",
    "ug": "haftungsbeschraenkt",
    "ev": "e.v verein",
    "ek": "e.k kfm inhaber inh einzelunternehmen einzelfirma",
    "partg": "partgmbb",
    "ltd": "limited",
    "inc": "incorporated",
    "corp": "corporation",
    "sas": "sasu",
    "srl": "srls",
    "sl": "slu",
    "oy": "oyj",
    "stiftung": "foundation",
}
"""A form and the other words that it goes by (folded)."""
_ALONE = [
    "ag",
    "kg",
    "kgaa",
    "ohg",
    "gbr",
    "eg",
    "se",
    "plc",
    "llp",
    "lp",
    "llc",
    "pty",
    "pte",
    "sa",
    "sarl",
    "eurl",
    "sprl",
    "bvba",
    "bv",
    "nv",
    "vof",
    "spa",
    "snc",
    "sapa",
    "scarl",
    "as",
    "asa",
    "aps",
    "ab",
    "kft",
    "zrt",
    "nyrt",
    "bt",
    "doo",
    "dd",
    "sro",
    "spzoo",
    "ooo",
    "kk",
]
_VAGUE = [
    "co",
    "cie",
    "company",
    "soc",
    "coop",
    "cic",
    "sp",
    "zoo",
    "gesellschaft",
    "mit",
    "beschraenkter",
    "gemeinnuetzige",
    "eingetragener",
    "fka",
    "formerly",
    "trading",
    "dba",
]
"""Words beside a name that go with several forms, or with a name beside the registered one."""
_FORM = {word: form for form, words in _SPELT.items() for word in (form, *words.split())}
_FORM |= {form: form for form in _ALONE}
_WORDS = frozenset(_FORM) | frozenset(_VAGUE)
_JOINED = (
    (re.compile(r"\bg\s*m\s*b\s*h\b"), "gmbh"),
    (re.compile(r"\be\s+v\b"), "ev"),
    (re.compile(r"\be\s+k\b"), "ek"),
    (re.compile(r"\bs\s+r\s+l\b"), "srl"),
    (re.compile(r"\bs\s+p\s+a\b"), "spa"),
    (re.compile(r"\bs\s+a\s+r\s+l\b"), "sarl"),
    (re.compile(r"\bs\s+a\b"), "sa"),
    (re.compile(r"\bb\s+v\b"), "bv"),
    (re.compile(r"\bsp\s+z\s+o\s+o\b"), "spzoo"),
    (re.compile(r"\bs\s+r\s+o\b"), "sro"),
    (re.compile(r"\bt\s*/?\s*a\b|\btrading as\b"), "trading"),
)


def joined(folded: str) -> str:
    """A folded name with its forms in one word each: ``g m b h`` is ``gmbh``."""
    for pattern, form in _JOINED:
        folded = pattern.sub(form, folded)
    return folded


def without_forms(folded: str) -> str:
    """The words of a folded name that are no legal form."""
    return " ".join(word for word in joined(folded).split() if word not in _WORDS)


def legal_forms(folded: str) -> frozenset[str]:
    """The legal forms that a folded name bears, each under one name; empty for none."""
    return frozenset(_FORM[word] for word in joined(folded).split() if word in _FORM)
