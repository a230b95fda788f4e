"""What the head of one paper recalls from the directory of sellers, asked once for a paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contor.documents.document_text import DocumentText
from contor.documents.receipts.directory import LineMemory, SellerDirectory, mark_of, marks_of

_UNKNOWN = (-1.0, -1.0, -1.0)


@dataclass(frozen=True, slots=True)
class HeadMemory:
    """Recalled names and addresses with their votes, and what each line was before.

    ``confirmed_names`` and ``confirmed_addresses`` are all spellings there are, by their letters.
    """

    names: Mapping[str, float]
    addresses: Mapping[str, float]
    evidence: float
    lines: Mapping[int, LineMemory]
    cells: Mapping[str, LineMemory]
    directory: SellerDirectory

    @property
    def confirmed_names(self) -> Mapping[str, str]:
        """Letters of every confirmed name by its spelling."""
        return self.directory.name_keys

    @property
    def confirmed_addresses(self) -> Mapping[str, str]:
        """Letters of every confirmed address by its spelling."""
        return self.directory.address_keys

    def count(self, name: str) -> int:
        """How often a name was confirmed so."""
        return self.directory.names[name]

    def count_of_key(self, key: str) -> int:
        """How often a name of these letters was confirmed."""
        return self.directory.key_names[key]

    def count_address(self, address: str) -> int:
        """How often an address was confirmed so."""
        return self.directory.addresses[address]

    def address_counts(self) -> Mapping[str, int]:
        """How often addresses of the same letters were confirmed."""
        return self.directory.key_addresses

    def line(self, number: int) -> tuple[float, float, float]:
        """How often a line was met, and its share as a name and in an address; -1 for unknown."""
        return _shares(self.lines.get(number))

    def cell(self, text: str) -> tuple[float, float, float]:
        """The same for the text of a cell."""
        return _shares(self.cells.get(text))


def _shares(found: LineMemory | None) -> tuple[float, float, float]:
    if found is None:
        return _UNKNOWN
    return (float(found.met), found.as_name / found.met, found.in_address / found.met)


def remember(document: DocumentText, directory: SellerDirectory) -> HeadMemory:
    """Ask the directory for everything the head of a paper bears."""
    recalled = directory.recall(marks_of(document))
    lines: dict[int, LineMemory] = {}
    cells: dict[str, LineMemory] = {}
    for index, line in enumerate(document.lines[:45]):
        for cell in line.line.cells:
            found = directory.line(mark_of(cell.text))
            if found is not None:
                cells[cell.text] = found
                lines.setdefault(index, found)
    return HeadMemory(recalled.names, recalled.addresses, recalled.nearest, lines, cells, directory)
