"""Parties: what is wrong is flagged, what is right is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contor.parties.anomalies import screen
from contor.parties.bank_account import check_digits_hold, repaired_ibans
from contor.parties.linkage import link_records
from contor.parties.matching import find_supplier
from contor.parties.names import similarity
from contor.parties.party import Party

GOOD = Party(
    "1",
    "Hetzner Online GmbH",
    postcode="91710",
    city="Gunzenhausen",
    country="DE",
    vat_id="DE812871812",
    iban="DE89370400440532013000",
)


def codes(*parties: Party, known: tuple[Party, ...] = ()) -> list[str]:
    return [finding.code for finding in screen(parties, known)]


def test_a_good_party_has_no_finding() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("party", "code"),
    [
        (Party("1", vat_id="DE812871821", country="DE"), "vat_id_transposed"),
        (Party("1", vat_id="DE81287", country="DE"), "vat_id_invalid"),
        (Party("1", vat_id="ATU14243102", country="DE"), "vat_id_country"),
        (Party("1", iban="DE89370400440532013001"), "iban_check_digits"),
        (Party("1", iban="AT611904300234573201", country="DE"), "iban_country"),
        (Party("1", postcode="1O115", city="Berlin", country="DE"), "postcode_form"),
        (Party("1", postcode="80331", city="Hamburg", country="DE"), "postcode_city"),
        (Party("1", postcode="20100", city="Torino", country="IT"), "postcode_city"),
    ],
)
def test_what_is_wrong_is_flagged(party: Party, code: str) -> None:
    assert codes(party) == [code]


@pytest.mark.parametrize(
    ("postcode", "city", "country"),
    [
        ("D-80331", "Munich", "DE"),
        ("1010", "Vienna", "AT"),
        ("L-1111", "Luxembourg", "LU"),
        ("SW1A 1AA", "London", "GB"),
        ("1012 AB", "Amsterdam", "NL"),
        ("60313", "Frankfurt", "DE"),
        ("39100", "Bozen", "IT"),
    ],
)
def test_good_addresses_raise_no_alarm(postcode: str, city: str, country: str) -> None:
    assert codes(Party("1", postcode=postcode, city=city, country=country)) == []


def test_a_wrong_vat_id_is_told_by_what_is_wrong_with_it() -> None:
    def said(vat_id: str, known: tuple[Party, ...] = ()) -> list[str]:
        return [f.message for f in screen([Party("1", vat_id=vat_id, country="DE")], known)]

    assert said("DE81287") == ["The VAT-ID DE81287 has not the form of a VAT-ID of its country."]
    assert said("DE812871816") == ["The check digit of the VAT-ID DE812871816 does not hold."]
    assert said("DE812871821") == [
        "The check digit of the VAT-ID DE812871821 holds with two digits swapped only: DE812871812."
    ]
    assert said("DE812817812", known=(GOOD,))[-1] == (
        "Two digits are swapped against the VAT-ID seen before: DE812871812."
    )
    assert said("DE136695976", known=(GOOD,)) == ["The VAT-ID differs from the one seen before."]


def test_another_account_than_last_seen_is_an_error() -> None:
    changed = Party("1", "Hetzner Online GmbH", iban="DE02120300000000202051")
    assert codes(changed, known=(GOOD,)) == ["iban_changed"]


def test_a_near_duplicate_names_its_twin() -> None:
    twin = Party("2", "HETZNER ONLINE AG", postcode="91710", city="Gunzenhausen", country="DE")
    (finding, other) = screen([GOOD, twin])
    assert (finding.code, finding.matches, other.matches) == ("near_duplicate", ("2",), ("1",))


def test_supplier_is_found_by_vat_id_before_name() -> None:
    other = Party("2", "Hetzner Cloud Services", vat_id="ATU14243102")
    found = find_supplier(
        {"seller_name": "Hetzner Online", "seller_vat_id": "ATU14243102"}, [GOOD, other]
    )
    assert found is not None
    assert (found.party.id, found.by) == ("2", "vat_id")
    assert find_supplier({"seller_name": "Somebody Else"}, [GOOD, other]) is None


def test_a_name_that_is_only_alike_is_nobody_known_where_both_identifiers_are_others() -> None:
    facts = {
        "seller_name": "Hetzner Onlinee",
        "seller_vat_id": "DE241159314",
        "seller_iban": "DE08999577983327685862",
    }
    assert find_supplier(facts, [GOOD]) is None
    misread = find_supplier({**facts, "seller_iban": GOOD.iban}, [GOOD])
    assert misread is not None, "one identifier of theirs is enough"
    forged = find_supplier({**facts, "seller_name": GOOD.name}, [GOOD])
    assert forged is not None, "under the very name it is found, and what differs is told"
    assert forged.contradictions == ("vat_id", "iban")


@pytest.mark.parametrize(
    ("on_file", "printed"),
    [
        ("Sellerie GmbH", "Seller Inc."),
        ("Sellerie GmbH", "Seller"),
        ("Seller GmbH", "Sellerie GmbH"),
        ("Blume Netz AG", "Blume GmbH"),
        ("Märchenland e. V.", "Märchenland Deutsches Zentrum gGmbH"),
    ],
)
def test_who_only_begins_like_a_supplier_is_somebody_else(on_file: str, printed: str) -> None:
    assert find_supplier({"seller_name": printed}, [Party("1", on_file)]) is None


@pytest.mark.parametrize(
    ("on_file", "printed"),
    [
        ("Hetzner Online GmbH", "Hetzner Online AG"),
        ("Hetzner Online GmbH", "HETZNER ONLINE"),
        ("Hetzner Online GmbH", "Hetzner Onlnie AG"),
        ("Hetzner Online GmbH", "Hetzner Online Germany"),
        ("Strato AG", "Straot AG"),
        ("Inpolis GmbH", "INPOLIS UCE"),
        ("Müller Netzwerk mbH", "MUELLER NETZWERK GESELLSCHAFT MIT BESCHRÄNKTER HAFTUNG"),
        ("Blue Screen IT Ltd", "BLUE SCREEN IT TRADING AS BIT GROUP"),
    ],
)
def test_a_supplier_is_found_under_variants_of_its_name(on_file: str, printed: str) -> None:
    found = find_supplier({"seller_name": printed}, [Party("1", on_file)])
    assert found is not None
    assert found.by == "name"


def test_a_company_that_became_another_form_keeps_its_number_and_is_found_by_it() -> None:
    became = {"seller_name": "Blume GmbH", "seller_vat_id": "DE812871812"}
    found = find_supplier(became, [Party("1", "Blume Netz AG", vat_id="DE812871812")])
    assert found is not None
    assert found.by == "vat_id"


@given(st.integers(0, 10**18 - 1), st.integers(4, 20))
def test_swapped_neighbours_of_an_iban_are_noticed_and_repaired(number: int, at: int) -> None:
    rest = f"{number:018d}"
    iban = f"DE{98 - int(f'{rest}131400') % 97:02d}{rest}"
    swapped = iban[:at] + iban[at + 1] + iban[at] + iban[at + 2 :]
    assert check_digits_hold(iban)
    if swapped != iban:
        assert not check_digits_hold(swapped)
        assert iban in repaired_ibans(swapped)


def test_names_differ_by_their_words_not_by_their_forms() -> None:
    assert similarity("Bäckerei Huber e. K.", "BAECKEREI HUBER") == 1.0
    assert similarity("Bäckerei Huber", "Metzgerei Maier") < 0.6


def test_records_are_linked_one_to_one_without_labels() -> None:
    words = ["amber", "birch", "cedar", "delta", "ember", "fjord", "glade", "heron", "ivory"]
    left = [{"id": f"l{i}", "name": f"{a} {b} GmbH"} for i, (a, b) in enumerate(_pairs(words))]
    right = [{"id": f"r{r['id'][1:]}", "name": r["name"].upper()[:-5]} for r in left]
    links = link_records(left, right)
    assert len(links) == len(left)
    assert all(a[1:] == b[1:] for a, b, _ in links)


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    return [(a, b) for a in words for b in words if a < b]
