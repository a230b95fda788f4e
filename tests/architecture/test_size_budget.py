"""Small files, small functions: the budget that keeps the house easy to live in."""

from __future__ import annotations

import ast
from statistics import median, quantiles

import pytest

from tests.support.shared import ROOT

MODULES = sorted(
    path
    for top in ("src", "api", "training")
    for path in (ROOT / top).rglob("*.py")
    if "versions" not in path.parts
)
VAGUE = {"utils", "helpers", "common", "misc", "manager"}


def lengths() -> dict[str, int]:
    return {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in MODULES
    }


def function_lengths() -> dict[str, int]:
    found = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                found[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = size
    return found


def test_no_module_is_over_400_lines() -> None:
    assert {name: size for name, size in lengths().items() if size > 400} == {}


def test_modules_are_small_on_the_whole() -> None:
    sizes = list(lengths().values())
    assert median(sizes) <= 120


def test_no_function_is_over_60_lines() -> None:
    assert {name: size for name, size in function_lengths().items() if size > 60} == {}


def test_functions_are_small_on_the_whole() -> None:
    assert quantiles(function_lengths().values(), n=10)[-1] <= 30


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_names_say_something(path: object) -> None:
    assert path.stem not in VAGUE  # type: ignore[attr-defined]
