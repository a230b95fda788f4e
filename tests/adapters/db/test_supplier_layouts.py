"""Learnt layouts: appended, found by their keys, never by another tenant."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from contor.documents.anchors import Anchor
from contor.documents.suppliers.layout import SupplierLayout
from contor.ports.store_documents import Document
from contor.ports.store_supplier_layouts import LearntLayout
from tests.support.databases import NOON, Books, Database

ANCHOR = Anchor("vorgang", "datum", 1, 1, 0.18, 0.28, 0.22, "AA 00000-A", "VG 10017-A")


def layout(number: int, *keys: str, supplier: str = "70001") -> SupplierLayout:
    return SupplierLayout(supplier, f"document:{number}", keys, (1, 2, 3), {"number": (ANCHOR,)})


def learn(books: Books, letter: str, *keys: str) -> LearntLayout:
    with books.store.unit_of_work(books.tenant.id) as uow:
        document = uow.documents.add(
            Document(letter * 64, f"{letter}.pdf", "application/pdf", NOON, "inbox", size=7)
        )
        return uow.supplier_layouts.add(
            LearntLayout(document.id, layout(document.id, *keys), "anna", NOON)
        )


def test_layouts_are_found_by_any_key_oldest_first(books: Books) -> None:
    first = learn(books, "a", "vat:DE1", "name:ACME")
    second = learn(books, "b", "name:ACME")
    learn(books, "c", "vat:DE9")
    with books.store.reading(books.tenant.id) as uow:
        assert uow.supplier_layouts.by_keys(["name:ACME", "iban:X"]) == [first, second]
        assert uow.supplier_layouts.by_keys(["vat:DE1"]) == [first]
        assert uow.supplier_layouts.by_keys([]) == []
        assert next(one.id for one in uow.supplier_layouts.all(after_id=first.id)) == second.id
        assert uow.supplier_layouts.last_id() > second.id
        assert uow.supplier_layouts.count() == 3
        assert uow.supplier_layouts.count(after_id=first.id) == 2
    with books.store.reading(books.neighbour.id) as uow:
        assert uow.supplier_layouts.by_keys(["name:ACME", "vat:DE1"]) == []
        assert uow.supplier_layouts.all() == []
        assert uow.supplier_layouts.last_id() == 0


def test_of_many_the_youngest_are_told(books: Books) -> None:
    learnt = [learn(books, letter, "vat:DE1") for letter in "abcdefghijklmnopqrstuvwxyz"]
    with books.store.reading(books.tenant.id) as uow:
        assert uow.supplier_layouts.by_keys(["vat:DE1"]) == learnt[-24:]


def test_what_was_learnt_is_never_changed(books: Books, database: Database) -> None:
    learn(books, "a", "vat:DE1")
    for statement in (
        "UPDATE supplier_layouts SET supplier = 'x'",
        "DELETE FROM supplier_layout_keys",
    ):
        with pytest.raises(DBAPIError, match="append only"):
            database.execute(statement)
