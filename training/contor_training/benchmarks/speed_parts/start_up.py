"""How long the command takes before it does anything."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from contor_training.benchmarks.speed_parts.measure import OURS, Step, compare
from contor_training.benchmarks.speed_parts.scale import Scale


def measure(samples: Path, scale: Scale) -> list[Step]:
    """``contor --help`` beside the bare interpreter and one that imports click."""
    del samples
    return [
        compare("contor --help", "starts", 1, {
            OURS: _starter("-m", "contor.cli", "--help"),
            "python with click": _starter("-c", "import click"),
            "python alone": _starter("-c", ""),
        }, scale)
    ]  # fmt: skip


def _starter(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run(  # noqa: S603 - this interpreter with fixed arguments
        [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL
    )
