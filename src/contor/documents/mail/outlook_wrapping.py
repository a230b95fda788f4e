r"""Files in ``winmail.dat``, the wrapping that Outlook and Exchange put around attachments.

Norm: [MS-OXTNEF] (Transport Neutral Encapsulation Format). Only files, their names and wrapped mails are
taken out; the text of the mail stands in the mail itself. What is broken ends the reading: files that
were whole before are given.

>>> begin, title = b"\x02\x02\x90\x06\0\0\0\0\0\0\0", b"\x02\x10\x80\x01\0\x06\0\0\0r.txt\0\0\0"
>>> data = b"\x02\x0f\x80\x06\0\x03\0\0\0Cat\0\0"
>>> wrapped_files(SIGNATURE + b"\0\0" + begin + title + data)
(('r.txt', b'Cat'),)
"""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from dataclasses import dataclass

SIGNATURE = b"\x78\x9f\x3e\x22"
_CODEPAGE, _BEGIN, _TITLE, _DATA, _PROPERTIES = (
    0x00069007, 0x00069002, 0x00018010, 0x0006800F, 0x00069005,
)  # fmt: skip
_CONTENT, _SHORT_NAME, _LONG_NAME = 0x3701, 0x3704, 0x3707
_WIDTHS = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
"""Bytes of a property by its type, filled up to four."""
_STRING, _UNICODE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_VARIABLE = (_STRING, _UNICODE, _OBJECT, _BINARY)
_MANY, _NAMED = 0x1000, 0x8000
_INTERFACE = 16
"""Bytes before an object that say what kind it is."""
_MOST_PROPERTIES = 10_000


@dataclass(slots=True)
class _File:
    """What is known of a file so far; a long name goes before a short one."""

    title: str = ""
    name: str = ""
    content: bytes = b""


class _Cut(Exception):
    """The bytes end, or say something that cannot be."""


def wrapped_files(content: bytes) -> tuple[tuple[str, bytes], ...]:
    """Names (may be empty) and contents of the files, in their order; a mail within is a stream itself."""
    files: list[_File] = []
    codepage = "cp1252"
    for name, value in _attributes(content):
        if name == _CODEPAGE:
            codepage = _codec(value)
        elif name == _BEGIN:
            files.append(_File())
        elif not files:
            continue
        elif name == _TITLE:
            files[-1].title = _text(value, codepage)
        elif name == _DATA:
            files[-1].content = value
        elif name == _PROPERTIES:
            _fill(files[-1], value, codepage)
    return tuple((one.name or one.title, one.content) for one in files if one.content)


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Numbers and values of the attributes of a stream, as far as it is whole."""
    place = len(SIGNATURE) + 2
    while place + 9 <= len(content):
        level, name, length = struct.unpack_from("<BII", content, place)
        place += 9
        if level not in (1, 2) or place + length > len(content):
            return
        yield name, content[place : place + length]
        place += length + 2


def _fill(file: _File, properties: bytes, codepage: str) -> None:
    try:
        for name, kind, value in _properties(properties):
            if name in (_LONG_NAME, _SHORT_NAME) and kind in (_STRING, _UNICODE):
                told = _text(value, "utf-16-le" if kind == _UNICODE else codepage)
                file.name = told if name == _LONG_NAME else file.name or told
            elif name == _CONTENT and kind in (_OBJECT, _BINARY):
                file.content = file.content or value[_INTERFACE if kind == _OBJECT else 0 :]
    except _Cut:
        return


def _properties(block: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Number, type and first value of each MAPI property of a block."""
    reader = _Reader(block)
    for _ in range(min(reader.number(), _MOST_PROPERTIES)):
        kind, name = struct.unpack("<HH", reader.take(4))
        if name >= _NAMED:
            reader.skip_name()
        many, kind = kind & _MANY, kind & ~_MANY
        count = reader.number() if many or kind in _VARIABLE else 1
        values = [reader.value(kind) for _ in range(min(count, _MOST_PROPERTIES))]
        if values:
            yield name, kind, values[0]


class _Reader:
    """Takes a block apart from its beginning."""

    def __init__(self, block: bytes) -> None:
        self._block, self._place = block, 0

    def take(self, count: int) -> bytes:
        """The next bytes, and past those that fill them up to four."""
        found = self._block[self._place : self._place + count]
        if len(found) < count:
            raise _Cut
        self._place += count + -count % 4
        return found

    def number(self) -> int:
        """The next 32-bit number."""
        return int.from_bytes(self.take(4), "little")

    def value(self, kind: int) -> bytes:
        """The next value of a type."""
        if kind in _VARIABLE:
            return self.take(self.number())
        if kind not in _WIDTHS:
            raise _Cut
        return self.take(_WIDTHS[kind])

    def skip_name(self) -> None:
        """Pass the name of a property that has one instead of a number of its own."""
        self.take(16)
        if self.number():
            self.take(self.number())
        else:
            self.take(4)


def _codec(value: bytes) -> str:
    """The codec of a Windows code page; Western where it is unknown."""
    name = f"cp{int.from_bytes(value[:4], 'little')}"
    try:
        return codecs.lookup({"cp65001": "utf-8", "cp28591": "latin-1"}.get(name, name)).name
    except LookupError:
        return "cp1252"


def _text(value: bytes, codec: str) -> str:
    return value.decode(codec, "replace").split("\x00", 1)[0].strip()
