r"""Files written into the text of a mail by uuencode, as old programs and fax gateways still do.

Norm: POSIX.1-2017, ``uuencode`` (the historical algorithm). A file whose end is missing is given as far
as it goes: reading says what is wrong with it.

>>> text = b"Bitte sehr:\n\nbegin 644 r.txt\n#0V%T\n`\nend\nGruss"
>>> uuencoded_files(text)
(('r.txt', b'Cat'),)
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

_BEGIN = re.compile(rb"^begin [0-7]{3,4} (\S[^\r\n]{0,255})\r?\n", re.MULTILINE)
_FULL_LINE = 45


def uuencoded_files(text: bytes) -> tuple[tuple[str, bytes], ...]:
    """Names and contents of the files in a text, in their order; prose that says *begin* is none."""
    found = []
    place = 0
    while head := _BEGIN.search(text, place):
        content, place, is_whole = _decoded(text, head.end())
        if content and (is_whole or len(content) >= _FULL_LINE):
            found.append((head[1].decode("utf-8", "replace").strip(), content))
    return tuple(found)


def _decoded(text: bytes, begin: int) -> tuple[bytes, int, bool]:
    """What the lines from ``begin`` on say, where others begin, and whether they came to an end."""
    content = bytearray()
    place = begin
    for line in _lines(text, begin):
        bare = line.rstrip(b"\r\n")
        if bare == b"end":
            return bytes(content), place + len(line), True
        try:
            content += _line(bare)
        except binascii.Error:
            break
        place += len(line)
    return bytes(content), place, False


def _lines(text: bytes, begin: int) -> Iterator[bytes]:
    while begin < len(text):
        end = text.find(b"\n", begin) + 1 or len(text)
        yield text[begin:end]
        begin = end


def _line(line: bytes) -> bytes:
    """The bytes of a line; some programs fill up the last group with what is not its own."""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        length = (((line[0] - 32) & 63) * 4 + 5) // 3
        return binascii.a2b_uu(line[:length])
