"""Checks of an address: the postcode's form, and whether the city lies there."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from contor.parties.alarm import Alarm
from contor.parties.party import Party
from contor.parties.postcodes import (
    compact_postcode,
    countries_of_form,
    form_holds,
    has_places,
    place_name,
    places_of,
    postcodes_of,
)

_ALIKE = 82


def check_address(party: Party) -> Iterator[Alarm]:
    """Findings on postcode, city and country."""
    country = party.country.upper()
    if not country or not party.postcode:
        return
    if form_holds(country, party.postcode) is False:
        others = [c for c in countries_of_form(party.postcode) if c != country and party.city]
        fitting = [c for c in others if _lies_at(place_name(party.city), c, party.postcode)]
        yield Alarm(
            "postcode_form",
            "error",
            "postcode",
            f"{party.postcode} has not the form of a postcode of {country}.",
            f"country {fitting[0]}" if len(fitting) == 1 else "",
            0.9,
        )
        return
    if has_places(country) and party.city:
        yield from _check_city(party, country)


def _lies_at(city: str, country: str, postcode: str) -> bool:
    places = places_of(country, postcode)
    return any(_same_place(city, place) for place in places)


def _same_place(city: str, place: str) -> bool:
    """Whether a written city may be the place: equal, one inside the other, or nearly so."""
    if not city or city == place:
        return True
    if set(city.split()) & {word for word in place.split() if len(word) >= 4}:
        return True
    if city[:5] == place[:5] or fuzz.partial_ratio(city, place) >= 90:
        return True
    return fuzz.ratio(city, place) >= _ALIKE


def _check_city(party: Party, country: str) -> Iterator[Alarm]:
    city = place_name(party.city)
    code = compact_postcode(party.postcode, country)
    code = code[:4] if country == "NL" else code
    places = places_of(country, party.postcode)
    if places and any(_same_place(city, place) for place in places):
        return
    elsewhere = postcodes_of(country, party.city)
    swapped = sorted(c for c in elsewhere if OSA.distance(c, code, score_cutoff=1) == 1)
    near = any(c[:2] == code[:2] for c in elsewhere)
    if not places:
        if elsewhere and not near:
            yield Alarm(
                "postcode_city",
                "warning",
                "postcode",
                f"{party.postcode} is no postcode of {party.city}.",
                swapped[0] if len(swapped) == 1 else "",
                0.7,
            )
        elif swapped and _is_transposed(code, swapped):
            yield Alarm(
                "postcode_transposed",
                "warning",
                "postcode",
                f"The postcode {party.postcode} does not exist; two digits seem swapped.",
                next(c for c in swapped if sorted(c) == sorted(code)),
                0.6,
            )
        return
    if elsewhere:
        transposed = [c for c in swapped if sorted(c) == sorted(code)]
        yield Alarm(
            "postcode_transposed" if len(transposed) == 1 else "postcode_city",
            "warning",
            "postcode",
            f"{party.postcode} belongs to {places[0].title()}, not to {party.city}.",
            transposed[0] if len(transposed) == 1 else swapped[0] if len(swapped) == 1 else "",
            0.55 if near else 0.9,
        )


def _is_transposed(code: str, candidates: list[str]) -> bool:
    return sum(sorted(c) == sorted(code) for c in candidates) == 1
