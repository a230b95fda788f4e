"""Fit the field tagger and put it on the shelf: ``python -m contor_training.documents.fit``.

Everything is learnt from documents with gold that lie beside the project, and from generated ones if
wanted; the artefact goes to ``models/document-fields/VERSION`` with a manifest of versions and hashes,
its figures, its card, and the rows that a tenant's model rehearses. Seeds are fixed: the same gold
gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import click

from contor.documents.page_tagger import Tagger, feature_hash
from contor_training.documents import gold
from contor_training.documents.adapt import head_rows
from contor_training.documents.generated import TRAINING_SEED, generated
from contor_training.documents.measure import measure
from contor_training.documents.prepared import Prepared, prepare
from contor_training.documents.rehearsal import hardest, rehearsal_to_bytes
from contor_training.documents.tagger_fit import fit_tagger

ROOT = Path(__file__).resolve().parents[3]
_LIBRARIES = ("lightgbm", "numpy", "scikit-learn", "rapidfuzz")


@click.command()
@click.option("--shared", default=str(ROOT.parent / "shared"), type=click.Path(exists=True))
@click.option("--shelf", default=str(ROOT / "models" / "document-fields"), type=click.Path())
@click.option("--version", "number", default="1", help="Version to write.")
@click.option("--generated", "count", default=0, help="Generated invoices to learn from, too.")
@click.option("--measure/--no-measure", "measured", default=True, help="Cross-validate, too.")
def main(shared: str, shelf: str, number: str, count: int, *, measured: bool) -> None:
    """Fit on all gold there is and write the model."""
    sets = {
        "sroie": gold.sroie(Path(shared)),
        "deepform": gold.deepform(Path(shared)),
        "hybrids": gold.hybrids(Path(shared)),
        "generated": generated(count, TRAINING_SEED),
    }
    prepared = [prepare(example) for examples in sets.values() for example in examples]
    tagger = fit_tagger(prepared)
    folder = Path(shelf) / number
    folder.mkdir(parents=True, exist_ok=True)
    content, rehearsal = tagger.to_bytes(), rehearsal_of(tagger, prepared)
    (folder / "tagger.npz").write_bytes(content)
    (folder / "rehearsal.npz").write_bytes(rehearsal)
    counts = {name: len(examples) for name, examples in sets.items()}
    (folder / "manifest.toml").write_text(
        manifest(tagger, number, content, rehearsal, counts), encoding="utf-8"
    )
    (folder / "card.md").write_text(CARD.format(**counts), encoding="utf-8")
    if measured:
        text = json.dumps(measure(sets), indent=1) + "\n"
        (folder / "metrics.json").write_text(text, encoding="utf-8")
    said = f"{len(content)} bytes, {len(rehearsal)} to rehearse, {len(prepared)} documents"
    click.echo(f"{folder}: {said}", err=True)


def rehearsal_of(tagger: Tagger, prepared: Sequence[Prepared]) -> bytes:
    """The rows that a tenant's model rehearses."""
    heads = {}
    for head, parts in head_rows(tagger, prepared).items():
        likely = {i: tagger.probability(head, rows) for i, (rows, _) in enumerate(parts)}
        heads[head] = hardest(parts, likely)
    return rehearsal_to_bytes(heads)


def manifest(
    tagger: Tagger, number: str, content: bytes, rehearsal: bytes, counts: Mapping[str, int]
) -> str:
    """Versions, hashes, features."""
    libraries = "\n".join(f'{name} = "{version(name)}"' for name in _LIBRARIES)
    examples_of = "\n".join(f"{name} = {count}" for name, count in counts.items())
    return f"""name = "document-fields"
version = "{number}"
artefact = "tagger.npz"
sha256 = "{hashlib.sha256(content).hexdigest()}"
bytes = {len(content)}
rehearsal_sha256 = "{hashlib.sha256(rehearsal).hexdigest()}"
features = "{feature_hash(tagger.texts.names)}"
heads = {json.dumps(sorted(tagger.heads))}

[libraries]
{libraries}

[examples]
{examples_of}
"""


CARD = """# document-fields

**What it does.** Scores the candidates of a document: amounts, dates, periods, names, runs of address
lines. Everything else is read by wordings and arithmetic alone; without this model those decide
everything.

**How.** Boosted trees (LightGBM) over the labels left of a value and above it, its place and its form;
linear models over hashed character n-grams for what reads like a name or an address. Stored as arrays
without code, evaluated by numpy. `rehearsal.npz` holds features (no texts) of right and nearly right
candidates, which a tenant's own model learns from beside its documents.

**Learnt from.** {sroie} SROIE task 3 training receipts (CC BY 4.0), {deepform} DeepForm development PDFs
(labels MIT, public records), {hybrids} hybrid invoices of the ZUGFeRD corpus, Mustang and horstoeko
(Apache-2.0, MIT) with their XML as gold, {generated} generated invoices. It also carries the directory of
sellers of the SROIE receipts (public data): their names and addresses as people wrote them, and hashed
marks (lines, phone and registration numbers) by which they are known again.

**Measured.** See `metrics.json` and `docs/benchmarks/documents.md`; cross-validated.

**Falls short.** Names and addresses on receipts of unknown sellers; advertisers in DeepForm templates it has
not seen; it knows no handwriting. Documents it finds strange are left to the wordings.

**Rebuild.** `make models` (all models) or `python -m contor_training.documents.fit`.
"""

if __name__ == "__main__":
    main()
