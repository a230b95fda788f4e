"""The archive of bytes received and issued: content-addressed, never overwritten."""

from __future__ import annotations

from typing import Protocol


class Archive(Protocol):
    """Bytes under the SHA-256 of their content (64 hex digits)."""

    def put(self, content: bytes, media_type: str) -> str:
        """Store the bytes and give their SHA-256; storing them again changes nothing."""
        ...

    def get(self, sha256: str) -> bytes:
        """The bytes.

        Raises Failure ``archive_file_missing`` or, where they are no longer the same,
        ``archive_file_altered``.
        """
        ...

    def exists(self, sha256: str) -> bool:
        """Whether the archive holds these bytes."""
        ...
