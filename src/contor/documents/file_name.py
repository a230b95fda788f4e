r"""Names that somebody else chose for a file: shown to people, kept, offered for saving.

>>> safe_file_name("../../etc/passwd"), safe_file_name("C:\\temp\\invoice\x00.pdf")
('passwd', 'invoice.pdf')
>>> safe_file_name("..", "attachment-1.pdf"), safe_file_name("Rechnung\u202efdp.exe")
('attachment-1.pdf', 'Rechnungfdp.exe')
>>> safe_file_name("Re: 12/2026?.pdf"), safe_file_name("aux.pdf")
('2026_.pdf', '_aux.pdf')
"""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 150
MOST_BYTES = 240
"""File systems take 255 bytes; the rest is for what a folder adds to a name."""
_LONGEST_SUFFIX = 10
_STUMBLING = re.compile(r'[<>:"|?*;]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(?:\.|$)", re.IGNORECASE)
"""Names that Windows takes for a device, whatever their suffix."""


def safe_file_name(name: str, default: str = "document") -> str:
    """The last part of a name, without what is no name of a file somewhere; never empty.

    Folders and characters that do not print go, direction marks among them, because they make a
    program look like a PDF; what file systems or browsers stumble over becomes ``_``. A name that
    is too long loses its middle and keeps its suffix.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(c for c in unicodedata.normalize("NFC", last) if c.isprintable())
    clean = _STUMBLING.sub("_", clean).strip(". ") or default
    if _DEVICE.match(clean):
        clean = f"_{clean}"
    stem, point, suffix = clean.rpartition(".")
    if not point or len(suffix.encode()) > _LONGEST_SUFFIX:
        return _cut(clean, MOST_CHARACTERS, MOST_BYTES)
    tail = f".{suffix}"
    return _cut(stem, MOST_CHARACTERS - len(tail), MOST_BYTES - len(tail.encode())) + tail


def _cut(text: str, characters: int, most_bytes: int) -> str:
    """The beginning of a text within both limits, no character taken apart."""
    short = text[:characters].encode()[:most_bytes].decode(errors="ignore")
    return short if short == text else short.rstrip(". ")
