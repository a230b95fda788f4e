from __future__ import annotations

from string import Formatter

import pytest

from contor.errors import Refusal
from contor_api import catalogue
from contor_api.refusals import status_of
from contor_api.vocabulary import FIELDS
from contor_api.wording import wording


@pytest.mark.parametrize("language", catalogue.TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    kept = catalogue.renewed(language, catalogue.messages())
    assert catalogue.untranslated(kept) == [], "run python -m contor_api.catalogue and translate"


@pytest.mark.parametrize("language", catalogue.TRANSLATED)
def test_the_compiled_catalogue_is_up_to_date(language: str) -> None:
    kept = catalogue.read_catalogue(language)
    compiled = catalogue.LOCALE / language / "LC_MESSAGES" / "contor.mo"
    assert compiled.read_bytes() == catalogue.compiled(kept)


@pytest.mark.parametrize("language", catalogue.TRANSLATED)
def test_translations_have_the_same_places(language: str) -> None:
    def places(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text)} - {None}

    for message in catalogue.read_catalogue(language):
        if isinstance(message.id, str) and "{" in message.id and message.string:
            assert places(message.id) == places(str(message.string)), message.id


def test_a_refusal_is_said_in_the_persons_language() -> None:
    refusal = Refusal(
        "period_closed",
        "The period {period} is closed.",
        "Reopen the period or choose a later booking date.",
        period="2026-09",
    )
    message, advice = wording("it").refusal(refusal)
    assert message == "Il periodo 2026-09 è chiuso."
    assert advice.startswith("Riapra")
    assert wording("en").refusal(refusal)[0] == "The period 2026-09 is closed."


def test_texts_filled_in_before_are_recognised() -> None:
    german = wording("de")
    assert (
        german.filled("Page 3 is damaged. Ask the sender for the document again.")
        == "Seite 3 ist beschädigt. Bitten Sie den Absender erneut um den Beleg."
    )
    reason = (
        "Nearest past booking: Rack & Co. KG, “Server AX41”, 2025-06-19, 1100.21 (same supplier and "
        "text). 38 of this supplier's last 40 lines were booked so. "
        "Runner-up 4965 fits less: 2 of the last 40 lines, 1% against 98%."
    )
    assert german.filled(reason) == (
        "Nächste frühere Buchung: Rack & Co. KG, „Server AX41“, 19.06.2025, 1.100,21 (gleicher "
        "Lieferant und Text). 38 der letzten 40 Zeilen dieses Lieferanten wurden so gebucht. "
        "4965 als Zweites passt weniger: 2 der letzten 40 Zeilen, 1\xa0% gegen 98\xa0%."
    )
    assert german.filled("something nobody wrote") == "something nobody wrote"


def test_every_field_has_a_label() -> None:
    from contor.documents.reading import FIELD_NAMES

    assert set(FIELDS) == set(FIELD_NAMES)


def test_a_code_keeps_its_status() -> None:
    assert status_of("sign_in_wrong") == 401
    assert status_of("whatever_else") == 422
