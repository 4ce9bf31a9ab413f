"""The shops that take part, and their tills."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil

from sqlalchemy import Connection, insert, select, update

from db.center.tables import member, till
from pos.application.center.ports import MemberTill
from pos.application.center.requests import Caller

_ONE = 1_000_000
"""A look-up in millionths."""
_FULL = 1_000 * _ONE
"""More than any burst, which is all that is taken of it."""


class SqlMembers:
    """Members and tills over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_member(self, name: str, at: datetime) -> int:
        added = insert(member).values(name=name, is_enabled=True, added_at=at).returning(member.c.id)
        return int(self._connection.execute(added).scalar_one())

    def disable(self, name: str) -> bool:
        disabled = update(member).where(member.c.name == name, member.c.is_enabled).values(is_enabled=False)
        return self._connection.execute(disabled).rowcount > 0

    def member(self, name: str) -> int | None:
        return self._connection.execute(select(member.c.id).where(member.c.name == name)).scalar_one_or_none()

    def add_till(self, member: int, name: str, credential: bytes, at: datetime) -> int:
        row = {
            "member_id": member,
            "name": name,
            "credential": credential,
            "added_at": at,
            "lookups": _FULL,
            "lookups_at": at,
            "entry": 0,
            "hash": b"",
        }
        return int(self._connection.execute(insert(till).values(row).returning(till.c.id)).scalar_one())

    def revoke(self, member: int, name: str, at: datetime) -> bool:
        revoked = (
            update(till)
            .where(till.c.member_id == member, till.c.name == name, till.c.revoked_at.is_(None))
            .values(revoked_at=at)
        )
        return self._connection.execute(revoked).rowcount > 0

    def by_credential(self, digest: bytes) -> Caller | None:
        row = self._connection.execute(
            select(till.c.id, till.c.member_id, till.c.name, member.c.name.label("member_name"))
            .join(member, member.c.id == till.c.member_id)
            .where(till.c.credential == digest, till.c.revoked_at.is_(None), member.c.is_enabled)
        ).one_or_none()
        return None if row is None else Caller(row.id, row.member_id, row.name, row.member_name)

    def tills(self) -> Sequence[MemberTill]:
        rows = self._connection.execute(
            select(till, member.c.name.label("member_name"), member.c.is_enabled)
            .join(member, member.c.id == till.c.member_id)
            .order_by(member.c.name, till.c.name, till.c.id)
        )
        return [
            MemberTill(
                row.id, row.member_id, row.member_name, row.name, row.is_enabled, row.revoked_at, row.last_contact
            )
            for row in rows
        ]

    def take_turn(self, till_id: int, at: datetime) -> None:
        """The row is locked until the transaction ends: the journal of a till is a chain."""
        self._connection.execute(update(till).where(till.c.id == till_id).values(last_contact=at))

    def take_lookup(self, till_id: int, at: datetime, a_minute: int, burst: int) -> int:
        row = self._connection.execute(select(till.c.lookups, till.c.lookups_at).where(till.c.id == till_id)).one()
        passed = max((at - row.lookups_at).total_seconds(), 0)
        left: int = min(burst * _ONE, row.lookups + int(passed * a_minute * _ONE / 60))
        if left < _ONE:
            return max(ceil((_ONE - left) * 60 / (a_minute * _ONE)), 1)
        self._connection.execute(update(till).where(till.c.id == till_id).values(lookups=left - _ONE, lookups_at=at))
        return 0
