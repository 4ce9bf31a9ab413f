"""Open a shift with its float, per currency and note, before the first sale."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pos.application.access.authorize import authorized_read, authorized_write, brought_in
from pos.application.access.retry import retry_on_rollback
from pos.application.access.steady_clock import check_clock
from pos.application.ports.store import UnitOfWork
from pos.application.quota.log_rule_changes import log_rule_changes
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField
from pos.domain.money import Money, currency
from pos.domain.payment.banknotes import Drawer, Notes
from pos.domain.payment.cash_amount import check_coins
from pos.domain.payment.tender import notes_total
from pos.domain.shifts.shift import Shift, ShiftAlreadyOpen, check_notes
from pos.domain.staff.staff import Person


class OpenShift(UseCase):
    """Open the till's next shift with its float; the journal records the rules in force from then on."""

    def current(self) -> Shift | None:
        with self.store.reading() as work:
            return work.shifts.open_at(self.till)

    def last_count(self, person: Person) -> Drawer:
        """The count of the till's last Z, note by note: the float, unless cash was taken since."""
        with authorized_read(self.store, person, "open_shift") as work:
            z = work.shifts.last_z(self.till)
        lines = () if z is None else z.report.cash
        return {line.currency.code: line.notes for line in lines if line.notes}

    @retry_on_rollback
    def __call__(self, person: Person, float_: Mapping[str, Money | Notes], *, by: str = "") -> Shift:
        """Open it with a total per currency, or better with its notes by value in minor units.

        `by` is the person who submitted it for the cashier, here and in the other steps of a shift.

        Raises ShiftAlreadyOpen, or BadField for a negative float, notes that do not exist, or an amount that no notes
        make.
        """
        person.check("open_shift")
        amounts, notes = _read(float_)
        with authorized_write(self.store, person, "open_shift") as (work, person):
            open_shift = work.shifts.open_at(self.till)
            if open_shift is not None:
                raise ShiftAlreadyOpen(self.till, open_shift.holder)
            check_clock(self.now, work)
            at = self.now()
            shift = start_shift(work, self.till, person, at, amounts, notes, by)
            log_rule_changes(work, self.regimes(), at, self.till, person.name)
            work.commit()
        return shift


def start_shift(
    work: UnitOfWork,
    till: str,
    person: Person,
    at: datetime,
    amounts: Mapping[str, Money],
    notes: Drawer,
    by: str = "",
) -> Shift:
    """Open a shift in this transaction and journal its float."""
    shift = work.shifts.open(till, person, at, amounts, notes)
    details: dict[str, object] = {
        "number": shift.number,
        "float": {code: str(money) for code, money in shift.float_.items()},
        **brought_in(by),
    }
    if notes:
        details["notes"] = {code: {str(value): count for value, count in held.items()} for code, held in notes.items()}
    work.journal.write(at, till, person.name, "open_shift", details)
    return shift


def _read(float_: Mapping[str, Money | Notes]) -> tuple[dict[str, Money], dict[str, Notes]]:
    """The amounts of a float without empty currencies, and the notes that were given."""
    amounts: dict[str, Money] = {}
    notes: dict[str, Notes] = {}
    for code, given in float_.items():
        field = f"float.{code}"
        money = currency(code, field)
        if isinstance(given, Money):
            amounts[code] = given
        else:
            check_notes(given, money, field)
            amounts[code] = notes_total(given, money)
            notes[code] = {value: count for value, count in given.items() if count}
        if amounts[code].minor < 0:
            raise BadField(field, "negative", str(amounts[code]))
        check_coins(amounts[code], field)
    return {c: m for c, m in amounts.items() if m}, {c: n for c, n in notes.items() if n}
