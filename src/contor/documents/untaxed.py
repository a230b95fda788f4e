"""Why no VAT is charged, by the wording (UNCL 5305): K, AE, G, O or E."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_UNTAXED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "K",
        re.compile(
            r"innergemeinschaftliche\w* liefer|intra-community supply|livraison intracommunautaire|"
            r"cessione intracomunitaria|art\.? ?41\b.{0,20}331",
        ),
    ),
    (
        "AE",
        re.compile(
            r"reverse[\s-]charge|steuerschuldnerschaft|§\s?13\s?b|autoliquidation|"
            r"inversione contabile|btw verlegd|art(?:icle|\.)?\s?196|"
            r"steuerschuld (?:geht|wechselt|liegt)|umkehr der steuerschuld|steuerschuldumkehr|"
            r"übergang der steuerschuld|tva due par le preneur|vat reverse[ds]? charged?|"
            r"(?:recipient|customer|buyer) (?:is liable|is to account|to account|must account) for (?:the )?vat|"
            r"vat (?:is )?to be accounted for by the (?:recipient|customer|buyer)",
        ),
    ),
    (
        "G",
        re.compile(
            r"steuerfreie ausfuhr|ausfuhrlieferung|\bexport\b|exportation|262 i\b|"
            r"esportazione|art\.? ?8\b.{0,20}633",
        ),
    ),
    (
        "O",
        re.compile(
            r"nicht (?:im inland )?steuerbar|outside the scope|not subject to (?:eu )?vat|"
            r"non soggett|fuori campo|hors champ",
        ),
    ),
    (
        "E",
        re.compile(
            r"steuerfrei|steuerbefrei|umsatzsteuerbefrei|§\s?(?:4|19)\b.{0,24}ustg|kleinunternehmer|"
            r"exempt|exon[ée]r|non applicable|esente|franchigia|regime forfettario|vrijgesteld",
        ),
    ),
)
"""In small letters: asked of small text they are several times as fast as patterns blind to case."""
_RATE = re.compile(r"(?<![\d.,])(?:[3-9]|1\d|2[0-7])(?:[.,]\d{1,2})?\s?%")
_TAX_WORD = re.compile(
    r"\b(?:mwst|ust|umsatzst\w*|mehrwertst\w*|vat|tva|iva|gst|sales tax|btw)\b", re.IGNORECASE
)
_PLAINLY = frozenset({"K", "AE", "O", "E"})


_BY_THE_BUYER = tuple(words for code, words in _UNTAXED if code in {"K", "AE"})


def buyer_owes_tax(texts: Sequence[str]) -> bool:
    """Whether the wording leaves the tax to the buyer, in the trade of two countries or at home.

    >>> buyer_owes_tax(["Die Steuerschuld geht auf den Leistungsempfänger über."])
    True
    """
    whole = " ".join(texts).lower()
    return any(words.search(whole) for words in _BY_THE_BUYER)


def reason_untaxed(texts: Sequence[str]) -> str | None:
    """The category that the wording tells, None where it tells none.

    >>> reason_untaxed(["Steuerschuldnerschaft des Leistungsempfängers"]), reason_untaxed(["Total"])
    ('AE', None)
    """
    return _reason(" ".join(texts).lower())


@lru_cache(maxsize=16)
def _reason(whole: str) -> str | None:
    """The category, asked several times of a paper."""
    return next((code for code, words in _UNTAXED if words.search(whole)), None)


def is_untaxed(texts: Sequence[str]) -> bool:
    """Whether the wording says that no tax is charged and no line names a rate of tax.

    >>> is_untaxed(["Gemäß § 19 UStG wird keine Umsatzsteuer berechnet."])
    True
    >>> is_untaxed(["Porto steuerfrei", "zzgl. 19 % MwSt 19,00"])
    False
    """
    if reason_untaxed(texts) not in _PLAINLY:
        return False
    return not names_rate_of_vat(texts)


def names_rate_of_vat(texts: Sequence[str]) -> bool:
    """Whether a line names a tax on sales and a rate of it."""
    return any(_RATE.search(text) and _TAX_WORD.search(text) for text in texts)
