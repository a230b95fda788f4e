"""The people of one tenant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Select, select

from contor.adapters.db.stores.tenants import user_unknown
from contor.adapters.db.tables.people import MembershipRow, UserRow
from contor.adapters.db.tenant_session import TenantSession
from contor.ports.store_people import Role, User


class SqlUserStore:
    """Members of the tenant."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def add(self, *, email: str, name: str, language: str, password_hash: str, role: Role) -> User:
        """Make the person a member; one known by e-mail keeps name and password."""
        address = email.strip().lower()
        session = self._db.session
        user = session.scalars(select(UserRow).where(UserRow.email == address)).first()
        if user is None:
            user = UserRow(email=address, name=name, language=language, password_hash=password_hash)
            session.add(user)
            session.flush()
        values = {"user_id": user.id, "role": role, "active": True}
        self._db.upsert(MembershipRow, [values], ("user_id",))
        return self.get(user.id)

    def get(self, user_id: int) -> User:
        """A member; refuses ``user_unknown``."""
        return _user(*self._rows(user_id))

    def by_email(self, email: str) -> User | None:
        """A member by e-mail, or None."""
        statement = self._members().where(UserRow.email == email.strip().lower())
        found = self._db.session.execute(statement).first()
        return None if found is None else _user(*found)

    def all(self) -> Sequence[User]:
        """All members by name."""
        statement = self._members().order_by(UserRow.name, UserRow.id)
        return [_user(*found) for found in self._db.session.execute(statement)]

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
        user, membership = self._rows(user_id)
        user.name = user.name if name is None else name
        user.language = user.language if language is None else language
        user.password_hash = user.password_hash if password_hash is None else password_hash
        membership.role = membership.role if role is None else role
        membership.active = membership.active if active is None else active
        self._db.session.flush()
        return _user(user, membership)

    def _members(self) -> Select[UserRow, MembershipRow]:
        return (
            select(UserRow, MembershipRow)
            .join(MembershipRow, MembershipRow.user_id == UserRow.id)
            .where(MembershipRow.tenant_id == self._db.tenant_id)
        )

    def _rows(self, user_id: int) -> tuple[UserRow, MembershipRow]:
        statement = self._members().where(UserRow.id == user_id)
        found = self._db.session.execute(statement).first()
        if found is None:
            raise user_unknown(user_id)
        return found


def _user(user: UserRow, membership: MembershipRow) -> User:
    return User(
        id=user.id,
        email=user.email,
        name=user.name,
        language=user.language,
        password_hash=user.password_hash,
        active=membership.active,
        role=cast("Role", membership.role),
        tenant_id=membership.tenant_id,
    )
