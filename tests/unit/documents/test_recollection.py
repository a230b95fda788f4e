"""What is remembered of a supplier's paper speaks for values; sums and check digits decide."""

from __future__ import annotations

import re

from contor.documents.document_text import document_text
from contor.documents.facts import Facts, facts_from
from contor.documents.reading import Fact
from contor.documents.suppliers.layout import SupplierLayout, learn_layout
from tests.unit.documents.paper import page_of

PAPER = """
Netzwerk Süd Rechenzentrum GmbH · Isarstr. 12 · 80469 München

Acme Hosting GmbH
Am Markt 7
10115 Berlin
                                       Vorgang            {number}
                                       Kundennummer       55012
                                       Datum              05.03.2026
Rechnung

Miete Rack 42 HE                                           {net}

                                       Nettobetrag         {net}
                                       zzgl. 19% MwSt      {tax}
                                       Rechnungsbetrag     {gross}

USt-IdNr.: DE811907980   IBAN: {iban}
"""
OLD_BANK, NEW_BANK = "DE89 3704 0044 0532 0130 00", "DE02 1203 0000 0000 2020 51"
FIRST = PAPER.format(number="VG 10017-A", net="100,00", tax="19,00", gross="119,00", iban=OLD_BANK)
NEXT = PAPER.format(number="VG 10028-B", net="200,00", tax="38,00", gross="238,00", iban=OLD_BANK)


def learnt(text: str = FIRST, source: str = "document:1", **right: str) -> SupplierLayout:
    """The layout of a paper on which a person set some values right; empty removes one."""
    pages = [page_of(text)]
    read = facts_from(pages).fields
    confirmed = read | {name: Fact(value, 1.0) for name, value in right.items() if value}
    removed = {name: read[name] for name, value in right.items() if not value}
    for name in removed:
        del confirmed[name]
    return learn_layout(document_text(pages), confirmed, removed, supplier="70001", source=source)


def read(text: str, *layouts: SupplierLayout) -> Facts:
    return facts_from([page_of(text)], layouts=layouts)


def test_without_memory_the_number_is_not_known() -> None:
    assert "number" not in read(NEXT).fields


def test_a_number_with_blanks_is_found_by_label_place_and_form() -> None:
    fact = read(NEXT, learnt(number="VG 10017-A")).fields["number"]
    assert (fact.value, fact.memory) == ("VG 10028-B", "document:1")
    assert 0.8 <= fact.confidence < 0.98


def test_more_documents_make_it_surer() -> None:
    once = read(NEXT, learnt(number="VG 10017-A"))
    often = read(NEXT, *(learnt(source=f"document:{n}", number="VG 10017-A") for n in range(3)))
    assert often.fields["seller_name"].memory == "document:2"
    assert often.fields["number"].confidence >= once.fields["number"].confidence


def test_a_value_that_a_person_removed_is_not_taken_again() -> None:
    assert "buyer_number" in read(NEXT).fields
    assert "buyer_number" not in read(NEXT, learnt(buyer_number="")).fields


def test_sums_stand_above_memory() -> None:
    facts = read(NEXT, learnt(gross_total="19.00"))  # somebody took the tax for the total
    assert [facts.fields[f"{name}_total"].value for name in ("net", "tax", "gross")] == [
        "200.00", "38.00", "238.00",
    ]  # fmt: skip


def test_what_the_paper_names_stands_above_what_was_right_before() -> None:
    asked = FIRST.replace("Rechnung\n\n", "Rechnung 4711\n\nZahlbar bis 19.03.2026\n\n")
    assert read(asked).fields["payment_reference"].value == "4711", "quoted, nothing else is asked"
    named = asked.replace("4711", "4712").replace(
        "Zahlbar", "Verwendungszweck: REF A-123\n\nZahlbar"
    )
    fact = read(named, learnt(asked)).fields["payment_reference"]
    assert (fact.value, fact.memory) == ("REF A-123", "")


def test_a_new_bank_account_is_read_not_remembered() -> None:
    changed = NEXT.replace(OLD_BANK, NEW_BANK)
    fact = read(changed, learnt()).fields["seller_iban"]
    assert (fact.value, fact.memory) == (NEW_BANK.replace(" ", ""), "")


def test_the_suppliers_own_spelling_is_kept() -> None:
    layout = learnt(seller_name="Netzwerk Süd Rechenzentrum Gmbh")
    assert read(NEXT, layout).fields["seller_name"].value == "Netzwerk Süd Rechenzentrum Gmbh"


def test_another_business_on_the_same_form_is_another_business() -> None:
    other = NEXT.replace("DE811907980", "DE812871812").replace(OLD_BANK, NEW_BANK)
    other = other.replace("Netzwerk Süd Rechenzentrum", "Kabelwerk Ost Leitungsbau")
    assert not any(fact.memory for fact in read(other, learnt(number="VG 10017-A")).fields.values())


def test_a_supplier_that_is_the_customer_here_tells_nothing() -> None:
    sold = (
        NEXT.replace("Netzwerk Süd Rechenzentrum GmbH", "Kabelwerk Ost GmbH")
        .replace("Isarstr. 12 · 80469 München", "Elbufer 3 · 01067 Dresden")
        .replace("Acme Hosting GmbH", "Netzwerk Süd Rechenzentrum GmbH")
        .replace("DE811907980", "DE812871812")
    )
    facts = read(sold, learnt(seller_name="Netzwerk Süd Rechenzentrum GmbH")).fields
    assert facts["seller_name"].value == "Kabelwerk Ost GmbH"
    assert facts["buyer_name"].value == "Netzwerk Süd Rechenzentrum GmbH"
    assert not any(fact.memory for fact in facts.values())


def test_a_supplier_that_moved_house_has_its_new_address() -> None:
    moved = NEXT.replace("Isarstr. 12", "Isarstr. 2")
    layout = learnt(seller_address="Isarstr. 12, 80469 München")
    assert read(NEXT, layout).fields["seller_address"].value == "Isarstr. 12, 80469 München"
    assert "12" not in read(moved, layout).fields["seller_address"].value


def test_a_street_where_the_customer_stood_is_no_customer() -> None:
    layout = learnt(buyer_name="Acme Hosting GmbH")
    moved = NEXT.replace("Acme Hosting GmbH\nAm Markt 7", "Am Markt 7")
    fact = read(moved, layout).fields.get("buyer_name")
    assert fact is None or fact.value != "Am Markt 7"


def test_a_rate_of_nothing_is_no_place_of_the_tax() -> None:
    free = re.sub("zzgl. 19% MwSt .*", "MwSt. 0%, innergemeinschaftlich", FIRST)
    layout = learnt(free.replace("119,00", "100,00"), tax_total="0.00")
    assert "gross_total" in layout.anchors
    assert "tax_total" not in layout.anchors


def test_what_an_e_invoice_says_was_not_corrected_by_anybody() -> None:
    pages = [page_of(FIRST)]
    facts = {"number": Fact("VG 10017-A", 1.0, source="xml"), "gross_total": Fact("119.00", 1.0)}
    layout = learn_layout(document_text(pages), facts, {}, supplier="7", source="document:1")
    assert layout.corrected == {"gross_total"}


def test_an_old_layout_fades_behind_a_new_one() -> None:
    renamed = NEXT.replace("Vorgang", "Lfd. ")
    old = learnt(number="VG 10017-A")
    new = learnt(renamed, "document:2", number="VG 10028-B")
    fact = read(renamed.replace("10028-B", "10031-C"), old, new).fields["number"]
    assert (fact.value, fact.memory) == ("VG 10031-C", "document:2")


def test_a_layout_is_kept_as_json() -> None:
    layout = learnt(number="VG 10017-A", buyer_number="")
    assert SupplierLayout.from_json(layout.to_json()) == layout
