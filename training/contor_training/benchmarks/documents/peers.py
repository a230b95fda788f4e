"""Peers: invoice2data with the templates that it ships, and Tesseract as it comes."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass

import pytesseract
from PIL import Image

from contor.documents.page import Page, Word
from contor.documents.scans.raster import Raster
from contor_training.benchmarks.documents.scoring import Score
from contor_training.documents.gold import Example

_FIELDS = {"number": "invoice_number", "gross_total": "amount", "issue_date": "date"}


def invoice2data(examples: Sequence[Example]) -> None:
    """Share of number, total and date that the peer reads; says so where it is not installed.

    It reads with poppler's pdftotext, as its templates expect, else with pdfium.
    """
    try:
        from invoice2data import extract_data
        from invoice2data.extract.loader import read_templates
        from invoice2data.input import pdfium, pdftotext
    except ImportError:
        print("  invoice2data is not installed (extra 'peers')")
        return
    logging.getLogger("invoice2data").setLevel(logging.CRITICAL)
    templates = read_templates()
    reader = pdftotext if shutil.which("pdftotext") else pdfium
    score, matched = Score(), 0
    for example in examples:
        result: dict[str, object] = {}
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            result = extract_data(str(example.path), templates, input_module=reader) or {}
        matched += bool(result)
        for name, key in _FIELDS.items():
            if name in example.accepted:
                score.asked[name] += 1
                score.right[name] += _text(result.get(key)) in example.accepted[name]
    title = f"invoice2data ({reader.__name__.rsplit('.', 1)[-1]})"
    print(f"  {title}: a template matched {matched} of {len(examples)}; ", end="")
    print(", ".join(f"{name} {score.right[name]} of {score.asked[name]}" for name in score.asked))


def _text(value: object) -> str:
    if isinstance(value, float | int):
        return f"{value:.2f}"
    return str(value.date()) if hasattr(value, "date") else str(value).lstrip("#")


@dataclass(frozen=True)
class PlainTesseract:
    """Tesseract on the picture as it is, its words as they come, all languages at once."""

    def recognise(self, raster: Raster, number: int, languages: str) -> Page:
        """The words in points (see ``contor.ports.documents.TextRecogniser``)."""
        os.environ["OMP_THREAD_LIMIT"] = "1"
        picture = Image.frombytes("L", (raster.width, raster.height), raster.pixels)
        found = pytesseract.image_to_data(
            picture,
            lang=languages,
            config=f"--psm 3 --dpi {raster.dpi:.0f}",
            output_type=pytesseract.Output.DICT,
        )
        unit = raster.points_per_pixel
        words = tuple(
            Word(text.strip(), x * unit, y * unit, (x + w) * unit, (y + h) * unit, float(c) / 100)
            for text, c, x, y, w, h in zip(
                *(found[key] for key in ("text", "conf", "left", "top", "width", "height")),
                strict=True,
            )
            if text.strip() and float(c) >= 0
        )
        return Page(number, raster.width * unit, raster.height * unit, words, "ocr")
