"""Fit the field tagger and put it on the shelf: ``python -m contor_training.documents.fit``.

Everything is learnt from documents with gold that lie beside the project; the artefact goes to
``models/document-fields/VERSION`` with a manifest of versions and hashes. Seeds are fixed: the same
gold gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

import click

from contor.documents.page_tagger import feature_hash
from contor_training.documents import gold
from contor_training.documents.prepared import prepare
from contor_training.documents.tagger_fit import fit_tagger

ROOT = Path(__file__).resolve().parents[3]
_LIBRARIES = ("lightgbm", "numpy", "scikit-learn", "rapidfuzz")


@click.command()
@click.option("--shared", default=str(ROOT.parent / "shared"), type=click.Path(exists=True))
@click.option("--shelf", default=str(ROOT / "models" / "document-fields"), type=click.Path())
@click.option("--version", "number", default="1", help="Version to write.")
def main(shared: str, shelf: str, number: str) -> None:
    """Fit on all gold there is and write the model."""
    sets = {
        "sroie": gold.sroie(Path(shared)),
        "deepform": gold.deepform(Path(shared)),
        "hybrids": gold.hybrids(Path(shared)),
    }
    prepared = [prepare(example) for examples in sets.values() for example in examples]
    tagger = fit_tagger(prepared)
    content = tagger.to_bytes()
    folder = Path(shelf) / number
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tagger.npz").write_bytes(content)
    libraries = "\n".join(f'{name} = "{version(name)}"' for name in _LIBRARIES)
    examples_of = "\n".join(f"{name} = {len(examples)}" for name, examples in sets.items())
    (folder / "manifest.toml").write_text(
        f"""name = "document-fields"
version = "{number}"
artefact = "tagger.npz"
sha256 = "{hashlib.sha256(content).hexdigest()}"
bytes = {len(content)}
features = "{feature_hash(tagger.texts.names)}"
heads = {json.dumps(sorted(tagger.heads))}

[libraries]
{libraries}

[examples]
{examples_of}
""",
        encoding="utf-8",
    )
    click.echo(f"{folder}: {len(content)} bytes, {len(prepared)} documents", err=True)


if __name__ == "__main__":
    main()
