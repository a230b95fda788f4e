"""A document booked to several accounts: by its invoice lines, to the cent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contor.documents.reading import Fact, LineItem, Reading, TaxRow
from contor.money import Money
from contor.review.document_facts import PostingLine, posting_lines
from contor.review.line_items import parts_of
from contor.review.splitting import kept_together, split

WHOLE = {"account": {"value": "4980", "confidence": 0.9, "auto": True, "rung": "memory"}}


def reading(nets: list[str], base: str, route: str = "einvoice", rate: str = "19") -> Reading:
    lines = tuple(LineItem(f"Line {i}", net=net, rate=rate) for i, net in enumerate(nets))
    tax = str((Decimal(base) * Decimal(rate) / 100).quantize(Decimal("0.01")))
    return Reading(
        "a.xml", "00", 1, route, "invoice", "de",  # type: ignore[arg-type]
        {"net_total": Fact(base, 1.0), "currency": Fact("EUR", 1.0)},
        (TaxRow("S", rate, base, tax),), lines,
    )  # fmt: skip


def parts(made: Reading) -> list[str]:
    (whole,) = posting_lines(made, "EUR")
    return [str(part.net.amount) for part in parts_of(made, whole, [whole])]


def said(account: str, rung: str = "rule", **more: Any) -> dict[str, Any]:
    return {"account": {"value": account, "confidence": 0.9, "auto": True, "rung": rung, **more}}


def test_allowances_of_the_whole_document_are_borne_by_every_line() -> None:
    assert parts(reading(["100.00", "50.00", "50.00"], "190.00")) == ["95.00", "47.50", "47.50"]


def test_lines_read_from_a_page_must_add_up_but_for_rounding() -> None:
    assert parts(reading(["100.00", "50.00"], "150.01", "text")) == ["100.01", "50.00"]
    assert parts(reading(["100.00", "50.00"], "140.00", "text")) == []
    assert parts(reading(["100.00"], "100.00", "text")) == [], "one line is the whole"


def test_lines_of_another_rate_belong_to_another_part() -> None:
    made = reading(["100.00", "50.00"], "150.00")
    books = LineItem("Book", net="10.00", rate="7.00")
    two = Reading(
        made.file, made.sha256, 1, "einvoice", "invoice", "de",
        {**made.fields, "net_total": Fact("160.00", 1.0)},
        (*made.tax_breakdown, TaxRow("S", "7", "10.00", "0.70")), (*made.lines, books),
    )  # fmt: skip
    wholes = posting_lines(two, "EUR")
    assert [len(parts_of(two, whole, wholes)) for whole in wholes] == [2, 0]


@given(
    st.lists(st.integers(-500_00, 5000_00), min_size=2, max_size=300),
    st.integers(-2000, 2000),
    st.data(),
)
def test_however_it_is_split_not_a_cent_is_lost(
    minors: list[int], allowance: int, data: st.DataObject
) -> None:
    total = sum(minors) + allowance
    made = reading(
        [str(Money(m, "EUR").amount) for m in minors], str(Money(max(total, 1), "EUR").amount)
    )
    (whole,) = posting_lines(made, "EUR")
    some = parts_of(made, whole, [whole])
    codes = [data.draw(st.sampled_from(["4910", "4930", "4980"])) for _ in some[:5]]
    choices = [said(codes[i % len(codes)]) for i in range(len(some))]
    lines = split(made, whole, WHOLE, some, choices)
    assert sum(line.net.minor for line, _ in lines) == whole.net.minor
    assert len(lines) <= 3
    assert sorted(place for line, _ in lines for place in line.items) == [
        place for part in some for place in part.items
    ]


def test_a_line_goes_its_own_way_only_where_it_speaks_for_itself() -> None:
    made = reading(["60.00", "40.00"], "100.00")
    (whole,) = posting_lines(made, "EUR")
    some = parts_of(made, whole, [whole])
    guess = said("4910", "model")
    assert len(split(made, whole, WHOLE, some, [said("4980"), guess])) == 1
    same_text = said("4910", "memory", nearest={"likeness": "text"})
    one, two = split(made, whole, WHOLE, some, [said("4980"), same_text])
    assert (one[1]["account"]["value"], str(one[0].net.amount)) == ("4980", "60.00")
    assert (two[1]["account"]["value"], two[0].text, two[0].items) == ("4910", "Line 1", (1,))
    unknown = {"account": {**WHOLE["account"], "confidence": 0.2}}
    assert len(split(made, whole, unknown, some, [said("4980", "model"), guess])) == 2


def test_what_is_decided_for_the_whole_document_splits_nothing() -> None:
    """BT-19 names the account; what the lines alone make of the cost centre is only a guess."""
    made = reading(["60.00", "40.00"], "100.00")
    (whole,) = posting_lines(made, "EUR")
    some = parts_of(made, whole, [whole])
    known = said("4930", "einvoice") | {"cost_centre": centre("900", 0.98)}
    guesses = [
        said("4930", "einvoice") | {"cost_centre": centre(code, sure, "model")}
        for code, sure in (("900", 0.8), ("110", 0.2))
    ]
    ((line, choice),) = split(made, whole, known, some, guesses)
    assert (choice["cost_centre"]["value"], choice["cost_centre"]["confidence"]) == ("900", 0.98)
    assert line.items == (0, 1)

    booked_before = centre("110", nearest={"likeness": "text"})
    own = said("4930", "einvoice") | {"cost_centre": booked_before}
    lines = split(made, whole, known, some, [guesses[0], own])
    assert [choice["cost_centre"]["value"] for _, choice in lines] == ["900", "110"]

    named = said("4910", "einvoice") | {"cost_centre": centre("900")}
    lines = split(made, whole, known, some, [guesses[0], named])
    assert [choice["account"]["value"] for _, choice in lines] == ["4930", "4910"]


def two_rates(*centres: dict[str, Any]) -> list[tuple[str, float, bool]]:
    """What parts of 200.00 and 100.00 on one account get, of the cost centres said for each."""
    two = [
        PostingLine("", Money.of("200.00", "EUR"), "19"),
        PostingLine("", Money.of("100.00", "EUR"), "7"),
    ]
    choices = [said("3000", "memory") | {"cost_centre": centre} for centre in centres]
    found = [choice["cost_centre"] for choice in kept_together(two, choices)]
    return [(one["value"], one["confidence"], one["auto"]) for one in found]


def centre(
    value: str, confidence: float = 0.9, rung: str = "memory", **more: Any
) -> dict[str, Any]:
    made = {"value": value, "confidence": confidence, "auto": True, "rung": rung, "reason": "So."}
    return {**made, "alternatives": [{"value": "900", "confidence": None}], **more}


def test_parts_that_differ_in_their_vat_rate_alone_share_a_cost_centre() -> None:
    assert two_rates(centre("210"), centre("110")) == [("210", 0.9, True), ("210", 0.5, False)]
    assert two_rates(centre("210", 0.3), centre("110", 0.97)) == [
        ("110", 0.5, False),
        ("110", 0.97, True),
    ], "the larger part leads only as far as it is sure"
    gave_way = kept_together(
        [PostingLine("", Money.of(net, "EUR"), "19") for net in ("2.00", "1.00")],
        [said("3000") | {"cost_centre": centre(value)} for value in ("210", "110")],
    )[1]["cost_centre"]
    assert gave_way["reason"].endswith("By itself it would be 110.")
    assert [one["value"] for one in gave_way["alternatives"]] == ["110", "900"]


def test_a_part_with_something_to_say_for_itself_stays_where_it_is() -> None:
    same_text = centre("110", nearest={"likeness": "text"})
    ruled = centre("110", rung="rule")
    for apart in (same_text, ruled):
        assert two_rates(centre("210"), apart) == [("210", 0.9, True), ("110", 0.9, True)]
    others = [
        said("3000") | {"cost_centre": centre("210")},
        said("4930") | {"cost_centre": centre("110")},
    ]
    lines = [PostingLine("", Money.of("1.00", "EUR"), rate) for rate in ("19", "7")]
    assert kept_together(lines, others) == others, "another account is more than another rate"
    assert kept_together(lines, [said("3000"), said("3000")]) == [said("3000"), said("3000")]
