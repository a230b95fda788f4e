"""Load contracts, their catalogue and usage into the books; what is known already is left."""

from __future__ import annotations

from collections.abc import Sequence

from contor.contracts.contract_file import Catalogue, is_catalogue, parse_contract_file
from contor.contracts.usage import parse_usage
from contor.errors import Refusal
from contor.ports.store import UnitOfWork
from contor.ports.store_billing import ContractVersion, UsageEvent
from contor.ports.workplace import Workplace

CATALOGUE = "catalogue"


def load_contracts(
    work: Workplace, uow: UnitOfWork, files: Sequence[tuple[str, str]], actor: str
) -> tuple[int, list[tuple[str, Refusal]]]:
    """Contract and catalogue files (name, text): versions added, and the files refused."""
    refused: list[tuple[str, Refusal]] = []
    kept = uow.settings.current(CATALOGUE) or {"texts": []}
    texts = list(kept["texts"])
    new = [text for _, text in files if is_catalogue(text) and text not in texts]
    if new:
        uow.settings.add(CATALOGUE, {"texts": [*texts, *new]}, actor, work.clock())
    catalogue = catalogue_of(uow)
    added = 0
    for name, text in files:
        if is_catalogue(text):
            continue
        try:
            contract = parse_contract_file(text, catalogue)
            assert not isinstance(contract, Catalogue)
        except Refusal as refusal:
            refused.append((name, refusal))
            continue
        current = uow.contracts.current(contract.id)
        if current is None or current.text != text:
            uow.contracts.add(
                ContractVersion(
                    contract.id,
                    contract.customer.number,
                    contract.start,
                    text,
                    work.clock(),
                    actor,
                )
            )
            added += 1
    return added, refused


def catalogue_of(uow: UnitOfWork) -> Catalogue:
    """The seller and price plans of the tenant's contracts."""
    catalogue = Catalogue()
    for text in (uow.settings.current(CATALOGUE) or {"texts": []})["texts"]:
        parsed = parse_contract_file(text, catalogue)
        assert isinstance(parsed, Catalogue)
        catalogue = catalogue.merged(parsed)
    return catalogue


def load_usage(uow: UnitOfWork, text: str) -> tuple[int, list[tuple[int, Refusal]]]:
    """Usage from CSV text: events that were new, and the rows refused."""
    table = parse_usage(text.splitlines(keepends=True))
    events = [
        UsageEvent(event.id, event.timestamp, event.contract, event.meter, event.quantity)
        for event in table.events
    ]
    return uow.usage.add(events), list(table.refused)
