"""Header fields of a mail part, also where they are written against the rules.

The ``email`` package's own reading of a header breaks on some malformed ones; then the older,
laxer reading is used, and at worst the field counts as missing.
"""

from __future__ import annotations

import email.message
from email.header import decode_header, make_header
from email.policy import compat32
from email.utils import collapse_rfc2231_value

_UNREAD = "\ufffd"
"""What the package puts in the place of bytes that are no characters."""
_BROKEN = (AttributeError, IndexError, KeyError, LookupError, TypeError, ValueError)


def header(part: email.message.Message, name: str) -> str:
    """The decoded header in one line; empty where it is missing or beyond reading."""
    try:
        value = str(part.get(name, ""))
    except _BROKEN:
        value = _raw(part, name)
    return _clean(_raw(part, name) if _UNREAD in value else value)


def file_name_of(part: email.message.Message) -> str:
    """The name of an attachment (RFC 2231, 2047), empty where it has none."""
    try:
        name = part.get_filename("")
    except _BROKEN:
        name = ""
    if _UNREAD in name:
        name = _lax_file_name(part) or name
    return _clean(_decoded(name) if name else _lax_file_name(part))


def disposition(part: email.message.Message) -> str:
    """``attachment``, ``inline`` or empty."""
    try:
        return (part.get_content_disposition() or "").lower()
    except _BROKEN:
        return _raw(part, "Content-Disposition").partition(";")[0].strip().lower()


def content_id(part: email.message.Message) -> str:
    """The Content-ID without its brackets."""
    return _raw(part, "Content-ID").strip().strip("<>")


def _lax_file_name(part: email.message.Message) -> str:
    """The name by the older reading of Content-Disposition and Content-Type."""
    lax = email.message.Message(policy=compat32)
    for name in ("Content-Disposition", "Content-Type"):
        value = _raw(part, name)
        if value:
            lax[name] = value
    try:
        found = lax.get_filename("")
        return _decoded(collapse_rfc2231_value(found) if found else "")
    except _BROKEN:
        return ""


def _decoded(text: str) -> str:
    """Encoded words (RFC 2047), which some programs put where RFC 2231 belongs."""
    if "=?" not in text:
        return text
    try:
        return str(make_header(decode_header(text)))
    except _BROKEN:
        return text


def _raw(part: email.message.Message, name: str) -> str:
    for key, value in part.raw_items():
        if key.lower() == name.lower():
            return _bare(str(value))
    return ""


def _bare(text: str) -> str:
    """A header written in bare bytes, against the rules: UTF-8, else what Western mail programs use."""
    if text.isascii():
        return text
    content = text.encode("utf-8", "surrogateescape")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _clean(text: str) -> str:
    """One line; bytes that were no characters become question marks."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
