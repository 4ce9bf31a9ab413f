"""Open a shift: what lies in the drawer, per currency, before the first sale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.application.ports import Clock, Store
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.shift import Shift, ShiftAlreadyOpen
from pos.domain.staff import Person


@dataclass(frozen=True, slots=True)
class OpenShift:
    """Open the till's next shift with its float."""

    store: Store
    now: Clock
    till: str

    def current(self) -> Shift | None:
        """The open shift of this till."""
        with self.store.reading() as work:
            return work.shifts.open_at(self.till)

    def __call__(self, person: Person, float_: Mapping[str, Money]) -> Shift:
        """Open it; raises ShiftAlreadyOpen, or BadField for a float below nothing."""
        person.check("open_shift")
        for code, money in float_.items():
            if money.minor < 0:
                raise BadField(f"float.{code}", "negative", str(money))
        with self.store.begin() as work:
            standing = work.shifts.open_at(self.till)
            if standing is not None:
                raise ShiftAlreadyOpen(self.till, standing.cashier)
            at = self.now()
            shift = work.shifts.open(self.till, person, at, {c: m for c, m in float_.items() if m})
            amounts = {code: str(money) for code, money in shift.float_.items()}
            work.journal.write(at, self.till, person.name, "open_shift", {"number": shift.number, "float": amounts})
            work.commit()
        return shift
