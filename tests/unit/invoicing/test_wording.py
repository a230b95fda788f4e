"""Units of measure in words, whatever list their code comes from."""

from __future__ import annotations

import pytest

from contor.invoicing.wording import LANGUAGES, unit_text


def test_common_units_have_a_word_in_every_language() -> None:
    met_in_invoices = (
        "C62 XPP H87 EA MTR DAY MTQ LTR MON KGM KWH HUR TNE MTK CT KWT PX BO BC MIN IE XCT XBC MTS "
        "XPX XBO NAR ANN 4L E34 E35 E49 SET LS WEE P1"
    )
    for code in met_in_invoices.split():
        for language in LANGUAGES:
            assert unit_text(code, language) not in {code, ""}, (code, language)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("TNE", ("t", "t", "t")),
        ("C62", ("Stück", "pcs", "pz.")),
        ("XPX", ("Palette", "pallet", "bancale")),
        ("PX", ("Palette", "pallet", "bancale")),
        ("TB per month", ("TB per month",) * 3),
    ],
)
def test_a_unit_is_called_by_symbol_or_word_and_unknown_ones_stay(
    code: str, said: tuple[str, ...]
) -> None:
    assert tuple(unit_text(code, language) for language in ("de", "en", "it")) == said
