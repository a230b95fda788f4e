"""Letters without a title: what one sentence says of an invoice that was written before.

*We have not received your payment of invoice 4711* makes a page a reminder, *please confirm the balance
of your account* a statement. Bills print such sentences too: as terms (*if we have not received ...*) and of
bills before them. So a sentence counts only where it is no condition, where nothing on the page is taxed
or charged (a row with an amount, a sum), and where no other invoice has its number on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contor.documents.labels import fold
from contor.documents.other_papers import Lines, OtherPaper, paper_of, tall_bill

_BILL = r"(?:rechnung\w*|invoices?|bill|fattur[ae]|factures?)"
_STILL_DE = r"(?:noch|bisher|bislang|bis heute|bis dato|leider|weiterhin)"
_UNPAID = (
    (
        r"(?:rechnung\w*|\w*zahlung|betrag|forderung|ausgleich|zahlungseingang)",
        (
            rf"{_STILL_DE}(?: \S+){{0,5}}? (?:nicht|keine?n?)(?: \S+){{0,6}}? (?:bezahlt|beglichen|"
            r"ausgeglichen|eingegangen|erhalten|gezahlt|uberwiesen|angekommen|gutgeschrieben)"
        ),
        r"keinen? (?:zahlungs|geld)eingang(?: \S+){0,6}? (?:feststellen|verbuchen|verzeichnen)",
        (
            rf"(?:ist|sind|steht|stehen|wartet|warten)(?: \S+){{0,6}}? {_STILL_DE}"
            r"(?: \S+){0,2}? (?:offen|unbezahlt|aus|auf (?:be)?zahlung)"
        ),
        rf"vermissen(?: wir)? {_STILL_DE}",
        r"(?:ist|sind) seit(?: \S+){1,5}? (?:uber)?fallig",
    ),
    (
        r"(?:invoices?|bill|payments?|settlement|remittance)",
        (
            r"(?:(?:has|have|had)(?: still)? (?:not|yet to)|haven t|hasn t)(?: \S+){0,3}? "
            r"(?:received?|paid|made|settled|reached|arrived|cleared)"
        ),
        r"(?:had|received) no (?:payment|remittance)",
        r"(?:is|are|remains?) (?:now |still |currently )?(?:overdue|unpaid|past due|outstanding)",
    ),
    (
        r"(?:pagamento|saldo|bonifico|importo|fattur[ae])",
        (
            r"non (?:(?:ci|e|sia|sono|siano|risult\w+|abbiamo|stat[aoei]|ancora|tuttora|a tutt oggi) ){1,5}"
            r"(?:ricevut|pervenut|pagat|saldat|incassat|accreditat|effettuat)[aoei]"
        ),
        (
            r"(?:risult\w+|e|sono) (?:ancora |tuttora |a tutt oggi )?"
            r"(?:insolut[ae]|scadut[ae]|inevas[ae]|non (?:pagat|saldat)[ae])"
        ),
    ),
    (
        r"(?:reglement|paiement|virement|factures?)",
        (
            r"n (?:avons|a|ont|est|sont)(?: \S+){0,4}? pas(?: \S+){0,2}? "
            r"(?:recu|enregistre|encaisse|regle|paye|acquitte|effectue|parvenu|arrive|honore)e?s?"
        ),
        r"ne nous (?:est|sont)(?: \S+)? pas(?: encore)? parvenue?s?",
        (
            r"(?:reste|demeure|est|restent|demeurent|sont)(?: \S+){0,3}? "
            r"(?:impayee?s?|dues?|en souffrance|non reglees?)"
        ),
    ),
)
"""Of what the sentence speaks, and in what words it says that this is not paid, language by language."""
_IN_VAIN = (
    r"\bdieses (?:schreiben|anschreiben)\b.{0,40}\bgegenstandslos\b",
    r"\b(?:disregard|ignore) this (?:letter|notice|reminder)\b",
    r"\bconsiderar\w* (?:nulla|priva di effetto) la presente\b",
    r"\bne pas tenir compte (?:de ce (?:courrier|rappel)|de (?:la )?presente)\b",
)
_BALANCE = (
    r"\b(?:bestatigen|bestatigung)\b.{0,60}\bsaldos?\b|\bsaldo\b.{0,60}\bzu bestatigen\b",
    r"\bfolgende\w* (?:posten|rechnungen)\b.{0,40}\b(?:noch|weiterhin) offen\b",
    r"\bconfirm\b.{0,40}\bbalance\b",
    r"\bfollowing (?:items|invoices)\b.{0,20}\b(?:are|remain) (?:still )?(?:open|outstanding)\b",
    r"\bconferma\w*\b.{0,40}\bsaldo\b",
    r"\bseguenti (?:partite|fatture)\b.{0,20}\b(?:sono|risultano) (?:ancora )?apert[ae]\b",
    r"\bconfirmer\b.{0,40}\bsolde\b",
    r"\bfactures suivantes\b.{0,20}\b(?:sont|restent) (?:encore )?ouvertes\b",
)
_IF = re.compile(
    r"\b(?:wenn|falls|sollten?|sofern|soweit|solange|if|unless|until|should|where|in case|once|"
    r"se|qualora|ove|nel caso|in caso|si (?:nous|vous|le|la|votre|aucun|notre)|a defaut|en cas|"
    r"tant que|faute)\b"
)
_BEFORE_IT = re.compile(
    r"\b(?:vorige|vorherige|letzte|fruhere|previous|prior|last|earlier|precedente?s?|precedenti|"
    r"derniere)n?\b"
)
_IN_GENERAL = re.compile(
    r"\b(?:that(?! (?:we|your|our|the|invoice|this|payment))|which|any|all|each|every|alle|jede[rs]?|ogni|toute?s?)\b"
)
_BY_TERM = re.compile(
    r"\W*(?:within|by|after|in \d+|innerhalb|binnen|nach|entro|dopo|sous|dans|apres)\b"
)
_TAXED = re.compile(
    r"(?<!partita )(?<!p\. )(?<!p\.)(?<!n )(?<!numero )(?<!no )"
    r"\b(?:mwst|ust|mehrwertsteuer|umsatzsteuer|ustg|vat|iva|tva|gst|sales tax|btw)\b"
    r"(?![ .:/-]*(?:id\w*|nr|no|number|num\w*|n|reg\w*|intra\w*|[a-z]{2} ?\d\w*|\d{6,})\b)"
)
_PRICED = re.compile(
    r"\b(?:netto\w*|zwischensumme|sub-?total|net (?:amount|total|price)|imponibile|sous[- ]total|"
    r"(?:total|montant) ht|menge|einzelpreis|stuckpreis|qty|quantity|unit price|quantita|"
    r"prezzo unitario|quantite|prix unitaire)\b"
)
_NUMBERED = re.compile(
    rf"\b{_BILL}[ -]*(?:(?:nummer|number|numero|nr|no|n|num)\b)?[ .:#°o-]*([a-z]{{0,4}}[-/ ]?\d[\w/-]*)"
)
_AMOUNT_LAST = re.compile(r"\d[.,]\d\d\W*(?:[a-z]{1,3}|€|\$|£)?\W*$")
_SUM = re.compile(
    r"\W*(?:\w+ )?(?:gesamt\w*|rechnungsbetrag|endbetrag|summe|total\w*|amount|importo|montant|"
    r"zu zahlen|da pagare|a payer)\b"
)
_OPEN_ITEM = re.compile(rf"\W*(?:{_BILL}|[a-z]{{0,4}}[-/ ]?\d[\w./-]*(?:\t|\W*$))")
_TITLED = re.compile(rf"\W*(?:\w+\W+){{0,2}}?{_BILL}\W*(?:\w+\W*)?[a-z]{{0,4}}[-/ ]?\d[\w/-]*\W*$")
_NO_END = re.compile(
    r"(?<=\d)\.(?=\d)|(?<=\b\d)\.|(?<=\b\d\d)\.|(?<=\bnr)\.|(?<=\bno)\.|(?<=\bn)\."
)
_END = re.compile(r"[.!?](?:\s|$)|\|")
_TITLE = 45
_LOOKED_AT = 60
_FAR, _NEAR = 100, 15


def letter_paper(lines: Lines) -> OtherPaper | None:
    """The kind of paper that only a sentence on the first page tells; None where none does.

    >>> said = "Leider haben wir noch keine Zahlung zur Rechnung 4711 erhalten."
    >>> letter_paper([("Acme GmbH", 10.0), (said, 10.0)]).kind
    'reminder'
    >>> letter_paper([(said, 10.0), ("Nettobetrag 100,00, MwSt 19 %", 10.0)]) is None
    True
    """
    text = _NO_END.sub(" ", " ".join(_line(line) for line, _ in lines[:_LOOKED_AT]))
    if _TAXED.search(text) or _PRICED.search(text) or tall_bill(lines[:_LOOKED_AT]):
        return None
    if any(_is_charge(fold(line)) for line, _ in lines):
        return None
    for sentence in _END.split(text):
        what = _said(sentence)
        if what and not _of_another(sentence, text):
            return paper_of(what)
    return None


def _is_charge(line: str) -> bool:
    """Whether it is a row with an amount that is charged here, or the sum; an open invoice is none."""
    if not _AMOUNT_LAST.search(line):
        return False
    return bool(_SUM.match(line)) or ("\t" in line and not _OPEN_ITEM.match(line))


def _line(text: str) -> str:
    """A line made comparable; a title and a row of a table belong to no sentence."""
    folded = fold(text).replace("'", " ").replace("’", " ")
    is_title = len(folded) < _TITLE and _TITLED.match(folded)
    return f"| {folded} |" if is_title or "\t" in folded else folded


def _said(sentence: str) -> str | None:
    """The kind of paper that a sentence tells; None where it is a condition or a word in general."""
    if any(re.search(pattern, sentence) for pattern in _IN_VAIN):
        return "reminder"
    for what, found in _matches(sentence):
        is_term = (
            _IF.search(sentence[max(0, found.start() - _FAR) : found.end()])
            or _IN_GENERAL.search(sentence[max(0, found.start() - _NEAR) : found.end()])
            or _BY_TERM.match(sentence, found.end())
        )
        if not is_term and not _BEFORE_IT.search(sentence):
            return what
    return None


def _matches(sentence: str) -> Iterator[tuple[str, re.Match[str]]]:
    for about, *patterns in _UNPAID:
        if re.search(rf"\b{about}\b", sentence):
            for pattern in patterns:
                if found := re.search(rf"\b(?:{pattern})\b", sentence):
                    yield "reminder", found
    for pattern in _BALANCE:
        if found := re.search(pattern, sentence):
            yield "statement", found


def _of_another(sentence: str, text: str) -> bool:
    """Whether the page bears the number of an invoice that the sentence does not speak of."""
    spoken = set(_NUMBERED.findall(sentence))
    return bool(spoken) and not set(_NUMBERED.findall(text)) <= spoken
