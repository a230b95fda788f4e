"""Fetch: what lies in the mailbox is received, then marked there; never the other way round.

A crash between the two fetches the mail once more: its bytes are known, so nothing is doubled. The
position in the mailbox is a setting of the tenant (``mailbox:<name>``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from contor.documents.mail.parts import mail_file_name
from contor.errors import Refusal
from contor.ports.mailbox import Mailbox, MailboxPosition
from contor.ports.workplace import Workplace
from contor.workflows.receive_document import MAIL, receive

ACTOR = "mailbox"


@dataclass(slots=True)
class FetchReport:
    """How many mails were new, which were known, which the house did not take."""

    received: int = 0
    known: int = 0
    refused: list[tuple[int, Refusal]] = field(default_factory=list)


def fetch_mail(work: Workplace, tenant_id: int, mailbox: Mailbox) -> FetchReport:
    """Receive every mail that came since the last time.

    Raises:
        Failure: the mailbox cannot be reached; mails received before that stay received.
    """
    report = FetchReport()
    before = position_of(work, tenant_id, mailbox)
    latest = before
    with mailbox.open() as folder:
        try:
            for mail in folder.mails_after(before):
                if mail.refusal is not None:
                    report.refused.append((mail.position.uid, mail.refusal))
                    continue
                _receive(work, tenant_id, mail.content, report)
                folder.mark_taken(mail)
                latest = _later(latest, mail.position)
        finally:
            if latest != before:
                _keep(work, tenant_id, mailbox, latest)
    return report


def position_of(work: Workplace, tenant_id: int, mailbox: Mailbox) -> MailboxPosition:
    """How far the mailbox was read."""
    with work.store.reading(tenant_id) as uow:
        kept = uow.settings.current(f"mailbox:{mailbox.name}") or {}
    return MailboxPosition(int(kept.get("validity", 0)), int(kept.get("uid", 0)))


def _receive(work: Workplace, tenant_id: int, content: bytes, report: FetchReport) -> None:
    try:
        receive(work, tenant_id, content, mail_file_name(content), "mail", MAIL)
    except Refusal as refusal:
        if refusal.code != "duplicate_document":
            raise
        report.known += 1
    else:
        report.received += 1


def _later(one: MailboxPosition, other: MailboxPosition) -> MailboxPosition:
    return one if one.validity == other.validity and one.uid > other.uid else other


def _keep(work: Workplace, tenant_id: int, mailbox: Mailbox, position: MailboxPosition) -> None:
    with work.store.unit_of_work(tenant_id) as uow:
        uow.settings.add(
            f"mailbox:{mailbox.name}",
            {"validity": position.validity, "uid": position.uid},
            ACTOR,
            work.clock(),
        )
