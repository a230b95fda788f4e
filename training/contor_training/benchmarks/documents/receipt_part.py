"""Receipts recognised from their pictures: with the second reader, and by Tesseract as before it.

The tagger has learnt from none of the receipts that have a picture. The given words of the same
receipts, read by the same tagger, stand beside: the difference is what recognition loses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from contor.bootstrap.documents import tools
from contor.documents.facts import facts_from
from contor.documents.page import Page
from contor.documents.page_tagger import Tagger
from contor.documents.scans.raster import USUAL_LANGUAGES
from contor.ports.documents import TextRecogniser
from contor_training.benchmarks.documents.cpu_time import cpu_seconds
from contor_training.benchmarks.documents.scoring import Score, score_facts
from contor_training.benchmarks.documents.text_parts import show
from contor_training.documents.gold import Example
from contor_training.documents.prepared import prepare
from contor_training.documents.receipt_fit import fit_receipts
from contor_training.documents.tagger_fit import fit_tagger

_SEED = 4711
_DEVELOPED_ON = 20
"""The first of the order drawn, on which the second reader was chosen."""


def receipt_pictures(
    examples: Sequence[Example], others: Sequence[Example], folder: Path, sample: int
) -> None:
    """Four fields of ``sample`` receipts that nothing was chosen on."""
    pictures = {path.stem: path for path in sorted((folder / "corpus/sroie/img").glob("*.jpg"))}
    names = list(pictures)
    Random(_SEED).shuffle(names)
    names = names[_DEVELOPED_ON : _DEVELOPED_ON + sample]
    chosen = [example for example in examples if example.name in names]
    known = [example for example in examples if example.name not in pictures]
    tagger = fit_tagger(
        [prepare(example) for example in (*known, *others)],
        fit_receipts([prepare(example) for example in others]),
    )
    print(f"\nPictures of {len(chosen)} receipts, tagger without any receipt that has a picture")
    _report("the given words", chosen, tagger)
    usual: Any = tools().recogniser
    alone = replace(usual, second_reader=None)
    for title, recogniser in (("Tesseract", alone), ("with the second reader", usual)):
        started = cpu_seconds()
        read = [
            replace(example, pages=(_page(recogniser, pictures[example.name]),))
            for example in chosen
        ]
        seconds = (cpu_seconds() - started) / len(chosen)
        _report(f"{title}, {seconds:.2f} CPU-s a picture", read, tagger)


def _report(title: str, examples: Sequence[Example], tagger: Tagger) -> None:
    score = Score()
    for example in examples:
        score_facts(score, example, facts_from(example.pages, tagger))
    print(
        f"  {title}: micro F1 exact {100 * score.f1():.1f}, "
        f"letters and digits only {100 * score.f1(near=True):.1f}"
    )
    show(score)


def _page(recogniser: TextRecogniser, path: Path) -> Page:
    _, (raster,) = tools().pictures.images(path.read_bytes(), 1)
    assert raster is not None
    return recogniser.recognise(raster, 1, USUAL_LANGUAGES)
