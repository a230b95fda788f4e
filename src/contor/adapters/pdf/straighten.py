"""Straighten a scanned page: its skew from the sharpness of the row profile.

W. Postl, Detection of linear oblique structures and skew scan in digitized documents, ICPR 1986:
the angle is right where the rows of ink are most distinct from the gaps between them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_WORKING_WIDTH = 600
_LARGEST = 6.0


def skew_of(picture: Image.Image) -> float:
    """Degrees by which the page must be turned counter-clockwise to lie straight."""
    scale = min(1.0, _WORKING_WIDTH / max(picture.width, 1))
    small = picture.resize(
        (max(1, int(picture.width * scale)), max(1, int(picture.height * scale))),
        Image.Resampling.BOX,
    )
    grey = np.asarray(small, dtype=np.float32)
    ink = np.clip(np.median(grey) - 24 - grey, 0, 96)
    if ink.sum() < 1000:
        return 0.0
    ys, xs = np.nonzero(ink)
    weights = ink[ys, xs]
    coarse = _best(np.arange(-_LARGEST, _LARGEST + 0.01, 0.5), xs, ys, weights)
    fine = _best(np.arange(coarse - 0.4, coarse + 0.41, 0.1), xs, ys, weights)
    return 0.0 if abs(fine) < 0.15 or abs(fine) >= _LARGEST else -float(round(fine, 1))


def _best(
    angles: NDArray[np.float64],
    xs: NDArray[np.int64],
    ys: NDArray[np.int64],
    weights: NDArray[np.float32],
) -> float:
    scores = []
    for angle in angles:
        rows = (ys + xs * np.tan(np.radians(angle))).astype(np.int64)
        profile = np.bincount(rows - rows.min(), weights)
        scores.append(float(np.square(np.diff(profile)).sum()))
    # The straight angle wins ties, so that an even picture is left alone.
    order = sorted(range(len(angles)), key=lambda i: (-scores[i], abs(angles[i])))
    return float(angles[order[0]])
