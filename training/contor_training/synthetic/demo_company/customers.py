"""The customers: firms and associations with invented names at real places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from contor_training.synthetic.demo_company.catalogue import table
from contor_training.synthetic.demo_company.identifiers import bank_account, vat_id

COUNT = 140
_ROOTS = (
    "Möwe|Deich|Anker|Leuchtturm|Birkenhof|Lindenallee|Ostwind|Sanddorn|Wattläufer|Sturmflut|"
    "Bernstein|Kranich|Haselnuss|Mühlbach|Silbersee|Eichenhain|Klosterhof|Zeitgeist|Rotdorn|"
    "Flaschenpost|Marktblick|Nordstern|Hollerbusch|Kupferkessel|Morgenrot|Kompass|Treibholz"
)
_TRADES = {
    "de": "Tischlerei|Bäckerei|Zahntechnik|Fahrradladen|Architekten|Druckerei|Gartenbau|Reisebüro|"
    "Kaffeerösterei|Verlag|Spedition|Ingenieurbüro|Segelschule|Fotostudio|Softwarehaus|Weinhandel|"
    "Elektrotechnik|Werbeagentur|Sportverein|Musikschule|Maschinenbau|Hausverwaltung",
    "it": "Falegnameria|Studio Grafico|Viaggi|Caffè Torrefazione|Edizioni|Impianti",
    "en": "Design Studio|Analytics|Publishing|Logistics|Travel|Robotics",
}
_FORMS = {
    "DE": "GmbH|GmbH|GmbH|UG (haftungsbeschränkt)|KG|OHG|GmbH & Co. KG|e.K.|AG",
    "AT": "GmbH|KG",
    "CH": "AG|GmbH",
    "IT": "S.r.l.|S.p.A.|S.n.c.",
    "NL": "B.V.",
    "FR": "SARL|SAS",
    "LU": "S.à r.l.",
    "DK": "ApS",
}
_FLAT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "è": "e", " ": "-", "&": "und"})


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer; ``mandate_id`` is empty unless it is collected by direct debit."""

    id: str
    name: str
    street: str
    postcode: str
    city: str
    country: str
    language: str
    vat_id: str
    iban: str
    domain: str
    mandate_id: str
    discount_terms: str

    @property
    def email(self) -> str:
        """Where invoices go."""
        return f"buchhaltung@{self.domain}"


@cache
def customers(seed: int) -> tuple[Customer, ...]:
    """All customers; two thirds from Germany, names without repetition."""
    rng = Random(f"{seed}:customers")
    places = list(table("places.csv"))
    domestic = [place for place in places if place["country"] == "DE"]
    found: list[Customer] = []
    taken: set[str] = set()
    while len(found) < COUNT:
        place = rng.choice(domestic if rng.random() < 0.55 else places)
        trade = rng.choice(_TRADES[place["language"]].split("|"))
        root = rng.choice(_ROOTS.split("|"))
        form = rng.choice(_FORMS[place["country"]].split("|"))
        name = f"{trade} {root}" if place["language"] != "en" else f"{root} {trade}"
        if name in taken:
            continue
        taken.add(name)
        found.append(_customer(len(found), name, form, place, rng))
    return tuple(found)


def _customer(number: int, name: str, form: str, place: dict[str, str], rng: Random) -> Customer:
    flat = name.lower().translate(_FLAT)
    label = "".join(sign for sign in flat if sign.isascii() and (sign.isalnum() or sign == "-"))
    debit = place["country"] in {"DE", "AT"} and rng.random() < 0.25
    return Customer(
        id=str(10_001 + number),
        name=f"{name} {form}",
        street=f"{rng.choice(place['streets'].split('|'))} {rng.randint(1, 140)}",
        postcode=place["postcode"],
        city=place["city"],
        country=place["country"],
        language=place["language"],
        vat_id=vat_id(place["country"], rng),
        iban=bank_account(place["country"], rng),
        domain=f"{label.strip('-')}.example",
        mandate_id=f"M-{10_001 + number}-1" if debit else "",
        discount_terms="7:2.00" if not debit and rng.random() < 0.18 else "",
    )
