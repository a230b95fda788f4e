"""Our own and vendored static files, each with a version from its content in its address."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

router = APIRouter()
_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
}


@cache
def _served() -> dict[str, tuple[bytes, str]]:
    """Every servable file by its path under ``static``: bytes and version."""
    top = files("contor_api") / "static"
    found = {}
    for prefix, folder in (("", top), ("vendor/", top / "vendor")):
        for entry in folder.iterdir():
            if entry.is_file() and entry.name.rpartition(".")[2] in _TYPES:
                content = entry.read_bytes()
                found[prefix + entry.name] = (content, hashlib.sha256(content).hexdigest()[:10])
    return found


def address(name: str) -> str:
    """The address of a static file; it changes when the file does."""
    return f"/static/{name}?v={_served()[name][1]}"


@router.get("/static/{name:path}", include_in_schema=False)
def static_file(name: str, request: Request) -> Response:
    """One file; browsers may keep it for good when its version is in the address."""
    if name not in _served():
        raise HTTPException(404)
    content, version = _served()[name]
    lasting = request.query_params.get("v") == version
    cache_control = "public, max-age=31536000, immutable" if lasting else "no-cache"
    headers = {"Cache-Control": cache_control, "ETag": f'"{version}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=_TYPES[name.rpartition(".")[2]], headers=headers)
