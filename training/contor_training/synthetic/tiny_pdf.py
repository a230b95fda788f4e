"""A PDF written object by object, so that samples are the same bytes with every library version.

Only what the samples need: pages with one stream of text each, plain Helvetica, and raw objects of
the caller's. Norm: ISO 32000-1, section 7.5 (file structure).
"""

from __future__ import annotations

from collections.abc import Sequence

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def text_stream(lines: Sequence[str], *, size: int = 11, top: int = 780) -> bytes:
    """The content stream that prints ``lines`` one below the other from the top left."""
    shown = [f"BT /F1 {size} Tf 60 {top} Td {size + 4} TL".encode()]
    for line in lines:
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown.append(b"(" + escaped.encode("cp1252") + b") Tj T*")
    return b"\n".join([*shown, b"ET"])


def stream_object(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object: its dictionary with the length, then the data."""
    length = str(len(data)).encode()
    return b"<< /Length " + length + entries + b" >>\nstream\n" + data + b"\nendstream"


def write(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Number ``objects`` from 1 (the first is the catalogue) and add the cross-reference table."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table_at = len(out)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<< /Size {size} /Root 1 0 R ".encode() + trailer + b" >>\n"
    out += f"startxref\n{table_at}\n%%EOF\n".encode()
    return bytes(out)


def document(
    pages: int, content: bytes, extra: Sequence[bytes] = (), catalogue: bytes = b""
) -> list[bytes]:
    """Objects of a document whose ``pages`` all show ``content``; ``extra`` come from number 5 on.

    Object 4 is the content stream as given, pages follow after the extras.
    """
    first = 5 + len(extra)
    kids = b" ".join(f"{first + n} 0 R".encode() for n in range(pages))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
        b"/Resources << /Font << /F1 3 0 R >> >> /Contents 4 0 R >>"
    )
    return [
        b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>",
        b"<< /Type /Pages /Count " + str(pages).encode() + b" /Kids [" + kids + b"] >>",
        FONT,
        content,
        *extra,
        *[page] * pages,
    ]
