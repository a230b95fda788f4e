"""What an invoice points at: notes BG-1, earlier invoices BG-3, periods BG-14/26, documents BG-24."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from contor.einvoice.party import Party


@dataclass(frozen=True, slots=True)
class Note:
    """Free text (BG-1)."""

    text: Annotated[str | None, "BT-22"] = None
    subject_code: Annotated[str | None, "BT-21"] = None


@dataclass(frozen=True, slots=True)
class PrecedingInvoice:
    """The invoice that this one corrects or settles (BG-3)."""

    number: Annotated[str | None, "BT-25"] = None
    issue_date: Annotated[date | None, "BT-26"] = None
    type_code: str | None = None


@dataclass(frozen=True, slots=True)
class InvoicingPeriod:
    """Period of the document (BG-14) or of a line (BG-26); both days belong to it."""

    start: Annotated[date | None, "BT-73 BT-134"] = None
    end: Annotated[date | None, "BT-74 BT-135"] = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where and when it was delivered (BG-13, BG-15): name BT-70, location BT-71, address."""

    party: Party | None = None
    date: Annotated[date | None, "BT-72"] = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A supporting document (BG-24); ``content`` is its bytes where it is embedded (BT-125).

    ``type_code`` is None for 916 (UNTDID 1001), the code of a supporting document.
    """

    reference: Annotated[str | None, "BT-122"] = None
    description: Annotated[str | None, "BT-123"] = None
    location: Annotated[str | None, "BT-124"] = None
    content: Annotated[bytes | None, "BT-125"] = None
    mime_type: Annotated[str | None, "BT-125-1"] = None
    filename: Annotated[str | None, "BT-125-2"] = None
    type_code: str | None = None
