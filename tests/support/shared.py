"""Where the reference material lies when it is at hand; the product itself never needs it."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SAMPLES = ROOT / "data" / "samples"

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="reference material not beside the project"
)
