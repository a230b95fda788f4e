"""Send: render what was issued, archive it as sent, hand it over, keep the proof.

An invoice is rendered once; sending again after a failure sends the archived bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contor.errors import Failure, Refusal
from contor.ports.store_operations import ArchivedFile, OutboxMessage
from contor.ports.workplace import Workplace
from contor.workflows.progress import Progress, unseen
from contor.workflows.run_dunning import KIND as DUNNING

FORM = "zugferd"


@dataclass(slots=True)
class OutboxReport:
    """How many messages went out, and how many wait for another try."""

    sent: int = 0
    failed: int = 0


def send_outbox(
    work: Workplace, tenant_id: int, progress: Progress = unseen, limit: int = 1000
) -> OutboxReport:
    """Send what waits, oldest first; a message that fails stays and is tried again."""
    report = OutboxReport()
    with work.store.unit_of_work(tenant_id) as uow:
        waiting = uow.outbox.waiting(limit=limit)
    for done, message in enumerate(waiting, 1):
        try:
            payload, attachments = _letter(work, tenant_id, message)
            proof = work.sender.send(payload, attachments)
        except (Failure, Refusal) as bad_news:
            _note(work, tenant_id, message, "failed", str(bad_news))
            report.failed += 1
        else:
            _note(work, tenant_id, message, "sent", proof)
            report.sent += 1
        progress(done, len(waiting))
    return report


def archived_invoice(work: Workplace, tenant_id: int, number: str) -> tuple[bytes, str]:
    """The invoice as it is (to be) sent, and its file name; rendered and archived when first asked.

    Raises:
        Refusal: ``invoice_unknown``.
    """
    subject = f"invoice:{number}"
    name = f"{number}.pdf"
    with work.store.unit_of_work(tenant_id) as uow:
        record = uow.invoices.by_number(number)
        kept = uow.archive_index.about(subject)
    if record is None:
        raise Refusal(
            "invoice_unknown", "There is no invoice {number}.", "Check the number.", number=number
        )
    if kept:
        return work.archive.get(kept[0].sha256), name
    content, media_type = work.renderer.render(record.content, FORM)
    sha256 = work.archive.put(content, media_type)
    with work.store.unit_of_work(tenant_id) as uow:
        uow.archive_index.add(
            ArchivedFile(sha256, len(content), media_type, "issued", subject, work.clock(), name)
        )
    return content, name


def _letter(
    work: Workplace, tenant_id: int, message: OutboxMessage
) -> tuple[Mapping[str, Any], Mapping[str, bytes]]:
    """The mail of a message: whom, what, with the invoice attached."""
    if message.kind == DUNNING:
        at = message.created_at.isoformat()
        return {**message.payload, "key": message.key, "at": at}, {}
    number = str(message.payload["number"])
    content, name = archived_invoice(work, tenant_id, number)
    with work.store.unit_of_work(tenant_id) as uow:
        record = uow.invoices.by_number(number)
    assert record is not None
    customer = record.content["customer"]
    language = str(record.content.get("language", "de"))
    subject, text = _WORDING.get(language, _WORDING["en"])
    seller = record.content["seller"]["name"]
    filled = {"number": number, "seller": seller, "name": customer["name"]}
    payload = {
        "key": message.key,
        "to": (customer.get("contact") or {}).get("email") or "unknown@invalid",
        "subject": subject.format(**filled),
        "text": text.format(**filled),
        "at": message.created_at.isoformat(),
    }
    return payload, {name: content}


_WORDING = {
    "de": (
        "Rechnung {number} von {seller}",
        (
            "Guten Tag,\n\nanbei erhalten Sie die Rechnung {number} (PDF mit eingebetteter "
            "E-Rechnung).\n\nFreundliche Grüße\n{seller}\n"
        ),
    ),
    "en": (
        "Invoice {number} from {seller}",
        (
            "Hello,\n\nplease find attached invoice {number} (PDF with embedded e-invoice).\n\n"
            "Kind regards\n{seller}\n"
        ),
    ),
    "it": (
        "Fattura {number} di {seller}",
        (
            "Buongiorno,\n\nin allegato la fattura {number} (PDF con fattura elettronica "
            "incorporata).\n\nCordiali saluti\n{seller}\n"
        ),
    ),
}


def _note(work: Workplace, tenant_id: int, message: OutboxMessage, state: str, detail: str) -> None:
    with work.store.unit_of_work(tenant_id) as uow:
        uow.outbox.set_state(
            message.id, "sent" if state == "sent" else "failed", work.clock(), detail
        )
