"""The staff: PINs and tries, roles and what they may do, used approvals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from db.engine.compiled_statement import CompiledStatement
from db.engine.dialect import insert_new, insert_or_set
from db.tables.shop import person as staff
from db.tables.shop import pin_try, setting, spent_approval
from pos.application.ports.staff_ports import Credentials, StaffRecord
from pos.application.settings.settings import RIGHTS_SETTINGS, Settings
from pos.domain.staff.rights import Rights
from pos.domain.staff.staff import NameTaken, Person

_RIGHTS = [
    select(setting.c.text).where(setting.c.name == name).scalar_subquery().label(name) for name in RIGHTS_SETTINGS
]
"""Read together with a person: a right that was taken away is gone at their next step at every till."""
_TEXTS = attrgetter(*RIGHTS_SETTINGS)
_PERSON = select(staff, *_RIGHTS)
_PEOPLE = _PERSON.where(staff.c.active).order_by(staff.c.id)
_BY_NAME = CompiledStatement(_PERSON.where(func.lower(staff.c.name) == func.lower(bindparam("name"))))
_TRIES = (
    select(pin_try)
    .where(pin_try.c.person_id == bindparam("id"))
    .order_by(pin_try.c.failures.desc(), pin_try.c.locked_until.desc(), pin_try.c.till)
    .limit(1)
)
"""A store of an older program has a row for each till: the most tries of all count."""
_LOCKED = select(func.max(pin_try.c.locked_until)).where(pin_try.c.person_id == staff.c.id).scalar_subquery()
_RECORDS = select(staff, *_RIGHTS, _LOCKED.label("locked_until")).order_by(staff.c.active.desc(), staff.c.id)
_NAMES = select(staff.c.name, staff.c.title).order_by(staff.c.active.desc(), staff.c.id)
_MANAGERS = _PERSON.where(staff.c.role == "manager", staff.c.active).order_by(staff.c.id).with_for_update(of=staff)
_IT = staff.c.id == bindparam("person")


class SqlPeople:
    """People over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> Sequence[Person]:
        return [_person(row) for row in self._connection.execute(_PEOPLE)]

    def records(self) -> Sequence[StaffRecord]:
        return [
            StaffRecord(_person(row), row.one_time_since, row.locked_until, row.signed_in_at)
            for row in self._connection.execute(_RECORDS)
        ]

    def names(self) -> Mapping[str, str]:
        return {row.name: row.title for row in self._connection.execute(_NAMES)}

    def by_name(self, name: str) -> Person | None:
        row = self._named(name)
        return None if row is None else _person(row)

    def _named(self, name: str) -> Any:
        if not name.isprintable():  # no such name exists; the driver fails on halves of a surrogate pair
            return None
        return _BY_NAME.one(self._connection, {"name": name})

    def credentials(self, name: str, till: str) -> Credentials | None:  # noqa: ARG002 # the same for every till
        row = self._named(name)
        if row is None or not row.active:
            return None
        tries = self._connection.execute(_TRIES, {"id": row.id}).one_or_none()
        return Credentials(
            person=_person(row),
            pin_hash=row.pin_hash,
            failures=tries.failures if tries else 0,
            locked_until=tries.locked_until if tries else None,
            one_time_since=row.one_time_since,
            set_back_at=tries.set_back_at if tries else None,
        )

    def set_failures(
        self,
        person: Person,
        till: str,
        failures: int,
        locked_until: datetime | None,
        set_back_at: datetime | None = None,
    ) -> None:
        values = {
            "person_id": person.id,
            "till": till,
            "failures": failures,
            "locked_until": locked_until,
            "set_back_at": set_back_at,
        }
        others = delete(pin_try).where(pin_try.c.person_id == person.id, pin_try.c.till != till)
        self._connection.execute(others)
        self._connection.execute(insert_or_set(self._connection, pin_try, ["person_id", "till"], values))

    def clear_errors(self, person: Person) -> None:
        self._connection.execute(delete(pin_try).where(pin_try.c.person_id == person.id))

    def add(self, name: str, title: str, role: str, pin_hash: str, one_time_since: datetime | None = None) -> Person:
        if self.by_name(name) is not None:
            raise NameTaken(name)
        values = {"name": name, "title": title, "role": role, "pin_hash": pin_hash, "active": True}
        self._connection.execute(insert(staff), {**values, "one_time_since": one_time_since})
        added = self.by_name(name)
        assert added is not None, "it was written above"
        return added

    def change(self, person: Person) -> None:
        self._set(person, title=person.title, role=person.role, active=person.active)

    def set_pin(self, person: Person, pin_hash: str, one_time_since: datetime | None) -> None:
        self._set(person, pin_hash=pin_hash, one_time_since=one_time_since)

    def signed_in(self, person: Person, at: datetime) -> None:
        self._set(person, signed_in_at=at)

    def _set(self, person: Person, **values: Any) -> None:
        self._connection.execute(update(staff).where(_IT).values(**values), {"person": person.id})

    def lock_managers(self) -> Sequence[Person]:
        """On SQLite the transaction alone ensures it."""
        return [_person(row) for row in self._connection.execute(_MANAGERS)]

    def spend(self, approval_id: str, at: datetime) -> bool:
        values = {"id": approval_id, "at": at}
        return self._connection.execute(insert_new(self._connection, spent_approval), values).rowcount == 1


def _person(row: Row[Any]) -> Person:
    rights = _rights(*_TEXTS(row))
    return Person(row.id, row.name, row.title, row.role, bool(row.active), row.one_time_since is not None, rights)


@lru_cache(maxsize=8)
def _rights(*texts: str | None) -> Rights:
    """The rights of the roles as the settings have them; as usual where none is stored, or none that is known."""
    named = zip(RIGHTS_SETTINGS, texts, strict=True)
    return Settings.read({name: text for name, text in named if text is not None}).rights
