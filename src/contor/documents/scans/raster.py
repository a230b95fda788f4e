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


def shown_size(
    size: tuple[int, int], density: tuple[float, float] = (0, 0), orientation: int = 1
) -> tuple[int, int]:
    """Width and height of a picture as people see it, in square pixels.

    ``density`` is pixels an inch across and down: a fax in standard resolution has 204 by 98
    (ITU-T T.4), and would be half as high as its sheet. Pixels that are nearly square, and figures
    that no machine has, change nothing. ``orientation`` is that of EXIF (5 to 8: on its side).

    >>> shown_size((1728, 1145), (204, 98)), shown_size((1728, 2291), (204, 196), 6)
    ((1728, 2383), (2291, 1728))
    """
    width, height = size
    across, down = map(float, density)
    ratio = across / down if across > 0 and down > 0 else 1.0
    if 1.1 < ratio < 4:
        height = round(height * ratio)
    elif 1.1 < 1 / ratio < 4:
        width = round(width / ratio)
    return (height, width) if orientation in {5, 6, 7, 8} else (width, height)
