"""Files for people to save: safe names, safe types, never opened inside the desk."""

from __future__ import annotations

import re
from urllib.parse import quote

from fastapi.responses import Response

_TYPES = {
    "application/pdf",
    "application/xml",
    "text/xml",
    "image/png",
    "image/jpeg",
    "image/tiff",
    "application/json",
}


def safe_name(name: str) -> str:
    r"""A file name without folders, control characters or what systems stumble over.

    >>> safe_name("../../etc/pass\nwd"), safe_name("..."), safe_name("Rechnung Übung.pdf")
    ('passwd', 'file', 'Rechnung Übung.pdf')
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(letter for letter in last if letter.isprintable())
    return re.sub(r'[<>:"|?*;]', "_", printable).strip(". ")[:150] or "file"


def download(content: bytes, name: str, media_type: str) -> Response:
    """The bytes as an attachment under a safe name."""
    shown = safe_name(name)
    plain = shown.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(shown)}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }
    known = media_type if media_type in _TYPES else "application/octet-stream"
    return Response(content, media_type=known, headers=headers)
