"""Due dates and discounts as terms of payment say them, and periods written short."""

from __future__ import annotations

import pytest

from contor.documents.facts import Facts, facts_from
from tests.unit.documents.paper import page_of, value

HEAD = """
Kabelwerk AG                         Rechnungsnummer: R-1007719
                                     Rechnungsdatum: 17.08.2026
"""
FOOT = """
Netto                                                 100,00
19 % USt                                               19,00
Rechnungsbetrag                                       119,00
"""


def read(*lines: str) -> Facts:
    return facts_from([page_of(HEAD + "\n".join(lines) + FOOT)])


@pytest.mark.parametrize(
    ("line", "due", "terms"),
    [
        ("Zahlbar innerhalb von 14 Tagen ohne Abzug.", "2026-08-31", None),
        ("8 Tage abzgl. 2 % Skonto, 30 Tage ohne Abzug", "2026-09-16", "8:2.00"),
        ("Zahlbar bis 27.08.2026 mit 3 % Skonto, bis 16.09.2026 netto.", "2026-09-16", "10:3.00"),
        (
            "Zahlbar in 30 Tagen netto bis 16.09.2026, 3% Skonto in 10 Tagen bis 27.08.2026",
            "2026-09-16",
            "10:3.00",
        ),
        ("Bei Zahlung bis 27.08.2026 Skonto 3,57 EUR", None, None),
        ("Reklamationen innerhalb von 14 Tagen nach Erhalt", None, None),
        ("Pos  Menge  EP netto 1 Leser", None, None),
    ],
)
def test_due_date_and_discount(line: str, due: str | None, terms: str | None) -> None:
    facts = read(line)
    assert (value(facts, "due_date"), value(facts, "discount_terms")) == (due, terms)


def test_a_counted_due_date_says_that_it_is_derived() -> None:
    due = read("Zahlbar innerhalb von 14 Tagen.").fields["due_date"]
    assert due.source == "derived"
    assert due.confidence < 0.9


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("Leistungszeitraum: Februar 2026", ("2026-02-01", "2026-02-28")),
        ("Leistungszeitraum: 2. Quartal 2026", ("2026-04-01", "2026-06-30")),
        ("Leistungszeitraum: 02/2026", ("2026-02-01", "2026-02-28")),
        ("Ausführung 15.12. - 10.01.2026", ("2025-12-15", "2026-01-10")),
        ("for the billing period March 1 - March 31, 2026", ("2026-03-01", "2026-03-31")),
        ("May 9 – Jun 9, 2026", ("2026-05-09", "2026-06-09")),
        ("Wartung 1.-31. März 2026", ("2026-03-01", "2026-03-31")),
        ("Druckerei seit Februar 2026 in neuen Räumen", (None, None)),
    ],
)
def test_short_periods(line: str, period: tuple[str | None, str | None]) -> None:
    facts = read(line)
    assert (value(facts, "period_start"), value(facts, "period_end")) == period


def test_holidays_are_no_period_and_default_is_no_due_date() -> None:
    facts = read(
        "Betriebsferien vom 22.12.2026 bis 02.01.2027.",
        "Sie kommen spätestens 30 Tage nach Zugang der Rechnung in Verzug.",
    )
    assert value(facts, "period_start") is None
    assert value(facts, "due_date") is None
