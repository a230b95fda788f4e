"""PDFs that are cut off, locked, far too big or ill-intended."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib

from contor_training.synthetic.tiny_pdf import document, stream_object, text_stream, write

_INVOICE = (
    "Nordlicht Rechenzentrum GmbH - Hafenstr. 4 - 24103 Kiel",
    "",
    "Rechnung Nr. 2026-0417",
    "Rechnungsdatum: 01.10.2026",
    "Colocation 1/2 Rack Oktober 2026",
    "Nettobetrag 420,00 EUR",
    "Umsatzsteuer 19 % 79,80 EUR",
    "Rechnungsbetrag 499,80 EUR",
)
# Padding string of ISO 32000-1, algorithm 2
_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def truncated() -> bytes:
    """An invoice whose second half, with the cross-reference table, is gone."""
    whole = write(document(1, stream_object(text_stream(_INVOICE))))
    return whole[: len(whole) // 3]


def attachment_path() -> bytes:
    """An invoice with an attachment that names a place outside any folder."""
    name = b"(../../../../../../tmp/outside.xml)"
    spec = (
        b"<< /Type /Filespec /F " + name + b" /UF " + name + b" /AFRelationship /Data "
        b"/EF << /F 6 0 R >> >>"
    )
    attached = stream_object(b"<note>written outside</note>", b" /Type /EmbeddedFile")
    names = b"/Names << /EmbeddedFiles << /Names [ " + name + b" 5 0 R ] >> >> /AF [ 5 0 R ]"
    return write(document(1, stream_object(text_stream(_INVOICE)), (spec, attached), names))


def many_pages() -> bytes:
    """Two hundred pages that share one short text."""
    return write(document(200, stream_object(text_stream(["Diese Seite bleibt leer."]))))


def content_bomb() -> bytes:
    """A page whose content stream unpacks, in two steps, to 128 megabytes of spaces."""
    packer = zlib.compressobj(9)
    block = b" " * (1 << 20)
    once = b"".join(packer.compress(block) for _ in range(128)) + packer.flush()
    twice = zlib.compress(once, 9)
    return write(document(1, stream_object(twice, b" /Filter [ /FlateDecode /FlateDecode ]")))


def zip_archive() -> bytes:
    """A zip archive with one text in it, to be called ``.pdf``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        entry = zipfile.ZipInfo("rechnung.txt", (2026, 10, 1, 0, 0, 0))
        archive.writestr(entry, "Rechnung Nr. 2026-0417\n")
    return buffer.getvalue()


def encrypted() -> bytes:
    """An invoice locked with a password (standard security handler, revision 2, RC4)."""
    identity = bytes(range(16))
    password = (b"kontor-geheim" + _PAD)[:32]
    owner = _rc4(_md5(password)[:5], password)
    permissions = (-4 & 0xFFFFFFFF).to_bytes(4, "little")
    key = _md5(password + owner + permissions + identity)[:5]
    content = _rc4(_md5(key + (4).to_bytes(3, "little") + b"\0\0")[:10], text_stream(_INVOICE))
    lock = (
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + owner.hex().encode()
        + b"> /U <" + _rc4(key, _PAD).hex().encode() + b"> >>"
    )  # fmt: skip
    number = identity.hex().encode()
    trailer = b"/Encrypt 5 0 R /ID [<" + number + b"> <" + number + b">]"
    return write(document(1, stream_object(content), (lock,)), trailer)


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    """The stream cipher the old PDF lock prescribes."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) & 255])
    return bytes(out)
