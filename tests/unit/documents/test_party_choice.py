"""Who sells and who buys is decided together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from contor.documents.facts import facts_from
from contor.documents.name_candidates import NameCandidate
from contor.documents.party_choice import Parties, apart, likeliest_pair
from contor.documents.party_names import Party
from tests.unit.documents.paper import page_of


def name(text: str, line: int) -> NameCandidate:
    return NameCandidate(text, (0.0, 10.0 * line, 90.0, 10.0 * line + 8), 1, line, 0, 0, 1, False)


def test_a_name_that_is_surely_the_buyer_is_not_taken_for_a_doubtful_seller() -> None:
    names = [name("KOB-TV", 1), name("Avacy Initiatives, Inc.", 3), name("Old Towne Media", 5)]
    sellers = np.array([0.08, 0.10, 0.01], np.float32)
    buyers = np.array([0.01, 0.90, 0.05], np.float32)
    seller, buyer = likeliest_pair(names, sellers, buyers)
    assert seller is not None
    assert buyer is not None
    assert (seller[0].text, buyer[0].text) == ("KOB-TV", "Avacy Initiatives, Inc.")


def test_one_name_alone_sells() -> None:
    seller, buyer = likeliest_pair([name("KOB", 1)], np.ones(1, np.float32), np.ones(1, np.float32))
    assert seller is not None
    assert seller[0].text == "KOB"
    assert buyer is None


def test_who_stands_at_the_right_edge_beside_the_window_sells() -> None:
    """A letterhead in a column of its own, where the address in the window is spaced too widely."""
    head = "\n" * 5 + "\n".join(" " * 68 + line for line in ("Bei Spiel", "Ecke 12", "12345 Stadt"))
    window = "Theodor Est\n\nBahnstr. 42\n\n\n88802Spielkreis\n\nRechnung 7 vom 21.01.2019"
    read = facts_from([page_of("Seite 1" + head + "\n" + window)]).fields
    assert read["seller_name"].value == "Bei Spiel"
    assert "buyer_name" not in read


def test_a_shop_does_not_sell_to_itself() -> None:
    shop = Party("ACME SDN BHD", (0.0, 0.0, 90.0, 20.0), 1, 0.9)
    assert apart(Parties(shop, replace(shop, name="Acme Sdn Bhd"))).buyer is None
    other = replace(shop, name="BUYER GMBH")
    assert apart(Parties(shop, other)).buyer == other
