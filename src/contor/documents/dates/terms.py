"""Days to pay: which printed dates end a discount, and when a term of days runs out.

*Zahlbar bis 15.06. mit 2 % Skonto, bis 05.07. netto*: the first date is no due date but the end of
a discount. *Zahlbar innerhalb von 14 Tagen*: the due date is counted from the date of issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from contor.documents.candidates import Candidate
from contor.documents.dates.number_words import in_figures
from contor.documents.document_text import DocumentText, TextLine
from contor.documents.labels import fold
from contor.documents.payment_terms import DISCOUNT_WORDS

_PERCENT = r"(\d{1,2}(?:[.,]\d{1,2})?)\s?%"
_WORD = rf"(?:{'|'.join(DISCOUNT_WORDS)})"
_DISCOUNT = (*DISCOUNT_WORDS, "skontier")
_AFTER = re.compile(
    rf"^[\s:=-]*(?:(?:mit|abzgl?\.?|abzuglich|minus|less|with|avec|con|gewahren wir|-)\s*){{0,2}}"
    rf"(?:{_PERCENT}\s*)?(?:cash |early payment )?{_WORD}"
)
_BEFORE = re.compile(
    rf"{_PERCENT}\s*{_WORD}[^.;%]{{0,40}}?(?:bis|until|by|before|jusqu|entro)[\w\s']{{0,12}}$|"
    rf"\b(?:skontier\w+|skonto|discount)[\s:]+(?:{_PERCENT}\s*)?(?:bis|until|by|before)(?: zum)?\s*:?\s*$"
)
_NET = re.compile(
    r"^[\s,:=-]*(?:\(?(?:rein )?netto?\b|ohne (?:jeden )?abzug|net\b|without deduction)(?!\s*\d)"
)
_NETTED = ("net", "abzug", "without deduction")
_NET_UNTIL = re.compile(r"\b(?:netto|net|ohne abzug) (?:bis|until|by)(?: zum)?\s*$")
_UNTIL = re.compile(r"\b(?:bis|until|by|entro|avant le)(?: zum)?\s*$")
_PAY = (
    r"(?:zahl\w*|fallig\w*|uberweis\w*|begleich\w*|rechnungsbetrag\w*|betrag\w*|pay\w*|due|settle\w*|"
    r"terms?|transfer|remit|paiement|virement|reglement|regler|echeance|pagamento|pagare|bonifico|betal\w*|voldoen|"
    r"forfald\w*|forfall\w*|pago)"
)
_DAYS = r"(\d{1,3})\s*(?:kalender)?(?:tagen?|days?|jours?|giorni|gg|dagen|dager?|dagar|dias)\b"
_TERMS = (
    re.compile(rf"\b{_PAY}[^.;%\d]{{0,70}}?{_DAYS}"),
    re.compile(rf"\b{_DAYS}\s*(?:rein\s*)?(?:netto?|ohne abzug|nach rechnung\w*|ab rechnung\w*|"
               r"(?:from|after|of) (?:the )?(?:date of )?invoice|date de facture|nets?\b|data fattura|"
               r"d\.?f\.?(?!\w))"),
    re.compile(rf"\b(?:innerhalb|innert|binnen|within|in|entro|sous|dans)\b[^.;%\d]{{0,16}}?{_DAYS}"
               rf"[^.;%]{{0,70}}?\b(?:zahl\w*|uberweis\w*|begleich\w*|pay\b|settle|transfer|remit|"
               r"regler|virement|pagare|bonifico|versare)"),
    re.compile(r"\bnetto (\d{1,3}) tagen?\b|\bnet (7|10|14|15|20|21|30|45|60|90)\b(?![.,/%]| %)"),
)  # fmt: skip
_COUNTED = re.compile(rf"{_DAYS}|\bnett?o? \d")
"""What all of these hold."""
_AT_ONCE = re.compile(
    r"\bsofort (?:fallig|zahlbar)|\b(?:zahlbar|fallig(?:keit)?)(?: ist)?:? sofort|due (?:up)?on receipt|"
    r"payable immediately|(?:payable|paiement|reglement) (?:a|des) (?:la )?reception|"
    r"(?:payable|paiement|reglement) (?:au )?comptant|pagamento (?:immediato|a vista)|vista fattura"
)
_END_OF_MONTH = re.compile(r"fine mese|end of month|\beom\b|fin de mois|monatsende|\bf\.?m\.?\b")
_OTHER = re.compile(
    r"einwend|widerspruch|reklam|ruckgabe|widerruf|mangel|kundig|claim|return|disput|complain|object|"
    r"cancel|verzug|mahn|overdue|retard|ritardo|late\b"
)
_ACCOUNT = re.compile(r"\b[a-z]{2}\d{2}(?:\s?[\da-z]{4}){3,7}(?:\s?[\da-z]{1,3})?\b")
"""An IBAN stands between what is to be done and by when."""
_SUM = re.compile(r"\b\d{1,3}(?:[.,' \u202f\xa0]?\d{3})*[.,]\d{2}\b")
"""So does how much: *Bitte überweisen Sie 7.574,04 € innerhalb von 14 Tagen*."""
_TIER = re.compile(r"\s*[:–-]?\s*(?:mit|abzgl\.?|less|avec)?\s*\d{1,2}(?:[.,]\d{1,2})?\s?%")
"""*8 Tage 3 %*: a tier of discount, whatever heads it."""
_END = re.compile(r"[.;](?:\s|$)")
_MOST_DAYS = 180
_WINDOW = 90


def discount_ends(
    document: DocumentText, candidates: Sequence[Candidate]
) -> Mapping[int, Decimal | None]:
    """Indexes of the dates that end a discount, with its percent where one is printed."""
    found: dict[int, Decimal | None] = {}
    whole = " ".join(line.text for line in document.lines).lower()
    if not any(word in whole for word in _DISCOUNT):
        return found
    said_after = -9
    for index, date in enumerate(candidates):
        if date.kind != "date":
            continue
        before, after = _around(document, date)
        match = _AFTER.match(after) if not _NET_UNTIL.search(before) else None
        if match:
            said_after = date.line
        elif date.line - said_after > 1 and not _NET.match(after):
            match = _BEFORE.search(before)
        if match:
            percent = next((group for group in match.groups() if group), None)
            found[index] = Decimal(percent.replace(",", ".")) if percent else None
    return found


def is_tier(text: str) -> bool:
    """Whether a row names but a tier of discount, as in a table of terms: *8 Tage 3 %*.

    >>> is_tier("8 Tage 3 %  15.05.2026  170,20  5.503,24"), is_tier("30 Tage netto  5.673,44")
    (True, False)
    """
    match = re.search(_DAYS, folded := fold(text))
    return match is not None and bool(_TIER.match(folded, match.end())) and "net" not in folded


def net_ends(document: DocumentText, candidates: Sequence[Candidate]) -> list[int]:
    """Indexes of the dates by which all of it is to be paid: *bis 05.07.2026 netto*."""
    found: list[int] = []
    whole = " ".join(line.text for line in document.lines).lower()
    if not any(word in whole for word in _NETTED):
        return found
    for index, date in enumerate(candidates):
        if date.kind == "date":
            before, after = _around(document, date)
            if _UNTIL.search(before) and _NET.match(after):
                found.append(index)
    return found


def _around(document: DocumentText, date: Candidate) -> tuple[str, str]:
    """The text before and after a date, over the ends of its lines."""
    line = document.lines[date.line]
    before, after = line.text[: date.start], line.text[date.end :]
    nearby = document.lines[max(0, date.line - 1) : date.line + 2]
    for other in nearby:
        if other.line.page != line.line.page:
            continue
        if other.line.number == line.line.number - 1:
            before = f"{other.text} {before}"
        elif other.line.number == line.line.number + 1 and not _in_a_field(line, date):
            after = f"{after} {other.text}"
    return fold(before)[-_WINDOW:], fold(after)[:_WINDOW]


def _in_a_field(line: TextLine, date: Candidate) -> bool:
    """Whether a date fills its cell beside a label: what stands below is another field."""
    place = line.cell_at(date.start)
    return place > 0 and line.line.cells[place].text == date.text


def _sentence(text: str, match: re.Match[str]) -> str:
    """What stands around a match, to the end of its sentence."""
    rest = _END.split(text[match.end() : match.end() + _WINDOW], maxsplit=1)[0]
    return text[max(0, match.start() - 40) : match.end()] + rest


def days_agreed(texts: Iterable[str], discounts: str | None) -> int | None:
    """Days from the date of issue to the due date, None where nothing or more than one is said.

    ``discounts`` are the tiers ``days:percent`` of the document; their days are not meant.

    >>> days_agreed(["Zahlbar innerhalb von 14 Tagen ohne Abzug."], None)
    14
    >>> days_agreed(["10 Tage 3 % Skonto, 30 Tage netto"], "10:3.00"), days_agreed(["Net 30"], None)
    (30, 30)
    >>> days_agreed(["Einwendungen innerhalb von 14 Tagen"], None) is None
    True
    """
    whole = fold(in_figures(" ".join(texts)))
    if _END_OF_MONTH.search(whole):
        return None
    counted = _SUM.sub("", _ACCOUNT.sub("", whole)) if _COUNTED.search(whole) else ""
    short = {int(tier.split(":")[0]) for tier in discounts.split(";")} if discounts else set()
    days = {
        int(match[match.lastindex or 1])
        for pattern in _TERMS
        for match in pattern.finditer(counted)
        if not _OTHER.search(_sentence(counted, match)) and not _TIER.match(counted, match.end())
    }
    days = {number for number in days - short if 0 < number <= _MOST_DAYS}
    if not days and not short and _AT_ONCE.search(whole):
        return 0
    return days.pop() if len(days) == 1 else None
