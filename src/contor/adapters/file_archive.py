"""The archive as a folder: files named by the SHA-256 of their content, in two levels of folders.

``ab/cd/abcd...`` keeps folders small. A file appears whole or not at all (temporary file, fsync,
rename), is made read-only, and is checked against its name whenever it is read.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from contor.errors import Failure

_NAME = re.compile(r"[0-9a-f]{64}")


class FileArchive:
    """The archive in ``folder``, which is made when the first file comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes, media_type: str) -> str:
        """Store the bytes and give their SHA-256; the media type is kept by the index alone."""
        del media_type
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if path.exists() and path.read_bytes() == content:
            return sha256
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._write(path, content)
        except OSError as error:
            raise Failure(
                "archive_not_writable",
                f"The archive could not keep a file: {error}.",
                "Check the free space and the rights of the archive folder.",
                retryable=True,
            ) from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes, checked; Failure ``archive_file_missing`` or ``archive_file_altered``."""
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise Failure(
                "archive_file_missing",
                f"The archive has no file {sha256}.",
                "Restore the archive folder from the backup.",
            ) from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Failure(
                "archive_file_altered",
                f"The archived file {sha256} is no longer what was stored.",
                "Restore the file from the backup and find out who changed it.",
            )
        return content

    def exists(self, sha256: str) -> bool:
        """Whether the archive holds these bytes."""
        return self._path(sha256).exists()

    def _path(self, sha256: str) -> Path:
        if not _NAME.fullmatch(sha256):
            raise Failure(
                "archive_name_wrong",
                "A file in the archive is named by 64 hexadecimal digits.",
                "Look the file up in the index of the archive.",
            )
        return self._folder / sha256[:2] / sha256[2:4] / sha256

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".incoming-")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o440)
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power failure."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
