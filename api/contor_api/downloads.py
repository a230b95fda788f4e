"""Files for people to save: safe names, safe types, never opened inside the desk."""

from __future__ import annotations

from urllib.parse import quote

from fastapi.responses import Response

from contor.documents.file_name import safe_file_name

_TYPES = {
    "application/pdf",
    "application/xml",
    "text/xml",
    "image/png",
    "image/jpeg",
    "image/tiff",
    "image/webp",
    "image/bmp",
    "image/gif",
    "image/heic",
    "application/json",
}


def download(content: bytes, name: str, media_type: str) -> Response:
    """The bytes as an attachment under a safe name."""
    shown = safe_file_name(name)
    plain = shown.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(shown)}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }
    known = media_type if media_type in _TYPES else "application/octet-stream"
    return Response(content, media_type=known, headers=headers)
