"""Gold from a tenant's own desk: documents that people accepted or corrected, with their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contor.documents.page_words import words_from_bytes
from contor.documents.reading import Reading
from contor.documents.suppliers.layout import SupplierLayout
from contor.ports.archive import Archive
from contor.ports.store import UnitOfWork
from contor.workflows.remember_supplier import confirmed_facts
from contor_training.documents.gold import Example


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A confirmed document as gold, and the layout that was learnt from it."""

    example: Example
    layout: SupplierLayout


def confirmed_documents(uow: UnitOfWork, archive: Archive) -> list[Confirmed]:
    """The tenant's confirmed documents in the order they were decided; e-invoices need no reading."""
    found = []
    for learnt in uow.supplier_layouts.all():
        readings = uow.readings.all(learnt.document_id)
        memory = next((r.content["memory"] for r in readings if r.content.get("memory")), None)
        if memory is None:
            continue
        facts = confirmed_facts(Reading.from_json(readings[-1].content))
        example = Example(
            learnt.layout.source,
            learnt.layout.supplier,
            words_from_bytes(archive.get(memory["words"])),
            {name: (fact.value,) for name, fact in facts.items()},
        )
        found.append(Confirmed(example, learnt.layout))
    return found


def layouts_of(confirmed: Sequence[Confirmed]) -> list[SupplierLayout]:
    """What was learnt from documents, oldest first."""
    return [one.layout for one in confirmed]
