"""A page as a scanner or a phone sees it: turned a little, grey, noisy, packed too hard."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Grey = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scan:
    """One page as JPEG, with how it was made: ``box * dpi / 72`` turned by ``angle`` degrees."""

    content: bytes
    dpi: int
    angle: float
    quality: int


def scan(pdf: bytes, seed: int, number: int) -> list[Scan]:
    """Every page of ``pdf``; the same seed and number give the same pictures."""
    rng = np.random.default_rng([seed, number])
    dpi = int(rng.choice((150, 200, 300)))
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            _page(document[at].render(scale=dpi / 72).to_pil(), dpi, rng)
            for at in range(len(document))
        ]
    finally:
        document.close()


def _page(image: Image.Image, dpi: int, rng: np.random.Generator) -> Scan:
    angle = round(float(rng.normal(0, 0.8)), 2)
    quality = int(rng.integers(30, 86))
    turned = image.convert("L").rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(float(rng.uniform(0, 0.9)) * dpi / 300))
    grey = np.asarray(soft, dtype=np.float64)
    lit = _light(grey.shape, rng) * (grey * float(rng.uniform(0.75, 0.95)) + 255 * 0.05)
    noisy = lit + rng.normal(0, float(rng.uniform(1, 9)), grey.shape)
    _dust(noisy, rng)
    stream = io.BytesIO()
    picture = Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
    picture.save(stream, "JPEG", quality=quality, dpi=(dpi, dpi))
    return Scan(stream.getvalue(), dpi, angle, quality)


def _light(shape: tuple[int, ...], rng: np.random.Generator) -> Grey:
    """Light that falls off towards one side, as on a photo."""
    height, width = shape
    across = np.linspace(0, float(rng.uniform(-0.15, 0.15)), width)
    down = np.linspace(0, float(rng.uniform(-0.15, 0.15)), height)
    light: Grey = 1 + across[np.newaxis, :] + down[:, np.newaxis]
    return light


def _dust(grey: Grey, rng: np.random.Generator) -> None:
    """Specks, and now and then a dark edge of the paper."""
    height, width = grey.shape
    for _ in range(int(rng.integers(0, 40))):
        y, x = int(rng.integers(0, height - 4)), int(rng.integers(0, width - 4))
        size = int(rng.integers(1, 4))
        grey[y : y + size, x : x + size] = float(rng.uniform(20, 120))
    if rng.random() < 0.3:
        grey[:, : int(rng.integers(2, 14))] = 60.0
