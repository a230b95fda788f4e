"""A page as a grey picture: what text recognition looks at."""

from __future__ import annotations

from dataclasses import dataclass

USUAL_DPI = 300
USUAL_LANGUAGES = "deu+eng+ita"


@dataclass(frozen=True, slots=True)
class Raster:
    """8-bit grey pixels, row by row; ``dpi`` maps pixels to points (72 per inch)."""

    pixels: bytes
    width: int
    height: int
    dpi: float

    @property
    def points_per_pixel(self) -> float:
        """Length of a pixel in points."""
        return 72.0 / self.dpi
