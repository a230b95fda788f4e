"""Forms: values at their labels, printed periods, totals that other amounts prove."""

from __future__ import annotations

from decimal import Decimal

import pytest

from contor.documents.amount_evidence import amount_evidence, reductions_of
from contor.documents.candidates import candidates_of
from contor.documents.dates.periods import find_periods, period_feature_names, period_features
from contor.documents.document_text import document_text
from contor.documents.labelled_values import labelled_values
from contor.documents.name_candidates import name_candidates, without_code
from contor.documents.scored_values import score_candidates
from tests.unit.documents.paper import page_of

ORDER = """
Advertiser          Acme For Governor (3258)    Contract #    4711
Agency              Del Ray Media LLC           Entered       05/20/20
Flight Dates        05/24/20-05/26/20           Commission    15%

Line   Start      End         Rate
1      05/24/20   05/25/20    60.00
2      05/25/20   05/26/20    40.00
Total                        100.00
Net                           85.00
Market share                 900.00
"""


@pytest.mark.parametrize(
    ("text", "side", "value"),
    [
        ("Advertiser     Acme Inc", "beside", "Acme Inc"),
        ("Advertiser     Name:     Acme Inc", "beside", "Acme Inc"),
        ("Advertiser: Acme Inc", "behind", "Acme Inc"),
        ("Advertiser        Estimate #\nAcme Inc          7711", "below", "Acme Inc"),
        ("Advertiser: Acme for     Market: Salem\n            Tomorrow", "behind", "Acme for Tomorrow"),
        ("Advertiser     Acme Inc\n               12 Main Street", "beside", "Acme Inc"),
    ],
)  # fmt: skip
def test_a_value_stands_behind_beside_or_below_its_label(text: str, side: str, value: str) -> None:
    found = labelled_values(document_text([page_of(text)]), "advertiser_label")
    assert [(one.side, one.text) for one in found] == [(side, value)]


def test_a_word_in_a_sentence_is_no_label() -> None:
    document = document_text([page_of("The advertiser pays within 30 days.")])
    assert labelled_values(document, "advertiser_label") == []


def test_a_name_is_offered_without_the_number_behind_it() -> None:
    document = document_text([page_of(ORDER)])
    assert "Acme For Governor" in {name.text for name in name_candidates(document, [])}
    assert without_code("Larry for Mayor-(136214)") == "Larry for Mayor"


def test_figures_and_labels_of_a_printed_form_are_no_names() -> None:
    page = page_of("Billing Type:     Cash\nTotal for May     Acme 12.00")
    texts = {name.text for name in name_candidates(document_text([page]), [])}
    assert "Acme 12.00" not in texts
    assert "Billing Type:" not in texts


def test_each_printed_period_is_found_once_where_its_label_is_strongest() -> None:
    scored = score_candidates(document_text([page_of(ORDER + ORDER)]))
    periods = find_periods(document_text([page_of(ORDER + ORDER)]), scored.candidates, scored.contexts)  # fmt: skip
    dates = [
        (scored.candidates[p.start].value, scored.candidates[p.end].value, p.occurrences)
        for p in periods
    ]
    assert dates == [
        ("2020-05-24", "2020-05-26", 2),
        ("2020-05-24", "2020-05-25", 2),
        ("2020-05-25", "2020-05-26", 2),
    ]
    assert periods[0].ranged
    assert not periods[1].ranged


def test_the_period_at_the_label_embraces_those_of_the_lines() -> None:
    document = document_text([page_of(ORDER)])
    scored = score_candidates(document)
    periods = find_periods(document, scored.candidates, scored.contexts)
    rows = period_features(document, scored.candidates, scored.contexts, periods)
    names = period_feature_names()
    assert rows[:, names.index("hull")].tolist() == [1.0, 0.0, 0.0]
    assert rows[0, names.index("left_term")] > 0.9


def test_a_total_is_proven_by_its_column_and_by_the_commission() -> None:
    document = document_text([page_of(ORDER)])
    amounts = [c for c in candidates_of(document) if c.kind == "amount"]
    evidence = amount_evidence(amounts, reductions_of(document, amounts))
    assert evidence.column_sums == {Decimal("100.00")}
    assert evidence.before_percent == {Decimal("100.00")}
    assert evidence.after_percent == {Decimal("85.00")}


def test_whole_dollars_are_amounts() -> None:
    document = document_text([page_of("Total $6,680 for 22 spots, before $7,000.50")])
    amounts = [(c.value, c.valid) for c in candidates_of(document) if c.kind == "amount"]
    assert amounts == [("6680", True), ("22", False), ("7000.50", True)]
