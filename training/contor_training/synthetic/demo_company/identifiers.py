"""VAT identification numbers and IBANs that are invented but pass their check digits.

Numbers are drawn until the check of python-stdnum accepts one. Bank codes are invented, so that no
account of a real bank can be hit.
"""

from __future__ import annotations

from random import Random

from stdnum import iban
from stdnum.eu import vat

# shape of the national part: # is a digit, A a letter, anything else stands for itself
_VAT_SHAPES = {
    "AT": "U########",
    "BE": "0#########",
    "DE": "#########",
    "FR": "###########",
    "IE": "#######A",
    "IT": "0##########",
    "LU": "########",
    "NL": "#########B0#",
    "SE": "##########01",
    "PL": "##########",
    "DK": "########",
    "CZ": "########",
}
_IBAN_SHAPES = {
    "AT": "99###" + "#" * 11,
    "BE": "#" * 12,
    "CH": "99###" + "#" * 12,
    "DE": "999#####" + "#" * 10,
    "FR": "99###" + "#" * 18,
    "GB": "CNTR" + "#" * 14,
    "IE": "CNTR" + "#" * 14,
    "IT": "X" + "#" * 22,
    "LU": "999" + "#" * 13,
    "NL": "CNTR" + "#" * 10,
    "SE": "#" * 20,
    "PL": "#" * 24,
    "DK": "#" * 14,
    "CZ": "#" * 20,
}


def vat_id(country: str, rng: Random) -> str:
    """A VAT-ID of ``country`` with right check digits; empty where the EU knows none."""
    shape = _VAT_SHAPES.get(country)
    if shape is None:
        return ""
    while True:
        number = country + _filled(shape, rng)
        if vat.is_valid(number):
            return number


def bank_account(country: str, rng: Random) -> str:
    """An IBAN of ``country`` with right check digits; empty where the country has none."""
    shape = _IBAN_SHAPES.get(country)
    if shape is None:
        return ""
    while True:
        basic = _filled(shape, rng)
        number = country + iban.calc_check_digits(f"{country}00{basic}") + basic
        if iban.is_valid(number):
            return number


def broken_digit(number: str, rng: Random) -> str:
    """``number`` with two neighbouring, differing digits of its last eight exchanged."""
    places = [
        n
        for n in range(len(number) - 8, len(number) - 1)
        if number[n].isdigit() and number[n + 1].isdigit() and number[n] != number[n + 1]
    ]
    at = rng.choice(places)
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def _filled(shape: str, rng: Random) -> str:
    letters = {"#": "0123456789", "A": "ABCDEFGHIJKLMNOPQRSTUVW", "X": "ABCDEFGHJKLMNPRSTVZ"}
    return "".join(rng.choice(letters[sign]) if sign in letters else sign for sign in shape)
