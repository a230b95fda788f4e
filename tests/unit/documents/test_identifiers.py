from __future__ import annotations

import pytest

from contor.documents.identifiers import find_identifiers, is_iban, is_vat_id


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX", [
            ("iban", "DE89370400440532013000", True), ("bic", "COBADEFFXXX", True)]),
        ("Steuernummer 201/113/40209", [("tax_number", "201/113/40209", True)]),
        ("USt-IdNr.: DE 812 871 812", [("vat_id", "DE812871812", True)]),
        ("P.IVA 00743110157", [("vat_id", "IT00743110157", True)]),
        ("TVA : FR11999999998", [("vat_id", "FR11999999998", True)]),
        ("BTW NL810433941B01", [("vat_id", "NL810433941B01", True)]),
        ("IBAN: DE54 5004 **** **** **** 00", []),
        ("RECHNUNG vom 5.3.2026", []),
    ],
)  # fmt: skip
def test_identifiers_on_a_line(text: str, found: list[tuple[str, str, bool]]) -> None:
    assert [(i.kind, i.value, i.valid) for i in find_identifiers(text)] == found


def test_letters_read_for_digits_are_set_right() -> None:
    (found,) = find_identifiers("IBAN DE89 37O4 0044 0532 0130 OO")
    assert (found.value, found.valid) == ("DE89370400440532013000", True)


def test_one_wrong_digit_fails_the_check() -> None:
    assert is_iban("DE89370400440532013000")
    assert not is_iban("DE89370400440532013001")
    assert is_vat_id("DE812871812")
    assert not is_vat_id("DE812871813")
