"""The service from the command line, from an empty folder to proven books."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contor.cli.program import COMMANDS, program
from tests.support.shared import SAMPLES

Call = Callable[..., Result]
CHARTS = SAMPLES / "charts"


@pytest.fixture
def call(tmp_path: Path) -> Call:
    """Run a command on books in a folder of the test's own."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(
            program, list(arguments), env={"CONTOR_DATA_DIR": str(tmp_path / "var")}
        )

    return run


def opened(call: Call) -> None:
    done = call(
        "init", "--key", "acme", "--name", "Acme Hosting GmbH",
        "--chart", str(CHARTS / "skr03.csv"), "--tax-codes", str(CHARTS / "tax_codes.csv"),
        "--cost-centres", str(CHARTS / "cost_centres.csv"),
    )  # fmt: skip
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_says_what_it_does_with_an_example(name: str) -> None:
    shown = CliRunner().invoke(program, [name, "--help"])
    assert shown.exit_code == 0
    assert "Example: contor" in shown.output


def test_before_set_up_the_machine_says_what_to_do(call: Call) -> None:
    failed = call("verify")
    assert failed.exit_code == 3
    assert "contor init" in failed.output


def test_a_word_too_many_is_wrong_usage(call: Call) -> None:
    assert call("verify", "everything").exit_code == 2


@pytest.mark.slow
def test_documents_and_statements_go_in_and_the_books_are_proven(
    call: Call, tmp_path: Path
) -> None:
    opened(call)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("xrechnung-testsuite/01.01a-INVOICE_ubl.xml", "hostile/entity-bomb.xml"):
        shutil.copy(SAMPLES / "documents" / name, inbox)
    first = call("inbox", str(inbox), "--json", "--quiet")
    assert first.exit_code == 0, first.output
    assert json.loads(first.stdout) == {
        "received": 2, "known": 0, "by_state": {"review": 1, "refused": 1},
    }  # fmt: skip
    again = json.loads(call("inbox", str(inbox), "--json", "--quiet").stdout)
    assert (again["received"], again["known"]) == (0, 2)

    statement = str(next((SAMPLES / "statements").glob("*.sta")))
    done = json.loads(call("bank", "import", statement, "--json", "--quiet").stdout)
    assert done["new_lines"] > 0
    assert json.loads(call("bank", "import", statement, "--json", "--quiet").stdout) == {
        "new_lines": 0, "known_lines": done["new_lines"],
    }  # fmt: skip
    assert call("verify").exit_code == 0
    out = tmp_path / "journal.csv"
    assert call("export", "csv", "-o", str(out)).exit_code == 0
    assert out.read_text("utf-8").startswith("number,date,")


def test_a_short_password_is_refused(call: Call) -> None:
    opened(call)
    refused = call("user", "add", "b@example.com", "--name", "B", "--password", "short")
    assert refused.exit_code == 1
    assert "password_too_short" in refused.output
    added = call("user", "add", "b@example.com", "--name", "B", "--password", "long enough now")
    assert added.exit_code == 0
