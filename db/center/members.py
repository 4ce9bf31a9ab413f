"""The shops that take part, and their tills."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil

from sqlalchemy import Connection, func, insert, or_, select, update

from db.center.journal import ChainEnds
from db.center.tables import member, members_key, till
from pos.application.center.ports import MembersKey, MemberTill
from pos.application.center.requests import Caller

_ONE = 1_000_000
"""A look-up in millionths."""
_FULL = 1_000 * _ONE
"""More than any burst, which is all that is taken of it."""


class SqlMembers:
    """Members and tills over one connection."""

    def __init__(self, connection: Connection, ends: ChainEnds) -> None:
        self._connection = connection
        self._ends = ends

    def add_member(self, name: str, at: datetime) -> int:
        added = insert(member).values(name=name, is_enabled=True, added_at=at).returning(member.c.id)
        return int(self._connection.execute(added).scalar_one())

    def disable(self, name: str) -> bool:
        disabled = update(member).where(member.c.name == name, member.c.is_enabled).values(is_enabled=False)
        return self._connection.execute(disabled).rowcount > 0

    def member(self, name: str) -> int | None:
        return self._connection.execute(select(member.c.id).where(member.c.name == name)).scalar_one_or_none()

    def add_till(self, member: int, name: str, credential: bytes, members_key: int, at: datetime) -> int:
        row = {
            "member_id": member,
            "name": name,
            "credential": credential,
            "added_at": at,
            "lookups": _FULL,
            "lookups_at": at,
            "entry": 0,
            "hash": b"",
            "members_key": members_key,
        }
        return int(self._connection.execute(insert(till).values(row).returning(till.c.id)).scalar_one())

    def revoke(self, member: int, name: str, at: datetime) -> bool:
        revoked = (
            update(till)
            .where(till.c.member_id == member, till.c.name == name, till.c.revoked_at.is_(None))
            .values(revoked_at=at)
        )
        return self._connection.execute(revoked).rowcount > 0

    def renew(self, member: int, name: str, credential: bytes, members_key: int) -> bool:
        renewed = (
            update(till)
            .where(till.c.member_id == member, till.c.name == name, till.c.revoked_at.is_(None))
            .values(next_credential=credential, next_members_key=members_key)
        )
        return self._connection.execute(renewed).rowcount > 0

    def use_new_pass(self, till_id: int, credential: bytes) -> bool:
        used = (
            update(till)
            .where(till.c.id == till_id, till.c.next_credential == credential)
            .values(
                credential=till.c.next_credential,
                members_key=till.c.next_members_key,
                next_credential=None,
                next_members_key=None,
            )
        )
        return self._connection.execute(used).rowcount > 0

    def keys(self) -> Sequence[MembersKey]:
        rows = self._connection.execute(select(members_key).order_by(members_key.c.number))
        return [MembersKey(row.number, row.fingerprint, row.by, row.at, row.ends_at, row.sent_until) for row in rows]

    def add_key(self, number: int, fingerprint: str, by: str, at: datetime) -> None:
        row = {"number": number, "fingerprint": fingerprint, "by": by, "at": at}
        self._connection.execute(insert(members_key).values(row))

    def end_keys(self, ends_at: datetime, sent_until: datetime) -> None:
        ended = update(members_key).where(members_key.c.ends_at.is_(None))
        self._connection.execute(ended.values(ends_at=ends_at, sent_until=sent_until))

    def names(self) -> Sequence[str]:
        return self._connection.execute(select(member.c.name).order_by(member.c.id)).scalars().all()

    def by_credential(self, digest: bytes) -> Caller | None:
        is_new = func.coalesce(till.c.next_credential == digest, False)
        row = self._connection.execute(
            select(
                till.c.id,
                till.c.member_id,
                till.c.name,
                member.c.name.label("member_name"),
                members_key.c.ends_at,
                is_new.label("is_new"),
            )
            .join(member, member.c.id == till.c.member_id)
            .outerjoin(members_key, members_key.c.number == till.c.members_key)
            .where(or_(till.c.credential == digest, is_new), till.c.revoked_at.is_(None), member.c.is_enabled)
        ).one_or_none()
        if row is None:
            return None
        return Caller(row.id, row.member_id, row.name, row.member_name, row.ends_at, row.is_new)

    def tills(self) -> Sequence[MemberTill]:
        rows = self._connection.execute(
            select(till, member.c.name.label("member_name"), member.c.is_enabled)
            .join(member, member.c.id == till.c.member_id)
            .order_by(member.c.name, till.c.name, till.c.id)
        )
        return [
            MemberTill(
                row.id,
                row.member_id,
                row.member_name,
                row.name,
                row.is_enabled,
                row.revoked_at,
                row.last_contact,
                row.members_key,
                row.next_credential is not None,
            )
            for row in rows
        ]

    def take_turn(self, till_id: int, at: datetime) -> None:
        """The row is locked until the transaction ends: the journal of a till is a chain."""
        taken = update(till).where(till.c.id == till_id).values(last_contact=at).returning(till.c.entry, till.c.hash)
        row = self._connection.execute(taken).one()
        self._ends[till_id] = row.entry, row.hash

    def take_lookup(self, till_id: int, at: datetime, a_minute: int, burst: int) -> int:
        row = self._connection.execute(select(till.c.lookups, till.c.lookups_at).where(till.c.id == till_id)).one()
        passed = max((at - row.lookups_at).total_seconds(), 0)
        left: int = min(burst * _ONE, row.lookups + int(passed * a_minute * _ONE / 60))
        if left < _ONE:
            return max(ceil((_ONE - left) * 60 / (a_minute * _ONE)), 1)
        self._connection.execute(update(till).where(till.c.id == till_id).values(lookups=left - _ONE, lookups_at=at))
        return 0
