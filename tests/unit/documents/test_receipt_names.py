"""Which texts in the head of a till receipt could be the seller's name."""

from __future__ import annotations

from contor.documents.receipts.names import receipt_names
from tests.unit.documents.receipt import receipt


def names(*lines: str) -> set[str]:
    return {name.text for name in receipt_names(receipt(*lines))}


def test_a_name_over_two_lines_is_a_candidate_as_a_whole_and_its_second_half_is_none() -> None:
    found = names("PASAR RAYA MEGA MAJU", "(SEMENYIH) SDN BHD", "(767840-W)", "NO 24, 25 & 26")
    assert "PASAR RAYA MEGA MAJU (SEMENYIH) SDN BHD" in found
    assert "SEMENYIH) SDN BHD" not in found


def test_the_beginning_of_a_registration_number_is_no_name() -> None:
    found = names("KFA SUPPLY", "( ROC : SA0416111-K )", "125A TINGKAT BAWAH")
    assert "KFA SUPPLY" in found
    assert not any(text.count("(") != text.count(")") for text in found)
