"""Build the static encoder for the shelf: texts, the teacher's vectors, distilled table.

``python -m contor_training.assignment.encoder --ledger LEDGER.csv ... --chart CHART.csv ...``
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
import numpy as np

from contor.account_assignment.lexicon import read_lexicon
from contor.bootstrap.assignment import encoder_for, shelf_at
from contor.cli.manners import text_in
from contor.ports.assignment import TextEncoder
from contor_training.assignment.distil import distil

_COLUMNS = ("description", "account", "supplier_category", "name", "name_en", "name_it")
_PER_COLUMN = 1500
_FRAMES = (
    "Rechnung {}",
    "{} monatlich",
    "{} Januar",
    "monthly {}",
    "{} fee",
    "canone {}",
    "{} 2026",
)


def trade_texts(seed: int = 5) -> list[str]:
    """Short texts from the trade lexicon: its words, alone, framed, and two by two."""
    draw = random.Random(seed)
    lexicon = read_lexicon()
    spoken = sorted(
        {" ".join(word.beginnings) for found in lexicon.words.values() for word in found}
    )
    phrases = [name for concept in lexicon.concepts for tier in concept.tiers for name in tier]
    framed = [draw.choice(_FRAMES).format(word) for word in spoken for _ in range(3)]
    pairs = [" ".join(draw.sample(spoken, 2)) for _ in range(800)]
    return [*phrases, *spoken, *framed, *pairs]


def column_texts(paths: Iterable[str], seed: int = 5) -> list[str]:
    """Texts of the wordy columns of ledgers and charts, at most so many of each column."""
    draw = random.Random(seed)
    texts: list[str] = []
    for path in paths:
        with text_in(path) as stream:
            rows = list(csv.DictReader(stream))
        for column in _COLUMNS:
            found = sorted({row[column] for row in rows if row.get(column)})
            draw.shuffle(found)
            texts += found[:_PER_COLUMN]
    return texts


def build(texts: Sequence[str], teacher: TextEncoder) -> bytes:
    """The distilled table as the bytes of a ``.npy`` file."""
    plain = sorted({text.strip()[:120] for text in texts if text.strip()})
    table = distil(plain, teacher.encode(plain))
    stream = io.BytesIO()
    np.save(stream, table)
    return stream.getvalue()


@click.command()
@click.option("--ledger", "ledgers", multiple=True, help="Ledger CSV to take wordings from.")
@click.option("--chart", "charts", multiple=True, help="Chart CSV to take account names from.")
@click.option("--shelf", default="models", show_default=True, help="Folder of the shelf.")
def main(ledgers: tuple[str, ...], charts: tuple[str, ...], shelf: str) -> None:
    """Distil the encoder and make it the live one."""
    texts = [*trade_texts(), *column_texts([*charts, *ledgers])]
    content = build(texts, encoder_for("universal"))
    where = shelf_at(Path(shelf))
    version = where.put(
        "encoder",
        content,
        manifest={
            "kind": "static",
            "format": "npy",
            "teacher": "universal sentence encoder, multilingual, v3",
        },
        metrics={"texts": len(texts), "bytes": len(content)},
        card=CARD.format(texts=len(texts)),
    )
    where.promote("encoder", version)
    click.echo(f"encoder {version}: {len(content) / 1e6:.1f} MB from {len(texts)} texts", err=True)


CARD = """# Static encoder for bookkeeping text (German, English, Italian)

A table of vectors of words and groups of three to five letters; the vector of a text is their sum.
Distilled by ridge regression from the multilingual Universal Sentence Encoder (Apache-2.0), turned
onto its foremost principal axes, on {texts} short texts: the trade lexicon, names of accounts and
wordings of public ledgers. No text can be read back from the table.

Use: likeness of a line's wording to account names where a tenant has no history. Not for: prose,
other languages, names of people. It knows words by their letters; a rare abbreviation means nothing
to it. Figures: `docs/benchmarks/assignment.md`.
"""

if __name__ == "__main__":
    main()
