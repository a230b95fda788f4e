"""The words of a document's pages as bytes that are kept: what facts can be looked for in again.

The form is that of ``contor read-text`` with the source of each page and the confidence of each
word beside it; the same pages give the same bytes.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from typing import Any

from contor.documents.page import Page, Word

MEDIA_TYPE = "application/gzip"


def words_to_bytes(pages: Sequence[Page]) -> bytes:
    """The pages, packed.

    >>> page = Page(1, 595.0, 842.0, (Word("Rechnung", 10.0, 20.0, 60.0, 30.0, 0.9),), "ocr")
    >>> words_from_bytes(words_to_bytes([page])) == (page,)
    True
    """
    record = {"pages": [_page_json(page) for page in pages]}
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def words_from_bytes(content: bytes) -> tuple[Page, ...]:
    """The pages again."""
    record = json.loads(gzip.decompress(content))
    return tuple(_page_from(page) for page in record["pages"])


def _page_json(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "width": round(page.width, 2),
        "height": round(page.height, 2),
        "source": page.source,
        **({"turned": page.turned} if page.turned else {}),
        "words": [
            [word.text, *(round(edge, 2) for edge in word.box), round(word.confidence, 3)]
            for word in page.words
        ],
    }


def _page_from(record: dict[str, Any]) -> Page:
    words = tuple(Word(*row) for row in record["words"])
    source, turned = record["source"], record.get("turned", 0)
    return Page(record["number"], record["width"], record["height"], words, source, turned)
