"""Tenants, users and parties as the store hands them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

Role = Literal["owner", "bookkeeper", "reader"]
PartyKind = Literal["customer", "supplier", "both"]


@dataclass(frozen=True, slots=True)
class Tenant:
    """A company whose books are kept here. ``key`` is short and stable (``demo``)."""

    id: int
    key: str
    name: str
    country: str
    currency: str
    language: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class User:
    """A person who may sign in; the role holds for one tenant."""

    id: int
    email: str
    name: str
    language: str
    password_hash: str
    active: bool
    role: Role | None = None
    tenant_id: int | None = None


@dataclass(frozen=True, slots=True)
class AddressRecord:
    """A postal address (BG-5, BG-8); ``country`` is ISO 3166 alpha-2."""

    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    seen_at: date | None = None


@dataclass(frozen=True, slots=True)
class PartyBankAccount:
    """A bank account of a party and when it was first and last seen on a document."""

    iban: str
    bic: str = ""
    first_seen: date | None = None
    last_seen: date | None = None
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """Customer or supplier. ``number`` is the one printed on invoices; ``id`` 0 = not stored yet."""

    number: str
    name: str
    kind: PartyKind
    id: int = 0
    email: str = ""
    tax_number: str = ""
    language: str = ""
    aliases: tuple[str, ...] = ()
    addresses: tuple[AddressRecord, ...] = ()
    vat_ids: tuple[str, ...] = ()
    bank_accounts: tuple[PartyBankAccount, ...] = ()
    details: dict[str, str] = field(default_factory=dict)


class TenantStore(Protocol):
    """Tenants, across the whole store (administration only)."""

    def add(self, tenant: Tenant) -> Tenant:
        """Store a new tenant (its ``id`` is given here); refuses ``tenant_exists``."""
        ...

    def get(self, tenant_id: int) -> Tenant:
        """The tenant; refuses ``tenant_unknown``."""
        ...

    def by_key(self, key: str) -> Tenant | None:
        """The tenant of this key, or None."""
        ...

    def all(self) -> Sequence[Tenant]:
        """Every tenant, oldest first."""
        ...


class AccountHolderStore(Protocol):
    """Users across tenants, for signing in (administration only)."""

    def by_email(self, email: str) -> User | None:
        """The user (without role), or None; case does not matter."""
        ...

    def get(self, user_id: int) -> User:
        """The user (without role); refuses ``user_unknown``."""
        ...

    def memberships(self, user_id: int) -> Sequence[tuple[Tenant, Role]]:
        """The tenants the user may enter, with the role in each."""
        ...


class UserStore(Protocol):
    """The people of one tenant."""

    def add(self, *, email: str, name: str, language: str, password_hash: str, role: Role) -> User:
        """Make the person (or find the known one by e-mail) a member of this tenant."""
        ...

    def get(self, user_id: int) -> User:
        """A member; refuses ``user_unknown``."""
        ...

    def by_email(self, email: str) -> User | None:
        """A member by e-mail, or None."""
        ...

    def all(self) -> Sequence[User]:
        """All members by name."""
        ...

    def change(
        self,
        user_id: int,
        *,
        name: str | None = None,
        language: str | None = None,
        password_hash: str | None = None,
        role: Role | None = None,
        active: bool | None = None,
    ) -> User:
        """Change what is given, keep the rest."""
        ...


class PartyStore(Protocol):
    """Customers and suppliers of one tenant."""

    def save(self, party: PartyRecord) -> PartyRecord:
        """Insert, or replace the party of the same number (addresses, accounts and all)."""
        ...

    def save_many(self, parties: Sequence[PartyRecord]) -> int:
        """Save in bulk; the number of parties stored."""
        ...

    def get(self, party_id: int) -> PartyRecord:
        """The party; refuses ``party_unknown``."""
        ...

    def by_number(self, number: str) -> PartyRecord | None:
        """The party of this customer or supplier number, or None."""
        ...

    def all(self, kind: PartyKind | None = None) -> Sequence[PartyRecord]:
        """All parties (of a kind; ``both`` belongs to either) by number."""
        ...

    def saw_bank_account(self, party_id: int, iban: str, bic: str, seen: date) -> None:
        """Note that a document of this day showed the account (first and last seen move)."""
        ...
