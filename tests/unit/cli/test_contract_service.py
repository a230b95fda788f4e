"""Service commands: what is refused bears the command's own words, and people have addresses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contor.cli.program import program
from tests.support.shared import SAMPLES

CHARTS = SAMPLES / "charts"


@pytest.fixture
def call(tmp_path: Path) -> object:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(
            program, list(arguments), env={"CONTOR_DATA_DIR": str(tmp_path / "var")}
        )

    done = run(
        "init", "--key", "acme", "--name", "Acme Hosting GmbH",
        "--chart", str(CHARTS / "skr03.csv"), "--tax-codes", str(CHARTS / "tax_codes.csv"),
        "--cost-centres", str(CHARTS / "cost_centres.csv"),
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    return run


def test_a_refusal_without_a_file_names_the_command_as_it_was_typed(call: object) -> None:
    assert callable(call)
    done = call("billing", "run", "--tenant", "nobody")
    assert done.exit_code == 1
    assert done.stderr.startswith("billing run: tenant_unknown: ")


def test_people_need_an_address_and_a_name(call: object) -> None:
    assert callable(call)
    for email, name in (("anna", "Anna"), ("anna@example.com", " ")):
        done = call("user", "add", email, "--name", name, "--password", "long enough")
        assert done.exit_code == 1
        assert done.stderr.startswith("user add: person_unclear: ")
    done = call(
        "user", "add", "anna@example.com", "--name", "Anna", "--password", "long enough", "--json"
    )
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "tenant": "acme", "email": "anna@example.com", "role": "bookkeeper",
    }  # fmt: skip
