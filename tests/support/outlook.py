"""``winmail.dat`` for tests, put together as Outlook does ([MS-OXTNEF]), not by the code under test."""

from __future__ import annotations

import struct
from collections.abc import Sequence

HEAD = b"\x78\x9f\x3e\x22\x01\x00"
BODY, CODEPAGE, BEGIN, TITLE, DATA, PROPERTIES = (
    0x0002800C, 0x00069007, 0x00069002, 0x00018010, 0x0006800F, 0x00069005,
)  # fmt: skip
GUID = bytes(range(16))


def attribute(name: int, value: bytes, level: int = 2) -> bytes:
    """One attribute with its checksum."""
    return (
        struct.pack("<BII", level, name, len(value)) + value + struct.pack("<H", sum(value) % 65536)
    )


def winmail(*files: tuple[str, bytes], codepage: int = 1252, long_names: bool = True) -> bytes:
    """Files as attachments of a wrapped mail: a short name in the title, the long one as a property."""
    parts = [HEAD, attribute(CODEPAGE, struct.pack("<II", codepage, 0), 1)]
    parts.append(attribute(BODY, b"Anbei unsere Rechnung.\x00", 1))
    for name, content in files:
        stem, _, suffix = name.rpartition(".")
        short = f"{stem[:6]}~1.{suffix[:3]}" if long_names else name
        parts += [attribute(BEGIN, bytes(14)), attribute(DATA, content)]
        parts.append(attribute(TITLE, short.encode(f"cp{codepage}", "replace") + b"\x00"))
        if long_names:
            parts.append(attribute(PROPERTIES, properties(long_name(name))))
    return b"".join(parts)


def wrapped_mail(inner: bytes) -> bytes:
    """A forwarded mail: a stream within a stream, as an object."""
    held = bytes(16) + inner
    one = struct.pack("<HHI", 0x0D, 0x3701, 1) + variable(held)
    return HEAD + attribute(BEGIN, bytes(14)) + attribute(PROPERTIES, properties(one))


def properties(*more: bytes) -> bytes:
    """A block of properties of every kind before those that count."""
    named = struct.pack("<HH", 0x1F, 0x8001) + GUID + struct.pack("<I", 1)
    named += (
        variable("Keywords\x00".encode("utf-16-le"))
        + struct.pack("<I", 1)
        + variable(b"x\x00\x00\x00")
    )
    numbered = struct.pack("<HH", 3, 0x8002) + GUID + struct.pack("<III", 0, 7, 42)
    before: Sequence[bytes] = (
        named,
        numbered,
        struct.pack("<HHI", 2, 0x3705, 1),
        struct.pack("<HHQ", 64, 0x3007, 132_000_000_000_000_000),
        struct.pack("<HHI", 0x101E, 0x3A00, 2) + variable(b"one\x00") + variable(b"three\x00"),
        struct.pack("<HHIII", 0x1003, 0x3A01, 2, 1, 2),
    )
    return struct.pack("<I", len(before) + len(more)) + b"".join((*before, *more))


def long_name(name: str) -> bytes:
    """The property with the whole name of a file."""
    return struct.pack("<HHI", 0x1F, 0x3707, 1) + variable(f"{name}\x00".encode("utf-16-le"))


def variable(value: bytes) -> bytes:
    """A value with its length, filled up to four bytes."""
    return struct.pack("<I", len(value)) + value + bytes(-len(value) % 4)
