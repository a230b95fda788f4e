"""The speed table: for people at a terminal, for a page of the documentation, for programs."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from contor_training.benchmarks.speed_parts.measure import Area, Entry, Step
from contor_training.benchmarks.speed_parts.scale import Scale

COLUMNS = ("step", "work", "by", "per s", "per CPU s", "CPU ms each", "ours is")
_RIGHT = range(3, len(COLUMNS))


def machine() -> dict[str, object]:
    """What the figures were taken on; the load says how busy it was otherwise."""
    return {
        "cpu": _cpu_model(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "contor": version("contor"),
    }


def record(areas: Sequence[Area], scale: Scale) -> dict[str, object]:
    """The JSON object: machine, rounds, areas with their steps."""
    return {
        "machine": machine(),
        "rounds": scale.rounds,
        "areas": [
            {
                "name": area.name,
                "peak_mib": round(area.peak_mib, 1),
                "failure": area.failure,
                "steps": [_step_record(step) for step in area.steps],
            }
            for area in areas
        ],
    }


def rows(area: Area) -> Iterator[tuple[str, ...]]:
    """The table's rows of an area: ours, then each peer with how many times faster (``1/n``: slower) we are."""
    for step in area.steps:
        ours = step.entries[0]
        for entry in step.entries:
            first = entry is ours
            yield (
                step.name if first else "",
                f"{step.count:,} {step.unit}" if first else "",
                entry.who,
                _figure(_rate(step.count, entry.wall)),
                _figure(_rate(step.count, entry.cpu)),
                _figure(1000 * entry.cpu / step.count),
                "" if first else _times(entry.cpu, ours.cpu),
            )


def print_table(areas: Sequence[Area]) -> None:
    """A ruled table at a terminal, aligned text anywhere else."""
    if not sys.stdout.isatty():
        print(plain(areas))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title=_title(), title_justify="left")
    for number, column in enumerate(COLUMNS):
        table.add_column(column, justify="right" if number in _RIGHT else "left")
    for area in areas:
        table.add_section()
        table.add_row(f"[bold]{area.name.replace('_', '-')}[/bold]", _memory(area), area.failure)
        for row in rows(area):
            table.add_row(*row, style="" if row[0] else "dim")
    Console().print(table)


def plain(areas: Sequence[Area]) -> str:
    """The table as aligned text."""
    table: list[tuple[str, ...]] = [COLUMNS]
    for area in areas:
        table.append(
            (area.name.replace("_", "-").upper(), _memory(area), area.failure, *("",) * len(_RIGHT))
        )
        table.extend(rows(area))
    widths = [max(len(row[n]) for row in table) for n in range(len(COLUMNS))]
    lines = [
        "  ".join(
            cell.rjust(width) if number in _RIGHT else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]
    return "\n".join([_title(), *lines])


def markdown(areas: Sequence[Area]) -> str:
    """The table for ``docs/benchmarks.md``, an area below the other."""
    lines = [_title(), ""]
    for area in areas:
        lines += [
            f"### {area.name.replace('_', '-').capitalize()}",
            "",
            f"{_memory(area)} {area.failure}".strip() + ".",
            "",
        ]
        lines.append("| " + " | ".join(COLUMNS) + " |")
        lines.append(
            "| " + " | ".join("--:" if n in _RIGHT else "---" for n in range(len(COLUMNS))) + " |"
        )
        lines += ["| " + " | ".join(row) + " |" for row in rows(area)]
        notes = [f"{step.name}: {step.note}" for step in area.steps if step.note]
        lines += ["", *([f"({' · '.join(notes)})", ""] if notes else [])]
    return "\n".join(lines).rstrip()


def _step_record(step: Step) -> dict[str, object]:
    return {
        "step": step.name,
        "unit": step.unit,
        "count": step.count,
        "note": step.note,
        "entries": [_entry_record(step, entry) for entry in step.entries],
    }


def _entry_record(step: Step, entry: Entry) -> dict[str, object]:
    return {
        "by": entry.who,
        "wall_seconds": entry.wall,
        "cpu_seconds": entry.cpu,
        "per_second": _rate(step.count, entry.wall),
        "per_cpu_second": _rate(step.count, entry.cpu),
    }


def _rate(count: int, seconds: float) -> float:
    return count / seconds if seconds > 0 else 0.0


def _times(theirs: float, ours: float) -> str:
    """How many times faster ours is, by CPU seconds; ``1/n`` where it is slower.

    >>> _times(3.0, 1.5), _times(0.1, 20.0)
    ('2.0 ×', '1/200')
    """
    if not theirs or not ours:
        return ""
    return f"{theirs / ours:,.1f} ×" if theirs >= ours else f"1/{_figure(ours / theirs)}"


def _figure(value: float) -> str:
    """Three digits that mean something, no exponent."""
    if value >= 100:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.4f}"


def _memory(area: Area) -> str:
    return "failed" if area.failure else f"peak {area.peak_mib:,.0f} MiB"


def _title() -> str:
    facts = machine()
    return (
        f"Speeds on {facts['cores']} cores of {facts['cpu']} (load {facts['load']}), "
        f"Python {facts['python']}"
    )


def _cpu_model() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
