"""A correction is known on the supplier's next paper: stored, told apart by tenant, and it fades."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contor.bootstrap.service import open_workplace
from contor.documents.reading import Reading
from contor.ports.store_documents import Document
from contor.ports.store_people import Tenant
from contor.ports.workplace import Workplace
from contor.review.decisions import Correction, PostingChoice
from contor.workflows.decide import decide
from contor.workflows.remember_supplier import refresh_reading
from contor.workflows.verify_books import verify
from tests.support.books import books, open_tenant, settings_in, take_in
from tests.support.databases import (
    Database,
    own_database,
    postgres_server,
    postgres_template,
    sqlite_template,
)
from tests.support.papers import paper

__all__ = ["own_database", "postgres_server", "postgres_template", "sqlite_template"]
Place = tuple[Workplace, Tenant]
POSTING = (PostingChoice("4964", "110", "V19"),)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with books(tmp_path) as found:
        yield found


@pytest.fixture
def any_place(own_database: Database, tmp_path: Path) -> Iterator[Place]:
    """Books on SQLite and on PostgreSQL."""
    with books(tmp_path, database_url=own_database.url) as found:
        yield found


def arrive(place: Place, folder: Path, name: str, content: bytes) -> Document:
    path = folder / name
    path.write_bytes(content)
    return take_in(*place, path)


def reading(place: Place, document: Document) -> Reading:
    work, tenant = place
    with work.store.reading(tenant.id) as uow:
        stored = uow.readings.latest(document.id)
    assert stored is not None
    return Reading.from_json(stored.content)


def correct(place: Place, document: Document, **fields: str) -> None:
    work, tenant = place
    with work.store.reading(tenant.id) as uow:
        item = uow.review.about("document", document.id)
    assert item is not None
    change = Correction(fields=fields, postings=POSTING)
    decide(work, tenant.id, item.id, "correct", "anna", change)


def test_a_corrected_number_teaches_the_next_invoice(any_place: Place, tmp_path: Path) -> None:
    place = any_place
    first = arrive(place, tmp_path, "1.pdf", paper("VG 10017-A", "100,00", "19,00", "119,00"))
    assert reading(place, first).value("number") is None
    correct(place, first, number="VG 10017-A", seller_name="Netzwerk Süd")

    second = arrive(place, tmp_path, "2.pdf", paper("VG 10028-B", "200,00", "38,00", "238,00"))
    fact = reading(place, second).fields["number"]
    assert (fact.value, fact.memory) == ("VG 10028-B", f"document:{first.id}")
    assert fact.confidence >= 0.8
    assert fact.box is not None
    assert reading(place, second).value("seller_name") == "Netzwerk Süd"
    work, tenant = place
    with work.store.reading(tenant.id) as uow:
        suggestion = uow.suggestions.latest("document", second.id)
        assert suggestion is not None
        assert suggestion.content["supplier"]["name"] == "Netzwerk Süd"
        assert verify(uow, work.archive) == []


def test_what_waits_already_is_read_again(place: Place, tmp_path: Path) -> None:
    first = arrive(place, tmp_path, "1.pdf", paper("VG 10017-A", "100,00", "19,00", "119,00"))
    waiting = arrive(place, tmp_path, "2.pdf", paper("VG 10028-B", "200,00", "38,00", "238,00"))
    work, tenant = place
    assert not refresh_reading(work, tenant.id, waiting.id), "nothing was learnt yet"
    correct(place, first, number="VG 10017-A")
    assert refresh_reading(work, tenant.id, waiting.id)
    assert reading(place, waiting).value("number") == "VG 10028-B"
    assert not refresh_reading(work, tenant.id, waiting.id), "nothing new since"


def test_no_other_tenant_is_told(place: Place, tmp_path: Path) -> None:
    first = arrive(place, tmp_path, "1.pdf", paper("VG 10017-A", "100,00", "19,00", "119,00"))
    correct(place, first, number="VG 10017-A")
    work, _ = place
    neighbour = (work, open_tenant(work, "neighbour"))
    other = arrive(neighbour, tmp_path, "2.pdf", paper("VG 10028-B", "200,00", "38,00", "238,00"))
    assert reading(neighbour, other).value("number") is None
    assert not any(fact.memory for fact in reading(neighbour, other).fields.values())


def test_a_new_layout_takes_over(place: Place, tmp_path: Path) -> None:
    first = arrive(place, tmp_path, "1.pdf", paper("VG 10017-A", "100,00", "19,00", "119,00"))
    correct(place, first, number="VG 10017-A")
    changed = {"call": "Lfd"}
    second = arrive(
        place, tmp_path, "2.pdf", paper("VG 10028-B", "200,00", "38,00", "238,00", **changed)
    )
    correct(place, second, number="VG 10028-B")
    third = arrive(
        place, tmp_path, "3.pdf", paper("VG 10040-C", "300,00", "57,00", "357,00", **changed)
    )
    fact = reading(place, third).fields["number"]
    assert (fact.value, fact.memory) == ("VG 10040-C", f"document:{second.id}")


def test_it_survives_a_restart(tmp_path: Path) -> None:
    with books(tmp_path) as place:
        first = arrive(place, tmp_path, "1.pdf", paper("VG 10017-A", "100,00", "19,00", "119,00"))
        correct(place, first, number="VG 10017-A")
        tenant = place[1]
    with open_workplace(settings_in(tmp_path)) as work:
        after = arrive(
            (work, tenant), tmp_path, "2.pdf", paper("VG 10028-B", "200,00", "38,00", "238,00")
        )
        assert reading((work, tenant), after).value("number") == "VG 10028-B"


ODD = "Binnen 8 Tg. nach Erhalt 2 v.H. Nachlass, d.h. zahlbar {amount} EUR bis {day}; sonst 30 Tg."


def discounted(number: str, amount: str, day: str, terms: str = ODD) -> bytes:
    return paper(number, "100,00", "19,00", "119,00", terms=terms.format(amount=amount, day=day))


def test_corrected_discount_terms_are_known_on_the_next_invoice(
    any_place: Place, tmp_path: Path
) -> None:
    place = any_place
    first = arrive(place, tmp_path, "1.pdf", discounted("VG 10017-A", "116,62", "13.03.2026"))
    assert reading(place, first).value("discount_terms") is None
    correct(place, first, number="VG 10017-A", discount_terms="8:2.00")

    second = arrive(place, tmp_path, "2.pdf", discounted("VG 10028-B", "232,05", "14.04.2026"))
    fact = reading(place, second).fields["discount_terms"]
    assert (fact.value, fact.memory) == ("8:2.00", f"document:{first.id}")

    other = ODD.replace("2 v.H.", "3 v.H.")
    third = arrive(place, tmp_path, "3.pdf", discounted("VG 10040-C", "231", "14.05.2026", other))
    assert reading(place, third).value("discount_terms") is None, "the sentence has changed"
    fourth = arrive(place, tmp_path, "4.pdf", paper("VG 10041-C", "1,00", "0,19", "1,19"))
    assert reading(place, fourth).value("discount_terms") is None, "no sentence, no terms"


def test_terms_that_a_person_took_away_do_not_come_back(place: Place, tmp_path: Path) -> None:
    text = "Frueher galten 3 % Skonto innerhalb 10 Tagen; das ist vorbei."
    first = arrive(place, tmp_path, "1.pdf", discounted("VG 10017-A", "", "", text))
    assert reading(place, first).value("discount_terms") == "10:3.00"
    correct(place, first, number="VG 10017-A", discount_terms="")
    second = arrive(place, tmp_path, "2.pdf", discounted("VG 10028-B", "", "", text))
    assert reading(place, second).value("discount_terms") is None
    correct(place, second, discount_terms="10:3.00")
    third = arrive(place, tmp_path, "3.pdf", discounted("VG 10040-C", "", "", text))
    fact = reading(place, third).fields["discount_terms"]
    assert (fact.value, fact.memory) == ("10:3.00", f"document:{second.id}"), "the newest counts"
