"""The document model on the shelf: loaded when its hash is the one that its manifest names."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

from contor.adapters.model_shelf import FolderShelf
from contor.documents.page_tagger import Tagger
from contor.errors import Refusal

_NAME = "document-fields"


def load_tagger(shelf: Path) -> Tagger | None:
    """The live tagger, None where there is none or it does not fit: then the rules decide alone."""
    folder = _live_folder(shelf)
    if folder is None:
        return None
    manifest = tomllib.loads((folder / "manifest.toml").read_text("utf-8"))
    content = (folder / manifest["artefact"]).read_bytes()
    if hashlib.sha256(content).hexdigest() != manifest["sha256"]:
        return None
    try:
        return Tagger.from_bytes(content)
    except Refusal:
        return None  # fitted for other features than this version computes


def load_version(shelf: Path, version: str) -> Tagger | None:
    """A version on a tenant's own shelf, None where it is missing, altered or does not fit."""
    try:
        return Tagger.from_bytes(FolderShelf(shelf).load(_NAME, version).content)
    except Refusal:
        return None


def _live_folder(shelf: Path) -> Path | None:
    """The version that ``live.toml`` names, else the highest there is."""
    pointer = shelf / "live.toml"
    live = tomllib.loads(pointer.read_text("utf-8")) if pointer.is_file() else {}
    named = live.get(_NAME)
    if named is not None:
        version = named.get("version") if isinstance(named, dict) else named
        folder = shelf / _NAME / str(version)
        return folder if (folder / "manifest.toml").is_file() else None
    found = sorted(
        (path.parent for path in (shelf / _NAME).glob("*/manifest.toml")),
        key=lambda path: (len(path.name), path.name),
    )
    return found[-1] if found else None
