"""The document model is rebuilt to the same bytes, with rows to rehearse and a manifest beside it."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from contor.documents.page_tagger import Tagger
from contor_training.documents import fit
from contor_training.documents.adapt import adapt
from contor_training.documents.generated import HELD_OUT, TRAINING_SEED, generated
from contor_training.documents.prepared import Prepared, prepare
from contor_training.documents.rehearsal import rehearsal_from_bytes
from contor_training.documents.tagger_fit import fit_tagger
from contor_training.models import replace_version

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def prepared() -> list[Prepared]:
    examples = generated(12, TRAINING_SEED)
    assert not {example.extra["layout"] for example in examples} & set(HELD_OUT)
    return [
        prepare(
            replace(
                example,
                accepted={
                    **example.accepted,
                    "seller_address": (" ".join(w.text for w in example.pages[0].words[3:9]),),
                },
            )
        )
        for example in examples
    ]


def test_the_same_gold_gives_the_same_bytes(prepared: list[Prepared]) -> None:
    tagger = fit_tagger(prepared)
    content, rehearsal = tagger.to_bytes(), fit.rehearsal_of(tagger, prepared)
    again = fit_tagger(prepared)
    assert again.to_bytes() == content
    assert fit.rehearsal_of(again, prepared) == rehearsal
    text = fit.manifest(tagger, "1", content, rehearsal, {"generated": 12})
    told = tomllib.loads(text)
    assert told["sha256"] == hashlib.sha256(content).hexdigest()
    assert told["rehearsal_sha256"] == hashlib.sha256(rehearsal).hexdigest()

    rows = rehearsal_from_bytes(rehearsal)
    assert set(rows) <= set(tagger.heads)
    features, labels = rows["gross_total"]
    assert labels.any()
    assert (labels == 0).any()
    assert np.isfinite(features).all()
    grown = adapt(Tagger.from_bytes(content), prepared, rows)
    assert len(grown.heads["gross_total"].roots) > len(tagger.heads["gross_total"].roots)
    assert adapt(Tagger.from_bytes(content), prepared, rows).to_bytes() == grown.to_bytes()


def test_a_rebuilt_version_takes_the_place_of_the_one_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "artefact.bin").write_bytes(b"same")
    (new / "card.md").write_text("new", "utf-8")
    (old / "metrics.json").write_text("{}", "utf-8")
    replace_version(old, new)
    assert sorted(path.name for path in old.iterdir()) == [
        "artefact.bin",
        "card.md",
        "metrics.json",
    ]
    said = capsys.readouterr().err.splitlines()
    assert [line.rsplit(": ", 1)[1] for line in said] == ["same bytes", "new"]
