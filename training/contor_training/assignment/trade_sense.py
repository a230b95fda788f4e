"""Fit the sense of the trade and put it on the shelf: ``python -m contor_training.assignment.trade_sense``.

Learns from ``trade_examples.txt`` beside this module (how suppliers word their invoices), the trade
words of the lexicon and the names of its accounts. Takes about a minute; same input, same weights.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from contor.account_assignment.lexicon import read_lexicon
from contor.account_assignment.static_encoder import parts_of
from contor.account_assignment.trade_sense import TradeSense
from contor.bootstrap.assignment import SENSE, shelf_at

BUCKETS = 1 << 14
_LOOSENESS = 30.0


def examples() -> dict[str, tuple[str, ...]]:
    """Wordings of suppliers by concept."""
    source = files("contor_training.assignment").joinpath("trade_examples.txt")
    found = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            concept, _, wordings = line.partition("|")
            found[concept.strip()] = tuple(part.strip() for part in wordings.split(";"))
    return found


def lessons() -> tuple[list[str], list[str]]:
    """Texts and the concepts they speak of."""
    lexicon = read_lexicon()
    told = [(text, name) for name, texts in sorted(examples().items()) for text in texts]
    told += [(text, concept.name) for concept in lexicon.concepts for text in concept.tiers[0]]
    told += [
        (" ".join(word.beginnings), lexicon.concepts[word.concept].name)
        for words in lexicon.words.values()
        for word in words
    ]
    told = sorted(set(told))
    return [text for text, _ in told], [name for _, name in told]


def fit(texts: list[str], concepts: list[str]) -> TradeSense:
    """Softmax over one-against-all logistic regressions on hashed words and letter groups."""
    model = OneVsRestClassifier(LogisticRegression(C=_LOOSENESS, solver="liblinear"))
    model.fit(parts_of(texts, BUCKETS), concepts)
    return TradeSense(
        tuple(str(name) for name in model.classes_),
        np.stack([one.coef_[0] for one in model.estimators_]).astype(np.float32),
        np.array([one.intercept_[0] for one in model.estimators_], np.float32),
    )


@click.command()
@click.option("--shelf", default="models", show_default=True, help="Folder of the shelf.")
def main(shelf: str) -> None:
    """Fit the sense of the trade and make it the live one."""
    texts, concepts = lessons()
    content = fit(texts, concepts).to_bytes()
    where = shelf_at(Path(shelf))
    version = where.put(
        SENSE,
        content,
        manifest={"kind": "linear", "format": "npy", "buckets": str(BUCKETS)},
        metrics={"texts": len(texts), "concepts": len(set(concepts)), "bytes": len(content)},
        card=CARD.format(texts=len(texts), concepts=len(set(concepts))),
    )
    where.promote(SENSE, version)
    click.echo(f"{SENSE} {version}: {len(content) / 1e6:.1f} MB, {len(texts)} texts", err=True)


CARD = """# Sense of the trade (German, English, Italian)

Which of {concepts} kinds of purchase of a hosting company a supplier's wording speaks of: logistic
regressions over hashed words and groups of three to five letters, learnt from {texts} short
wordings written for this purpose from knowledge of the trade (no customer's data).

Use: the first accounts of a tenant without history, together with the names in its chart. Not for:
tax decisions; it does not see amounts, so low-value assets and fixed assets are told apart by words
only. Figures: `docs/benchmarks/assignment.md`.
"""

if __name__ == "__main__":
    main()
