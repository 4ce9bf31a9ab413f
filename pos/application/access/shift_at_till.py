"""Find the open shift of a till, and check that a person may work on it."""

from __future__ import annotations

from pos.application.ports.store import UnitOfWork
from pos.domain.shifts.shift import NoOpenShift, Shift
from pos.domain.staff.staff import Person


def open_shift_of(work: UnitOfWork, till: str) -> Shift:
    """The open shift of a till; raises NoOpenShift."""
    shift = work.shifts.open_at(till)
    if shift is None:
        raise NoOpenShift(till)
    return shift


def shift_for(work: UnitOfWork, till: str, person: Person) -> Shift:
    """The open shift, on which `person` may work; raises NoOpenShift, ShiftOfAnother."""
    shift = open_shift_of(work, till)
    shift.check(person)
    return shift
