"""Hybrid invoices as scans: rasterised, clean and degraded, read by recognition."""

from __future__ import annotations

import io
import resource
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from contor.bootstrap.documents import plain_recogniser, tools
from contor.documents.facts import Facts, facts_from
from contor.documents.page import Page
from contor.documents.raster import Raster
from contor.ports.documents import TextRecogniser
from contor_training.benchmarks.documents.text_parts import HEADER, score_hybrids
from contor_training.documents.gold import Example

_LANGUAGES = "deu+eng+ita"


def scans(examples: Sequence[Example], sample: int) -> None:
    """Each condition with second opinion and repair, and without as the peer."""
    chosen = [e for e in examples if e.path and len(e.pages) <= 3][
        :: max(1, len(examples) // sample)
    ]
    print(f"\nScans of {len(chosen)} hybrid invoices: share of header values read exactly")
    for dpi, degraded in ((300, False), (300, True), (200, False)):
        rasters = {example.name: list(_rasters(example, dpi, degraded)) for example in chosen}
        title = f"{dpi} dpi {'degraded' if degraded else 'clean'}"
        ours = _read(chosen, rasters, tools().recogniser, repair=True)
        peer = _read(chosen, rasters, plain_recogniser(), repair=False)
        print(f"  {title:16} ours {ours[0]:6.2f} %  {ours[1]:.2f} CPU-s a page", end="")
        print(f"   Tesseract and rules alone {peer[0]:6.2f} %  {peer[1]:.2f} CPU-s a page")


def _rasters(example: Example, dpi: int, degraded: bool) -> Iterator[Raster]:
    assert example.path is not None
    pdf = tools().pdf.open(example.path.read_bytes(), len(example.pages))
    try:
        for page in example.pages:
            raster = pdf.image(page.number, dpi)
            yield _degraded(raster, page.number) if degraded else raster
    finally:
        pdf.close()


def _degraded(raster: Raster, seed: int) -> Raster:
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
    rasters: dict[str, list[Raster]],
    recogniser: TextRecogniser,
    *,
    repair: bool,
) -> tuple[float, float]:
    """Share of header values right in percent, and CPU seconds a page."""
    before = _cpu()
    pages: dict[str, tuple[Page, ...]] = {
        name: tuple(
            recogniser.recognise(raster, number, _LANGUAGES)
            for number, raster in enumerate(found, start=1)
        )
        for name, found in rasters.items()
    }
    seconds = _cpu() - before
    count = sum(map(len, pages.values()))

    def facts(example: Example) -> Facts:
        return facts_from(example.pages, None, repair=repair)

    score = score_hybrids([replace(e, pages=pages[e.name]) for e in examples], facts)
    names = [name for name in (*HEADER, "vat_breakdown") if score.asked[name]]
    return 100 * score.share(names), seconds / count


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
