"""Typst makes the page; a query on the same source tells where each fact stands on it."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

import typst

from contor_training.synthetic.invoices.page_data import FONTS, FONTS_OF_THE_MACHINE

Box = tuple[int, list[float] | None]


@cache
def fonts() -> tuple[str, ...]:
    """The fonts that typst brings, and those of a known list that the machine has."""
    known = set(typst.Fonts().families())
    return tuple(name for name in (*FONTS, *FONTS_OF_THE_MACHINE) if name in known)


def render(data: dict[str, Any]) -> tuple[bytes, dict[str, Box]]:
    """The PDF, and by fact the page (1-based) and box in points from the top left.

    A fact that runs over several lines has no box.
    """
    source = resources.files(__package__).joinpath("layout.typ").read_bytes()
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    pdf = typst.compile(source, sys_inputs=inputs, timestamp=0)
    marks = json.loads(typst.query(source, "<fact>", field="value", sys_inputs=inputs))
    starts, ends = ([m for m in marks if m["edge"] == edge] for edge in ("start", "end"))
    boxes: dict[str, Box] = {}
    for start, end in zip(starts, ends, strict=True):
        assert start["fact"] == end["fact"]
        if start["fact"] not in boxes:
            # text that runs over several lines has no one box
            one_line = (
                end["y"] - start["y"] < 1.5 * start["height"] and start["page"] == end["page"]
            )
            boxes[start["fact"]] = (int(start["page"]), _box(start) if one_line else None)
    return bytes(pdf), boxes


def _box(mark: dict[str, float]) -> list[float]:
    """The mark's position is the top left of its line; the height is that of the capitals."""
    left, top = mark["x"], mark["y"]
    corners = (left, top, left + mark["width"], top + mark["height"])
    return [round(value, 1) for value in corners]
