"""Clean a scanned page: even light, paper made white where the scan is noisy.

Tesseract divides a page into ink and paper by one threshold a page (Otsu). Light that falls off
and the grain of a scanner or of JPEG turn into specks, which it joins to thin letters: on noisy
pages one figure in seven is misread. A page without noise and with even light is left as it is.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

_SHRINK = 16
_PAPER = 15
"""Ink narrower than this many shrunken pixels does not count as paper (2 cm at 300 dpi)."""
_UNEVEN = 12.0
_DARKEST_PAPER = 0.55
_NOISY = 1.0
_LEAST_INK = 8.0
_SIGMAS = 4.0
_BLUR = 1.0
_SOFT = 0.7
_GROW = np.ones((3, 3), np.uint8)


def cleaned(grey: Grey) -> Grey:
    """The page (8-bit grey, rows by columns) with even light and, where it was noisy, no grain.

    >>> page = np.full((200, 200), 255, np.uint8)
    >>> page[90:110, 20:180] = 0
    >>> bool((cleaned(page) == page).all())
    True
    """
    if min(grey.shape) < 4 * _SHRINK:
        return grey
    even = _evenly_lit(grey)
    blurred = _blurred(even, _BLUR)
    grain = _grain(even, blurred)
    if grain < _NOISY:
        return even
    # The blur leaves a third of the grain; what is darker than four times that is ink.
    paper = float(np.median(blurred[::4, ::4]))
    threshold = paper - _LEAST_INK - _SIGMAS * grain / 3
    ink = cv2.dilate((blurred <= threshold).astype(np.uint8), _GROW)
    soft = _blurred(even, _SOFT)
    return np.where(ink > 0, soft, np.uint8(255)).astype(np.uint8)


def _evenly_lit(grey: Grey) -> Grey:
    """Divide by the light that the paper shows around each place."""
    height, width = grey.shape
    small = cv2.resize(grey, (width // _SHRINK, height // _SHRINK), interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_PAPER, _PAPER), np.uint8))
    paper = cv2.medianBlur(paper, 5)
    usual = float(np.median(paper))
    # Dark bands and pictures are no paper in the shade: they stay dark.
    light = np.maximum(paper, _DARKEST_PAPER * usual)
    low, high = np.percentile(light, (2, 98))
    if high - low < _UNEVEN and usual > 255 - 2 * _UNEVEN:
        return grey
    gain = cv2.resize(
        (255.0 / np.maximum(light, 1.0)).astype(np.float32),
        (width, height),
        interpolation=cv2.INTER_LINEAR,
    )
    even: Grey = np.clip(grey * gain, 0, 255).astype(np.uint8)
    return even


def _grain(grey: Grey, blurred: Grey) -> float:
    """Standard deviation of the grain of the paper (robust: ink does not count)."""
    rows, blurry = grey[::3, ::3].astype(np.float32), blurred[::3, ::3]
    on_paper = blurry > float(np.median(blurry)) - 40
    if not on_paper.any():
        return 0.0
    off = np.abs(rows[on_paper] - blurry[on_paper])
    # Half of the grain of white paper is cut off at 255, so the median would say nothing.
    return float(np.percentile(off, 84.0))


def _blurred(grey: Grey, sigma: float) -> Grey:
    return cv2.GaussianBlur(grey, (0, 0), sigma).astype(np.uint8)
