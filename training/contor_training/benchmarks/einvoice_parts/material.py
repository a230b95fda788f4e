"""The documents measured, by collection; each distinct content once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

_COLLECTIONS = {
    "KoSIT suite": ("xrechnung-testsuite",),
    "CEN examples": ("en16931/ubl", "en16931/cii", "en16931/test/testfiles"),
    "ZUGFeRD corpus XML": (
        "zugferd-corpus/XML-Rechnung",
        "zugferd-corpus/embedded-xml",
        "zugferd-corpus/ZUGFeRDv2",
    ),
    "FatturaPA samples": ("zugferd-corpus/fatturaPA",),
    "Mustang, horstoeko, factur-x": ("mustang", "horstoeko-zugferd", "factur-x"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One XML file."""

    path: Path
    content: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    on: str
    measure: str
    reached: str
    goal: str
    notes: tuple[str, ...] = field(default=())

    def as_record(self) -> dict[str, object]:
        """The row as a JSON object."""
        return {
            "on": self.on,
            "measure": self.measure,
            "reached": self.reached,
            "goal": self.goal,
            "notes": list(self.notes),
        }


def find_material(corpus: Path) -> dict[str, list[Document]]:
    """XML files by collection, in the order of their paths."""
    material: dict[str, list[Document]] = {}
    for name, folders in _COLLECTIONS.items():
        seen: set[bytes] = set()
        for folder in folders:
            for path in sorted((corpus / folder).rglob("*")):
                if path.suffix.lower() != ".xml":
                    continue
                content = path.read_bytes()
                if content not in seen:
                    seen.add(content)
                    material.setdefault(name, []).append(Document(path, content))
    return material
