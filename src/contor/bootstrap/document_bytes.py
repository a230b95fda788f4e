"""The bytes of documents named on the command line: files, packed files, standard input."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

from contor.errors import Refusal

STANDARD_INPUT = "-"
_PACKED = b"\x1f\x8b"
_SUFFIXES = {
    ".pdf",
    ".png",
    ".jpg",
    ".jpeg",
    ".tif",
    ".tiff",
    ".webp",
    ".heic",
    ".heif",
    ".bmp",
    ".gif",
    ".xml",
    ".p7m",
}


def files_of(paths: tuple[str, ...] | list[str]) -> tuple[list[str], int]:
    """The files named and the documents in the folders named, in order of name.

    The number is that of the files in folders that are left aside: no document by their names.
    """
    found: list[str] = []
    aside = 0
    for text in paths:
        path = Path(text)
        if text == STANDARD_INPUT or not path.is_dir():
            found.append(text)
            continue
        inside = sorted(child for child in path.rglob("*") if child.is_file())
        documents = [str(child) for child in inside if _looks_like_document(child)]
        found.extend(documents)
        aside += len(inside) - len(documents)
    return found, aside


def _looks_like_document(path: Path) -> bool:
    suffix = path.suffix.lower()
    return (Path(path.stem).suffix.lower() if suffix == ".gz" else suffix) in _SUFFIXES


def bytes_at(path: str, most: int) -> bytes:
    """The bytes of a document, unpacked where it is packed by gzip.

    Raises:
        Refusal: ``file_missing``, ``file_is_folder``, ``file_closed``, ``too_large`` (also once
            unpacked), ``archive_broken``.
    """
    try:
        with Path(path).open("rb") as stream:
            content = stream.read(most + 1)
        if len(content) > most:
            raise _too_large(Path(path).stat().st_size, most)
    except FileNotFoundError:
        raise Refusal("file_missing", "There is no such file.", "Check the path.") from None
    except IsADirectoryError:
        raise Refusal("file_is_folder", "This is a folder.", "Name a file inside it.") from None
    except PermissionError:
        raise Refusal("file_closed", "The file may not be read.", "Ask for the right to.") from None
    return unpacked(content, most)


def name_of(path: str) -> str:
    """The name of a document: without the ending that says it is packed."""
    name = Path(path).name
    return name[:-3] if name.lower().endswith(".gz") else name


def unpacked(content: bytes, most: int) -> bytes:
    """The bytes, unpacked where they are packed, no further than the limit.

    A few packed bytes may hide a mountain.

    Raises:
        Refusal: ``too_large``, ``archive_broken``.
    """
    if content[:2] == _PACKED:
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
                content = stream.read(most + 1)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise Refusal(
                "archive_broken", "The packed file is broken.", "Ask for it again."
            ) from None
    if len(content) > most:
        raise _too_large(len(content), most)
    return content


def _too_large(size: int, most: int) -> Refusal:
    return Refusal(
        "too_large",
        "The file has {size} bytes; at most {limit} are read.",
        "Send it in parts.",
        size=size,
        limit=most,
    )
