"""The language of a document, by its most frequent small words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

_WORDS = {
    "de": "der die das und für von mit bitte rechnung datum betrag menge sie ihre wir uns zum bei "
    "summe netto brutto mwst ust zahlbar zahlung kunde nummer tage straße str nr vom bis einen "
    "gesamt steuer lieferung preis steuernummer geschäftsführer",
    "en": "the and for of with please invoice date amount quantity you your we our total number "
    "payment due description price tax to from by subtotal order on balance paid thank receipt "
    "cash change customer address",
    "fr": "le la les et pour de avec facture date montant quantité vous votre nous total numéro "
    "paiement échéance désignation prix tva ht ttc du au des adresse livraison siret client par "
    "virement",
    "it": "il la e per di con fattura data importo quantità voi vostro noi totale numero pagamento "
    "scadenza descrizione prezzo iva imponibile del al dei aliquota cliente partita bonifico spett",
    "nl": "het een van voor met factuur datum bedrag aantal u uw wij totaal nummer betaling "
    "omschrijving prijs btw klant",
    "pl": "faktura data kwota ilość razem numer płatności nazwa cena netto brutto vat sprzedawca "
    "nabywca zapłaty do",
}
_SETS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_LANGUAGES = {
    word: [language for language, words in _SETS.items() if word in words]
    for word in frozenset().union(*_SETS.values())
}
WORDS = frozenset(_LANGUAGES)
"""The frequent words of all languages."""


def language_of(texts: Iterable[str]) -> str | None:
    """ISO 639-1 code, None where too little speaks for any language.

    >>> language_of(["Wir bedanken uns für die gute Zusammenarbeit", "Rechnung vom 5.3."])
    'de'
    >>> language_of(["4711 0815"]) is None
    True
    """
    words = Counter("\n".join(texts).lower().split())
    counts = dict.fromkeys(_SETS, 0)
    for word, count in words.items():
        for language in _LANGUAGES.get(word.strip(".,:;()!?"), ()):
            counts[language] += count
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] >= 2 else None
