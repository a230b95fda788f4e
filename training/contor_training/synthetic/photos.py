"""A page photographed by hand: on a dark table, askew, in uneven light, with a shadow on it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

_LONG_SIDE = 4000
"""Pixels of a photo of 12 million."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG, and where the sheet's corners lie in it (x, y; the page's top left first, clockwise)."""

    content: bytes
    corners: tuple[tuple[float, float], ...]


Colours = NDArray[np.float32]


def photograph(
    page: Image.Image, seed: Any, quarter_turns: int = 0, long_side: int = _LONG_SIDE
) -> Photo:
    """A photo in the shape 4:3; the same page and seed give the same bytes."""
    rng = np.random.default_rng(seed)
    paper = np.rot90(np.asarray(page.convert("RGB")), quarter_turns)
    height, width = paper.shape[:2]
    short_side = long_side * 3 // 4
    size = (short_side, long_side) if height >= width else (long_side, short_side)
    corners = _corners(width / height, size, rng)
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    turn = cv2.getPerspectiveTransform(flat, corners)
    seen = cv2.warpPerspective(paper, turn, size, flags=cv2.INTER_AREA).astype(np.float32)
    whole = np.ones((height, width), np.float32)
    mask = cv2.warpPerspective(whole, turn, size).astype(np.float32)
    table: Colours = _table(size, rng) * _shade_of_sheet(mask)
    soft: Colours = cv2.GaussianBlur(mask, (0, 0), 1.2)[..., None].astype(np.float32)
    picture: Colours = soft * seen * float(rng.uniform(0.8, 0.95)) + (1 - soft) * table
    picture *= _light(size, rng)[..., None]
    picture = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.6, 1.1))).astype(np.float32)
    grain = rng.normal(0, float(rng.uniform(2, 5)), (*picture.shape[:2], 1))
    picture += grain.astype(np.float32)
    stream = io.BytesIO()
    kept = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    kept.save(stream, "JPEG", quality=int(rng.integers(70, 92)))
    order = np.roll(corners, quarter_turns, axis=0)
    return Photo(stream.getvalue(), tuple((float(x), float(y)) for x, y in order))


def _corners(aspect: float, size: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float32]:
    """Corners of the sheet: turned by up to 8 degrees, one side farther away than the other."""
    width, height = size
    share = float(rng.uniform(0.72, 0.84))
    high = min(height * share, width * share / aspect)
    wide = high * aspect
    box = np.array([(-wide, -high), (wide, -high), (wide, high), (-wide, high)], np.float64) / 2
    lean = rng.uniform(-0.09, 0.09, 2)
    box *= 1 + lean[0] * box[:, :1] / wide + lean[1] * box[:, 1:] / high
    angle = np.radians(float(rng.uniform(-8, 8)))
    turn = np.array([(np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))])
    moved = rng.uniform(-0.02, 0.02, 2) * size
    corners: NDArray[np.float32] = (box @ turn + np.array(size) / 2 + moved).astype(np.float32)
    return corners


def _table(size: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float32]:
    """Dark wood: a colour, a grain along one direction, a few lighter streaks."""
    width, height = size
    grain = rng.normal(0, 1, (height // 4, width // 64)).astype(np.float32)
    streaks = cv2.resize(grain, size, interpolation=cv2.INTER_CUBIC)
    colour = rng.uniform((50, 35, 25), (95, 75, 65)).astype(np.float32)
    wood: NDArray[np.float32] = colour * (1 + 0.14 * streaks[..., None])
    return wood


def _shade_of_sheet(mask: NDArray[np.float32]) -> NDArray[np.float32]:
    """The sheet's own soft shadow on the table beside it."""
    soft = cv2.GaussianBlur(mask, (0, 0), 14)
    shade: NDArray[np.float32] = (1 - 0.45 * np.roll(soft, (10, 8), (0, 1)))[..., None]
    return shade


def _light(size: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float32]:
    """Light that falls off towards one side, and the soft shadow of a hand across the picture."""
    width, height = size
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    angle = float(rng.uniform(0, 2 * np.pi))
    fall = 1 + float(rng.uniform(0.05, 0.18)) * (np.cos(angle) * x + np.sin(angle) * y)
    edge = float(rng.uniform(0, 2 * np.pi))
    across = np.cos(edge) * x + np.sin(edge) * y - float(rng.uniform(0.1, 0.7))
    hand = 1 - float(rng.uniform(0.1, 0.35)) / (1 + np.exp(-across / 0.06))
    light: Colours = (fall * hand).astype(np.float32)
    return light
