"""Steps of the workshop that a repeated request does not do twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

from pos.application.access.authorize import authorized_write
from pos.application.access.retry import retry_idempotent
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.money import Money
from pos.domain.request_key import KeyReused
from pos.domain.staff.staff import Person

RIGHT = "stock"
"""The permission for the workshop: that of the stock clerk."""

T = TypeVar("T")
Step = Callable[[UnitOfWork, Person, datetime], str]
"""Does the step in a transaction; returns the number of the recipe or batch that it was about."""


class KeyedStep(UseCase):
    """A step in one transaction, which first claims the key of its request. Needs the permission `stock`."""

    def _keyed(
        self, person: Person, key: str, asked: tuple[object, ...], step: Step, read: Callable[[UnitOfWork, str], T]
    ) -> T:
        """Do the step, or with a key that was done before read what it was about. `asked` is all that the request says;
        without a key it is a request of its own.
        """
        content = json.dumps(asked, ensure_ascii=False, separators=(",", ":"), default=_said).encode()
        return self._once(person, key or uuid4().hex, self.secrets.request(content), step, read)

    @retry_idempotent
    def _once(self, person: Person, key: str, fingerprint: str, step: Step, read: Callable[[UnitOfWork, str], T]) -> T:
        with authorized_write(self.store, person, RIGHT) as (work, person):
            at = self.now()
            if not work.workshop_keys.claim(key, fingerprint, at):
                before, document = work.workshop_keys.claimed(key)
                if before != fingerprint:
                    raise KeyReused(key)
                return read(work, document)
            document = step(work, person, at)
            work.workshop_keys.answer(key, document)
            done = read(work, document)
            work.commit()
        return done


def _said(value: object) -> object:
    """What a part of a request says, without its key."""
    if isinstance(value, Money):
        return [str(value), value.currency.code]
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value) if field.name != "key"]
    return str(value)
