"""The second account's statement as SWIFT MT940 with the German structure of field 86."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from contor_training.synthetic.demo_company.payments import Payment
from contor_training.synthetic.demo_company.statements import FIRST, LAST, Account

# SWIFT allows no umlauts
_PLAIN = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "AE",
        "Ö": "OE",
        "Ü": "UE",
        "ß": "ss",
        "è": "e",
        "Ø": "O",
    }
    | {"ø": "o", "à": "a", "é": "e", "&": "+", "Ì": "I", "È": "E", "À": "A", "É": "E"}
)


def write(account: Account) -> str:
    """The statement as text; lines end as SWIFT ends them."""
    bank, number = account.iban[4:12], account.iban[12:]
    lines = [":20:STARTUMS", f":25:{bank}/{number}", ":28C:00010/001"]
    lines.append(f":60F:{_balance(account.opening, FIRST)}")
    for pay in account.payments:
        lines.extend(_entry(pay))
    lines.append(f":62F:{_balance(account.closing, LAST)}")
    return "\r\n".join([*lines, "-", ""])


def _comma(amount: Decimal) -> str:
    return str(abs(amount)).replace(".", ",")


def _balance(amount: Decimal, day: date) -> str:
    return f"{'C' if amount >= 0 else 'D'}{day:%y%m%d}EUR{_comma(amount)}"


def _entry(pay: Payment) -> list[str]:
    credit = pay.amount >= 0
    reference = pay.end_to_end_id or "NONREF"
    head = f":61:{pay.day:%y%m%d}{pay.day:%m%d}{'C' if credit else 'D'}R{_comma(pay.amount)}"
    code, booking_text = ("166", "GUTSCHRIFT") if credit else ("116", "SEPA-UEBERWEISUNG")
    purpose = f"EREF+{pay.end_to_end_id} " if pay.end_to_end_id else ""
    purpose += f"MREF+{pay.mandate_id} " if pay.mandate_id else ""
    purpose = f"{purpose}SVWZ+{pay.text}".translate(_PLAIN)
    parts = [f"{code}?00{booking_text}?100931"]
    parts += [
        f"?{20 + n}{purpose[at : at + 27]}" for n, at in enumerate(range(0, len(purpose), 27))
    ]
    if pay.iban:
        parts.append(f"?31{pay.iban}")
    name = pay.name.translate(_PLAIN)
    parts += [f"?{32 + n}{name[at : at + 27]}" for n, at in enumerate(range(0, len(name), 27))]
    text = "".join(parts)
    # field 86 has six lines of 65 signs at most
    wrapped = [text[at : at + 65] for at in range(0, len(text), 65)]
    return [f"{head}NTRF{reference}", ":86:" + wrapped[0], *wrapped[1:]]
