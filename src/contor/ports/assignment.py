"""What account assignment needs from the world: a shelf of models and an encoder of texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ShelvedModel:
    """An artefact with what its manifest says: versions, hashes, features, figures."""

    name: str
    version: str
    content: bytes
    manifest: Mapping[str, str]


class ModelShelf(Protocol):
    """Versions of models by name, one of them live; going live or back is one line."""

    def versions(self, name: str) -> list[str]:
        """All versions of a model, oldest first."""

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

    def load(self, name: str, version: str | None = None) -> ShelvedModel:
        """A version, the live one without a number.

        Refuses ``model_missing``, ``model_altered`` (hash) and ``model_mismatch`` (libraries).
        """

    def live(self, name: str) -> str | None:
        """The version that is live, if any."""

    def promote(self, name: str, version: str) -> None:
        """Make a version the live one."""

    def roll_back(self, name: str) -> str:
        """Make the version live that was live before; returns it."""


class TextEncoder(Protocol):
    """Texts to vectors of length one."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors (texts, dimensions)."""
