"""Remember suppliers' papers: words are kept, confirmed documents teach, the next one is told.

The words of every page that was read lie in the archive (kind ``words``), so that a document can be
learnt from, and read again, without recognising it a second time. What is learnt belongs to the
tenant and is appended; a reading says in ``memory`` how much was known when it was made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from contor.documents.document_text import document_text
from contor.documents.page_words import MEDIA_TYPE, words_from_bytes, words_to_bytes
from contor.documents.reading import Fact, Reading
from contor.documents.suppliers.layout import SupplierLayout, learn_layout
from contor.ports.documents import AgainJob, ReadPages
from contor.ports.store import UnitOfWork
from contor.ports.store_documents import Reading as StoredReading
from contor.ports.store_operations import ArchivedFile
from contor.ports.store_supplier_layouts import LearntLayout
from contor.ports.workplace import Workplace
from contor.workflows.duplicates import claim_keys
from contor.workflows.live_model import live_document_model

_LIKELY = 0.7
"""A fact of an accepted document that is less sure than this was perhaps not looked at."""


def with_memory(
    work: Workplace, tenant_id: int, found: ReadPages, model: str = ""
) -> dict[str, Any]:
    """The record of a reading, read again where the supplier's paper is remembered.

    Its words go into the archive; the record says under which hash.
    """
    if not found.pages:
        return found.reading.to_json()
    with work.store.reading(tenant_id) as uow:
        layouts, known_to = _remembered(uow, found.keys), uow.supplier_layouts.last_id()
    if layouts:
        found = work.reader.read_again(AgainJob(found, tuple(layouts), model))
    content = words_to_bytes(found.pages)
    memory = {
        "words": work.archive.put(content, MEDIA_TYPE),
        "bytes": len(content),
        "findings": found.findings,
        "all_findings": len(found.reading.findings),
        "keys": list(found.keys),
        "known_to": known_to,
    }
    return {**found.reading.to_json(), "memory": memory}


def keep_words(
    work: Workplace, uow: UnitOfWork, document_id: int, record: Mapping[str, Any]
) -> None:
    """Enter the words of a document into the archive's index."""
    memory = record.get("memory")
    if memory:
        uow.archive_index.add(
            ArchivedFile(
                memory["words"],
                memory["bytes"],
                MEDIA_TYPE,
                "words",
                f"document:{document_id}",
                work.clock(),
                "words.json.gz",
            )
        )


def learn_supplier(
    work: Workplace,
    uow: UnitOfWork,
    document_id: int,
    reading: Reading,
    changed: Mapping[str, str],
    *,
    supplier: str,
    actor: str,
) -> None:
    """Learn the supplier's paper from a document that a person has just accepted or corrected.

    ``reading`` holds what is right now; ``changed`` what the person changed (empty: removed).
    """
    stored = uow.readings.all(document_id)
    first = next((one for one in reversed(stored) if one.content.get("memory")), None)
    if first is None:
        return
    before = Reading.from_json(first.content)
    pages = words_from_bytes(work.archive.get(first.content["memory"]["words"]))
    confirmed = confirmed_facts(reading)
    removed = {
        name: before.fields[name]
        for name, value in changed.items()
        if not value and name in before.fields
    }
    layout = learn_layout(
        document_text(pages),
        confirmed,
        removed,
        supplier=supplier,
        source=f"document:{document_id}",
        names=[name for name in [before.value("seller_name")] if name],
        own=uow.tenant.name,
    )
    uow.supplier_layouts.add(LearntLayout(document_id, layout, actor, work.clock()))


def confirmed_facts(reading: Reading) -> dict[str, Fact]:
    """The facts of a confirmed document that count: what people set right, and what was likely."""
    return {name: fact for name, fact in reading.fields.items() if fact.confidence >= _LIKELY}


def refresh_reading(work: Workplace, tenant_id: int, document_id: int) -> bool:
    """Read a waiting document again if its supplier was learnt about since; whether facts changed.

    The new reading is appended; a reading that a person made is left alone.
    """
    with work.store.reading(tenant_id) as uow:
        stored = uow.readings.latest(document_id)
        memory = stored.content.get("memory") if stored else None
        if stored is None or not memory or stored.reader == "person":
            return False
        if memory["known_to"] == uow.supplier_layouts.last_id():
            return False
        layouts, known_to = _remembered(uow, memory["keys"]), uow.supplier_layouts.last_id()
        model = live_document_model(uow)
    if not layouts:
        return False
    old = Reading.from_json(stored.content)
    own, others = _parted(old, memory)
    pages = words_from_bytes(work.archive.get(memory["words"]))
    whole = ReadPages(own, pages, memory["findings"])
    again = work.reader.read_again(AgainJob(whole, tuple(layouts), model)).reading
    fresh = replace(again, findings=(*again.findings, *others))
    if fresh.to_json() == old.to_json():
        return False
    said = {**memory, "known_to": known_to, "all_findings": len(again.findings)}
    record = {**fresh.to_json(), "memory": said}
    with work.store.unit_of_work(tenant_id) as uow:
        uow.readings.add(StoredReading(document_id, record, work.clock(), reader="memory"))
        claim_keys(uow, fresh, document_id)
    return True


def _remembered(uow: UnitOfWork, keys: Sequence[str]) -> list[SupplierLayout]:
    return [learnt.layout for learnt in uow.supplier_layouts.by_keys(keys)]


def _parted(reading: Reading, memory: Mapping[str, Any]) -> tuple[Reading, tuple[Any, ...]]:
    """The reading as it was made, and the findings that were added to it afterwards."""
    made = memory["all_findings"]
    return replace(reading, findings=reading.findings[:made]), reading.findings[made:]
