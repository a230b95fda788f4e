"""The notebook runs from top to bottom and imports from the packages only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support.shared import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
_ALLOWED = {"contor", "csv", "pathlib", "matplotlib", "numpy"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_imports_from_packages_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    named |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert {name.split(".")[0] for name in named} <= _ALLOWED


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning", "ignore::RuntimeWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_from_top_to_bottom(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import jupytext  # type: ignore[import-untyped]
    from nbclient import NotebookClient

    monkeypatch.setenv("MPLBACKEND", "agg")
    sources = [str(ROOT / folder) for folder in ("src", "api", "training")]
    monkeypatch.setenv("PYTHONPATH", ":".join(sources))
    notebook = jupytext.read(path)
    NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    ).execute()
    printed = "".join(
        str(output.get("text", ""))
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )
    assert "right first" in printed
    assert "Nearest past booking" in printed
