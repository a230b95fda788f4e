from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contor.documents.reading import FIELD_NAMES, Fact, LineItem, Reading, TaxRow, refused
from contor.errors import Finding, Refusal

FACTS = st.builds(
    Fact,
    st.text(max_size=20),
    st.integers(0, 10_000).map(lambda n: n / 10_000),
    st.none() | st.integers(1, 9),
    st.none() | st.tuples(*[st.integers(0, 900).map(lambda n: n / 10) for _ in range(4)]),
    st.sampled_from(["xml", "text", "ocr", "derived"]),
)


@given(st.dictionaries(st.sampled_from(FIELD_NAMES), FACTS))
def test_a_reading_survives_json(fields: dict[str, Fact]) -> None:
    reading = Reading(
        "a.pdf", "ff", 2, "mixed", "invoice", "de", fields,
        (TaxRow("S", "19.00", "100.00", "19.00"),),
        (LineItem("Server", "1", "Stk", "10.00", "10.00", "19.00", 1, (1.0, 2.0, 3.0, 4.0)),),
        (Finding("sums_differ", "warning", "…", ("net_total",)),),
    )  # fmt: skip
    record = json.loads(json.dumps(reading.to_json()))
    assert Reading.from_json(record) == reading


def test_a_refusal_stands_in_place_of_facts() -> None:
    record = refused("x.pdf", "00", Refusal("empty_file", "Empty.", "Ask again.")).to_json()
    assert record["refusal"] == {"code": "empty_file", "message": "Empty. Ask again."}
    assert Reading.from_json(record).refusal == ("empty_file", "Empty. Ask again.")


def test_unknown_keys_of_later_versions_do_no_harm() -> None:
    record = Reading("a", "0", 1).to_json() | {"later": 1}
    assert Reading.from_json(record).pages == 1


@pytest.mark.parametrize("name", ["number", "gross_total"])
def test_a_missing_field_has_no_value(name: str) -> None:
    assert Reading("a", "0", 1).value(name) is None
