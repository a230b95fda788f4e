r"""Names that somebody else chose for a file: shown to people, never a path to write to.

>>> safe_file_name("../../etc/passwd"), safe_file_name("C:\\temp\\invoice\x00.pdf")
('passwd', 'invoice.pdf')
>>> safe_file_name("..", "attachment-1.pdf"), safe_file_name("Rechnung\u202efdp.exe")
('attachment-1.pdf', 'Rechnungfdp.exe')
"""

from __future__ import annotations

import unicodedata

MOST_CHARACTERS = 150


def safe_file_name(name: str, default: str = "document") -> str:
    """The last part of a name without folders and characters that do not print; never empty.

    A name that is too long loses its middle and keeps its suffix. Direction marks go, because
    they make a program look like a PDF.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(c for c in unicodedata.normalize("NFC", last) if c.isprintable())
    clean = clean.strip(". ") or default
    if len(clean) <= MOST_CHARACTERS:
        return clean
    stem, point, suffix = clean.rpartition(".")
    if not point or len(suffix) > 10:
        return clean[:MOST_CHARACTERS]
    return f"{stem[: MOST_CHARACTERS - len(suffix) - 1]}.{suffix}"
