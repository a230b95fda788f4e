"""What the columns of a bank CSV mean, by the names that banks give them.

A name is folded (case, accents, brackets) before it is looked up; the currency that stands in
brackets (``Betrag (EUR)``) is kept. Original and foreign amounts are no amounts of the account.

>>> role_of("Betrag (€)"), role_of("Lastschrift Ursprungsbetrag"), role_of("Zahlungsempfänger*in")
('amount', '', 'payee')
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NAMES: dict[str, str] = {
    "booking_date": """buchungstag buchungsdatum buchung datum date booking-date bookingdate
        transaction-date transactiondate posted-date posting-date date-posted date-processed
        post-date trans-date value-booking-date datum-zauctovani datum-zuctovani
        tranzakcio-datuma konyveles-datuma fecha fecha-operacion fecha-de-operacion
        data data-operazione data-contabile data-operacji data-ksiegowania boekdatum
        date-operation date-de-comptabilisation date-comptable dateop dato bogforingsdato
        bokforingsdag bokforingsdato kirjauspaiva transactiedatum datum-transactie
        journaldate created created-date-utc created-utc abschlussdatum buchungs-datum
        date-started completed-date-utc zauctovano data-zaksiegowania booked-at booked
        abgeschlossen-am completed-date date-completed-utc transaktionsdatum""",
    "value_date": """valutadatum valuta wertstellung wertstellungstag value-date valuedate
        valuta-datum datum-provedeni ertenap data-valuta data-waluty date-valeur
        date-de-valeur fecha-valor valutadag rentedatum interest-date dateval
        wertstellungsdatum valutierung belegdatum available-on available-on-utc""",
    "amount": """betrag brutto gross lordo amount umsatz bedrag importe importo montant kwota castka
        zauctovana-castka buchungsbetrag tranzakcio-osszege betrag-eur net-amount
        netamount umsatz-in transaction-amount belopp belob belop summa amount-eur
        kwota-operacji kwota-transakcji osszeg castka-czk amount-gbp
        betrag-in-eur money objem castka-v-mene-uctu betrag-in-eur-netto value
        transaktionsbetrag""",
    "debit": """soll debit withdrawal withdrawals debet ausgang belastung lastschrift
        debit-amount paid-out money-out ausgaben dare uscite addebiti cargo
        af-bij-debet debito belastungen obciazenia amount-debit outflow
        withdrawal-amt withdrawal-amount spent cargos adeudo wydatki""",
    "credit": """haben credit deposit deposits eingang gutschrift credit-amount paid-in
        money-in einnahmen avere entrate accrediti abono credito gutschriften
        uznania amount-credit inflow deposit-amt deposit-amount abonos received
        wplywy""",
    "sign": """soll-haben soll-haben-kennzeichen s-h sh-kennzeichen transaction-type
        debit-credit dc cr-dr af-bij bevetel-kiadas direction credit-debit
        credit-debit-indicator soll-haben-kz d-c dr-cr auswirkung-auf-guthaben
        balance-impact kennzeichen segno type-of-movement""",
    "currency": """waehrung wahrung currency munt mena mena-uctu valuta-kod devizanem divisa
        devise waluta buchungswahrung buchungswaehrung currency-code valuuttakoodi
        tranzakcio-devizaneme converted-currency ccy kontowaehrung muntsoort moneda
        valuta-iso""",
    "name": """name beguenstigter-zahlungspflichtiger begunstigter-zahlungspflichtiger
        name-zahlungsbeteiligter auftraggeber-empfaenger auftraggeber-empfanger
        auftraggeber-zahlungsempfaenger auftraggeber-beguenstigter empfaenger empfanger payee
        counterparty counterparty-name partner partner-name partner-neve naam-tegenpartij
        nazev-protiuctu protiucet-nazev beneficiary-or-remitter zahlungsbeteiligter
        gegenpartei gegenkonto-name merchant beneficiary name-description naam
        naam-omschrijving ordonnateur tiers contraparte beneficiario ordinante nadawca-odbiorca
        nadawca odbiorca nazwa-odbiorcy dane-kontrahenta kontrahent other-party-name
        beguenstigter-auftraggeber empfaenger-auftraggeber source target payee-name
        empfaenger-zahlungspflichtiger name-der-partei counter-party naam-tegenrekening""",
    "payer": """zahlungspflichtige-r zahlungspflichtiger auftraggeber absender payer from
        zahlungspflichtige sender-name""",
    "payee": """zahlungsempfaenger-in zahlungsempfanger-in zahlungsempfaenger zahlungsempfanger
        beneficiary-name recipient to payee-beneficiary beguenstigter""",
    "iban": """iban iban-kontonummer kontonummer-iban iban-zahlungsbeteiligter kontonummer gegenkonto
        partner-iban counterparty-iban counterparty-account counter-account tegenrekening
        tegenrekening-iban-bban rekening-tegenpartij rekeningnummer-tegenpartij
        cislo-protiuctu bankovni-spojeni protiucet partner-szamlaszama konto-nr account-number
        iban-auftraggeberkonto-gegen gegenkonto-iban rachunek-kontrahenta numer-rachunku
        empfaengerkonto iban-des-auftraggebers-empfaengers counterparty-iban-account
        target-account recipient-account zahlungsbeteiligter-iban iban-empfaenger""",
    "account": """auftragskonto iban-auftragskonto iban-kontoinhaber rekeningnummer account
        cislo-uctu szamlaszam own-account kontoinhaber-iban account-name umsatz-getatigt-von
        umsatz-getaetigt-von konto rekening iban-bban iban-eigenes-konto accountname
        product-account compte""",
    "remittance": """verwendungszweck description vwz purpose remittance reference
        payment-reference memo details omschrijving mededeling mededelingen desc
        vrije-mededeling gestructureerde-mededeling zprava zprava-pro-prijemce zprava-pro-me
        poznamka kozlemeny libelle concepto descrizione causale opis tytul opis-operacji
        szczegoly transaktionsbeschreibung transaktionsbeschreibung-zusatz beschreibung
        betreff notiz additional-description transaction-description narrative particulars
        observaciones omschrijving-1 omschrijving-2 omschrijving-3 notes zahlungsreferenz
        buchungsdetails verwendungszweck-zahlungsreferenz mitteilung mitteilungen text
        original-description message referenz vs variabilni-symbol-1 variabilni-symbol
        betalningsreferens transaction-details bezeichnung informationen
        motivo commento communication motif""",
    "booking_text": """buchungstext umsatzart umsatztyp vorgang transaktionstyp type booking-text
        transaktionsart art typ-transakce typ type-of-transaction mutatiesoort code
        tranzakcio-tipusa transaction-category typ-operacji tipo kategorie-transakce trans-type
        reporting-category""",
    "end_to_end_id": """kundenreferenz-end-to-end kundenreferenz end-to-end-referenz
        end-to-end-id ende-zu-ende-referenz endtoendid e2e kundenreferenz-end-to-end-id
        transactiereferentie reference-platby klantreferentie num check-number checknumber""",
    "mandate_id": """mandatsreferenz mandate-reference mandate-id machtigingskenmerk mandaat
        mandatsreferenz-id mandate umr""",
    "creditor_id": """glaeubiger-id glaubiger-id glaeubiger-identifikationsnummer creditor-id
        incassant-id glaubiger-identifikation glaeubiger-id-des-empfaengers""",
    "balance": """saldo saldo-nach-buchung balance runningbalance running-balance egyenleg
        saldo-in kontostand saldo-na-trn solde saldo-po-operacji guthaben saldo-contabile
        balance-eur zustatek saldo-po-transakcji account-balance neuer-saldo
        zustatek-na-uctu""",
    "status": """status state zustand buchungsstatus info-status stav""",
    "reference": """transaction-id id id-transakce referenz-nr buchungsreferenz
        referencni-cislo-transakce reference-number volgnr fitid transaktions-id
        megbizas-azonosito reference-id bank-reference row id-operace transactionid""",
    "ignored": """lastschrift-ursprungsbetrag ursprungsbetrag originalbetrag original-amount
        betrag-fremdwaehrung betrag-fremdwahrung foreign-amount fremdwaehrung fremdwahrung
        originalwaehrung originalwahrung original-currency wechselkurs umrechnungskurs exchange-rate
        auslagenersatz-ruecklastschrift category kategorie poplatek bic blz bankname
        transaction-time time-zone transfer-amount transfer-amount-currency afschriftnummer
        bic-tegenpartij adres-tegenpartij rubrieknaam class subcategory image store-name""",
}
ROLES: dict[str, str] = {name: role for role, names in _NAMES.items() for name in names.split()}
_CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP", "zł": "PLN", "Kč": "CZK", "CHF": "CHF"}
_BRACKET = re.compile(r"[(\[]\s*([^)\]]*)\s*[)\]]")
_CODES = frozenset(
    [
        "EUR",
        "USD",
        "GBP",
        "CHF",
        "CZK",
        "PLN",
        "HUF",
        "DKK",
        "SEK",
        "NOK",
        "RON",
        "BGN",
        "CAD",
        "AUD",
        "SGD",
        "JPY",
        "HKD",
        "NZD",
        "TRY",
        "INR",
        "ZAR",
    ]
)


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """Lower case, no accents, words joined by ``-``; what stands in brackets is dropped."""
    bare = _BRACKET.sub("", name) if _BRACKET.sub("", name).strip() else _BRACKET.sub(r"\1", name)
    bare = bare.strip().lower()
    for letter, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("ł", "l")):
        bare = bare.replace(letter, plain)
    flat = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", flat).strip("-")


@lru_cache(maxsize=4096)
def role_of(name: str) -> str:
    """The role of a column called ``name``; empty where the name says nothing."""
    full = fold(name.replace("(", " ").replace(")", " "))
    if full in ROLES:
        role = ROLES[full]
        return "" if role == "ignored" else role
    folded = fold(name)
    if any(word in folded for word in ("fremdw", "original-am", "ursprung", "foreign")):
        return ""
    if any(word in full for word in ("fremdw", "foreign", "original")) and "betrag" in full:
        return ""
    role = ROLES.get(folded, "") or ROLES.get(_plain_umlaut(name), "")
    if not role:
        words = folded.rsplit("-", 1)
        if len(words) == 2 and words[1].upper() in _CODES:
            role = ROLES.get(words[0], "")
    return "" if role == "ignored" else role


def _plain_umlaut(name: str) -> str:
    """Folded with umlauts as plain vowels: Czech, Hungarian and careless German headers."""
    flat = unicodedata.normalize("NFKD", _BRACKET.sub("", name).lower())
    bare = "".join(c for c in flat if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def currency_in(name: str) -> str:
    """The currency that a column name carries: ``Betrag (EUR)``, ``Částka CZK``, ``Betrag (€)``."""
    for sign, code in _CURRENCIES.items():
        if sign in name:
            return code
    found = re.search(r"\b([A-Z]{3})\b", name)
    return found.group(1) if found and found.group(1) in _CODES else ""
