"""Finding elements, dates and amounts in a CAMT message whatever its version's namespace."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from contor.banking.figures import sized
from contor.errors import Refusal


def find(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along ``path`` of local names, child by child."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(f"{{*}}{name}"), None)
    return element


def text_of(element: etree._Element | None, *path: str) -> str:
    """The text at ``path``, white space folded; empty where there is none."""
    found = find(element, *path)
    if found is None or not found.text:
        return ""
    return " ".join(found.text.split())


def texts_of(element: etree._Element | None, name: str) -> list[str]:
    """The texts of all children called ``name``."""
    if element is None:
        return []
    texts = (" ".join((child.text or "").split()) for child in element.iterchildren(f"{{*}}{name}"))
    return [text for text in texts if text]


def date_of(element: etree._Element | None, name: str) -> date | None:
    """The date at child ``name`` as date, date and time, or ``Dt``/``DtTm`` below it."""
    for tail in ((name,), (f"{name}Dt",), (f"{name}DtTm",), (name, "Dt"), (name, "DtTm")):
        text = text_of(element, *tail)
        if text:
            try:
                return date.fromisoformat(text[:10])
            except ValueError:
                raise Refusal(
                    "date_unreadable",
                    "“{text}” is no date.",
                    "Write a calendar date such as 2026-09-30 in this place.",
                    text=text[:80],
                ) from None
    return None


def amount_of(element: etree._Element, *path: str) -> tuple[Decimal, str]:
    """Signed amount and currency of ``Amt`` below ``path``; the sign is ``CdtDbtInd``'s."""
    amount = find(element, *path, "Amt")
    text = (amount.text or "").strip() if amount is not None else ""
    value = number_of(text)
    assert amount is not None
    return (-value if text_of(element, "CdtDbtInd") == "DBIT" else value), amount.get("Ccy", "")


def number_of(text: str) -> Decimal:
    """The amount written in an element; refuses what is no amount."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise Refusal(
            "amount_unreadable",
            "“{text}” is no amount.",
            "Write a decimal number such as 1190.00 in this place.",
            text=text[:80],
        )
    return sized(value)
