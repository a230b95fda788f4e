"""Cross-validated figures of the document model, as they stand beside it on the shelf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contor.documents.facts import facts_from
from contor.documents.page_tagger import Tagger
from contor_training.benchmarks.documents.cross_validation import taggers_for
from contor_training.benchmarks.documents.scoring import Score, score_any, score_facts
from contor_training.benchmarks.documents.text_parts import score_hybrids
from contor_training.documents.gold import Example

PROTOCOL = (
    "{folds}-fold cross-validation; DeepForm by template, hybrids by invoice, SROIE at random"
)
NUMBERS = ("number", "contract_reference", "order_reference")


def measure(sets: Mapping[str, Sequence[Example]], folds: int = 3) -> dict[str, Any]:
    """Each real set read by taggers that did not know the document; generated ones only teach."""
    found: dict[str, Any] = {"protocol": PROTOCOL.format(folds=folds)}
    sure = right = 0
    for name in ("sroie", "deepform", "hybrids"):
        others = [e for other, examples in sets.items() if other != name for e in examples]
        taggers = taggers_for(sets[name], folds, grouped=name != "sroie", others=others)
        score = _score(name, sets[name], taggers)
        sure, right = sure + score.sure, right + score.sure_right
        found[name] = {
            **({"f1_exact": round(score.f1(), 4)} if name == "sroie" else {}),
            "all": round(score.share(), 4),
            **{field: round(score.share([field]), 4) for field in sorted(score.asked)},
        }
    found["calibration"] = {"confidence_at_least": 0.98, "facts": sure, "right": right}
    return found


def _score(name: str, examples: Sequence[Example], taggers: Mapping[str, Tagger]) -> Score:
    if name == "hybrids":
        return score_hybrids(examples, lambda e: facts_from(e.pages, taggers[e.name]))
    score = Score()
    for example in examples:
        facts = facts_from(example.pages, taggers[example.name])
        if name == "sroie":
            score_facts(score, example, facts)
            continue
        for field, accepted in example.accepted.items():
            fields = NUMBERS if field == "number" else (field,)
            score_any(score, field, facts.fields, fields, accepted)
    return score
