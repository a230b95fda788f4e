"""Bench of banking, reconciliation and parties beside their peers.

``python -m contor_training.benchmarks.banking [--part read|reconcile|screen|link] [--shared DIR]``
"""

from __future__ import annotations

import argparse
import csv
import gzip
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from contor.banking.reading import parse_statements
from contor.banking.statement import BankLine
from contor.reconciliation.item import OpenItem
from contor.reconciliation.matching import reconcile
from contor_training.benchmarks.banking_peers import erpnext_rank, odoo_greedy
from contor_training.synthetic.bank import Booked, Case, Generator

ROOT = Path(__file__).resolve().parents[3]
Guess = dict[str, tuple[str, frozenset[str]]]


def invoices_of(path: Path, limit: int, offset: int = 0) -> list[Booked]:
    """Invoices with a number of their own; lines of one invoice are added up."""
    sums: dict[tuple[str, str], list[object]] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            number = row["invoice_no"].strip()
            if not number or number.upper() == "REDACTED" or not any(c.isdigit() for c in number):
                continue
            try:
                amount = int(Decimal(row["amount"]).scaleb(2))
            except InvalidOperation:
                continue
            entry = sums.setdefault((row["supplier"], number), [0, row["date"]])
            entry[0] = int(str(entry[0])) + amount
    booked = [
        Booked(supplier, number, int(str(amount)), date.fromisoformat(str(day)))
        for (supplier, number), (amount, day) in sums.items()
        if int(str(amount)) > 0
    ]
    return booked[offset : offset + limit]


def ours(lines: list[BankLine], items: list[OpenItem]) -> Guess:
    """Our proposals: status and items by line."""
    return {
        p.line: (p.status, frozenset(a.item for a in p.allocations))
        for p in reconcile(lines, items)
    }


def score(case: Case, guess: Guess) -> dict[str, float]:
    """Shares: lines whose items are found, autos and wrong autos, by the truth."""
    counts: Counter[str] = Counter()
    for line, (_, money) in case.truth.items():
        status, items = guess.get(line, ("none", frozenset()))
        right = items == frozenset(money)
        counts["payable"] += bool(money)
        counts["found"] += bool(money) and right and status != "none"
        counts["auto"] += status == "auto"
        counts["wrong_auto"] += status == "auto" and not right
        counts["wrong"] += status in {"auto", "propose"} and not right
        counts["ambiguous"] += status == "ambiguous"
    total = len(case.truth)
    return {
        "lines": total,
        "match_rate": counts["found"] / max(counts["payable"], 1),
        "auto_share": counts["auto"] / total,
        "wrong_auto_rate": counts["wrong_auto"] / max(counts["auto"], 1),
        "wrong_auto": counts["wrong_auto"],
        "wrong_share": counts["wrong"] / total,
        "ambiguous": counts["ambiguous"] / total,
    }


def bench_reconcile(shared: Path, limit: int, seed: int) -> None:
    """Our matcher and the peers on statements over two ledgers."""
    methods: dict[str, Callable[[list[BankLine], list[OpenItem]], Guess]] = {
        "contor": ours,
        "Odoo tokens + greedy": odoo_greedy,
        "ERPNext rank": erpnext_rank,
    }
    for ledger in ("sheffield", "devon"):
        booked = invoices_of(shared / "ledgers" / ledger / "lines.csv.gz", limit)
        case = Generator(booked, seed).run()
        for name, method in methods.items():
            started = time.perf_counter()
            guess = method(case.lines, case.items)
            seconds = time.perf_counter() - started
            figures = score(case, guess)
            print(
                f"{ledger:10} {name:22} lines {figures['lines']:6.0f}  items {len(case.items):6d}  "
                f"match {figures['match_rate']:6.1%}  auto {figures['auto_share']:6.1%}  "
                f"wrong auto {figures['wrong_auto_rate']:7.3%} ({figures['wrong_auto']:.0f})  "
                f"wrong {figures['wrong_share']:6.1%}  ambiguous {figures['ambiguous']:5.1%}  "
                f"{figures['lines'] / seconds:7.0f} lines/s"
            )


def bench_read(shared: Path) -> None:
    """Lines a second by format: the corpus file repeated to a large statement."""
    samples = {
        "camt.053": ("camt/camt053.v2.multi.statement.xml", b"<Ntry>", b"</Ntry>"),
        "mt940": ("mt940/betterplace/sepa_mt9401.sta", b"", b""),
        "csv": ("bank-csv/bank2ynab/2019-03-02_11-50-46_bunq-statement.csv", b"", b""),
    }
    for name, (path, opening, closing) in samples.items():
        content = (shared / "corpus" / path).read_bytes()
        if opening:
            start, end = content.index(opening), content.index(closing) + len(closing)
            content = content[:start] + content[start:end] * 20_000 + content[end:]
        elif name == "csv":
            head, _, body = content.partition(b"\n")
            content = head + b"\n" + (body.rstrip(b"\n") + b"\n") * 3_000
        else:
            content = content * 200
        started = time.perf_counter()
        lines = len(parse_statements(content).lines)
        print(f"{name:10} {lines:7d} lines  {lines / (time.perf_counter() - started):9.0f} lines/s")


def main() -> None:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("read", "reconcile", "screen", "link"))
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--limit", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    if options.part in {None, "read"}:
        bench_read(options.shared)
    if options.part in {None, "reconcile"}:
        bench_reconcile(options.shared, options.limit, options.seed)
    if options.part in {None, "screen"}:
        from contor_training.benchmarks.banking_screen import bench_screen

        bench_screen(options.shared)
    if options.part in {None, "link"}:
        from contor_training.benchmarks.banking_link import bench_link

        bench_link(options.shared)


if __name__ == "__main__":
    main()
