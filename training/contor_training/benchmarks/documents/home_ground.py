"""invoice2data on its own test invoices: its templates were written for them, ours is told nothing.

Their JSON is what their templates read, not a full annotation: number, date and total are asked.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from contor.bootstrap.documents import file_pages
from contor.documents.amounts import plain
from contor.documents.facts import facts_from
from contor_training.benchmarks.documents.peers import invoice2data
from contor_training.benchmarks.documents.scoring import Score, score_facts
from contor_training.documents.gold import Example

_NAMES = {"invoice_number": "number", "date": "issue_date", "amount": "gross_total"}


def home_ground(shared: Path) -> None:
    """Both on the peer's invoices; rules alone, since the set is too small to learn from."""
    examples = invoices(shared)
    score = Score()
    for example in examples:
        score_facts(score, example, facts_from(example.pages))
    print(f"\ninvoice2data's own {len(examples)} invoices")
    shares = ", ".join(f"{name} {score.right[name]} of {score.asked[name]}" for name in score.asked)
    print(f"  ours, no templates: {shares}")
    invoice2data(examples)


def invoices(shared: Path) -> list[Example]:
    """The PDFs that have a JSON of the same name."""
    folder = shared / "corpus/invoice2data"
    pairs = [(path, path.with_suffix(".json")) for path in sorted(folder.glob("*.pdf"))]
    return [_example(path, twin) for path, twin in pairs if twin.is_file()]


def _example(path: Path, twin: Path) -> Example:
    [record] = json.loads(twin.read_text("utf-8"))
    accepted = {
        name: (_value(name, record[key]),) for key, name in _NAMES.items() if record.get(key)
    }
    pages = file_pages(path.read_bytes(), path.name)
    return Example(path.name, path.stem, pages, accepted, path=path)


def _value(name: str, value: Any) -> str:
    if name == "gross_total":
        return plain(Decimal(str(value)))
    if name == "issue_date":
        return date.fromisoformat(str(value)).isoformat()
    return str(value).lstrip("#")
