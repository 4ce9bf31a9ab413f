"""Accounts of the console, their sessions, and wrong passwords."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from db.center.tables import account, console_session, wrong_passwords
from pos.application.center_console.account import Account, ConsoleRole
from pos.application.center_console.ports import KeptAccount, KeptSession


class SqlAccounts:
    """Accounts over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, name: str, role: ConsoleRole, password: str, language: str, at: datetime) -> bool:
        row = {
            "name": name,
            "role": role.value,
            "password": password,
            "has_own_password": False,
            "language": language,
            "is_enabled": True,
            "added_at": at,
        }
        added = insert_or(account).values(row).on_conflict_do_nothing().returning(account.c.id)
        return self._connection.execute(added).one_or_none() is not None

    def of_name(self, name: str) -> KeptAccount | None:
        found = select(account).where(func.lower(account.c.name) == func.lower(name.strip()))
        row = self._connection.execute(found).one_or_none()
        return None if row is None else KeptAccount(_account(row), row.password)

    def all(self) -> Sequence[Account]:
        return [_account(row) for row in self._connection.execute(select(account).order_by(account.c.name))]

    def set_password(self, person: int, password: str, *, is_own: bool) -> None:
        self._set(person, password=password, has_own_password=is_own)

    def set_language(self, person: int, language: str) -> None:
        self._set(person, language=language)

    def disable(self, person: int) -> None:
        self._set(person, is_enabled=False)

    def note_sign_in(self, person: int, at: datetime) -> None:
        self._set(person, last_sign_in=at)

    def _set(self, person: int, **values: object) -> None:
        self._connection.execute(update(account).where(account.c.id == person).values(**values))


class SqlSessions:
    """Sessions over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, token: bytes, person: int, at: datetime, ends_at: datetime) -> None:
        row = {"token": token, "account_id": person, "last_at": at, "ends_at": ends_at}
        self._connection.execute(insert(console_session).values(row))

    def of(self, token: bytes) -> KeptSession | None:
        found = (
            select(account, console_session.c.last_at, console_session.c.ends_at)
            .join(console_session, console_session.c.account_id == account.c.id)
            .where(console_session.c.token == token)
        )
        row = self._connection.execute(found).one_or_none()
        return None if row is None else KeptSession(_account(row), row.last_at, row.ends_at)

    def touch(self, token: bytes, at: datetime) -> None:
        self._connection.execute(text("SET LOCAL synchronous_commit = off"))
        mine = console_session.c.token == token
        self._connection.execute(update(console_session).where(mine).values(last_at=at))

    def end(self, token: bytes) -> None:
        self._connection.execute(delete(console_session).where(console_session.c.token == token))

    def end_all_of(self, person: int, but: bytes | None = None) -> None:
        theirs = console_session.c.account_id == person
        if but is not None:
            theirs &= console_session.c.token != but
        self._connection.execute(delete(console_session).where(theirs))

    def forget(self, before: datetime) -> None:
        self._connection.execute(delete(console_session).where(console_session.c.ends_at < before))


class SqlWrongPasswords:
    """Counts over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def locked(self, subject: bytes, at: datetime) -> tuple[int, datetime]:
        row = insert_or(wrong_passwords).values(subject=subject, count=0, last_at=at)
        same = {"count": wrong_passwords.c.count}
        kept = row.on_conflict_do_update(index_elements=[wrong_passwords.c.subject], set_=same)
        found = self._connection.execute(kept.returning(wrong_passwords.c.count, wrong_passwords.c.last_at)).one()
        return found[0], found[1]

    def keep(self, subject: bytes, count: int, at: datetime) -> None:
        mine = wrong_passwords.c.subject == subject
        self._connection.execute(update(wrong_passwords).where(mine).values(count=count, last_at=at))

    def forget(self, before: datetime) -> None:
        """Those that another attempt has locked are left for the next time."""
        old = select(wrong_passwords.c.subject).where(wrong_passwords.c.last_at < before)
        locked = old.with_for_update(skip_locked=True)
        self._connection.execute(delete(wrong_passwords).where(wrong_passwords.c.subject.in_(locked)))


def _account(row: Row[Any]) -> Account:
    return Account(
        row.id,
        row.name,
        ConsoleRole(row.role),
        row.language,
        row.is_enabled,
        row.has_own_password,
        row.added_at,
        row.last_sign_in,
    )
