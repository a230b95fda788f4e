r"""What a file is, by its first bytes and never by its name.

>>> file_type(b"%PDF-1.7 ...")
'pdf'
>>> file_type(b"PK\x03\x04")
Traceback (most recent call last):
contor.errors.Refusal: unknown_type: This is a zip archive or an office document, not...
"""

from __future__ import annotations

from typing import Literal

from contor.errors import Refusal

FileType = Literal["pdf", "xml", "png", "jpeg", "tiff", "webp", "bmp", "gif", "heic"]

_MAGIC: tuple[tuple[bytes, FileType], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a rar archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a rich text document"),
    (b"ftyp", "a film"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
)
_BOX, _BRAND = slice(4, 8), slice(8, 12)
"""Where HEIC and film files name their type, and after it their brand."""
_PHOTOS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
"""Brands of photos (ISO/IEC 23008-12); films have others."""
_RESERVED = slice(6, 10)
"""Always zero in a BMP; a text that begins with BM has letters there."""
_ADVICE = "Send PDF, PNG, JPEG, TIFF, WebP, HEIC, BMP, GIF or an XML invoice."


def file_type(content: bytes) -> FileType:
    """The type of a document.

    Raises:
        Refusal: ``empty_file``, ``unknown_type``.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise Refusal("empty_file", "The file is empty.", "Ask the sender for the document again.")
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    picture = web_picture(content)
    if picture:
        return picture
    head = content[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for magic, name in _FOREIGN:
        if content.startswith(magic) or head.startswith(magic) or content[_BOX] == magic:
            raise Refusal("unknown_type", "This is {what}, not a document.", _ADVICE, what=name)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if _looks_like_xml(content):
        return "xml"
    raise Refusal("unknown_type", "This is not a type of document that can be read.", _ADVICE)


def web_picture(content: bytes) -> Literal["webp", "bmp", "gif", "heic"] | None:
    """Pictures from chats, phones and old programs, which their first two bytes alone do not tell."""
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if content[_BOX] == b"ftyp" and content[_BRAND] in _PHOTOS:
        return "heic"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    if content.startswith(b"BM") and content[_RESERVED] == bytes(4):
        return "bmp"
    return None


def _looks_like_xml(content: bytes) -> bool:
    """Whether the first character that counts is ``<``, in UTF-8 or UTF-16."""
    head = content[:400].removeprefix(b"\xef\xbb\xbf")
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        head = head[2:].replace(b"\x00", b"")
    head = head.replace(b"\x00", b"").lstrip()
    return head[:1] == b"<" and not head[:14].lower().startswith((b"<html", b"<!doctype html"))
