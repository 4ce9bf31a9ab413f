"""Give the open shift to the next person by a blind count of the drawer, without a Z."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pos.application.access.act_for_another import brought_in
from pos.application.access.approve_act import approver_of, record_approval, usable
from pos.application.access.authorize import active_cashier, authorize
from pos.application.access.shift_at_till import open_shift_of
from pos.application.ports.store import Clock, Store, UnitOfWork
from pos.application.settings.settings import Settings
from pos.application.shifts.count_drawer import counted_report, differing
from pos.domain.payment.banknotes import Notes
from pos.domain.shifts.hand_over import AlreadyHeld, HandOver, HandOverUnconfirmed
from pos.domain.shifts.shift import Shift, ShiftOfAnother
from pos.domain.staff.staff import Approval, ApprovalRequirement, Person

HAND_OVER = "hand_over"
"""The act of handing over for somebody who has gone home."""


@dataclass(frozen=True, slots=True)
class Parties:
    """From whom to whom a shift goes, and which of the two stands at the till: `person`.

    `confirmation` bears the PIN of the other one and the `hand_over_key`; like every approval it holds for minutes and
    once. For a giver who has gone home somebody who may confirms instead, or stands at the till himself.
    """

    person: Person
    giver: str
    taker: str
    confirmation: Approval | None = None
    by: str = ""
    """Who brought it in for `person`, where that was somebody else."""


@dataclass(frozen=True, slots=True)
class HandOverShift:
    """Record what was counted and what was expected; from then on the shift is the taker's, with the notes counted."""

    store: Store
    now: Clock
    settings: Callable[[], Settings]
    till: str

    def differs(self, parties: Parties, count: Mapping[str, Notes]) -> tuple[str, ...]:
        """The currencies to be counted again, not by how much they differ; the journal knows. Raises as the call."""
        with self.store.begin() as work:
            shift = open_shift_of(work, self.till)
            _check(work, shift, parties, self.now())
            report = counted_report(work, shift, count, self.settings().price, self.now())
            found = differing(work, shift, report, parties.person.name, parties.by)
            work.commit()
        return found

    def __call__(self, parties: Parties, count: Mapping[str, Notes]) -> HandOver:
        """Hand the shift over by a `count` of every note, by currency code and value in minor units.

        Raises NoOpenShift, ShiftOfAnother for a giver whose it is not, AlreadyHeld, UnknownPerson, NotAllowed,
        HandOverUnconfirmed, PersonDisabled for whoever confirmed and is not here any more, and BadField as the close
        does.
        """
        with self.store.begin() as work:
            shift = open_shift_of(work, self.till)
            taker, approver, told = _check(work, shift, parties, self.now())
            report = counted_report(work, shift, count, self.settings().price, self.now())
            made = HandOver(
                number=len(report.hand_overs) + 1,
                giver=shift.holder,
                taker=taker.name,
                at=report.at,
                cash=tuple(line.handed() for line in report.cash),
                approved_by=None if approver is None else approver.name,
            )
            work.shifts.hand_over(shift, made)
            if approver is not None and told is not None and told.by.name == approver.name:
                needs = {ApprovalRequirement(HAND_OVER)}
                record_approval(work, approver, told, needs, of=taker, at=made.at, till=self.till, shift=shift.number)
            elif told is not None and told.id and not work.people.spend(told.id, made.at):
                raise HandOverUnconfirmed(told.by.name)
            work.journal.write(
                made.at, self.till, parties.person.name, HAND_OVER, {**_journal(shift, made), **brought_in(parties.by)}
            )
            work.commit()
        return made


def hand_over_key(shift: Shift, taker: str) -> str:
    """The key to which the confirmation is bound: this shift, and nobody but this taker."""
    return f"{shift.key}:{taker.strip().casefold()}"


def _check(
    work: UnitOfWork, shift: Shift, parties: Parties, at: datetime
) -> tuple[Person, Person | None, Approval | None]:
    """Who takes the shift, who had to approve for a giver who is not there, and the confirmation that holds."""
    taker, person = active_cashier(work, parties.taker), authorize(work, parties.person)
    if taker.name == shift.holder:
        raise AlreadyHeld(shift.till, taker.name)
    if parties.giver.casefold() != shift.holder.casefold():
        raise ShiftOfAnother(shift.till, shift.holder)
    taker.check("close_shift")
    told = parties.confirmation
    if told is not None and told.key != hand_over_key(shift, taker.name):
        told = None
    told = usable(work, told, at)
    if person.name == taker.name:
        return taker, _giver(work, shift, taker, told, at), told
    approver = None
    if person.name != shift.holder:
        person.check(HAND_OVER)
        approver = person
    if told is None or told.by.name != taker.name:
        raise HandOverUnconfirmed(taker.name)
    return taker, approver, told


def _giver(work: UnitOfWork, shift: Shift, taker: Person, told: Approval | None, at: datetime) -> Person | None:
    """Whoever approved in the place of the giver; None where she confirmed herself, and for a taker who may."""
    if told is not None and told.by.name == shift.holder:
        return None
    if told is None and not taker.may(HAND_OVER):
        raise HandOverUnconfirmed(shift.holder)
    return approver_of(work, ApprovalRequirement(HAND_OVER), taker, told, hand_over_key(shift, taker.name), at)


def _journal(shift: Shift, made: HandOver) -> dict[str, Any]:
    return {
        "shift": shift.number,
        "number": made.number,
        "giver": made.giver,
        "taker": made.taker,
        "approved_by": made.approved_by,
        "cash": {
            line.currency.code: {
                "expected": str(line.expected),
                "counted": str(line.counted),
                "difference": str(line.difference),
                "notes": {str(value): count for value, count in line.notes.items()},
            }
            for line in made.cash
        },
    }
