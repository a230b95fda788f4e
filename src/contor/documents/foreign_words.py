"""Somebody else's recognition: words and boxes of pages as JSON, checked and made our own."""

from __future__ import annotations

import json
import math
from typing import Any

from contor.documents.page import Page, Word
from contor.errors import Refusal


def pages_of(line: str) -> tuple[str, tuple[Page, ...]]:
    """Id and pages of one record ``{"id", "pages": [{"width", "height", "words": [...]}]}``.

    >>> name, pages = pages_of('{"id": "a", "pages": [{"width": 10, "height": 20, '
    ...                        '"words": [["Total", 1, 2, 5, 4]]}]}')
    >>> name, pages[0].words[0].text
    ('a', 'Total')

    Raises:
        Refusal: ``bad_record`` with what is wrong.
    """
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise _bad(f"not JSON: {error.msg} at column {error.colno}") from error
    if not isinstance(record, dict) or not isinstance(record.get("pages"), list):
        raise _bad("no object with pages")
    pages = tuple(_page(page, number) for number, page in enumerate(record["pages"], start=1))
    return str(record.get("id", "")), pages


def _page(page: Any, number: int) -> Page:
    try:
        width, height = float(page["width"]), float(page["height"])
        words = tuple(word for row in page["words"] if (word := _word(row)))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise _bad(f"page {number}: {type(error).__name__} {error}") from error
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise _bad(f"page {number}: no size")
    return Page(number, width, height, words, "ocr")


def _word(row: Any) -> Word | None:
    text = str(row[0]) if isinstance(row[0], str | int | float) else ""
    x0, y0, x1, y1 = (float(edge) for edge in row[1:5])
    if not text.strip() or not all(map(math.isfinite, (x0, y0, x1, y1))):
        return None
    left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    return Word(text, left, top, right, max(bottom, top + 0.1))


def _bad(what: str) -> Refusal:
    return Refusal(
        "bad_record",
        "The record cannot be used: {what}.",
        'Write one JSON object per line: {{"id", "pages": [{{"width", "height", "words"}}]}}.',
        what=what,
    )
