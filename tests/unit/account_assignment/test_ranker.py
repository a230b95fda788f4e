"""What the ranker learns from: easy lines by a sample that stands for all of them."""

from __future__ import annotations

import numpy as np

from contor.account_assignment.evidence import Rows
from contor.account_assignment.ranker import Ranker, weigh

_LINES, _RIVALS = 60_000, 4


def _drawn(clear: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lines with four candidates each, the right one's prior ``clear``, the others' small."""
    line = np.repeat(np.arange(_LINES), _RIVALS)
    right = np.tile(np.arange(_RIVALS) == 0, _LINES)
    prior = np.where(right, clear, 0.05).astype(np.float32)
    return line, prior, right


def test_easy_lines_are_thinned_out_and_what_is_kept_stands_for_them() -> None:
    weight = weigh(*_drawn(clear=9.0))[::_RIVALS]
    assert (weight > 0).mean() < 0.4
    assert abs(weight.sum() / _LINES - 1.0) < 0.05


def test_hard_lines_are_all_learnt_from() -> None:
    weight = weigh(*_drawn(clear=0.05))
    assert (weight == 1.0).all()


def test_all_rows_of_a_line_stay_or_go_together() -> None:
    weight = weigh(*_drawn(clear=2.0)).reshape(_LINES, _RIVALS)
    assert (weight == weight[:, :1]).all()


def test_a_line_without_an_alternative_teaches_nothing() -> None:
    line = np.arange(50)
    assert not weigh(line, np.full(50, 0.3, np.float32), np.ones(50, bool)).any()


def test_too_few_rows_for_a_single_split_leave_the_odds_as_they_are() -> None:
    line, prior, right = (column[: 5 * _RIVALS] for column in _drawn(clear=2.0))
    rows = Rows(line, line * 0, np.ones((len(line), 3), np.float32), prior)
    ranker = Ranker().fit(rows, right)
    assert ranker.booster_ is None
    assert ranker.predict(rows)[right].min() > 0.9


def test_of_a_small_ledger_every_line_is_learnt_from() -> None:
    few = 3_000 * _RIVALS
    assert (weigh(*(column[:few] for column in _drawn(clear=9.0))) == 1.0).all()
