"""Postcodes: their form in each country, and which places they belong to.

Places of AT BE CH CZ DE DK IT LI LU NL PL from GeoNames (CC BY 4.0, see ``data/LICENSE.txt``).

>>> places_of("DE", "10115"), form_holds("GB", "SW1A 1AA"), form_holds("DE", "1O115")
(('berlin',), True, False)
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib import resources

from contor.parties.names import fold

_FORMS = {
    "AT": r"\d{4}", "AU": r"\d{4}", "BE": r"\d{4}", "BG": r"\d{4}", "CH": r"\d{4}",
    "CY": r"\d{4}", "CZ": r"\d{5}", "DE": r"\d{5}", "DK": r"\d{4}", "EE": r"\d{5}",
    "ES": r"\d{5}", "FI": r"\d{5}", "FR": r"\d{5}", "GR": r"\d{5}", "HR": r"\d{5}",
    "GB": r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}|GIR0AA", "HU": r"\d{4}",
    "IE": r"[A-Z]\d[\dW][A-Z0-9]{4}", "IT": r"\d{5}", "LI": r"\d{4}", "LT": r"(LT)?\d{5}",
    "LU": r"\d{4}", "LV": r"(LV)?\d{4}", "MT": r"[A-Z]{3}\d{2,4}", "NL": r"\d{4}([A-Z]{2})?",
    "NO": r"\d{4}", "PL": r"\d{5}", "PT": r"\d{4}(\d{3})?", "RO": r"\d{6}", "SE": r"\d{5}",
    "SI": r"\d{4}", "SK": r"\d{5}", "US": r"\d{5}(\d{4})?", "CA": r"[A-Z]\d[A-Z]\d[A-Z]\d",
}  # fmt: skip
_EXONYMS = {
    "munich": "muenchen", "cologne": "koeln", "nuremberg": "nuernberg", "vienna": "wien",
    "geneva": "geneve", "genf": "geneve", "zurich": "zuerich", "lucerne": "luzern",
    "basle": "basel", "bern": "bern", "berne": "bern", "prague": "praha", "prag": "praha",
    "warsaw": "warszawa", "warschau": "warszawa", "cracow": "krakow", "krakau": "krakow",
    "breslau": "wroclaw", "danzig": "gdansk", "brussels": "bruxelles", "bruessel": "bruxelles",
    "brussel": "bruxelles", "antwerp": "antwerpen", "anvers": "antwerpen", "gand": "gent",
    "ghent": "gent", "luettich": "liege", "luik": "liege", "copenhagen": "koebenhavn",
    "kopenhagen": "koebenhavn", "kobenhavn": "koebenhavn", "rome": "roma", "rom": "roma",
    "milan": "milano", "mailand": "milano", "florence": "firenze", "florenz": "firenze",
    "venice": "venezia", "venedig": "venezia", "naples": "napoli", "neapel": "napoli",
    "turin": "torino", "genoa": "genova", "genua": "genova", "the hague": "den haag",
    "gravenhage": "den haag", "s gravenhage": "den haag", "bozen": "bolzano",
    "meran": "merano", "brixen": "bressanone", "luxemburg": "luxembourg",
    "hanover": "hannover", "brunswick": "braunschweig", "pilsen": "plzen", "bruenn": "brno",
}  # fmt: skip


def compact_postcode(postcode: str, country: str) -> str:
    """Capital letters and digits; a country prefix (``D-10115``) is taken off."""
    bare = re.sub(r"[^A-Z0-9]", "", postcode.upper())
    if re.match(rf"\s*({country}|[A-Z])\s*-", postcode.upper()) or bare.startswith(country):
        stripped = bare.removeprefix(country) if bare.startswith(country) else bare[1:]
        if re.fullmatch(_FORMS.get(country, r".*"), stripped):
            return stripped
    return bare


def form_holds(country: str, postcode: str) -> bool | None:
    """Whether ``postcode`` has the form of ``country``; None where its form is not known."""
    form = _FORMS.get(country)
    return None if form is None else bool(re.fullmatch(form, compact_postcode(postcode, country)))


def countries_of_form(postcode: str) -> tuple[str, ...]:
    """The countries whose register knows ``postcode``."""
    return tuple(c for c in sorted(_table()) if compact_postcode(postcode, c) in _table()[c])


@cache
def _table() -> dict[str, dict[str, tuple[str, ...]]]:
    data = resources.files("contor.parties").joinpath("data/postcodes.txt.gz").read_bytes()
    table: dict[str, dict[str, tuple[str, ...]]] = {}
    current: dict[str, tuple[str, ...]] = {}
    for line in gzip.decompress(data).decode().splitlines():
        if line[0] == "#":
            current = table.setdefault(line[1:], {})
        else:
            postcode, _, places = line.partition("\t")
            current[postcode] = tuple(places.split("|"))
    return table


@cache
def _cities(country: str) -> dict[str, tuple[str, ...]]:
    """Folded place -> its postcodes; a place's first word counts where the rest is a district."""
    found: dict[str, dict[str, None]] = {}
    for postcode, places in _table().get(country, {}).items():
        for place in places:
            found.setdefault(place, {})[postcode] = None
            first = place.split(" ")[0]
            if len(first) >= 4 and first != place:
                found.setdefault(first, {})[postcode] = None
    return {place: tuple(codes) for place, codes in found.items()}


def has_places(country: str) -> bool:
    """Whether the register holds ``country``."""
    return country in _table()


def places_of(country: str, postcode: str) -> tuple[str, ...]:
    """The folded places of a postcode, empty where it is not known."""
    bare = compact_postcode(postcode, country)
    return _table().get(country, {}).get(bare[:4] if country == "NL" else bare, ())


def place_name(city: str) -> str:
    """The folded name under which the register knows a city."""
    folded = fold(re.sub(r"\(.*?\)|\bCedex\b.*|\d+", " ", city))
    return _EXONYMS.get(folded, folded)


def postcodes_of(country: str, city: str) -> tuple[str, ...]:
    """All postcodes of a city, empty where the register does not know it."""
    return _cities(country).get(place_name(city), ())
