"""Hybrid invoices as photos on a dark table: read as they are, and with the sheet laid flat.

The photos are made (``contor_training.synthetic.photos``), the invoices are real; rules alone read
them, as in the part of scans.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

from PIL import Image, ImageOps

from contor.bootstrap.documents import tools
from contor.documents.facts import facts_from
from contor.documents.page import Page
from contor.documents.scans.raster import USUAL_LANGUAGES, Raster
from contor_training.benchmarks.documents.cpu_time import cpu_seconds
from contor_training.benchmarks.documents.scan_part import named, spread
from contor_training.benchmarks.documents.text_parts import score_hybrids
from contor_training.documents.gold import Example
from contor_training.synthetic.photos import photograph

_SEED, _DPI = 4004, 250
_TURNS = (("portrait", 0), ("on its side", 1))


def photos(examples: Sequence[Example], sample: int) -> None:
    """Header values read exactly, for sheets that stand and that lie on their side."""
    chosen = [example for example in spread(examples, sample) if len(example.pages) == 1]
    print(f"\nPhotos of {len(chosen)} hybrid invoices of one page on a dark table")
    for title, turns in _TURNS:
        pictures = [_photo(example, at, turns) for at, example in enumerate(chosen)]
        for how, prepare in (("as they are", _as_it_is), ("laid flat", _read)):
            started = cpu_seconds()
            rasters = [prepare(picture) for picture in pictures]
            prepared = cpu_seconds() - started
            read = [
                replace(example, pages=(_page(raster),))
                for example, raster in zip(chosen, rasters, strict=True)
            ]
            seconds = (cpu_seconds() - started) / len(chosen)
            score = score_hybrids(read, lambda example: facts_from(example.pages))
            print(
                f"  {title:12} {how:12} {100 * score.share(named(score)):6.2f} %  "
                f"{seconds:.2f} CPU-s a photo, {prepared / len(chosen):.2f} of them to open it"
            )


def _photo(example: Example, number: int, turns: int) -> bytes:
    assert example.path is not None
    pdf = tools().pdf.open(example.path.read_bytes(), 1)
    try:
        raster = pdf.image(1, _DPI)
    finally:
        pdf.close()
    page = Image.frombytes("L", (raster.width, raster.height), raster.pixels)
    return photograph(page, [_SEED, number, turns], turns).content


def _as_it_is(content: bytes) -> Raster:
    with Image.open(io.BytesIO(content)) as picture:
        grey = ImageOps.exif_transpose(picture).convert("L")
    return Raster(grey.tobytes(), grey.width, grey.height, 72.0)


def _read(content: bytes) -> Raster:
    _, (raster,) = tools().pictures.images(content, 1)
    assert raster is not None
    return raster


def _page(raster: Raster) -> Page:
    return tools().recogniser.recognise(raster, 1, USUAL_LANGUAGES)
