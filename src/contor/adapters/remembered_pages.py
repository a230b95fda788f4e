"""Recognised pages kept on disk for a while, by the hash of their picture.

A scan is looked at twice: when intake asks whether it holds several invoices, and when it is read.
Nothing is lost with the folder; a page that is not there, or broken, is recognised again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import astuple, dataclass
from pathlib import Path

from contor.documents.page import Page, Word
from contor.documents.scans.raster import Raster
from contor.ports.documents import TextRecogniser

_EDITION = "5"
"""Counts up with every change of recognition."""
_MOST = 2_000


@dataclass(frozen=True)
class RememberedPages:
    """A recogniser that does not read the same picture twice; at most ``most`` pages are kept."""

    recogniser: TextRecogniser
    folder: Path
    most: int = _MOST

    def recognise(self, raster: Raster, number: int, languages: str) -> Page:
        """The words of the picture (see ``contor.ports.documents.TextRecogniser``)."""
        path = self.folder / f"{_key(raster, languages)}.json"
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            record = json.loads(path.read_text("utf-8"))
            words = tuple(Word(*row) for row in record["words"])
            size, turned = (record["width"], record["height"]), record["turned"]
            return Page(number, *size, words, "ocr", turned)
        page = self.recogniser.recognise(raster, number, languages)
        if page.words:
            self._keep(path, page)
        return page

    def _keep(self, path: Path, page: Page) -> None:
        """Write the page beside the others; a full disk loses nothing but time."""
        record = {
            "width": page.width,
            "height": page.height,
            "turned": page.turned,
            "words": list(map(astuple, page.words)),
        }
        half_done = path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            half_done.write_text(json.dumps(record), "utf-8")
            half_done.replace(path)
            kept = list(self.folder.iterdir())
            if len(kept) > self.most:
                for old in sorted(kept, key=lambda one: one.stat().st_mtime)[: self.most // 4]:
                    old.unlink(missing_ok=True)


def _key(raster: Raster, languages: str) -> str:
    about = f"{_EDITION} {languages} {raster.width} {raster.height} {raster.dpi:.4f} ".encode()
    return hashlib.sha256(about + raster.pixels).hexdigest()
