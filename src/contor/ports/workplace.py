"""The workplace: everything a workflow needs from the world, handed in at the door."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from contor.ports.archive import Archive
from contor.ports.documents import AgainJob, FileJob, ReadPages
from contor.ports.file_contents import FileOpener
from contor.ports.store import Store, UnitOfWork

if TYPE_CHECKING:
    from contor.account_assignment.reverse_charge import OwedTax
    from contor.account_assignment.track import TargetTrack
    from contor.ledger.tax_code import TaxCode


class DocumentReader(Protocol):
    """Reads one document whatever it is; a document that cannot be read gives a refused reading."""

    def read(self, job: FileJob) -> ReadPages:
        """The facts, or the refusal, of one document, and its words."""
        ...

    def read_again(self, job: AgainJob) -> ReadPages:
        """The facts of the same words, with what is remembered of suppliers' papers."""
        ...


class PagePainter(Protocol):
    """Pictures of pages for people."""

    def sizes(self, content: bytes, most: int) -> tuple[tuple[float, float], ...]:
        """Width and height of the first pages as they are read and shown; empty where there is none.

        In points, of picture files in pixels.
        """
        ...

    def png(self, content: bytes, page: int, width: int, turn: int = 0) -> bytes:
        """The page (1-based) as a PNG ``width`` pixels wide, by ``turn`` quarter turns to the left.

        Raises:
            Refusal: ``page_unknown``, or the document cannot be shown.
        """
        ...


class Assigner(Protocol):
    """Suggests ledger account, cost centre and tax code for one tenant, and learns at once."""

    @property
    def version(self) -> str:
        """Which model speaks; kept with every suggestion."""
        ...

    def suggest(self, lines: Sequence[Mapping[str, str]]) -> Sequence[Mapping[str, Any]]:
        """One suggestion a line (columns of a coded ledger), in the form of ``contor suggest``.

        Per target ``account``, ``cost_centre``, ``tax_code``: ``{"value", "confidence", "auto",
        "rung", "reason", "alternatives": [{"value", "confidence"}]}``.
        """
        ...

    def owed_tax(self, codes: Sequence[TaxCode]) -> OwedTax:
        """Which accounts were only, and which never, booked with tax codes of tax we owe."""
        ...

    def parted_by_rate(self, lines: Sequence[Mapping[str, str]]) -> Sequence[bool]:
        """Whether documents of several VAT rates went to several cost centres, by line's supplier."""
        ...

    def tracks(self) -> Mapping[str, TargetTrack]:
        """By target how the decisions known so far went."""
        ...


class Assigners(Protocol):
    """One assigner per tenant, fitted when first asked for; it learns what was decided since."""

    def of(self, uow: UnitOfWork) -> Assigner:
        """The tenant's assigner, knowing every label stored so far."""
        ...

    def ready(self, tenant_id: int) -> bool:
        """Whether ``of`` answers at once, without fitting."""
        ...


class InvoiceRenderer(Protocol):
    """Makes the documents of an issued invoice."""

    def render(self, content: Mapping[str, Any], form: str) -> tuple[bytes, str]:
        """Bytes and media type; forms are those of ``contor render``."""
        ...


class Sender(Protocol):
    """Sends what waits in the outbox."""

    def send(self, payload: Mapping[str, Any], attachments: Mapping[str, bytes]) -> str:
        """Send one message; the proof of dispatch."""
        ...


@dataclass(frozen=True, slots=True)
class Workplace:
    """What workflows are handed. ``clock`` gives the present instant with its zone.

    Without an ``opener`` nothing is split, and files embedded in PDFs are not kept.
    """

    store: Store
    archive: Archive
    clock: Callable[[], datetime]
    reader: DocumentReader
    painter: PagePainter
    assigners: Assigners
    renderer: InvoiceRenderer
    sender: Sender
    opener: FileOpener | None = None
