"""Erase what no rule can ask for any more, and the own key of visitors of whom nothing is left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pos.application.center.ledgers import plain_regimes
from pos.application.center.ports import CenterContext, CenterWork
from pos.application.center.refusals import OwnerOnly
from pos.application.center.turns import CONSOLE
from pos.domain.center.retention import erasable, first_instant, kept_for

_LOOKUPS = timedelta(days=2)
"""Alarms are of one day."""
_AT_ONCE = 200
"""Visitors of one transaction."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What is gone: everything of `before` that was settled."""

    before: datetime
    visitors: int = 0
    entries: int = 0
    reservations: int = 0


@dataclass(frozen=True, slots=True)
class EraseOld:
    """Lines are kept for the longest window in force and 35 days more. What is in doubt stays until it is settled.

    The journal stays whole, and says of an erased visitor nothing that anyone could read again: their own key, under
    which they are in it, is destroyed. Raises OwnerOnly.
    """

    context: CenterContext

    def __call__(self, by: str) -> Erased:
        now = self.context.now()
        erased = Erased(now - kept_for(plain_regimes(self.context).values()))
        with self._begun(now) as work:
            work.erasure.lookups(now - _LOOKUPS)
            erased = replace(erased, reservations=work.erasure.reservations(erased.before))
            self._tell(work, now, erased, by)
            work.commit()
        last = 0
        while True:
            with self._begun(now) as work:
                persons = work.erasure.persons(erased.before, last, _AT_ONCE)
                if not persons:
                    break
                done = self._persons(work, [reference for _, reference in persons], erased.before)
                self._tell(work, now, done, by)
                work.commit()
            last = persons[-1][0]
            erased = replace(erased, visitors=erased.visitors + done.visitors, entries=erased.entries + done.entries)
        self.context.store.clean()
        return erased

    @contextmanager
    def _begun(self, now: datetime) -> Iterator[CenterWork]:
        with self.context.store.begin() as work:
            work.members.take_turn(CONSOLE, now)
            if not work.erasure.may_begin():
                raise OwnerOnly
            yield work

    def _persons(self, work: CenterWork, references: list[str], before: datetime) -> Erased:
        visitors = entries = 0
        for person in work.visitors.lock(references).values():
            ledger = work.erasure.ledger(person.id)
            old = erasable(ledger, before)
            if old:
                work.erasure.entries(person.id, old)
                entries += len(old)
            left = [each for each in ledger if each not in old]
            work.erasure.flags(person.id, min(before, first_instant(left) or before))
            if not left:
                visitors += work.erasure.person(person.id, before)
        return Erased(before, visitors, entries)

    def _tell(self, work: CenterWork, now: datetime, erased: Erased, by: str) -> None:
        facts = {
            "before": erased.before.isoformat(),
            "visitors": erased.visitors,
            "entries": erased.entries,
            "reservations": erased.reservations,
            "by": by,
        }
        if erased.visitors or erased.entries or erased.reservations:
            work.journal.write(now, CONSOLE, "erase", facts)
