"""Lay a scanned page straight: its skew, and whether it lies on its side.

W. Postl, Detection of linear oblique structures and skew scan in digitized documents, ICPR 1986:
the angle is right where the rows of ink are most distinct from the gaps between them.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

_WORKING_SIDE = 850
_LARGEST = 6.0
_SURE = 3.0
"""Lines from top to bottom: so much more distinct; columns of a receipt reach 2.3."""


def straightened(grey: Grey) -> Grey:
    """The page (8-bit grey, rows by columns) turned so that its lines are level."""
    skew = skew_of(grey)
    if not skew:
        return grey
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    level = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))
    return level.astype(np.uint8)


def lies_on_its_side(grey: Grey, sure: float = _SURE) -> bool:
    """Whether the lines of the page run from top to bottom, by a factor."""
    turned = np.ascontiguousarray(np.rot90(grey))
    return distinctness(turned) > sure * distinctness(grey) > 0


def distinctness(page: Grey) -> float:
    """How distinct the rows of ink are at the best angle; the same for a page of any size."""
    ink = _ink(page)
    if ink is None:
        return 0.0
    xs, ys, weights = ink
    best = max(_score(angle, xs, ys, weights) for angle in _coarse())
    return best * float(ys.max() - ys.min() + 1) / float(weights.sum()) ** 2


def skew_of(page: Grey) -> float:
    """Degrees by which the page must be turned counter-clockwise to lie straight."""
    ink = _ink(page)
    if ink is None:
        return 0.0
    coarse = _best(_coarse(), *ink)
    fine = _best(np.arange(coarse - 0.4, coarse + 0.41, 0.1), *ink)
    return 0.0 if abs(fine) < 0.15 or abs(fine) >= _LARGEST else -float(round(fine, 1))


def _coarse() -> NDArray[np.float64]:
    return np.arange(-_LARGEST, _LARGEST + 0.01, 0.5)


def _ink(
    page: Grey,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]] | None:
    """Columns, rows and darkness of the ink of the page made small; None where there is none."""
    height, width = page.shape
    scale = min(1.0, _WORKING_SIDE / max(width, height, 1))
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    grey = cv2.resize(page, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    ink = np.clip(np.median(grey) - 24 - grey, 0, 96)
    if ink.sum() < 1000:
        return None
    ys, xs = np.nonzero(ink)
    return xs, ys, ink[ys, xs]


def _best(
    angles: NDArray[np.float64],
    xs: NDArray[np.int64],
    ys: NDArray[np.int64],
    weights: NDArray[np.float32],
) -> float:
    scores = [_score(angle, xs, ys, weights) for angle in angles]
    # The straight angle wins ties, so that an even picture is left alone.
    order = sorted(range(len(angles)), key=lambda i: (-scores[i], abs(angles[i])))
    return float(angles[order[0]])


def _score(
    angle: float, xs: NDArray[np.int64], ys: NDArray[np.int64], weights: NDArray[np.float32]
) -> float:
    rows = (ys + xs * np.tan(np.radians(angle))).astype(np.int64)
    profile = np.bincount(rows - rows.min(), weights)
    return float(np.square(np.diff(profile)).sum())
