"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

from tests.support.shared import ROOT

SOURCES = [path for top in ("src", "api", "training") for path in (ROOT / top).rglob("*.py")]


def test_only_the_unit_of_work_commits() -> None:
    committing = {
        str(path.relative_to(ROOT / "src" / "contor"))
        for path in (ROOT / "src").rglob("*.py")
        if "versions" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    }
    assert committing <= {"adapters/db/unit_of_work.py"}


def test_nothing_is_left_open_in_the_code() -> None:
    words = re.compile(r"\b(TO" + "DO|FIX" + "ME|HA" + "CK|NotImplemented" + r"Error)\b")
    left = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if words.search(line)
    ]
    assert left == []


def test_help_answers_without_loading_what_commands_use() -> None:
    probe = (
        "import sys; from contor.cli.program import program\n"
        "program(['--help'], standalone_mode=False)\n"
        "heavy = {'sklearn', 'numpy', 'torch', 'sqlalchemy', 'lxml', 'fastapi', 'pandas', 'rich',"
        " 'lightgbm', 'typst', 'saxonche'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_command_of_the_table_can_be_loaded() -> None:
    from contor.cli.program import COMMANDS, program

    context = program.make_context("contor", ["--help"], resilient_parsing=True)
    for name in COMMANDS:
        command = program.get_command(context, name)
        assert command is not None
        assert command.help, f"{name} says nothing about itself"
