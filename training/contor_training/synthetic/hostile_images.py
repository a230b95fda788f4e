"""Pictures that hold no text or more pixels than any reader should unpack."""

from __future__ import annotations

import random
import struct
import zlib


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def _png(width: int, height: int, packed: bytes) -> bytes:
    """A PNG with one bit per pixel from an already packed picture."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", packed)
        + _chunk(b"IEND", b"")
    )


def blank() -> bytes:
    """A white page, 620 by 877 pixels, with a few specks of dust and no text."""
    rng = random.Random(1)
    width, height = 620, 877
    row_bytes = (width + 7) // 8
    rows = [bytearray(b"\xff" * row_bytes) for _ in range(height)]
    for _ in range(12):
        rows[rng.randrange(height)][rng.randrange(row_bytes)] &= ~(1 << rng.randrange(8)) & 0xFF
    # stored, not deflated: the bytes must not depend on the version of zlib
    return _png(width, height, zlib.compress(b"".join(b"\0" + row for row in rows), 0))


def pixel_bomb() -> bytes:
    """Claims 30,000 by 30,000 pixels; the data behind it ends after the first few."""
    return _png(30_000, 30_000, zlib.compress(b"\0" * 4000, 0))
