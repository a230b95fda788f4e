"""Papers that look like invoices and are booked by nobody: reminders, statements, offers, deliveries.

The title says it: the tallest line that names a kind of paper, or the first of several. A bill names
its order, offer and delivery too, and may promise a reminder; so a name counts only where it is a
line of its own, and beside the title of a bill an order, offer or delivery is but a reference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from contor.documents.kinds import TALL, usual_height
from contor.documents.labels import fold
from contor.documents.reading import Kind
from contor.errors import Finding

Lines = Sequence[tuple[str, float]]
"""Lines of a first page, a tab between their cells, and their heights."""


@dataclass(frozen=True, slots=True)
class OtherPaper:
    """A kind of paper that is not booked, and the names (folded) that it goes by.

    ``reference``: invoices refer to such papers by name and number. ``bare``: the name alone also
    heads bills, so it counts only where no number of an invoice is given.
    """

    what: str
    kind: Kind
    names: str
    reference: bool = False
    bare: bool = False


_PAPERS = (
    OtherPaper(
        "reminder",
        "reminder",
        r"zahlungserinnerung|mahnung|mahnschreiben|mahnbescheid|friendly reminder|"
        r"(?:payment|overdue) (?:reminder|notice)|reminder (?:notice|letter|invoice)|"
        r"final (?:notice|demand|reminder)|dunning (?:notice|letter)|past due notice|"
        r"rappel(?: de (?:paiement|facture))?|mise en demeure|relance|"
        r"sollecito (?:di )?pagamento|avviso di mancato pagamento|diffida di pagamento|"
        r"betalingsherinnering|aanmaning|recordatorio de pago",
    ),
    OtherPaper("reminder", "reminder", r"erinnerung|reminder|sollecito|promemoria", bare=True),
    OtherPaper(
        "statement",
        "statement",
        r"kontoauszug|kontokorrentauszug|saldenbestatigung|saldenmitteilung|saldobestatigung|"
        r"opos[- ]?liste|offene[- ]?posten(?:[- ]?liste)?|liste (?:der )?offene[rn]? posten|"
        r"kontenubersicht|forderungsaufstellung|(?:account|customer) statement|"
        r"statement of (?:your )?accounts?|balance confirmation|confirmation of balance|"
        r"releve de comptes?|confirmation de solde|estratto (?:di )?conto|"
        r"conferma (?:del )?saldo|situazione contabile|partite aperte|"
        r"rekeningoverzicht|extracto de cuenta",
    ),
    OtherPaper("statement", "statement", r"statement|open items?(?: list)?", bare=True),
    OtherPaper(
        "pro_forma",
        "other",
        r"pro[ -]?forma(?:[ -]?(?:rechnung|invoice))?|(?:facture|fattura|invoice) pro[ -]?forma|"
        r"avviso di (?:parcella|fattura)",
    ),
    OtherPaper(
        "delivery",
        "other",
        r"lieferschein|warenbegleitschein|delivery (?:note|slip)|packing (?:slip|list)|"
        r"bon de livraison|documento di trasporto|d\.?d\.?t\.?|"
        r"bolla di (?:consegna|accompagnamento)|pakbon|albaran",
        reference=True,
    ),
    OtherPaper(
        "order",
        "other",
        r"auftragsbestatigung|bestellbestatigung|order (?:confirmation|acknowledge?ment)|"
        r"purchase order|confirmation de commande|bon de commande|"
        r"conferma (?:d |dell |di )?ordine|ordine (?:di |d )?acquisto|orderbevestiging",
        reference=True,
    ),
    OtherPaper(
        "offer",
        "other",
        r"angebot|kostenvoranschlag|offerte|(?:price )?quotation|quote|cost estimate|devis|"
        r"preventivo|offerta|presupuesto",
        reference=True,
    ),
    OtherPaper("offer", "other", "offer", reference=True, bare=True),
)
_SAID = {
    "reminder": "This is a payment reminder, no invoice: do not book it as one.",
    "statement": "This is a statement of account, no invoice: do not book it as one.",
    "pro_forma": "This is a pro forma invoice: do not book it, the invoice is still to come.",
    "delivery": "This is a delivery note, no invoice: do not book it as one.",
    "order": "This is an order or its confirmation, no invoice: do not book it as one.",
    "offer": "This is an offer, no invoice: do not book it as one.",
}
_BEFORE = (
    r"(?:(?:betreff|betr|subject|re|objet|oggetto)\b[ :.]*)?"
    r"(?:(?:ihre?|unsere?|your|our|votre|notre|vostr[ao]|nostr[ao]|die|the|il|la|"
    r"\d{1,2}[.°oa]?|i{1,3}\.?|erste|zweite|dritte|letzte|letztmalige|freundliche|"
    r"first|second|third|final|last|friendly|monthly|primo|secondo|terzo|ultimo|premier|dernier)\s+){0,3}"
)
_AFTER = (
    r"(?=\s*(?:$|[-/|(,#]|n[ror]?\.?\s*[°o]?\.?:?\s*\S|num|[a-z]{0,4}[-/ ]?\d|"
    r"(?:vom|per|zum|zur|zu|uber|fur|vor|for|of|on|as|dated|to|du|de|pour|au|del|al|di|"
    r"fattura|rechnung|facture|invoice)\b))"
)
_FEW_WORDS = r"(?:\s+[\w./°-]+){0,3}$"


def _title_pattern(paper: OtherPaper) -> re.Pattern[str]:
    after = "$" if paper.bare else _AFTER if paper.reference else rf"(?:{_AFTER}|{_FEW_WORDS})"
    return re.compile(rf"{_BEFORE}(?:{paper.names}){after}")


_TITLES = tuple((paper, _title_pattern(paper)) for paper in _PAPERS)
_BILL = re.compile(
    rf"{_BEFORE}(?:(?:tax|vat|sales|commercial|original)\s+)?"
    r"(?:[a-z-]*rechnung|rechnungskorrektur|gutschrift|invoice|credit (?:note|memo)|facture|avoir|"
    r"fattura|parcella|nota di credito|factuur|factura|cash bill|receipt|quittung)"
    rf"(?!\s+(?:folgt|follows|to follow|segue|suit)\b)(?:\s+[a-z]+){{0,2}}{_AFTER}"
)
_ALSO_BILL = re.compile(r"[/&+|]\s*(?:rechnung|(?:tax )?invoice|facture|fattura)\b")
_NUMBER_OF_BILL = re.compile(
    r"\b(?:rechnungs ?-?(?:nummer|nr|no)|rg ?-?nr|invoice (?:number|no|num|#)|"
    r"numero (?:di )?fattura|fattura (?:n|nr|numero)|numero de (?:la )?facture|"
    r"facture (?:n|no|numero))\b"
)
_LABEL = re.compile(r"(?:[-/ ]*(?:nr|no|n|nummer|number|numero|datum|date|data)\b[. ]*)+")
_APOSTROPHE = re.compile("['’]")
_SPREAD = re.compile(r"\b(?:[a-z] ){4,}[a-z]\b")
_LOOKED_AT = 40
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class _Title:
    height: float
    paper: OtherPaper | None


def other_paper(lines: Lines) -> OtherPaper | None:
    """The kind of paper that is not booked, None where it is a bill or does not say.

    >>> other_paper([("Acme GmbH", 10.0), ("2. Mahnung", 10.0), ("Rechnung Nr. 5", 10.0)]).kind
    'reminder'
    >>> other_paper([("Rechnung Nr. 5", 10.0), ("Lieferschein Nr. 7", 10.0)]) is None
    True
    """
    looked_at = [(_plain(text), height) for text, height in lines[:_LOOKED_AT]]
    if not looked_at:
        return None
    usual = usual_height(looked_at)
    titles = [one for text, height in looked_at for one in _titles_of(text, height, usual)]
    tallest = max((title.height for title in titles), default=0.0)
    if tallest > TALL * usual:
        titles = [title for title in titles if title.height * 1.1 >= tallest]
    if not titles or titles[0].paper is None:
        return None
    paper = titles[0].paper
    tall = titles[0].height > TALL * usual
    if paper.reference and any(title.paper is None for title in titles):
        return None
    if (paper.bare or (paper.reference and not tall)) and any(
        _NUMBER_OF_BILL.search(text) for text, _ in looked_at
    ):
        return None
    return paper


def paper_of(what: str) -> OtherPaper:
    """The kind of paper by its short name."""
    return next(paper for paper in _PAPERS if paper.what == what)


def tall_bill(lines: Lines) -> bool:
    """Whether a line taller than the others is the title of a bill."""
    if not lines:
        return False
    usual = usual_height(lines)
    return any(
        height > TALL * usual
        and any(_BILL.match(cell.strip()) for cell in _plain(text).split("\t"))
        for text, height in lines
    )


def not_an_invoice(paper: OtherPaper) -> Finding:
    """The finding that says what the paper is, and that it must not be booked as an invoice."""
    return Finding("not_an_invoice", "warning", _SAID[paper.what])


def _plain(text: str) -> str:
    """Folded, without apostrophes, spread letters (*R E C H N U N G*) put together."""
    folded = _APOSTROPHE.sub(" ", fold(text))
    return _SPREAD.sub(lambda match: match[0].replace(" ", ""), folded)


def _titles_of(text: str, height: float, usual: float) -> list[_Title]:
    """What kinds of paper the cells of a line name; a small reference must fill its line."""
    cells = [cell.strip() for cell in text.split("\t")]
    tall = height > TALL * usual
    return [
        title
        for cell in cells
        if len(cell) <= _LONGEST and (title := _title(cell, height, alone=tall or len(cells) == 1))
    ]


def _title(cell: str, height: float, *, alone: bool) -> _Title | None:
    for paper, pattern in _TITLES:
        found = pattern.match(cell)
        if found and (alone or not (paper.reference or paper.bare)):
            rest = cell[found.end() :]
            if paper.reference and (":" in rest or _LABEL.fullmatch(rest)):
                return None  # *Lieferschein-Nr: 7* is what a bill says of its delivery
            return _Title(height, None if _ALSO_BILL.search(rest) else paper)
    return _Title(height, None) if _BILL.match(cell) else None
