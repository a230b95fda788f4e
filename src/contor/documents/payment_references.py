"""What to quote when paying: references with check digits, and what the page asks for in words.

Structured references prove themselves: the creditor reference (ISO 11649, ``RF18 5390 0754 7034``),
the reference of the Swiss QR bill (27 figures, modulo 10 recursive) and the Belgian structured
communication (``+++010/8068/17183+++``, modulo 97). In words a page asks for its invoice number, for
the customer's number, or for both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from stdnum import iso11649
from stdnum.be import ogm_vcs
from stdnum.ch import esr

from contor.documents.chosen import SURE
from contor.documents.document_text import DocumentText
from contor.documents.page import Source
from contor.documents.payment_terms import discount_terms
from contor.documents.reading import Fact

_CREDITOR = re.compile(r"(?<![A-Za-z0-9])RF\d{2}(?:[ \-]?[A-Z0-9]{1,4}){1,6}(?![A-Za-z0-9])")
_SWISS = re.compile(r"(?<!\d)\d{2} ?(?:\d{5} ){4}\d{5}(?!\d)|(?<!\d)\d{27}(?!\d)")
_BELGIAN = re.compile(r"(\+\+\+|\*\*\*) ?\d{3} ?/ ?\d{4} ?/ ?\d{5} ?\1")
_LIKE_ONE = re.compile(r"RF\d\d|\d{5} \d{5}|\d{27}|[+*]{3}")
"""What one of them holds: asked of every line."""
_NUMBER = (
    r"rechnungs?[- ]?(?:nummer|nr)|invoice (?:number|no)|num[eé]ro de (?:la |cette )?facture|"
    r"n[°o]\.? (?:de )?facture|numero (?:della |di )?fattura|n\. fattura"
)
_CUSTOMER = (
    r"kunden[- ]?(?:nummer|nr)|(?:customer|client|account) (?:number|no)|"
    r"num[eé]ro (?:de )?client|r[eé]f[eé]rence client|codice cliente|numero cliente"
)
_ASKED = re.compile(rf"(?P<number>{_NUMBER})|(?P<buyer_number>{_CUSTOMER})", re.IGNORECASE)
_QUOTE = re.compile(
    r"angeben|geben sie|angabe|verwendungszweck|anzugeben|quote|quoting|\bstate\b|stating|indicat|mention|"
    r"\buse\b|reference|indicando|indicare|causale|rappel|indiqu|pr[eé]cis|motif|libell[eé]",
    re.IGNORECASE,
)
_QUOTED = re.compile(_QUOTE.pattern)
_PAYING = re.compile(
    r"zahl|[uü]berweis|verwendungszweck|payment|paying|transfer|remit|bonific|pagament|causale|"
    r"virement|r[eè]glement|paiement",
    re.IGNORECASE,
)
_END = re.compile(r"(?<!\bNr)(?<!\bNo)(?<!\bn)[.!](?=\s|$)")
_VALUE = re.compile(r"[.:\s#]*\S*\d")
"""The number itself behind its name (*Kundennummer: 4711*): a form, no request."""
_DERIVED = 0.6


@dataclass(frozen=True, slots=True)
class PrintedReference:
    """A structured reference in its normal form with the place it takes in the text."""

    value: str
    start: int
    end: int


def find_references(text: str) -> list[PrintedReference]:
    """Structured references whose check digits hold.

    >>> [found.value for found in find_references("Referenz 21 00000 00003 13947 14300 09017")]
    ['210000000003139471430009017']
    >>> [found.value for found in find_references("please quote RF18 5390 0754 7034 when paying")]
    ['RF18539007547034']
    >>> find_references("RF19 5390 0754 7034")
    []
    """
    found: list[PrintedReference] = []
    if not _LIKE_ONE.search(text):
        return found
    for pattern, is_valid, normal in _KINDS:
        for match in pattern.finditer(text):
            for end in _ends(text, match):
                printed = text[match.start() : end]
                if is_valid(printed):
                    found.append(PrintedReference(normal(printed), match.start(), end))
                    break
    return found


def _ends(text: str, match: re.Match[str]) -> Iterator[int]:
    """The end of the whole match, then those after fewer groups: a word may follow in capitals."""
    yield match.end()
    for index in range(match.end() - 1, match.start() + 5, -1):
        if text[index] in " -":
            yield index


def _belgian(printed: str) -> str:
    return f"+++{ogm_vcs.format(printed)}+++"


_KINDS: tuple[tuple[re.Pattern[str], Callable[[str], bool], Callable[[str], str]], ...] = (
    (_CREDITOR, iso11649.is_valid, iso11649.compact),
    (_SWISS, esr.is_valid, lambda printed: printed.replace(" ", "")),
    (_BELGIAN, ogm_vcs.is_valid, _belgian),
)


def structured_reference(
    document: DocumentText, fields: Mapping[str, Fact], source: Source
) -> Fact | None:
    """The structured reference of a document; None where there is none, or several differ.

    27 figures without blanks are a Swiss reference only beside a Swiss IBAN.
    """
    iban = fields.get("seller_iban")
    swiss = iban is not None and iban.value.startswith(("CH", "LI"))
    facts: dict[str, Fact] = {}
    for line in document.lines:
        for found in find_references(line.text.replace("\t", " ")):
            if line.text[found.start : found.end].isdigit() and not swiss:
                continue
            box = line.box(found.start, found.end)
            sure = SURE * (0.5 + 0.5 * line.confidence(found.start, found.end))
            facts.setdefault(found.value, Fact(found.value, sure, line.line.page, box, source))
    return next(iter(facts.values())) if len(facts) == 1 else None


def quoted(document: DocumentText, fields: Mapping[str, Fact]) -> Fact | None:
    """What to quote where no reference is printed as such: what a sentence asks for, else the number.

    The number is quoted where payment is asked for: a bank account, a due date or terms of payment.
    """
    asked = asked_for(document, fields)
    number = fields.get("number")
    if asked or number is None:
        return asked
    payable = {"seller_iban", "due_date"} & set(fields)
    if not payable and not discount_terms(line.text for line in document.lines):
        return None
    return replace(number, confidence=_DERIVED * number.confidence, source="derived")


def asked_for(document: DocumentText, fields: Mapping[str, Fact]) -> Fact | None:
    """The number, the customer's number or both, in the order a sentence about paying names them.

    None where no sentence asks, or what it asks for is not known.
    """
    for sentence in _sentences([line.text for line in document.lines]):
        if not _PAYING.search(sentence):
            continue
        asked = [one for one in _ASKED.finditer(sentence) if not _VALUE.match(sentence, one.end())]
        names = list(dict.fromkeys(str(one.lastgroup) for one in asked))
        if names and all(name in fields for name in names):
            facts = [fields[name] for name in names]
            sure = _DERIVED * min(fact.confidence for fact in facts)
            value = " ".join(fact.value for fact in facts)
            return replace(facts[0], value=value, confidence=sure, source="derived")
    return None


def _sentences(rows: Sequence[str]) -> Iterator[str]:
    """The sentences that tell to quote something; each may run on in the next row."""
    for index, row in enumerate(rows):
        if not _QUOTED.search(row.lower()):  # far quicker than what is blind to case
            continue
        wrapped = index > 0 and row[:1].islower()
        before = rows[index - 1] + " " if wrapped else ""
        after = " " + rows[index + 1] if index + 1 < len(rows) else ""
        for match in _QUOTE.finditer(row):
            head = _END.split(before + row[: match.start()])[-1]
            yield head + match[0] + _END.split(row[match.end() :] + after)[0]
