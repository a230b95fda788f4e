"""Bench of record linkage on real and classic sets, the references side by side."""

from __future__ import annotations

import csv
import gzip
import hashlib
import time
from pathlib import Path

from contor.parties.linkage import link_records

Row = dict[str, str]
_NAMES = (("organisation_names_de", 0.91), ("supplier_names_uk", 0.81))
_MAGELLAN = (
    ("structured_dblp-acm", 0.988),
    ("dirty_dblp-acm", 0.970),
    ("structured_amazon-google", 0.704),
    ("structured_fodors-zagats", 1.0),
    ("structured_beer", 0.839),
    ("dirty_itunes-amazon", 0.915),
)


def bench_link(shared: Path) -> None:
    """F1 of every set: names by held-out entities, Magellan by its own test split."""
    folder = shared / "matching"
    for name, reference in _NAMES:
        _pairs(name, _rows(folder / name / "pairs.csv.gz"), _by_entity, ("name",), reference)
    for name, reference in _MAGELLAN:
        rows = _rows(folder / "er_magellan" / f"{name}.csv.gz")
        fields = tuple(c[:-2] for c in rows[0] if c.endswith("_a"))
        _pairs(
            name, rows, lambda row: "test" if row["split"] == "test" else "learn", fields, reference
        )
    _transfers(folder / "splink_transactions")


def _rows(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _by_entity(row: Row) -> str:
    """``test`` where both entities fall into the last third by hash, ``learn`` in the first two."""
    late = [
        int(hashlib.sha256(row[c].encode()).hexdigest(), 16) % 100 >= 65
        for c in ("cluster_a", "cluster_b")
    ]
    return "test" if all(late) else "neither" if any(late) else "learn"


def _pairs(
    name: str, rows: list[Row], part_of: object, fields: tuple[str, ...], reference: float
) -> None:
    """Learn on the pairs of one part, score those of the other at 0.5."""
    assert callable(part_of)
    lefts: dict[tuple[str, ...], str] = {}
    rights: dict[tuple[str, ...], str] = {}
    keyed = []
    for row in rows:
        a, b = (tuple(row[f"{f}_{side}"] for f in fields) for side in "ab")
        pair = (lefts.setdefault(a, f"l{len(lefts)}"), rights.setdefault(b, f"r{len(rights)}"))
        keyed.append((pair, row["label"] == "1", part_of(row)))
    tables = [
        [{"id": key, **dict(zip(fields, values, strict=True))} for values, key in side.items()]
        for side in (lefts, rights)
    ]
    labels = {pair: int(label) for pair, label, part in keyed if part == "learn"}
    started = time.perf_counter()
    found = {
        (a, b) for a, b, _ in link_records(tables[0], tables[1], None, labels, one_to_one=False)
    }
    tested = [(pair in found, label) for pair, label, part in keyed if part == "test"]
    hits = sum(guess and label for guess, label in tested)
    f1 = 2 * hits / max(sum(guess for guess, _ in tested) + sum(label for _, label in tested), 1)
    seconds = time.perf_counter() - started
    print(
        f"{name:28} F1 {f1:.3f}  reference {reference:.3f}  {len(tested):6d} pairs  {seconds:6.1f} s"
    )


def _transfers(folder: Path) -> None:
    """Transfers one to one, nothing learned from labels."""
    tables = [
        [
            {"id": r["unique_id"], **{k: r[k] for k in ("memo", "transaction_date", "amount")}}
            for r in rows
        ]
        for rows in (_rows(folder / "origin.csv.gz"), _rows(folder / "destination.csv.gz"))
    ]
    started = time.perf_counter()
    links = link_records(tables[0], tables[1])
    hits = sum(a == b for a, b, _ in links)
    f1 = 2 * hits / (len(links) + len(tables[0]))
    seconds = time.perf_counter() - started
    print(
        f"{'splink_transactions':28} F1 {f1:.3f}  reference 0.959  {len(links):6d} links  {seconds:6.1f} s"
    )
