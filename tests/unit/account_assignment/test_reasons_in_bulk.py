"""Reasons: lines whose reasons are equal share them, and nobody's reason becomes another's."""

from __future__ import annotations

import numpy as np

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.choice import Choices
from contor.account_assignment.keys import keys_of
from contor.account_assignment.lines import Lines
from contor.account_assignment.reasons import Explainer
from contor.account_assignment.words import WordsModel
from tests.unit.account_assignment.test_assigner import ledger


def test_many_lines_are_explained_as_each_of_them_alone() -> None:
    assigner = AccountAssigner(0.05).fit(Lines.from_rows(ledger(400)))
    assert assigner.history_ is not None
    history, words = assigner.history_, assigner.models_["account"].words
    lines = history.plain(Lines.from_rows(ledger(60, seed=2)).without_labels())
    draw = np.random.default_rng(3)
    count = len(history.names["account"])
    codes = np.array([draw.permutation(count)[:5] for _ in range(len(lines))])
    odds = -np.sort(-draw.random((len(lines), 5)), axis=1).astype(np.float32)
    choices = Choices(codes, odds, np.zeros((len(lines), 0), np.float32))
    keys = keys_of(lines)
    sure = draw.random(len(lines)).tolist()
    taught = (draw.random(len(lines)) < 0.2).tolist()
    together = Explainer(history, "account", words).explain(
        lines, choices, sure, [False] * len(lines), keys=keys, taught=taught
    )
    for place, said in enumerate(together):
        (alone,) = Explainer(history, "account", words).explain(
            lines.part(place, place + 1),
            choices.part(place, place + 1),
            sure[place : place + 1],
            [False],
            keys=keys[place : place + 1],
            taught=taught[place : place + 1],
        )
        assert said == alone


def test_words_that_speak_for_a_code_are_few_and_tell_it_from_the_runner_up() -> None:
    model = WordsModel(codes=2)
    names, texts = ["Rack GmbH", "", "Rack GmbH"], ["colocation", "", "colocation"]
    assert model.spoken_for(names, texts, np.array([0, 0, -1]), np.array([1, -1, 0])) == [()] * 3
    assert model.spoken_for([], [], np.zeros(0, np.int64), np.zeros(0, np.int64)) == []
    model.weights_[:, 0] = 0.5
    spoken = model.spoken_for(names, texts, np.array([0, 0, 1]), np.array([1, -1, 0]))
    assert spoken == [("rack", "colocation"), (), ()]
