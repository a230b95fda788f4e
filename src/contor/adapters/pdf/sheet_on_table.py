"""A sheet photographed on a table: its four corners, and the sheet laid flat.

Only where all four edges are clearly there: a bright sheet with straight sides on a darker ground,
seen askew. A scan, a crumpled receipt, a sheet that leaves the picture or lies on a bright table
stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Corners = NDArray[np.float32]
"""Four points (x, y) from the top left clockwise, in pixels of the picture."""

_WORKING_SIDE = 700
_THRESHOLDS = (1.0, 0.85, 1.15, 0.7)
"""Paper is brighter than these shares of the best division (Otsu): shade may lie on it."""
_LEAST_AREA = 0.15
_FILLED = 0.96
_FARTHEST, _STRAIGHT = 1.5, 0.8
"""A side is straight where this share of its points lie so few pixels off it."""
_STRIPS = (6, 12)
_BRIGHTER, _CLEAR_SHARE = 18.0, 0.9
_DARKER_GROUND = 35.0
_SMALLEST_ANGLE, _LEAST_RATIO = 60.0, 0.6
_ASKEW, _TURNED = 1.0, 3.0
"""Degrees between opposite sides, or against the picture: less is straightened as a scan is."""
_INSET = 0.004


def laid_flat(picture: NDArray[np.uint8], corners: Corners) -> NDArray[np.uint8]:
    """The sheet of a picture (grey or of three colours) as a rectangle."""
    width, height = flat_size(corners)
    centre = corners.mean(axis=0)
    inner = (corners + _INSET * (centre - corners)).astype(np.float32)
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    turn = cv2.getPerspectiveTransform(inner, target)
    flat = cv2.warpPerspective(picture, turn, (width, height), flags=cv2.INTER_CUBIC)
    return flat.astype(np.uint8)


def flat_size(corners: Corners) -> tuple[int, int]:
    """Width and height of the sheet laid flat: those of its longer sides."""
    top, right, bottom, left = (
        float(np.hypot(*(corners[i] - corners[(i + 1) % 4]))) for i in range(4)
    )
    return round(max(top, bottom)), round(max(left, right))


def corners_of(grey: Grey) -> Corners | None:
    """The corners of the sheet in a photo (8-bit grey); None where they are not clearly there."""
    height, width = grey.shape
    scale = _WORKING_SIDE / max(height, width)
    if scale >= 1:
        return None
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    less = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(less, (5, 5), 0).astype(np.uint8)
    best: Corners | None = None
    score = 0.0
    for outline in _outlines(small):
        found = _quadrangle(outline)
        if found is None or not _is_sheet(found, small.shape):
            continue
        clear = _clearness(small, found)
        if clear > score:
            best, score = found, clear
    if best is None or not _lies_askew(best):
        return None
    corners: Corners = (best / scale).astype(np.float32)
    return corners


def _outlines(small: Grey) -> Iterator[NDArray[np.int32]]:
    """The outline of the largest bright part, by several divisions into bright and dark."""
    best, _ = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    for share in _THRESHOLDS:
        bright = (small > best * share).astype(np.uint8)
        whole = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
        found, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        if found:
            yield max(found, key=cv2.contourArea).astype(np.int32)


def _quadrangle(outline: NDArray[np.int32]) -> Corners | None:
    """Four straight sides along an outline and where they meet; None where it has not four."""
    hull = cv2.convexHull(outline)
    around = cv2.arcLength(hull, closed=True)
    rough = next(
        (
            found.reshape(4, 2).astype(np.float32)
            for share in (0.01, 0.02, 0.03, 0.05)
            if len(found := cv2.approxPolyDP(hull, share * around, closed=True)) == 4
        ),
        None,
    )
    if rough is None or cv2.contourArea(outline) < _FILLED * cv2.contourArea(rough):
        return None
    rough = _in_order(rough)
    lines = [_side(outline, rough[i], rough[(i + 1) % 4]) for i in range(4)]
    met = [_crossing(lines[i - 1], lines[i]) for i in range(4)]
    if any(point is None for point in met):
        return None
    return np.array(met, np.float32)


def _in_order(points: Corners) -> Corners:
    """From the top left clockwise."""
    centre = points.mean(axis=0)
    angles = np.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0])
    turned = points[np.argsort(angles)]
    first = int(np.argmin(turned.sum(axis=1)))
    return np.roll(turned, -first, axis=0).astype(np.float32)


Side = tuple[NDArray[np.float64], NDArray[np.float64]]
"""A point and a direction."""


def _side(outline: NDArray[np.int32], start: Corners, end: Corners) -> Side | None:
    """The line through the outline's points along a side; None where they are not straight."""
    points = outline.reshape(-1, 2).astype(np.float64)
    along = (end - start).astype(np.float64)
    length = float(np.hypot(*along))
    if length < 20:
        return None
    along /= length
    offset = points - start
    forward = offset @ along
    aside = offset @ np.array([-along[1], along[0]])
    near = (forward > 0.06 * length) & (forward < 0.94 * length) & (np.abs(aside) < 0.03 * length)
    if near.sum() < 0.6 * length:
        return None
    taken = points[near]
    for _ in range(2):  # once more without what a notch or a fold has torn away
        place, direction = _line_through(taken)
        off = np.abs((points[near] - place) @ np.array([-direction[1], direction[0]]))
        taken = points[near][off <= _FARTHEST]
        if len(taken) < _STRAIGHT * near.sum():
            return None
    return place, direction


def _line_through(points: NDArray[np.float64]) -> Side:
    line = cv2.fitLine(points.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
    return line[2:].astype(np.float64), line[:2].astype(np.float64)


def _crossing(one: Side | None, other: Side | None) -> NDArray[np.float64] | None:
    if one is None or other is None:
        return None
    directions = np.array([one[1], -other[1]]).T
    if abs(float(np.linalg.det(directions))) < 0.3:
        return None
    there = np.linalg.solve(directions, other[0] - one[0])
    crossing: NDArray[np.float64] = one[0] + there[0] * one[1]
    return crossing


def _is_sheet(corners: Corners, shape: tuple[int, ...]) -> bool:
    """Whether a quadrangle can be a sheet wholly within the picture."""
    height, width = shape
    inside = (corners > 1).all() and (corners < (width - 2, height - 2)).all()
    if not inside or cv2.contourArea(corners) < _LEAST_AREA * height * width:
        return False
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    ratios = np.minimum(lengths[:2], lengths[2:]) / np.maximum(lengths[:2], lengths[2:])
    cosines = [float(-sides[i - 1] @ sides[i] / (lengths[i - 1] * lengths[i])) for i in range(4)]
    return bool((ratios > _LEAST_RATIO).all()) and max(map(abs, cosines)) < np.cos(
        np.radians(_SMALLEST_ANGLE)
    )


def _clearness(small: Grey, corners: Corners) -> float:
    """How much brighter the sheet is than what lies around all four sides; 0 where it is not."""
    centre = corners.mean(axis=0)
    weakest = 255.0
    for i in range(4):
        start, end = corners[i], corners[(i + 1) % 4]
        along = (end - start) / np.hypot(*(end - start))
        outward = np.array([along[1], -along[0]])
        if outward @ (start - centre) < 0:
            outward = -outward
        places = start + np.linspace(0.06, 0.94, 40)[:, None] * (end - start)
        steps = [
            _values(small, places - step * outward) - _values(small, places + step * outward)
            for step in _STRIPS
        ]
        higher = np.minimum(*steps)
        if float((higher > _BRIGHTER).mean()) < _CLEAR_SHARE:
            return 0.0
        weakest = min(weakest, float(np.median(higher)))
    mask = np.zeros(small.shape, np.uint8)
    cv2.fillConvexPoly(mask, np.round(corners).astype(np.int32), 1)
    ground, paper = np.median(small[mask == 0]), np.median(small[mask == 1])
    return weakest if paper - ground >= _DARKER_GROUND else 0.0


def _values(small: Grey, places: NDArray[np.float32]) -> NDArray[np.float32]:
    """Brightness at places; outside of the picture as bright as paper, so that no edge is seen."""
    height, width = small.shape
    xs, ys = np.round(places[:, 0]).astype(int), np.round(places[:, 1]).astype(int)
    within = (xs >= 0) & (xs < width) & (ys >= 0) & (ys < height)
    found = np.full(len(places), 255.0, np.float32)
    found[within] = small[ys[within], xs[within]]
    return found


def _lies_askew(corners: Corners) -> bool:
    """Whether the sheet is seen in perspective, or turned further than a scan would be."""
    sides = np.roll(corners, -1, axis=0) - corners
    angles = np.degrees(np.arctan2(sides[:, 1], sides[:, 0]))
    apart = [abs((angles[i] - angles[i + 2] + 90) % 180 - 90) for i in (0, 1)]
    turned = abs((angles[0] + 45) % 90 - 45)
    return bool(max(apart) >= _ASKEW or turned >= _TURNED)
