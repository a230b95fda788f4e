"""What a received file held, as plain values that survive a checkpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from contor.errors import Finding
from contor.ports.workplace import Workplace
from contor.workflows.receive_document import media_type_of


@dataclass(frozen=True, slots=True)
class Part:
    """A file taken out of another; its bytes lie in the archive."""

    sha256: str
    filename: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Unpacked:
    """``parts`` become documents from ``source``; ``kept`` files stay with the document.

    ``whole`` says that the document itself is to be read: nothing was split off it.
    """

    parts: tuple[Part, ...] = ()
    kept: tuple[Part, ...] = ()
    findings: tuple[Finding, ...] = ()
    source: str = ""
    whole: bool = True

    def to_json(self) -> dict[str, Any]:
        """The record of a checkpoint."""
        return asdict(self)

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Unpacked:
        """The value again from its record."""
        return cls(
            tuple(Part(**part) for part in record["parts"]),
            tuple(Part(**part) for part in record["kept"]),
            tuple(
                Finding(f["code"], f["severity"], f["message"], tuple(f["fields"]))
                for f in record["findings"]
            ),
            record["source"],
            record["whole"],
        )


def archived(work: Workplace, filename: str, content: bytes) -> Part:
    """Archive a part; doing it again changes nothing."""
    media_type = media_type_of(content)
    return Part(work.archive.put(content, media_type), filename, media_type, len(content))
