"""SROIE, DeepForm and hybrid invoices from words and boxes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from rapidfuzz import fuzz

from contor.documents.amounts import plain
from contor.documents.facts import Facts, facts_from
from contor.documents.reading import AMOUNT_FIELDS, LineItem, TaxRow
from contor_training.benchmarks.documents.cross_validation import taggers_for
from contor_training.benchmarks.documents.scoring import Score, score_any, score_facts
from contor_training.documents.gold import Example

ADDRESSES = ("seller_address", "buyer_address")
HEADER = (
    "number", "issue_date", "due_date", "delivery_date", "net_total", "tax_total", "gross_total",
    "seller_vat_id", "buyer_vat_id", "seller_iban", "seller_name",
)  # fmt: skip
_NUMBERS = ("number", "contract_reference", "order_reference")
Reader = Callable[[Example], Facts]


def sroie(examples: Sequence[Example], others: Sequence[Example], folds: int) -> None:
    """SROIE task 3, folds drawn at random and by supplier."""
    for title, grouped in (("random folds", False), ("new suppliers only", True)):
        taggers = taggers_for(examples, folds, grouped=grouped, others=others)
        score = Score()
        for example in examples:
            score_facts(score, example, facts_from(example.pages, taggers[example.name]))
        print(f"\nSROIE task 3, {len(examples)} receipts, {folds} {title}")
        show(score)
        print(
            f"  micro F1 exact {100 * score.f1():.2f}, "
            f"letters and digits only {100 * score.f1(near=True):.2f}"
            "   (LayoutLM base 94.38, BERT base 90.99)"
        )


def deepform(examples: Sequence[Example], others: Sequence[Example], folds: int) -> None:
    """DeepForm by template, and with templates seen before (folds drawn at random)."""
    for title, grouped in (("folds by template", True), ("random folds", False)):
        taggers = taggers_for(examples, folds, grouped=grouped, others=others)
        score, whole, alike = Score(), 0, 0
        for example in examples:
            fields = facts_from(example.pages, taggers[example.name]).fields
            before = score.right.total()
            for name, accepted in example.accepted.items():
                names = _NUMBERS if name == "number" else (name,)
                score_any(score, name, fields, names, accepted)
            whole += score.right.total() - before == len(example.accepted)
            buyer = fields.get("buyer_name")
            if buyer:
                alike += _alike(buyer.value, example.accepted["buyer_name"][0])
        print(f"\nDeepForm, {len(examples)} documents, {folds} {title}")
        show(score)
        print(f"  all five fields      {whole:5} of {len(examples):5}")
        print(
            f"  buyer_name: letters and digits only {score.near['buyer_name']}, "
            f"alike (nine tenths) {alike}"
        )
    print("  total: 90 % published, 61 % hand-coded")


def _alike(printed: str, wanted: str) -> bool:
    """Whether nine tenths of two names agree (Levenshtein), without case."""
    return fuzz.ratio(printed.lower(), wanted.lower()) >= 90


def hybrids(examples: Sequence[Example], others: Sequence[Example], folds: int) -> Reader:
    """Hybrid invoices with the XML ignored: by rules alone, then with taggers by invoice identity."""
    print(f"\nHybrid invoices, page only, {len(examples)} documents, rules alone")
    show(score_hybrids(examples, lambda example: facts_from(example.pages)))
    taggers = taggers_for(examples, folds, grouped=True, others=others)

    def read(example: Example) -> Facts:
        return facts_from(example.pages, taggers[example.name])

    print(f"\nHybrid invoices, page only, {len(examples)} documents, {folds} folds by invoice")
    show(score_hybrids(examples, read))
    return read


def score_hybrids(examples: Sequence[Example], read: Reader) -> Score:
    """Header fields, VAT breakdown and lines of hybrid invoices.

    The breakdown is right when all its rows are; a line when its net is, ``whole lines`` asks for
    quantity, unit price and net together. Lines that are no lines are counted beside.
    """
    score = Score()
    for example in examples:
        facts = read(example)
        if facts.kind == "credit_note" and example.extra.get("negative"):
            facts = taken_back(facts)
        for name, accepted in example.accepted.items():
            if name not in ADDRESSES:
                fact = facts.fields.get(name)
                score.add(name, [fact] if fact else [], accepted)
        if example.tax_rows:
            found = {_row(row) for row in facts.tax_breakdown}
            score.asked["vat_breakdown"] += 1
            score.right["vat_breakdown"] += found == {_row(row) for row in example.tax_rows}
        _lines(score, example.lines, facts.lines)
    return score


def _row(row: TaxRow) -> tuple[str, str | None, str | None]:
    """Not subject to VAT (no rate) and taxed at nought are one on a page."""
    return (row.rate or "0.00", row.base, row.tax)


def _lines(score: Score, wanted: Sequence[LineItem], found: Sequence[LineItem]) -> None:
    nets = [line.net for line in found]
    wholes = [_whole(line) for line in found]
    for line in wanted:
        score.asked["lines"] += 1
        if line.net in nets:
            nets.remove(line.net)
            score.right["lines"] += 1
        if line.quantity and line.unit_price:
            score.asked["whole lines"] += 1
            if _whole(line) in wholes:
                wholes.remove(_whole(line))
                score.right["whole lines"] += 1
    score.extra_lines += len(nets) if wanted else 0


def _whole(line: LineItem) -> tuple[Decimal | None, Decimal | None, str | None]:
    quantity, price = (Decimal(text) if text else None for text in (line.quantity, line.unit_price))
    return quantity, price, line.net


def taken_back(facts: Facts) -> Facts:
    """A credit note as the invoice with negative amounts that some senders' XML says it is."""
    fields = {
        name: replace(fact, value=_minus(fact.value)) if name in AMOUNT_FIELDS else fact
        for name, fact in facts.fields.items()
    }
    rows = tuple(
        replace(row, base=row.base and _minus(row.base), tax=row.tax and _minus(row.tax))
        for row in facts.tax_breakdown
    )
    lines = tuple(replace(line, net=line.net and _minus(line.net)) for line in facts.lines)
    return replace(facts, fields=fields, tax_breakdown=rows, lines=lines)


def _minus(amount: str) -> str:
    return plain(-Decimal(amount))


def show(score: Score) -> None:
    """A table of one score."""
    for name in score.asked:
        asked, right = score.asked[name], score.right[name]
        print(f"  {name:20} {right:5} of {asked:5}  {100 * right / asked:6.2f} %")
    header = [name for name in HEADER if score.asked[name]]
    if score.asked["lines"]:
        print(f"  lines that are none   {score.extra_lines}")
    if "vat_breakdown" in score.asked:
        share = 100 * score.share([*header, "vat_breakdown"])
        print(f"  {'header + breakdown':20} {share:22.2f} %")
    if score.sure:
        print(
            f"  confidence >= 0.98: {score.sure_right} of {score.sure} right, "
            f"{100 * score.sure_right / score.sure:.2f} %"
        )


def speed(examples: Sequence[Example], read: Reader) -> None:
    """Pages with facts per second of CPU, words at hand."""
    pages = sum(len(example.pages) for example in examples)
    started = time.process_time()
    for example in examples:
        read(example)
    seconds = time.process_time() - started
    print(f"  facts: {pages} pages, {pages / seconds:.0f} pages/s of one core")
