"""Take the XML out of a CAdES envelope (``.p7m``), as FatturaPA files are signed.

Only the content is taken out, the signature is not judged. RFC 5652: ContentInfo, SignedData,
EncapsulatedContentInfo, an OCTET STRING that may come in pieces.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from contor.errors import Refusal

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_OCTET_STRING, _CONSTRUCTED = 0x04, 0x20
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")
_DEEPEST = 16


def unwrap(content: bytes) -> bytes:
    """The XML in a signed envelope (DER or base64 of it); anything else comes back as it is.

    Raises Refusal ``einvoice_envelope`` for an envelope without readable content.
    """
    if content[:1] != b"\x30":
        if content[:2] != b"MI" or not _BASE64.fullmatch(content[:4096]):
            return content
        try:
            content = base64.b64decode(content)
        except binascii.Error:
            raise _broken() from None
    if _SIGNED_DATA not in content[:64]:
        raise _broken()
    start = content.find(_DATA, 0, 4096)
    if start < 0:
        raise _broken()
    try:
        inner = b"".join(_pieces(content, start + len(_DATA), len(content), 0))
    except (IndexError, RecursionError):
        raise _broken() from None
    if not inner:
        raise _broken()
    return inner


def _pieces(content: bytes, start: int, end: int, depth: int) -> Iterator[bytes]:
    """The octets of the first element from ``start``, its pieces in order."""
    if depth > _DEEPEST:
        raise IndexError
    kind, body, stop, indefinite = _element(content, start, end)
    if kind == _OCTET_STRING:
        yield content[body:stop]
        return
    if not kind & _CONSTRUCTED:
        raise IndexError
    position = body
    while position < stop:
        if indefinite and content[position : position + 2] == b"\0\0":
            return
        _, _, after, open_ended = _element(content, position, stop)
        yield from _pieces(content, position, stop, depth + 1)
        position = _end(content, position, stop, depth) if open_ended else after


def _element(content: bytes, start: int, end: int) -> tuple[int, int, int, bool]:
    """Tag, first octet, octet after the last, whether the length is left open."""
    tag, length = content[start], content[start + 1]
    body = start + 2
    if length == 0x80:
        return tag, body, end, True
    if length > 0x80:
        count = length & 0x7F
        length = int.from_bytes(content[body : body + count], "big")
        body += count
    if body + length > end:
        raise IndexError
    return tag, body, body + length, False


def _end(content: bytes, start: int, end: int, depth: int) -> int:
    """The octet after an element of open length: past its end-of-contents mark."""
    if depth > _DEEPEST:
        raise IndexError
    _, position, stop, indefinite = _element(content, start, end)
    if not indefinite:
        return stop
    while content[position : position + 2] != b"\0\0":
        position = _end(content, position, stop, depth + 1)
    return position + 2


def _broken() -> Refusal:
    return Refusal(
        "einvoice_envelope",
        "The signed file (.p7m) holds no content that can be taken out.",
        "Ask for the XML itself, or open the envelope with the signature software.",
    )
