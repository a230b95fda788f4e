"""The demo company's files, read from the samples folder."""

from __future__ import annotations

from pathlib import Path

from contor.workflows.demo_morning import DemoFiles

_STATEMENTS = frozenset({".xml", ".sta", ".csv"})


def statement_files(samples: Path) -> list[Path]:
    """The sample statements in the order of their names."""
    return sorted(p for p in (samples / "statements").iterdir() if p.suffix in _STATEMENTS)


def demo_files(samples: Path, *, statements: bool = True) -> DemoFiles:
    """Texts and bytes of the demo company; without ``statements`` it has no bank accounts."""

    def text(name: str) -> str:
        return (samples / name).read_text("utf-8")

    contracts = sorted((samples / "demo" / "contracts").glob("*.yaml"))
    return DemoFiles(
        text("charts/skr03.csv"),
        text("charts/tax_codes.csv"),
        text("charts/cost_centres.csv"),
        text("demo/ledger.csv"),
        text("demo/parties.csv"),
        text("demo/open_items.csv"),
        [(path.name, path.read_text("utf-8")) for path in contracts],
        text("demo/usage.csv"),
        {path.name: path.read_bytes() for path in statement_files(samples)} if statements else {},
    )
