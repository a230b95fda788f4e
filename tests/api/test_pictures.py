"""Pictures of learning: they begin where the past begins."""

from __future__ import annotations

import pytest

from contor.account_assignment.track import Progress
from contor_api.risk_picture import Picture, learning_picture


def places(points: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in points.split())]


def test_the_learning_curve_begins_with_the_first_bookings() -> None:
    early = [Progress(25 * 2**i, 0.2 + 0.1 * i, early=True) for i in range(6)]
    picture = learning_picture([*early, Progress(1600, 0.9), Progress(3200, 0.95)])
    began, went_on = places(picture.bound), places(picture.points)
    wide = picture.right - picture.left
    assert began[0][0] == pytest.approx(picture.left + wide * (25 / 3200) ** 0.5, abs=0.1)
    assert went_on[-1][0] == picture.right
    assert began[-1] == went_on[0], "both parts are one line"
    assert [int(tick.share) for tick in picture.across] == [0, 100, 1000, 3200]


def test_a_past_of_one_stretch_or_none_is_a_picture_too() -> None:
    assert places(learning_picture([Progress(40, 0.5)]).points) == [(408.0, 99.0)]
    nothing: Picture = learning_picture([])
    assert (nothing.points, nothing.bound) == ("", "")
    only_early = learning_picture([Progress(25, 0.5, early=True), Progress(50, 0.6, early=True)])
    assert only_early.points == ""
    assert len(places(only_early.bound)) == 2
