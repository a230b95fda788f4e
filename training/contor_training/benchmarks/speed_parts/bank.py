"""Bank lines a second: statements by format, and matching to the demo company's open items."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from contor.banking.duplicates import number_lines
from contor.banking.reading import parse_statements
from contor.banking.statement import BankLine
from contor.reconciliation.item import OpenItem, read_items
from contor.reconciliation.matching import reconcile
from contor_training.benchmarks.banking_peers import erpnext_rank, odoo_greedy
from contor_training.benchmarks.speed_parts.measure import OURS, Step, compare
from contor_training.benchmarks.speed_parts.scale import Scale

_SUFFIXES = {".xml", ".sta", ".csv"}


def measure(samples: Path, scale: Scale) -> list[Step]:
    """Every sample statement, then all their lines against the open items."""
    folder = samples / "statements"
    contents = [p.read_bytes() for p in sorted(folder.iterdir()) if p.suffix in _SUFFIXES]
    lines: list[BankLine] = []
    steps = []
    for content in contents:
        reading = parse_statements(content)
        lines.extend(reading.lines)
        ways: dict[str, Callable[[], object]] = {OURS: _reader(parse_statements, content)}
        who, peer = _peer(reading.format)
        ways[who] = _reader(peer, content)
        steps.append(compare(f"parse {reading.format}", "lines", len(reading.lines), ways, scale))
    with (samples / "demo" / "open_items.csv").open(encoding="utf-8", newline="") as stream:
        items = [item for item in read_items(stream) if isinstance(item, OpenItem)]
    numbered = list(number_lines(lines))
    steps.append(
        compare("reconcile", "lines", len(numbered), {
            OURS: lambda: reconcile(numbered, items),
            "ERPNext rank": lambda: erpnext_rank(numbered, items),
            "Odoo tokens + greedy": lambda: odoo_greedy(numbered, items),
        }, scale, f"{len(items)} items; peers without reasons or calibrated confidence")
    )  # fmt: skip
    return steps


def _reader(reader: Callable[[bytes], object], content: bytes) -> Callable[[], object]:
    return lambda: reader(content)


def _peer(form: str) -> tuple[str, Callable[[bytes], object]]:
    """A package for the format, else the bare parser underneath, as a floor."""
    if form.startswith("mt94"):
        return "mt-940", _mt940
    if form.startswith("camt"):
        return "lxml, tree only", _lxml
    return "csv.DictReader only", _csv


def _mt940(content: bytes) -> object:
    import mt940

    return list(mt940.parse(content.decode("utf-8", "replace")))


def _lxml(content: bytes) -> object:
    from lxml import etree

    return etree.fromstring(content)


def _csv(content: bytes) -> object:
    return list(csv.DictReader(io.StringIO(content.decode("latin-1")), delimiter=";"))
