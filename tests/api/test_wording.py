from __future__ import annotations

from string import Formatter

import pytest

from contor.errors import Finding, Refusal
from contor.money import Money
from contor_api import catalogue
from contor_api.refusals import status_of
from contor_api.vocabulary import FIELDS
from contor_api.wording import PLACE, wording


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


@pytest.mark.parametrize("language", catalogue.TRANSLATED)
def test_every_text_of_the_house_is_recognised_once_it_is_filled_in(language: str) -> None:
    """What is stored has lost its template; a shorter one that fits, too, must not be taken for it."""

    said = wording(language)
    for template in catalogue.house_messages():
        words = len(PLACE.sub("", template))
        if "{" not in template or "{{" in template or words <= 8:
            continue
        places = dict.fromkeys(place[1] for place in PLACE.finditer(template))
        given = {name: f"Zqx{number}" for number, name in enumerate(places)}
        stored, expected = (
            PLACE.sub(lambda place, given=given: given[place[1]], text)  # type: ignore[misc]
            for text in (template, said.say(template))
        )
        assert said.filled(stored) == expected


OBJECTIONS = [
    (
        Finding("xml_page_differ", "error", "The XML gives 963.11 as gross total, the page 963.12.",
                ("gross_total",)),
        "Das XML nennt 963,11 als Bruttobetrag, die Seite 963,12.",
    ),
    (
        Finding("xml_page_differ", "error", "The XML gives 2026.10 as invoice number, the page 10.",
                ("number",)),
        "Das XML nennt 2026.10 als Rechnungsnummer, die Seite 10.",
    ),
    (
        Finding("sums_differ", "warning",
                "Net 1000.00 and tax 190.00 do not make the gross total 1189.00.",
                ("net_total", "tax_total", "gross_total")),
        "Netto 1.000,00 und Steuer 190,00 ergeben nicht den Bruttobetrag 1.189,00.",
    ),
    (
        Finding("sums_differ", "warning", "The e-invoice does not add up: Line net amount (BT-131)"
                " is 55.4, recomputed 1055.46. Net total is 7.00, recomputed 8.00."),
        ("Die E-Rechnung geht nicht auf: Nettobetrag der Zeile (BT-131): angegeben 55,40, "
         "nachgerechnet 1.055,46. Nettobetrag: angegeben 7,00, nachgerechnet 8,00."),
    ),
    (
        Finding("entry_differs_from_document", "warning", "The lines come to 75.00 MYR, the document"
                " says 79.50 MYR. Correct the net amounts or the tax codes."),
        ("Die Zeilen ergeben 75,00\xa0MYR, der Beleg sagt 79,50\xa0MYR. "
         "Berichtigen Sie die Nettobeträge oder die Steuerschlüssel."),
    ),
    (
        Finding("duplicate_invoice", "error",
                "Rack AG 4711 is already here as document 46 (a.pdf, in review).", ("number",)),
        "Rack AG 4711 ist schon da als Beleg 46 (a.pdf, in Prüfung).",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("stored", "shown"), OBJECTIONS, ids=lambda given: str(given)[:40])
def test_a_stored_objection_is_shown_with_the_figures_of_the_language(
    stored: Finding, shown: str
) -> None:
    """Findings are stored as English text, those of years ago as those of today."""
    assert wording("de").finding(stored) == shown


def test_english_pages_have_english_figures_too() -> None:
    reason = (
        "Nearest past booking: Rack & Co. KG, “Server AX41”, 2025-06-19, 1100.21 (same supplier). "
        "Runner-up 4965 fits less: 2 of the last 40 lines."
    )
    assert wording("en").filled(reason) == (
        "Nearest past booking: Rack & Co. KG, “Server AX41”, 19/06/2025, 1,100.21 (same supplier). "
        "Runner-up 4965 fits less: 2 of the last 40 lines."
    )


def test_figures_of_a_refusal_are_written_as_the_language_writes_them() -> None:
    refusal = Refusal("promise_out_of_range", "A promise of {promise} makes no sense.",
                      promise="25.5%")  # fmt: skip
    assert wording("de").refusal(refusal)[0] == "Ein Versprechen von 25,5\xa0% ergibt keinen Sinn."
    refusal = Refusal("more_than_open", "{total} is more than the {open} open on {number}.",
                      total=Money.of("1200.00", "EUR"), open=Money.of("7.50", "EUR"), number="R-1.50")  # fmt: skip
    message = wording("it").refusal(refusal)[0]
    assert "1200,00" in message.replace(".", "")
    assert "R-1.50" in message


def test_a_runner_up_told_with_odds_by_an_earlier_version_is_still_said() -> None:
    stored = "Runner-up 4965 fits less: 2 of the last 40 lines, 1% against 98%."
    assert wording("it").filled(stored).endswith("2 delle ultime 40 righe, 1% contro 98%.")


def test_every_field_has_a_label() -> None:
    from contor.documents.reading import FIELD_NAMES

    assert set(FIELDS) == set(FIELD_NAMES)


def test_a_code_keeps_its_status() -> None:
    assert status_of("sign_in_wrong") == 401
    assert status_of("whatever_else") == 422
