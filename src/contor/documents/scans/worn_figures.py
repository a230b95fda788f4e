"""Figures of a scan set right where their form leaves no doubt: ``198:,00``, ``1OO,00``, ``470,1 5``.

Only the form decides here; digits that are merely unlikely are left to the arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from contor.documents.page import Page, Word
from contor.documents.scans.check_digit_repair import repaired_vat_id

_AMOUNT = re.compile(r"[-+]?(?:\d{1,3}(?:[.,'’]\d{3})+|\d+)[.,]\d{2}[€$%]?[.,:;]?")
_WORN_DATE = re.compile(r"(\d{1,2})[.,:;]{1,2}(\d{1,2})[.,:;]{1,2}((?:19|20)\d{2})(?=\D{0,2}$)")
_WORN_VAT_ID = re.compile(r"(?:DE|ATU)[0-9A-Zl|]{8,10}")
_IBAN_HEAD = re.compile(r"[A-Z]{2}(?:\d[OQDISBZl|]|[OQDISBZl|]\d)(?=$|[0-9A-Z]{11})")
_IBAN_REST = re.compile(r"[0-9A-Z]{4}(?:$|\d{7})")
_DIRT = re.compile(r"^[.,:;'\"`~°>»*]+(?=[-+]?[\dA-Z]{2})")
_MARKS = re.compile(r"(?<=\d)[.,:;]{2,3}(?=\d{2}(?!\d))")
_APOSTROPHE = re.compile(r"(?<=\d)[°º*\"`´‘“”](?=\d{3}(?:['’]\d{3})*[.,]\d{2}$)")
"""The mark of thousands on Swiss bills, as it is misread."""
_MINUS = re.compile(r"^[=~—–_](?=\d+[.,]\d\d$)")
_LOOKALIKES = str.maketrans("OoQDIl|iSsBZz", "0000111155822")
_PART = re.compile(r"[-+]?\d[\d.,'’]*|[.,]\d[\d.,]*|\d[\d.,]*[€%]|[.,]\d{2}[€%]")
_NARROW = 0.3
"""Words closer than this share of their height are one word; a space is wider."""
_LESS_SURE = 0.9


def mended(page: Page) -> Page:
    """The page with its worn figures set right; a text layer, and words that nobody doubts, as is."""
    if page.source != "ocr":
        return page
    words = _joined(page.words)
    following = [word.text for word in words[1:]] + [""]
    return replace(page, words=tuple(map(_mended, words, following)))


def mended_figure(text: str) -> str:
    """The figure that a worn text can only be, else the text.

    >>> mended_figure("198:,00"), mended_figure("1OO,00"), mended_figure("=9,07")
    ('198,00', '100,00', '-9,07')
    >>> mended_figure("03:06.2018"), mended_figure(":.,GE2020211"), mended_figure("GB12")
    ('03.06.2018', 'GE2020211', 'GB12')
    >>> mended_figure("1°193.49"), mended_figure("25°C")
    ("1'193.49", '25°C')
    """
    if not any(map(str.isdigit, text)):
        return text
    text = _DIRT.sub("", text)
    if _WORN_VAT_ID.fullmatch(text):
        return repaired_vat_id(text) or text
    date = _WORN_DATE.search(text)
    if date:
        return text[: date.start()] + ".".join(date.groups()) + text[date.end() :]
    text = _MARKS.sub(lambda match: "," if "," in match[0] else ".", text)
    text = _APOSTROPHE.sub("'", _MINUS.sub("-", text))
    if _AMOUNT.fullmatch(text):
        return text
    digits = text.translate(_LOOKALIKES)
    mostly = sum(map(str.isdigit, text)) * 2 >= len(text)
    return digits if mostly and _AMOUNT.fullmatch(digits) else text


def _mended(word: Word, following: str) -> Word:
    text = mended_figure(word.text) if word.confidence < 1 else word.text
    if word.confidence < 1 and _IBAN_HEAD.match(text) and _IBAN_REST.match(text[4:] or following):
        text = text[:2] + text[2:4].translate(_LOOKALIKES) + text[4:]
    if text == word.text:
        return word
    return replace(word, text=text, confidence=round(_LESS_SURE * word.confidence, 3))


def _joined(words: Sequence[Word]) -> list[Word]:
    """The words with the parts of broken amounts put together."""
    joined: list[Word] = []
    for word in words:
        if joined and _broken(joined[-1], word):
            before = joined[-1]
            sure = round(_LESS_SURE * min(before.confidence, word.confidence), 3)
            joined[-1] = Word(
                before.text + word.text, before.x0, min(before.y0, word.y0), word.x1,
                max(before.y1, word.y1), sure,
            )  # fmt: skip
        else:
            joined.append(word)
    return joined


def _broken(before: Word, word: Word) -> bool:
    """Whether two words are one amount that recognition broke."""
    if before.confidence == 1:
        return False
    gap = word.x0 - before.x1
    level = abs(word.middle - before.middle) < 0.5 * before.height
    if not level or not -before.height < gap < _NARROW * before.height:
        return False
    parts = _PART.fullmatch(before.text) and _PART.fullmatch(word.text)
    whole = _AMOUNT.fullmatch(before.text + word.text)
    return bool(parts and whole and not _AMOUNT.fullmatch(before.text))
