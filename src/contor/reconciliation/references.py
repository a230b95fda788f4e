"""Reference keys: how a document number may come back in a payer's text.

A number is indexed under its whole form, its digits, and its last run of digits; a text is cut
into tokens, neighbours are joined, and the same forms are taken of each. The longer the key, the
stronger it is as evidence; years and short runs prove nothing.

>>> dict(number_keys("RE-2026-00471"))["202600471"]
0.9
>>> text_keys("Zahlung Rg. RE 2026/00471 v. 3.9.")["RE202600471"]
'RE 2026/00471'
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

_TOKEN = re.compile(r"[^\W_]+")
_RUN = re.compile(r"\d+")
_YEAR = re.compile(r"(19|20)\d\d")
_LOOK_ALIKE = str.maketrans("OQDILSBZG", "000115826")
STRONG = 0.85
_WINDOW = 4


def normal(number: str) -> str:
    """Capital letters and digits only."""
    return "".join(_TOKEN.findall(number.upper()))


def _weight(key: str) -> float:
    """How much a key proves by its own length: digits count, letters add a little."""
    digits = sum(c.isdigit() for c in key)
    if digits < 3 or (len(key) == 4 and _YEAR.fullmatch(key)):
        return 0.3 if len(key) >= 3 and digits else 0.0
    if digits >= 6 or (digits >= 4 and len(key) >= 6):
        return 1.0
    return 0.9 if digits >= 5 or len(key) >= 6 else 0.7 if digits == 4 else 0.5


def number_keys(number: str) -> tuple[tuple[str, float], ...]:
    """Keys of a document number with their strength, 0 to 1, the strongest first."""
    whole = normal(number)
    if not any(c.isdigit() for c in whole):
        return ((whole, 0.6),) if len(whole) >= 6 else ()
    keys = {whole: _weight(whole)}
    digits = "".join(_RUN.findall(whole))
    for form in (digits, digits.lstrip("0")):
        if len(form) >= 4:
            keys.setdefault(form, 0.9 * _weight(form))
    runs = _RUN.findall(number)
    if runs:
        for form in (runs[-1], runs[-1].lstrip("0")):
            if len(form) >= 3:
                keys.setdefault(form, 0.8 * _weight(form))
    return tuple(sorted(((k, w) for k, w in keys.items() if w > 0), key=lambda p: (-p[1], p[0])))


@lru_cache(maxsize=100_000)
def text_keys(text: str) -> dict[str, str]:
    """Every key that ``text`` may mean, with the words it stands for."""
    found: dict[str, str] = {}
    matches = list(_TOKEN.finditer(text.upper()))
    tokens = [match.group() for match in matches]
    for start in range(len(tokens)):
        joined = ""
        for end in range(start, min(start + _WINDOW, len(tokens))):
            if end > start and matches[end].start() - matches[end - 1].end() > 3:
                break
            joined += tokens[end]
            if len(joined) > 35:
                break
            if not any(c.isdigit() for c in joined):
                continue
            words = text[matches[start].start() : matches[end].end()]
            _add_forms(found, joined, words, whole=end == start)
    return found


def _add_forms(found: dict[str, str], joined: str, words: str, *, whole: bool) -> None:
    if len(joined) >= 3:
        found.setdefault(joined, words)
    if not joined.isdigit():
        digits = "".join(_RUN.findall(joined))
        if len(digits) >= 4:
            found.setdefault(digits, words)
        if whole:
            for run in _RUN.findall(joined):
                if len(run) >= 3:
                    found.setdefault(run, words)
    elif joined[0] == "0" and len(joined.lstrip("0")) >= 3:
        found.setdefault(joined.lstrip("0"), words)


def resemblance(number: str, keys: dict[str, str], cut_text: str = "") -> tuple[float, str]:
    """How nearly ``number`` stands in the text: misread letters, one slip, a cut end; and where.

    Exact occurrences are not looked for here: the index finds those.
    """
    whole = normal(number)
    if len(whole) < 5:
        return 0.0, ""
    seen = whole.translate(_LOOK_ALIKE)
    best, where = 0.0, ""
    for key, words in keys.items():
        if abs(len(key) - len(whole)) > 1 or not any(c.isdigit() for c in key):
            continue
        if key.translate(_LOOK_ALIKE) == seen and best < 0.8:
            best, where = 0.8, words
        elif best < 0.7 and OSA.distance(key, whole, score_cutoff=1) == 1:
            best, where = 0.7, words
    tail = normal(cut_text[-len(whole) - 6 :])
    if best < 0.6 and len(whole) >= 7:
        for size in range(len(whole) - 1, 4, -1):
            if tail.endswith(whole[:size]) and any(c.isdigit() for c in whole[:size]):
                return 0.45 + 0.2 * size / len(whole), whole[:size]
    return best, where
