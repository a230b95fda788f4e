"""Hybrid invoices as scans: rasterised, clean and degraded, read by recognition.

Rules alone read them (the trained tagger knows these invoices), so the text layer of the same
documents, read by the same rules, stands beside: the difference is what recognition loses.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from contor.bootstrap.documents import tools
from contor.documents.facts import facts_from
from contor.documents.page import Page
from contor.documents.scans.raster import Raster
from contor.ports.documents import TextRecogniser
from contor_training.benchmarks.documents.cpu_time import cpu_seconds
from contor_training.benchmarks.documents.peers import PlainTesseract
from contor_training.benchmarks.documents.scoring import Score
from contor_training.benchmarks.documents.text_parts import HEADER, score_hybrids
from contor_training.documents.gold import Example

_LANGUAGES = "deu+eng+ita"
_CONDITIONS = ((300, False), (300, True), (200, False), (200, True))
_PARTS = (*HEADER, "vat_breakdown")


def scans(examples: Sequence[Example], sample: int) -> None:
    """Each condition with second opinion and repair, and the peer without."""
    chosen = spread(examples, sample)
    pages = sum(len(example.pages) for example in chosen)
    text = score_hybrids(chosen, lambda example: facts_from(example.pages))
    print(f"\nScans of {len(chosen)} hybrid invoices ({pages} pages): header values read exactly")
    print(f"  text layer of the same pages {100 * text.share(named(text)):6.2f} %")
    for dpi, degraded in _CONDITIONS:
        rasters = [list(_rasters(example, dpi, degraded)) for example in chosen]
        title = f"{dpi} dpi {'degraded' if degraded else 'clean'}"
        ours, seconds = _read(chosen, rasters, tools().recogniser, repair=True)
        peer, peer_seconds = _read(chosen, rasters, PlainTesseract(), repair=False)
        print(f"  {title:16} ours {100 * ours.share(named(ours)):6.2f} %", end="")
        print(f"  {seconds:.2f} CPU-s a page", end="")
        print(f"   Tesseract and rules alone {100 * peer.share(named(peer)):6.2f} %", end="")
        print(f"  {peer_seconds:.2f} CPU-s a page")
        print(f"{'':19}confidence >= 0.98: {ours.sure_right} of {ours.sure} right")


def spread(examples: Sequence[Example], sample: int) -> list[Example]:
    """About ``sample`` documents: of every layout the same number, spread over its documents."""
    layouts: dict[tuple[str, int], list[Example]] = {}
    for example in examples:
        if example.path and len(example.pages) <= 3:
            layouts.setdefault((example.group, len(example.pages)), []).append(example)
    each = max(1, round(sample / max(1, len(layouts))))
    return [
        documents[index * len(documents) // min(each, len(documents))]
        for documents in layouts.values()
        for index in range(min(each, len(documents)))
    ]


def named(score: Score) -> list[str]:
    """The values of the header and the VAT breakdown that were asked for."""
    return [name for name in _PARTS if score.asked[name]]


def _rasters(example: Example, dpi: int, degraded: bool) -> Iterator[Raster]:
    assert example.path is not None
    pdf = tools().pdf.open(example.path.read_bytes(), len(example.pages))
    try:
        for page in example.pages:
            raster = pdf.image(page.number, dpi)
            yield degraded_scan(raster, page.number) if degraded else raster
    finally:
        pdf.close()


def degraded_scan(raster: Raster, seed: int) -> Raster:
    """Two degrees of rotation, noise, JPEG of quality 30."""
    picture = Image.frombytes("L", (raster.width, raster.height), raster.pixels)
    turned = picture.rotate(2, Image.Resampling.BICUBIC, fillcolor=255)
    noise = np.random.RandomState(seed).normal(0, 12, (turned.height, turned.width))
    noisy = np.clip(np.asarray(turned, dtype=np.float32) + noise, 0, 255).astype(np.uint8)
    stream = io.BytesIO()
    Image.fromarray(noisy).save(stream, "JPEG", quality=30)
    back = Image.open(io.BytesIO(stream.getvalue())).convert("L")
    return Raster(back.tobytes(), back.width, back.height, raster.dpi)


def _read(
    examples: Sequence[Example],
    rasters: Sequence[Sequence[Raster]],
    recogniser: TextRecogniser,
    *,
    repair: bool,
) -> tuple[Score, float]:
    """Header values right, and CPU seconds a page."""
    before = cpu_seconds()
    pages: list[tuple[Page, ...]] = [
        tuple(
            recogniser.recognise(raster, number, _LANGUAGES)
            for number, raster in enumerate(found, start=1)
        )
        for found in rasters
    ]
    seconds = cpu_seconds() - before
    read = [replace(e, pages=found) for e, found in zip(examples, pages, strict=True)]
    score = score_hybrids(read, lambda example: facts_from(example.pages, None, repair=repair))
    return score, seconds / sum(map(len, pages))
