"""What payers write: references whole, broken, misread, cut or missing, and names as banks print."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from contor.reconciliation.item import OpenItem

_LEADS = (
    "Rechnung",
    "Rg.",
    "RE",
    "Inv",
    "Invoice no.",
    "RNr.",
    "Fattura n.",
    "",
    "Zahlung",
    "Ihre",
)


def iban_of(chance: random.Random) -> str:
    """A German IBAN with good check digits."""
    rest = f"{chance.randint(10_000_000, 79_999_999)}{chance.randint(0, 9_999_999_999):010d}"
    number = int(f"{rest}131400")
    return f"DE{98 - number % 97:02d}{rest}"


def misspell(text: str, chance: random.Random) -> str:
    """One slip: two neighbours swapped, a character lost, or one replaced by its look-alike."""
    if len(text) < 4:
        return text
    at = chance.randrange(1, len(text) - 1)
    kind = chance.random()
    if kind < 0.5:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind < 0.75:
        return text[:at] + text[at + 1 :]
    return text.replace("0", "O", 1) if "0" in text else text.replace("1", "I", 1)


def reference_as_written(number: str, chance: random.Random) -> str:
    """The number as a payer writes it."""
    kind = chance.random()
    if kind < 0.72:
        return number
    if kind < 0.80:
        return re.sub(r"[-/._ ]", "", number)
    if kind < 0.86:
        return re.sub(r"[-/._]", " ", number)
    if kind < 0.92:
        return misspell(number, chance)
    digits = re.sub(r"\D", "", number)
    return digits if len(digits) >= 4 else number


def text_for(items: Sequence[OpenItem], chance: random.Random) -> str:
    """A remittance text for the items; one in nine says nothing of them."""
    kind = chance.random()
    if kind < 0.11:
        return chance.choice(("Danke", "Zahlung", "lt. Vereinbarung", "Ueberweisung", ""))
    lead = chance.choice(_LEADS)
    numbers = ", ".join(reference_as_written(item.number, chance) for item in items)
    text = f"{lead} {numbers}".strip()
    if chance.random() < 0.25:
        text += f" Kd.Nr. {items[0].party_id}"
    if chance.random() < 0.3 and items[0].issue_date:
        text += f" v. {items[0].issue_date:%d.%m.%Y}"
    limit = chance.choice((27, 35, 140, 140, 140, 140))
    return text[:limit]


def name_as_printed(name: str, chance: random.Random) -> str:
    """The name as banks print it: capitals, cut at 27, legal form lost, a slip."""
    kind = chance.random()
    if kind < 0.4:
        return name.upper()[:35]
    if kind < 0.6:
        return name[:27]
    if kind < 0.8:
        return re.sub(
            r"\b(ltd|limited|plc|gmbh|llp|inc)\b\.?", "", name, flags=re.IGNORECASE
        ).strip()
    return misspell(name, chance) if kind < 0.9 else name
