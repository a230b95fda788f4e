"""A real workplace on SQLite for tests of the web door: books, people, documents, bank lines."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from contor.account_assignment.reverse_charge import NOTHING_KNOWN, OwedTax
from contor.adapters.page_painter import PagePainter
from contor.bootstrap.store import migrate, open_archive, open_store, read_settings
from contor.documents.reading import Fact, LineItem, Reading, TaxRow, refused
from contor.errors import Finding, Refusal
from contor.ledger.open_items import open_receivable
from contor.ledger.tax_code import TaxCode
from contor.money import Money
from contor.ports.documents import AgainJob, FileJob, ReadPages
from contor.ports.store import UnitOfWork
from contor.ports.store_bank import (
    BankLineRecord,
    OwnBankAccount,
    ProposalRecord,
    StatementRecord,
)
from contor.ports.store_people import PartyRecord, Role, User
from contor.ports.store_review import ReviewItemRecord
from contor.ports.workplace import Workplace
from contor.workflows.open_books import Opening, open_books
from contor.workflows.process_document import process
from contor.workflows.receive_document import receive
from tests.support.shared import SAMPLES

PASSWORD = "correct horse battery"
SECRET = "a secret of tests, long enough"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
WHAT = "the money is the open amount to the cent"
OUR_IBAN = "DE02120300000000202051"
PDF = SAMPLES / "documents/zugferd-corpus/RE-E-974-Hetzner_2016-01-19_R0005532486.pdf"
XML = SAMPLES / "documents/xrechnung-testsuite/01.01a-INVOICE_ubl.xml"


class Clock:
    """A clock that tests move."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def tick(self, **step: float) -> None:
        self.now += timedelta(**step)


def reading_of(filename: str, sha256: str) -> Reading:
    """A plain invoice over 119.00, read well but for its due date."""
    sure = 0.995
    facts = {
        "number": Fact(
            f"R-{4646 + ord(filename[:1])}", sure, 1, (410.0, 150.0, 480.0, 162.0), "text"
        ),
        "issue_date": Fact("2026-11-02", sure, 1, (410.0, 165.0, 470.0, 177.0), "text"),
        "due_date": Fact("2026-11-16", 0.71, 1, (60.0, 500.0, 130.0, 512.0), "text"),
        "currency": Fact("EUR", sure, source="derived"),
        "net_total": Fact("100.00", sure, 1, (480.0, 400.0, 530.0, 412.0), "text"),
        "tax_total": Fact("19.00", sure, 1, (480.0, 415.0, 530.0, 427.0), "text"),
        "gross_total": Fact("119.00", sure, 1, (480.0, 430.0, 530.0, 442.0), "text"),
        "seller_name": Fact(f"Musterrechen GmbH {filename[:1]}", 0.93, 1, None, "text"),
        "seller_vat_id": Fact("DE123456788", sure, 1, None, "text"),
    }
    return Reading(
        filename, sha256, 1, "text", "invoice", "de", facts,
        (TaxRow("S", "19", "100.00", "19.00"),),
        (LineItem("Colocation rack, November", "1", "pc", "100.00", "100.00", "19"),),
        (Finding("due_date_unsure", "warning", "The due date may be wrong.", ("due_date",)),),
    )  # fmt: skip


class CannedReader:
    """Reads everything as the same invoice; ``broken`` is refused, ``reminder`` has no amounts.

    A day in the file's name is that of the supply.
    """

    def read(self, job: FileJob) -> ReadPages:
        if "broken" in job.filename:
            damaged = Refusal(
                "broken_pdf",
                "The PDF is damaged or cut off.",
                "Ask the sender for the document again.",
            )
            return ReadPages(refused(job.filename, "00", damaged))
        reading = reading_of(job.filename, str(len(job.content)))
        supplied = re.search(r"\d{4}-\d\d-\d\d", job.filename)
        if supplied:
            day = {"delivery_date": Fact(supplied[0], 0.99, 1, None, "text")}
            reading = replace(reading, fields={**reading.fields, **day})
        if "reminder" in job.filename:
            text = "This is a payment reminder, no invoice: do not book it as one."
            reading = replace(
                reading,
                kind="reminder",
                fields={n: f for n, f in reading.fields.items() if not n.endswith("_total")},
                tax_breakdown=(),
                findings=(Finding("not_an_invoice", "warning", text),),
            )
        return ReadPages(reading)

    def read_again(self, job: AgainJob) -> ReadPages:
        return job.found


@dataclass
class LastCode:
    """Suggests what the supplier was booked to last, a fixed account before."""

    known: Mapping[str, tuple[str, str, str]]
    version: str = "last-code"

    def suggest(self, lines: Sequence[Mapping[str, str]]) -> Sequence[Mapping[str, Any]]:
        return [self._one(line) for line in lines]

    def owed_tax(self, codes: Sequence[TaxCode]) -> OwedTax:
        return NOTHING_KNOWN

    def parted_by_rate(self, lines: Sequence[Mapping[str, str]]) -> Sequence[bool]:
        return [False] * len(lines)

    def tracks(self) -> Mapping[str, Any]:
        return {}

    def _one(self, line: Mapping[str, str]) -> Mapping[str, Any]:
        codes = self.known.get(line["supplier"])
        rung, share = ("memory", 0.96) if codes else ("model", 0.62)
        values = codes or ("4980", "100", "V19")
        reason = "Booked like this before." if codes else "Words: colocation, rack."
        return {
            target: {
                "value": value,
                "confidence": share,
                "auto": False,
                "rung": rung,
                "reason": reason,
                "alternatives": [{"value": other, "confidence": 0.21}],
            }
            for target, value, other in zip(
                ("account", "cost_centre", "tax_code"), values, ("4930", "110", "V7"), strict=True
            )
        }


class LastCodes:
    """One ``LastCode`` over all labels stored so far."""

    def of(self, uow: UnitOfWork) -> LastCode:
        labels = uow.labels.all()
        known = {x.supplier: (x.account, x.cost_centre, x.tax_code) for x in labels}
        return LastCode(known, f"last-code-{len(labels)}")

    def ready(self, tenant_id: int) -> bool:
        return True


class PlainRenderer:
    """Renders an invoice as its number."""

    def render(self, content: Mapping[str, Any], form: str) -> tuple[bytes, str]:
        return f"{form} {content.get('number')}".encode(), "application/pdf"


class NoSender:
    """Sends nothing."""

    def send(self, payload: Mapping[str, Any], attachments: Mapping[str, bytes]) -> str:
        return "not sent"


class PlainSteps:
    """Steps without checkpoints."""

    def __init__(self, work: Workplace, tenant_id: int) -> None:
        self._work, self._tenant_id = work, tenant_id

    def compute(self, name: str, work: Any) -> Any:
        return work()

    def book(self, name: str, work: Any) -> Any:
        with self._work.store.unit_of_work(self._tenant_id) as uow:
            return work(uow)


@cache
def _password_hash() -> str:
    """A cheap hash: strength is tested elsewhere, and every test signs in."""
    return PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)).hash(PASSWORD)


@dataclass
class Office:
    """A workplace with one tenant and its people."""

    work: Workplace
    clock: Clock
    tenant_id: int

    def user(self, email: str, role: Role = "bookkeeper", language: str = "en") -> User:
        with self.work.store.unit_of_work(self.tenant_id) as uow:
            return uow.users.add(
                email=email,
                name=email.split("@", maxsplit=1)[0].title(),
                language=language,
                password_hash=_password_hash(),
                role=role,
            )

    def document(self, filename: str, content: bytes | None = None) -> int:
        """Receive and process a document; its id."""
        body = PDF.read_bytes() + filename.encode() if content is None else content
        document = receive(self.work, self.tenant_id, body, filename, "upload")
        process(self.work, self.tenant_id, document.id, PlainSteps(self.work, self.tenant_id))
        return document.id

    def bank_line(self, amount: str = "119.00", remittance: str = "R-100 Miete") -> int:
        """A line with a proposal for an open receivable of the same amount; its id."""
        money = Money.of(amount, "EUR")
        with self.work.store.unit_of_work(self.tenant_id) as uow:
            item = uow.open_items.add(
                replace(
                    open_receivable(
                        f"R-{100 + len(uow.open_items.all())}", "10001", "Kunde Eins GmbH",
                        date(2026, 10, 1), date(2026, 10, 15), money,
                    ),
                    account="1400",
                )
            )  # fmt: skip
            line = BankLineRecord(
                OUR_IBAN, date(2026, 11, 20), money, date(2026, 11, 20), "Kunde Eins GmbH",
                "DE89370400440532013000", remittance,
            )  # fmt: skip
            start = date(2026, 11, 20)
            statement = StatementRecord(
                OUR_IBAN, remittance, "EUR", start, start, None, None, "0" * 64, self.clock()
            )
            stored = uow.bank.add_statement(statement, [line]).new_lines[0]
            uow.bank.set_state(stored.id, "review", self.clock())
            allocation = {"item": str(item.id), "amount": amount}
            content = {
                "line": str(stored.id), "status": "propose", "confidence": 0.9, "kind": "payment",
                "party_id": "10001", "residual": "0.00", "allocations": [allocation],
                "evidence": [{"field": "amount", "what": WHAT, "weight": 0.6}],
                "alternatives": [{"allocations": [allocation | {"amount": "100.00"}], "confidence": 0.1}],
            }  # fmt: skip
            uow.bank.add_proposals(
                [ProposalRecord(stored.id, "run-1", "propose", 0.9, content, self.clock())]
            )
            uow.review.add(
                ReviewItemRecord(
                    "bank_line", stored.id, ("propose",), 0.9, self.clock(),
                    title="Kunde Eins GmbH",
                )
            )  # fmt: skip
            return stored.id

    def item_of(self, kind: str, subject_id: int) -> int:
        with self.work.store.unit_of_work(self.tenant_id) as uow:
            item = uow.review.about(kind, subject_id)  # type: ignore[arg-type]
            assert item is not None
            return item.id


@cache
def _template() -> Path:
    """A fresh office made once, copied for every test."""
    folder = Path(tempfile.mkdtemp(prefix="contor-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    migrate(read_settings(data_dir=folder))
    office = _furnish(folder)
    _open_books(office)
    office.work.store.dispose()
    return folder


def open_office(folder: Path) -> Office:
    """A fresh office in a folder: SKR03, cost centres, tax codes, 2025 and 2026, two people."""
    shutil.copytree(_template(), folder, dirs_exist_ok=True)
    return _furnish(folder)


def _furnish(folder: Path) -> Office:
    settings = read_settings(data_dir=folder)
    clock = Clock()
    work = Workplace(
        store=open_store(settings),
        archive=open_archive(settings),
        clock=clock,
        reader=CannedReader(),
        painter=PagePainter(),
        assigners=LastCodes(),
        renderer=PlainRenderer(),
        sender=NoSender(),
    )
    return Office(work, clock, tenant_id=1)


def _open_books(office: Office) -> None:
    charts = SAMPLES / "charts"
    opening = Opening(
        "test",
        "Musterhosting GmbH",
        "skr03",
        (charts / "skr03.csv").read_text(encoding="utf-8"),
        (charts / "tax_codes.csv").read_text(encoding="utf-8"),
        (charts / "cost_centres.csv").read_text(encoding="utf-8"),
        years=(2025, 2026),
        bank_accounts=(OwnBankAccount(OUR_IBAN, "Hausbank", "1200"),),
    )
    tenant = open_books(office.work, opening)
    assert tenant.id == office.tenant_id
    with office.work.store.unit_of_work(tenant.id) as uow:
        uow.parties.save(PartyRecord("10001", "Kunde Eins GmbH", "customer"))
    office.user("anna@example.org")
    office.user("rita@example.org", role="reader", language="de")
