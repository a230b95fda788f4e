"""The information to account owner (``:86:``) of an MT940, in the dialects of the banks.

* German structure: a code of three digits, then subfields ``?00`` … ``?63`` (other banks take
  ``>`` , ``~`` or ``^`` for the question mark): ``?00`` booking text, ``?20``–``?29`` and
  ``?60``–``?63`` remittance, ``?30`` bank, ``?31`` account, ``?32``/``?33`` name, ``?34`` return
  reason, ``?38`` IBAN.
* SWIFT codewords of Dutch and other banks: ``/EREF/…/NAME/…/REMI/…``, ``/CNTP/…``.
* Plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from contor.banking.remittance import Codewords, provided, split_codewords
from contor.banking.returns import reason_of_text_key

_STRUCTURED = re.compile(r"\s*(\d{3})?\s*([?>~^<|!*@])(?=\d\d)")
_IBAN = re.compile(r"\b([A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?)\b")
_SLASHED = re.compile(
    r"/(EREF|KREF|MARF|CSID|IREF|PREF|NAME|BENM|ORDP|REMI|IBAN|BIC|CNTP|ISDT|TRTP|RTRN|PURP|ULTB"
    r"|ULTD|ULTC|ADDR|TRCD|SVCL|SWOC|SWOD|ID|BO|BO1|BI|BENF|CREF|OCMT|IACC|CHGS|PT|USTD|STRD)/"
)
_LABELLED = re.compile(r"(?:^|[;.\s])(OD|DLA|TYT|Z RACH|NA RACH|TNR)\.?:\s*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Details:
    """What the information says; ``plain`` where it has no structure of its own."""

    remittance: str = ""
    name: str = ""
    iban: str = ""
    end_to_end_id: str = ""
    mandate_id: str = ""
    creditor_id: str = ""
    code: str = ""
    booking_text: str = ""
    return_reason: str = ""
    plain: bool = False


def read_details(body: str, *, supplementary: str = "", legacy: bool = False) -> Details:
    """Read the body of ``:86:`` (``legacy``: of ``:NS:``, two-digit lines)."""
    if legacy:
        return _legacy(body)
    match = _STRUCTURED.match(body)
    if match:
        return _structured(body, match)
    folded = body.replace("\n", "") if "/" in body[:40] else body
    if len(_SLASHED.findall(folded)) >= 1 and folded.lstrip().startswith("/"):
        return _slashed(folded, supplementary)
    if len(_LABELLED.findall(body)) >= 2:
        return _labelled(body)
    text = " ".join(body.split())
    found = _IBAN.search(text)
    iban = found.group(1).replace(" ", "") if found and found.start() == 0 else ""
    name = _name_after(body, found.end()) if found and iban else ""
    return Details(remittance=text, iban=iban, name=name, plain=True)


def _name_after(body: str, start: int) -> str:
    """The rest of the first line after the account, where the first paragraph names the party."""
    first = body.strip().split("\n")[0]
    return " ".join(first[start:].split())


def _structured(body: str, match: re.Match[str]) -> Details:
    code, mark = match.group(1) or "", match.group(2)
    flat = body[match.end() - 1 :].replace("\n", "")
    fields: dict[str, list[str]] = {}
    for piece in re.split(rf"{re.escape(mark)}(?=\d\d)", flat)[1:]:
        fields.setdefault(piece[:2], []).append(piece[2:])
    texts = [t for n in range(20, 30) for t in fields.get(str(n), [])]
    words = split_codewords(_join(texts))
    more = _join([t for n in range(60, 64) for t in fields.get(str(n), [])])
    account = "".join(fields.get("31", [])).replace(" ", "")
    iban = "".join(fields.get("38", [])).replace(" ", "") or account
    name = _join([*fields.get("32", []), *fields.get("33", [])])
    iban, name = _unglue(iban, name)
    supplement = "".join(fields.get("34", [])).strip()
    return Details(
        remittance=" ".join(part for part in (words.remittance, more) if part),
        name=name or words.party,
        iban=iban or words.iban,
        end_to_end_id=words.end_to_end_id or words.customer_reference,
        mandate_id=words.mandate_id,
        creditor_id=words.creditor_id,
        code=code,
        booking_text="".join(fields.get("00", [])).strip(),
        return_reason=reason_of_text_key(supplement),
    )


def _unglue(iban: str, name: str) -> tuple[str, str]:
    """Some banks put the IBAN in front of the name and leave the account field empty."""
    found = re.match(r"([A-Z]{2}\d{2}[A-Z0-9]{11,30})\s+(?=\S)", name)
    if found and not iban:
        return found.group(1), name[found.end() :].strip()
    return iban, name


def _join(pieces: list[str]) -> str:
    """Join the 27-character pieces: a full piece goes on without a space, a short one ended."""
    text = ""
    previous = 27
    for piece in pieces:
        starts_word = bool(re.match(r"[A-Z]{4}[+:]|\s", piece))
        glue = "" if previous >= 27 or (previous == 26 and piece[:1].islower()) else " "
        text += piece if not starts_word else (" " if text else "") + piece
        if glue and not starts_word and text:
            text = text[: len(text) - len(piece)] + glue + piece
        previous = len(piece)
    return " ".join(text.split())


def _slashed(text: str, supplementary: str) -> Details:
    """Fields between SWIFT codewords; ``/CNTP/`` holds account, BIC and name in one."""
    found: dict[str, str] = {}
    matches = list(_SLASHED.finditer(text))
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        value = text[match.end() : end].strip("/ ").strip()
        key = match.group(1)
        if value:
            found[key] = f"{found[key]} {value}" if key in found else value
    iban, name = found.get("IBAN", ""), found.get("NAME", "")
    if "CNTP" in found:
        parts = found["CNTP"].split("/")
        iban = iban or parts[0]
        name = name or (parts[2] if len(parts) > 2 else "")
    head = supplementary.split(" ", maxsplit=1)[0]
    if not iban and _IBAN.fullmatch(head):
        iban = head
    remittance = found.get("REMI", "") or found.get("USTD", "") or found.get("STRD", "")
    remittance = re.sub(r"^(USTD|STRD)//?", "", remittance)
    if not remittance:
        remittance = " ".join(text.split())
    return Details(
        remittance=" ".join(remittance.split()),
        name=name or found.get("ORDP", "") or found.get("BENM", ""),
        iban=iban.replace(" ", ""),
        end_to_end_id=provided(found.get("EREF", "")),
        mandate_id=found.get("MARF", ""),
        creditor_id=found.get("CSID", ""),
        booking_text=found.get("TRTP", ""),
        return_reason=found.get("RTRN", "")[:4],
    )


def _labelled(body: str) -> Details:
    """Polish labels: ``OD:`` from, ``DLA:`` for, ``TYT:`` title, ``Z RACH:`` account."""
    text = " ".join(body.split())
    parts: dict[str, str] = {}
    matches = list(_LABELLED.finditer(text))
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        parts[match.group(1)] = text[match.end() : end].strip(" ;")
    account = (parts.get("Z RACH") or parts.get("NA RACH") or "").replace(" ", "")
    return Details(
        remittance=parts.get("TYT", text),
        name=parts.get("OD") or parts.get("DLA") or "",
        iban=account,
        code=text[:3] if text[:3].isdigit() else "",
        plain=True,
    )


def _legacy(body: str) -> Details:
    """``:NS:`` lines of Hungarian banks: 15/16 name, 17 and 20–29 text, 34 account."""
    fields: dict[str, str] = {}
    for row in body.strip().split("\n"):
        if row[:2].isdigit():
            fields[row[:2]] = row[2:].strip()
    words = Codewords(" ".join(fields[key] for key in sorted(fields) if key in _LEGACY_TEXT))
    return Details(
        remittance=words.remittance,
        name=f"{fields.get('15', '')}{fields.get('16', '')}".strip(),
        iban=fields.get("34", "").lstrip("0"),
        code=fields.get("01", "")[:3],
    )


_LEGACY_TEXT = {"09", "17", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29"}
