"""Reason codes of returned payments (ISO 20022 external code set, R-transactions of SEPA).

>>> reason_of_text_key("914"), reason_in_text("Retoure SEPA-Lastschrift AM04 Konto ungedeckt")
('MS03', 'AM04')
"""

from __future__ import annotations

import re

# Text key supplement of the DK agreement (MT940 ?34) -> ISO reason code.
_TEXT_KEYS = {
    "901": "AC01",
    "902": "AC04",
    "903": "AC06",
    "904": "AG01",
    "905": "AG02",
    "906": "AM04",
    "907": "AM05",
    "908": "BE04",
    "909": "MD01",
    "910": "MD02",
    "911": "MD06",
    "912": "MD07",
    "913": "MS02",
    "914": "MS03",
    "915": "RC01",
}
_CODE = re.compile(
    r"\b(AC0[1346]|AC13|AG0[12]|AM0[1-9]|BE0[1456]|CNOR|DNOR|DT01|ED05|FF0[15]|FOCR|MD0[12567]"
    r"|MS0[23]|RC01|RR0[1-4]|SL01|TM01|CUST|DUPL|FRAD|TECH|UPAY)\b"
)
_WORDING = re.compile(
    r"r[üu]e?ck(?:lastschrift|gabe|ueberweisung|überweisung|buchung)|retoure|return|reject|r-?trans"
    r"|rimborso|insoluto|storno|chargeback|unpaid|bounced|reversal",
    re.IGNORECASE,
)


def reason_of_text_key(supplement: str) -> str:
    """The ISO reason code of an MT940 text key supplement, empty where it is no return."""
    return _TEXT_KEYS.get(supplement.strip(), "")


def is_return_text(text: str) -> bool:
    """Whether the wording says that a payment came back."""
    return bool(_WORDING.search(text))


def reason_in_text(text: str) -> str:
    """The reason code named in a text that says that a payment came back."""
    if not is_return_text(text):
        return ""
    found = _CODE.search(text)
    return found.group() if found else ""
