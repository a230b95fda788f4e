"""The memory of suppliers' papers, in the order of time: read, then learn from the truth.

Every document is read twice by a tagger that did not know its supplier: without memory, and with the
layouts of all documents before it, as the service would. Only suppliers that come back are counted,
from their second document on. Receipts name their supplier in the gold; a broadcast form's supplier is
taken to be the station whose call sign it prints most often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from contor.bootstrap.documents import tools
from contor.documents.document_text import document_text
from contor.documents.facts import facts_from
from contor.documents.page_tagger import Tagger
from contor.documents.reading import Fact
from contor.documents.suppliers.layout import SupplierLayout, learn_layout
from contor_training.benchmarks.documents.cross_validation import taggers_for
from contor_training.benchmarks.documents.scoring import same
from contor_training.documents.generated import BENCH_SEED, generated
from contor_training.documents.gold import Example

_CALL_SIGN = re.compile(r"\b([WK][A-Z]{2,3})(?:-(?:TV|DT|CD|LD))?\b")
_WORDS = frozenset({"WITH", "WEEK", "WILL", "WAS", "KEY", "WEB", "WED", "WKS", "WORK", "WEST"})
_MADE = 300
_ANY_NUMBER = ("number", "contract_reference", "order_reference")


@dataclass
class _Counts:
    asked: Counter[str] = field(default_factory=Counter)
    without: Counter[str] = field(default_factory=Counter)
    with_memory: Counter[str] = field(default_factory=Counter)
    spoken: int = 0
    spoken_right: int = 0


def memory(
    receipts: Sequence[Example], forms: Sequence[Example], hybrids: Sequence[Example], folds: int
) -> None:
    """Replay receipts and forms; what they do not name (net, tax) is learnt from the hybrids."""
    for title, examples, others, supplier in (
        ("SROIE receipts", receipts, forms, lambda example: example.group),
        ("DeepForm", forms, receipts, station_of),
    ):
        taggers = taggers_for(examples, folds, grouped=True, others=[*others, *hybrids])
        _show(title, _replayed(_in_time(examples), taggers, supplier))
    _show("Hybrids, by rules alone,", _replayed(_in_time(hybrids), {}, _seller))
    made = [
        e for held_out in (False, True) for e in generated(_MADE, BENCH_SEED, held_out=held_out)
    ]
    known = dict.fromkeys((example.name for example in made), tools().tagger)
    _show("Generated invoices", _replayed(_in_time(made), known, _seller))


def station_of(example: Example) -> str:
    """The call sign that stands on the first page most often."""
    text = " ".join(word.text for word in example.pages[0].words)
    found = Counter(sign for sign in _CALL_SIGN.findall(text) if sign not in _WORDS)
    return found.most_common(1)[0][0] if found else example.group


def _seller(example: Example) -> str:
    return next(iter(example.accepted.get("seller_name", ())), example.group)


def _in_time(examples: Sequence[Example]) -> list[Example]:
    return sorted(examples, key=lambda example: (_day(example), example.name))


def _day(example: Example) -> str:
    days = (example.accepted.get(name) for name in ("issue_date", "period_start"))
    return next((values[0] for values in days if values), "")


def _replayed(
    examples: Sequence[Example],
    taggers: Mapping[str, Tagger | None],
    supplier_of: Callable[[Example], str],
) -> _Counts:
    often = Counter(map(supplier_of, examples))
    counts, layouts = _Counts(), list[SupplierLayout]()
    met: set[str] = set()
    for example in examples:
        supplier = supplier_of(example)
        if often[supplier] < 2:
            continue
        plain = facts_from(example.pages, taggers.get(example.name)).fields
        told = facts_from(example.pages, taggers.get(example.name), layouts=layouts).fields
        if supplier in met:
            _count(counts, example, plain, told)
        met.add(supplier)
        layouts.append(_learnt(example, plain, told, supplier))
    return counts


def _count(
    counts: _Counts, example: Example, plain: Mapping[str, Fact], told: Mapping[str, Fact]
) -> None:
    for name, accepted in example.accepted.items():
        right = _right(name, told, accepted)
        counts.asked[name] += 1
        counts.without[name] += _right(name, plain, accepted)
        counts.with_memory[name] += right
        if name in told and told[name].memory:
            counts.spoken += 1
            counts.spoken_right += right


def _right(name: str, facts: Mapping[str, Fact], accepted: Sequence[str]) -> bool:
    names = _ANY_NUMBER if name == "number" else (name,)
    return any(same(name, facts[n].value, v) for n in names if n in facts for v in accepted)


def _learnt(
    example: Example, plain: Mapping[str, Fact], told: Mapping[str, Fact], supplier: str
) -> SupplierLayout:
    """The layout as the desk would learn it: what was read right, and the truth typed in."""
    facts = {**plain, "seller_name": Fact(supplier, 1.0)}
    for name, accepted in example.accepted.items():
        old = told.get(name)
        known = old is not None and any(same(name, old.value, value) for value in accepted)
        facts[name] = old if old is not None and known else Fact(accepted[0], 1.0)
    printed = plain.get("seller_name")
    return learn_layout(
        document_text(example.pages),
        facts,
        {},
        supplier=supplier,
        source=example.name,
        names=[printed.value] if printed else [],
    )


def _show(title: str, counts: _Counts) -> None:
    print(f"\n{title} of suppliers met before, in the order of time: without memory, with it")
    for name, asked in counts.asked.items():
        before, after = counts.without[name] / asked, counts.with_memory[name] / asked
        print(f"  {name:20} {asked:5}  {100 * before:6.2f} %  {100 * after:6.2f} %")
    asked = max(1, sum(counts.asked.values()))
    before, after = (sum(c.values()) / asked for c in (counts.without, counts.with_memory))
    print(f"  {'all':20} {asked:5}  {100 * before:6.2f} %  {100 * after:6.2f} %")
    print(f"  of {counts.spoken} values that memory spoke for {counts.spoken_right} are right")
