"""Natural keys: whoever comes first holds them, within one tenant, also under a race."""

from __future__ import annotations

import threading

from contor.ports.store_documents import Document
from tests.support.databases import NOON, Books


def document(letter: str) -> Document:
    return Document(letter * 64, f"{letter}.pdf", "application/pdf", NOON, "inbox", size=7)


def test_the_first_holds_a_key_and_later_ones_find_it(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        first, second = uow.documents.add(document("a")), uow.documents.add(document("b"))
        uow.document_keys.claim(first.id, ["vat:DE1|R1|119.00", "name:acme|R1|119.00"])
        uow.document_keys.claim(second.id, ["name:acme|R1|119.00", "iban:DE02|R1|119.00"])
        uow.document_keys.claim(second.id, [])
        assert uow.document_keys.holders(["name:acme|R1|119.00"]) == [first.id]
        assert uow.document_keys.holders(["iban:DE02|R1|119.00"]) == [second.id]
        assert uow.document_keys.holders([]) == []
        assert uow.document_keys.holders(["nothing"]) == []


def test_another_tenant_has_keys_of_its_own(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        mine = uow.documents.add(document("a"))
        uow.document_keys.claim(mine.id, ["k"])
    with books.store.unit_of_work(books.neighbour.id) as uow:
        assert uow.document_keys.holders(["k"]) == []
        theirs = uow.documents.add(document("a"))
        uow.document_keys.claim(theirs.id, ["k"])
        assert uow.document_keys.holders(["k"]) == [theirs.id]


def test_of_two_that_claim_at_once_one_holds_and_the_other_sees_it(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        ids = [uow.documents.add(document(letter)).id for letter in "abcd"]
    gate = threading.Barrier(len(ids))
    seen: dict[int, list[int]] = {}

    def claim(document_id: int) -> None:
        gate.wait()
        with books.store.unit_of_work(books.tenant.id) as uow:
            uow.document_keys.claim(document_id, ["x", "y"])
        with books.store.reading(books.tenant.id) as uow:
            seen[document_id] = list(uow.document_keys.holders(["x", "y"]))

    threads = [threading.Thread(target=claim, args=(document_id,)) for document_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == len(ids)
    holders = {tuple(found) for found in seen.values()}
    assert len(holders) == 1
    assert len(holders.pop()) == 1
