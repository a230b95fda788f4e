"""Checks of VAT-ID and IBAN: syntax, check digit, country against the address."""

from __future__ import annotations

from collections.abc import Iterator

from contor.parties.alarm import Alarm
from contor.parties.bank_account import compact_iban, iban_problem, repaired_ibans
from contor.parties.party import Party
from contor.parties.vat_id import (
    compact,
    transposed_neighbours,
    vat_country,
    vat_id_problem,
    vat_prefix,
)

_IBAN_TEXT = {
    "syntax": "The IBAN has not the form of an IBAN.",
    "check_digits": "The IBAN's check digits do not hold.",
    "structure": "The IBAN has not the length or structure of its country.",
}


def check_vat_id(party: Party) -> Iterator[Alarm]:
    """Syntax and check digit; then the country against the address."""
    if not party.vat_id:
        return
    country = party.country.upper()
    problem = vat_id_problem(party.vat_id, country)
    number = compact(party.vat_id)
    if problem:
        repaired = transposed_neighbours(number) if vat_prefix(number) else []
        one = repaired[0] if len(repaired) == 1 else ""
        code = "vat_id_transposed" if one else "vat_id_invalid"
        text = f"The VAT-ID {party.vat_id} has not the form of a VAT-ID of its country."
        if problem == "check_digits":
            text = f"The check digit of the VAT-ID {party.vat_id} does not hold."
            if one:
                text = f"The check digit of the VAT-ID {party.vat_id} holds with two digits swapped only: {one}."
        yield Alarm(code, "error", "vat_id", text, one, 0.98)
    named = vat_country(number)
    if named and country and named != country and vat_prefix(number) != "XI":
        yield Alarm(
            "vat_id_country",
            "warning",
            "vat_id",
            f"The VAT-ID belongs to {named}, the address to {country}.",
            "",
            0.9 if problem == "" else 0.6,
        )


def check_iban(party: Party) -> Iterator[Alarm]:
    """Check digits and structure; then the country against address and BIC."""
    if not party.iban:
        return
    problem = iban_problem(party.iban)
    if problem:
        repaired = repaired_ibans(party.iban) if problem == "check_digits" else []
        code = "iban_transposed" if len(repaired) == 1 else f"iban_{problem}"
        suggestion = repaired[0] if len(repaired) == 1 else ""
        yield Alarm(code, "error", "iban", _IBAN_TEXT[problem], suggestion, 0.99)
    iban = compact_iban(party.iban)
    country = party.country.upper()
    if country and iban[:2].isalpha() and iban[:2] != country and not problem:
        yield Alarm(
            "iban_country",
            "warning",
            "iban",
            f"The account is held in {iban[:2]}, the address is in {country}.",
            "",
            0.6,
        )
    bic = compact_iban(party.bic)
    if len(bic) in {8, 11} and bic[4:6].isalpha() and bic[4:6] != iban[:2] and not problem:
        yield Alarm(
            "bic_country",
            "warning",
            "bic",
            f"The BIC belongs to {bic[4:6]}, the IBAN to {iban[:2]}.",
            "",
            0.8,
        )
