"""invoice2data on the same hybrid invoices, with the templates that it ships."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence

from contor_training.benchmarks.documents.scoring import Score
from contor_training.documents.gold import Example

_FIELDS = {"number": "invoice_number", "gross_total": "amount", "issue_date": "date"}


def invoice2data(examples: Sequence[Example]) -> None:
    """Share of number, total and date that the peer reads; says so where it is not installed."""
    try:
        from invoice2data import extract_data
        from invoice2data.extract.loader import read_templates
    except ImportError:
        print("  invoice2data is not installed (extra 'peers')")
        return
    logging.getLogger("invoice2data").setLevel(logging.CRITICAL)
    templates = read_templates()
    score, matched = Score(), 0
    for example in examples:
        result: dict[str, object] = {}
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            result = extract_data(str(example.path), templates=templates) or {}
        matched += bool(result)
        for name, key in _FIELDS.items():
            if name in example.accepted:
                score.asked[name] += 1
                score.right[name] += _text(result.get(key)) in example.accepted[name]
    print(f"  invoice2data: a template matched {matched} of {len(examples)}; ", end="")
    print(", ".join(f"{name} {score.right[name]} of {score.asked[name]}" for name in score.asked))


def _text(value: object) -> str:
    if isinstance(value, float | int):
        return f"{value:.2f}"
    return str(value.date()) if hasattr(value, "date") else str(value)
