"""The machine door in one router: everything the desk can do, for programs."""

from __future__ import annotations

from fastapi import APIRouter

from contor_api.machine import bank, documents, learning, ledger, queue, rules, tokens

router = APIRouter(prefix="/api/v1")
for _part in (tokens, documents, queue, rules, learning, bank, ledger):
    router.include_router(_part.router)
