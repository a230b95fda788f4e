"""Which line of an address names the party: not the title above it, nor the salutation, nor a person.

*Frau Lang* above *Acme Hosting GmbH* is whom the letter is for; who pays is the company.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from contor.documents.labels import fold

_TITLE = re.compile(
    r"(?:tax |vat |commercial |proforma |sales )?(?:rechnung|invoice|facture|fattura|factuur|factura|"
    r"faktura|gutschrift|avoir|credit note|nota di credito|creditnota)\W*"
)
_SALUTATION = re.compile(
    r"(?:an(?: die| das| den)?|to|firma|(?:herrn?|frau|eheleute|familie)(?: (?:und|u\.) (?:herrn?|frau))?|"
    r"messrs|monsieur|madame|(?:gentile|egregio|egregia|spett\.?le|spettabile)(?: (?:cliente|ditta|societa))?|"
    r"alla cortese attenzione(?: d[ei]l?)?|attn|attention|a l.attention d[eu]|cher client)\W*"
)
_CARE_OF = re.compile(
    r"(?:attn|att|attention|z\. ?hd|zu handen|c/o|a l.attention d[eu]|alla c\. ?a|alla cortese attenzione)\b.*\w"
)
"""A person within the company on the next line."""
_SALUTED = re.compile(
    r"(?:Herrn?|Frau|Eheleute|Familie|Firma|Fa\.|Monsieur|Madame|Mme|Sig\.(?:ra)?|"
    r"Spett(?:abile|\.? ?le\.?|\.)(?: Ditta)?|(?:Egr|Gent)(?:\.m[oa]|egio|egia|ile|\.)(?: Sig(?:nora?|\.ra|\.))?|"
    r"(?:Mr|Mrs|Ms)\.?(?= [A-Z][a-z]+ [A-Z][a-z]+$)) (?=\S)"
)
_OF_FIRMS = re.compile(r"Fi|Fa\.|Spett")
_PARTICULAR = re.compile(
    r"(?:p\.? ?iva|part\.? ?iva|partita iva|c\.? ?f\b|cod\.? ?fisc|codice fiscale|ust|uid|vat|tva|siret|siren|"
    r"tel\b|fax\b|iban\b|kvk|cvr|capital(?:e sociale| social)?|(?:code )?(?:naf|ape)|rcs|"
    r"n(?:o|umero)?\W{0,2}(?:de )?tva)\b.*\d"
)
"""A number of the address above: it ends that one and heads no other."""
_BARE_NUMBER = re.compile(r"[a-z]{0,3} ?\d[\d .]{6,14}[a-z\d]?")
_NAMED = re.compile(r"[^\W\d_]{3}|[^\W\d_]{2}\b")
_FEW = 3
FIRM = re.compile(
    r"[^\W\d_]{2}.*[\s.,](?:gmbh(?: & co\.? ?kg)?|gesmbh|mbh|ag|kg|ohg|ug|se|e\.? ?k|e\.? ?u|ltd|limited|inc|llc|"
    r"plc|s\.?r\.?l|s\.?p\.?a|s\.?n\.?c|s\.?a\.?s|sarl|sasu?|eurl|b\.?v|n\.?v|s\.?l|s\.a|oy|ab|aps|a/s|"
    r"s\.r\.o|sp\. z o\. ?o|s\.à r\.l|sàrl)\.?$",
    re.IGNORECASE,
)
"""A name that ends in its legal form."""
_PERSON = re.compile(
    r"(?:(?:herrn?|frau|mr|mrs|ms|mme|m|sig(?:\.ra)?|dr|prof)\.? )*"
    r"[A-ZÀ-Ý][^\W\d_]+(?:[ -][A-ZÀ-Ý][^\W\d_]*\.?){1,3}",
    re.IGNORECASE,
)


def unsaluted(name: str) -> str:
    """A name without the word of courtesy before it, which is no part of it.

    >>> unsaluted("Herrn Max Mustermann"), unsaluted("Firma Acme GmbH"), unsaluted("Frau Holle GmbH")
    ('Max Mustermann', 'Acme GmbH', 'Frau Holle GmbH')
    """
    saluted = _SALUTED.match(name)
    if saluted is None or (FIRM.match(name) and not _OF_FIRMS.match(saluted[0])):
        return name
    return name[saluted.end() :]


def heads_no_name(text: str) -> bool:
    """Whether a line above an address is a title, a salutation or a claim.

    >>> heads_no_name("Herrn und Frau"), heads_no_name("Rechnung"), heads_no_name("Acme S.à r.l.")
    (True, True, False)
    """
    folded = fold(text)
    return bool(
        not _NAMED.search(text)
        or _TITLE.fullmatch(folded)
        or _SALUTATION.fullmatch(folded)
        or _PARTICULAR.match(folded)
        or _is_sentence(text)
    )


def is_particular(text: str) -> bool:
    """Whether a line is a party's own VAT or tax number, with its label or without.

    >>> is_particular("USt-IdNr.: DE123456789"), is_particular("IT 01234567890"), is_particular("Acme")
    (True, True, False)
    """
    folded = fold(text).strip()
    return bool(_PARTICULAR.match(folded) or _BARE_NUMBER.fullmatch(folded))


def is_above_firm(text: str, below: str) -> bool:
    """Whether a person stands above the company that the letter goes to.

    >>> is_above_firm("Luca Rossi", "Alpen Hosting S.r.l."), is_above_firm("Acme", "Hauptstr. 1")
    (True, False)
    """
    return bool(_PERSON.fullmatch(text) and not FIRM.search(text) and FIRM.match(below))


def _is_care_of(text: str, below: str) -> bool:
    return bool(_CARE_OF.match(fold(text))) and not any(sign.isdigit() for sign in below)


def _is_short_for(text: str, below: str) -> bool:
    """Whether a logo says the beginning of the firm's name on the next line."""
    return below.casefold().startswith(f"{text} ".casefold()) and bool(FIRM.match(below))


def first_name(texts: Sequence[str]) -> int:
    """Index of the line that names the party, below titles, salutations and persons."""
    index = 0
    while index + 1 < len(texts) and (
        heads_no_name(texts[index])
        or is_above_firm(texts[index], texts[index + 1])
        or _is_care_of(texts[index], texts[index + 1])
        or _is_short_for(texts[index], texts[index + 1])
    ):
        index += 1
    return index


def _is_sentence(text: str) -> bool:
    """A claim below a logo (*Alles aus einer Hand.*) is no name."""
    words = text.split()
    last = words[-1].rstrip(".!")
    return text.endswith((".", "!")) and len(words) > _FEW and last.islower() and last.isalpha()
