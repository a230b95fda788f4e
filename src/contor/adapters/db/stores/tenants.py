"""Tenants and the people who sign in, above the single tenant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from contor.adapters.db.tables.people import MembershipRow, TenantRow, UserRow
from contor.errors import Refusal
from contor.ports.store_people import Role, Tenant, User


def tenant_from(row: TenantRow) -> Tenant:
    """The record of a row."""
    return Tenant(
        id=row.id,
        key=row.key,
        name=row.name,
        country=row.country,
        currency=row.currency,
        language=row.language,
        created_at=row.created_at,
    )


def find_tenant(session: Session, tenant_id: int) -> Tenant:
    """The tenant; refuses ``tenant_unknown``."""
    row = session.get(TenantRow, tenant_id)
    if row is None:
        raise Refusal(
            "tenant_unknown",
            "There is no tenant {tenant}.",
            "Set one up with contor init.",
            tenant=tenant_id,
        )
    return tenant_from(row)


class SqlTenantStore:
    """Tenants, across the whole store."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, tenant: Tenant) -> Tenant:
        """Store a new tenant; refuses ``tenant_exists``."""
        if self.by_key(tenant.key) is not None:
            raise Refusal(
                "tenant_exists",
                "There is a tenant {key} already.",
                "Choose another short name.",
                key=tenant.key,
            )
        row = TenantRow(
            key=tenant.key,
            name=tenant.name,
            country=tenant.country,
            currency=tenant.currency,
            language=tenant.language,
            created_at=tenant.created_at,
        )
        self._session.add(row)
        self._session.flush()
        return tenant_from(row)

    def get(self, tenant_id: int) -> Tenant:
        """The tenant; refuses ``tenant_unknown``."""
        return find_tenant(self._session, tenant_id)

    def by_key(self, key: str) -> Tenant | None:
        """The tenant of this key, or None."""
        row = self._session.scalars(select(TenantRow).where(TenantRow.key == key)).first()
        return None if row is None else tenant_from(row)

    def all(self) -> Sequence[Tenant]:
        """Every tenant, oldest first."""
        rows = self._session.scalars(select(TenantRow).order_by(TenantRow.id))
        return [tenant_from(row) for row in rows]


class SqlAccountHolderStore:
    """Users across tenants."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_email(self, email: str) -> User | None:
        """The user, or None."""
        statement = select(UserRow).where(UserRow.email == email.strip().lower())
        row = self._session.scalars(statement).first()
        return None if row is None else self._user(row)

    def get(self, user_id: int) -> User:
        """The user; refuses ``user_unknown``."""
        row = self._session.get(UserRow, user_id)
        if row is None:
            raise user_unknown(user_id)
        return self._user(row)

    def memberships(self, user_id: int) -> Sequence[tuple[Tenant, Role]]:
        """The tenants the user may enter, with the role in each."""
        statement = (
            select(TenantRow, MembershipRow.role)
            .join(MembershipRow, MembershipRow.tenant_id == TenantRow.id)
            .where(MembershipRow.user_id == user_id, MembershipRow.active)
            .order_by(TenantRow.id)
        )
        found = self._session.execute(statement)
        return [(tenant_from(row), cast("Role", role)) for row, role in found]

    def _user(self, row: UserRow) -> User:
        return User(
            id=row.id,
            email=row.email,
            name=row.name,
            language=row.language,
            password_hash=row.password_hash,
            active=bool(self.memberships(row.id)),
        )


def user_unknown(user_id: int) -> Refusal:
    """The refusal for a person who is not there."""
    return Refusal(
        "user_unknown",
        "There is no user {user}.",
        "Add the person with contor user add.",
        user=user_id,
    )
