"""A shelf of models in a folder: ``<name>/<version>/`` and one file that names the live ones.

Each version has its artefact, ``manifest.toml`` (hashes, libraries, features), ``metrics.json`` and
``card.md``. A version is never changed; going live or back is a line in ``live.toml``.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from contor.errors import Refusal
from contor.ports.assignment import ShelvedModel

_LIBRARIES = ("numpy", "scipy", "lightgbm")
_ARTEFACT = "artefact.bin"


def libraries() -> dict[str, str]:
    """Major and minor versions of the libraries an artefact depends on."""
    return {
        f"library_{name}": ".".join(importlib.metadata.version(name).split(".")[:2])
        for name in _LIBRARIES
    }


class FolderShelf:
    """The shelf in the folder ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def versions(self, name: str) -> list[str]:
        """All versions of a model, oldest first."""
        folder = self.root / name
        found = [path.name for path in folder.glob("*") if path.name.isdigit()]
        return sorted(found, key=int)

    def put(
        self,
        name: str,
        content: bytes,
        *,
        manifest: Mapping[str, str],
        metrics: Mapping[str, object],
        card: str,
    ) -> str:
        """Add a version; returns its number."""
        version = str(int((self.versions(name) or ["0"])[-1]) + 1)
        folder = self.root / name / f".{version}"
        folder.mkdir(parents=True, exist_ok=True)
        facts = {
            **({} if manifest.get("format") == "npy" else libraries()),
            **manifest,
            "name": name,
            "version": version,
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        (folder / _ARTEFACT).write_bytes(content)
        (folder / "manifest.toml").write_text(_toml(facts), encoding="utf-8")
        (folder / "metrics.json").write_text(
            json.dumps(metrics, indent=1, sort_keys=True) + "\n", encoding="utf-8"
        )
        (folder / "card.md").write_text(card, encoding="utf-8")
        folder.rename(self.root / name / version)
        return version

    def load(self, name: str, version: str | None = None) -> ShelvedModel:
        """A version, the live one without a number; refuses what is missing, altered or alien."""
        chosen = version or self.live(name)
        folder = self.root / name / (chosen or "none")
        if not (folder / _ARTEFACT).is_file() or chosen is None:
            raise Refusal(
                "model_missing",
                "There is no model {name} on the shelf.",
                "Train one with contor train.",
                name=name,
            )
        content = (folder / _ARTEFACT).read_bytes()
        manifest = tomllib.loads((folder / "manifest.toml").read_text(encoding="utf-8"))
        if hashlib.sha256(content).hexdigest() != manifest.get("sha256"):
            raise Refusal(
                "model_altered",
                "The model {name} {version} is not the one its manifest describes.",
                "Roll back to an earlier version or train anew.",
                name=name,
                version=chosen,
            )
        for library, needed in libraries().items():
            if library in manifest and manifest[library] != needed:
                raise Refusal(
                    "model_mismatch",
                    "The model {name} {version} was made with {library} {made}, here is {here}.",
                    "Train it anew with the libraries at hand.",
                    name=name,
                    version=chosen,
                    library=library.removeprefix("library_"),
                    made=manifest[library],
                    here=needed,
                )
        return ShelvedModel(name, chosen, content, {k: str(v) for k, v in manifest.items()})

    def live(self, name: str) -> str | None:
        """The version that is live, if any."""
        past = self._pointers().get(name, [])
        return past[-1] if past else None

    def promote(self, name: str, version: str) -> None:
        """Make a version the live one."""
        if version not in self.versions(name):
            raise Refusal(
                "model_missing",
                "There is no version {version} of the model {name}.",
                "Choose one of the versions on the shelf.",
                name=name,
                version=version,
            )
        pointers = self._pointers()
        pointers[name] = [*(old for old in pointers.get(name, []) if old != version), version]
        self._point(pointers)

    def roll_back(self, name: str) -> str:
        """Make the version live that was live before; returns it."""
        pointers = self._pointers()
        past = pointers.get(name, [])
        if len(past) < 2:
            raise Refusal(
                "no_earlier_model",
                "No other version of the model {name} was live before.",
                "Train and promote one first.",
                name=name,
            )
        pointers[name] = past[:-1]
        self._point(pointers)
        return past[-2]

    def _pointers(self) -> dict[str, list[str]]:
        path = self.root / "live.toml"
        if not path.is_file():
            return {}
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: [str(version) for version in past] for name, past in read.items()}

    def _point(self, pointers: Mapping[str, list[str]]) -> None:
        lines = ["# Versions in the order they went live; the last one is live."]
        lines += [f"{name} = {json.dumps(past)}" for name, past in sorted(pointers.items())]
        fresh = self.root / "live.toml.new"
        fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
        fresh.replace(self.root / "live.toml")


def _toml(facts: Mapping[str, str]) -> str:
    """Plain key-value TOML; JSON strings are TOML strings."""
    return "".join(f"{key} = {json.dumps(facts[key])}\n" for key in sorted(facts))
