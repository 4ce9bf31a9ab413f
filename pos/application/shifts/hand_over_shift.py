"""Hand the open shift over to the next person by a blind count of the drawer, without a Z."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pos.application.access.approvals import approver_of, record_approval, usable
from pos.application.access.authorize import active_cashier, authorize, brought_in
from pos.application.access.shift_at_till import open_shift_of
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.application.shifts.count_drawer import counted_report, differing
from pos.domain.payment.banknotes import Notes
from pos.domain.shifts.hand_over import AlreadyHeld, HandOver, HandOverUnconfirmed
from pos.domain.shifts.shift import Shift, ShiftOfAnother
from pos.domain.staff.staff import Approval, ApprovalRequirement, Person

HAND_OVER = "hand_over"
"""The act of handing over for a cashier who has left."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Giver and taker of a shift, and which of the two is at the till: `person`.

    `confirmation` carries the PIN of the other one and the `hand_over_key`; like every approval it is valid for minutes
    and once. For a giver who has left, a person with the permission confirms instead, or is at the till themselves.
    """

    person: Person
    giver: str
    taker: str
    confirmation: Approval | None = None
    by: str = ""
    """The person who submitted it for `person`, if another person did."""


class HandOverShift(UseCase):
    """Record the counted and the expected cash; the shift then belongs to the taker, with the counted notes."""

    def differs(self, parties: Parties, count: Mapping[str, Notes]) -> tuple[str, ...]:
        """The currencies to count again, without the differences; the journal records them. Raises as the call."""
        with self.store.begin() as work:
            shift = open_shift_of(work, self.till)
            _check(work, shift, parties, self.now())
            report = counted_report(work, shift, count, self.settings().price, self.now())
            currencies = differing(work, shift, report, parties.person.name, parties.by)
            work.commit()
        return currencies

    def __call__(self, parties: Parties, count: Mapping[str, Notes]) -> HandOver:
        """Hand the shift over by a `count` of every note, by currency code and value in minor units.

        Raises NoOpenShift, ShiftOfAnother for a giver without the shift, AlreadyHeld, UnknownPerson, NotAllowed,
        HandOverUnconfirmed, PersonDisabled for a confirming person who was disabled, and BadField as the close does.
        """
        with self.store.begin() as work:
            shift = open_shift_of(work, self.till)
            taker, approver, confirmation = _check(work, shift, parties, self.now())
            report = counted_report(work, shift, count, self.settings().price, self.now())
            hand_over = HandOver(
                number=len(report.hand_overs) + 1,
                giver=shift.holder,
                taker=taker.name,
                at=report.at,
                cash=tuple(line.handed() for line in report.cash),
                approved_by=None if approver is None else approver.name,
            )
            work.shifts.hand_over(shift, hand_over)
            if approver is not None and confirmation is not None and confirmation.by.name == approver.name:
                needs = {ApprovalRequirement(HAND_OVER)}
                record_approval(
                    work, approver, confirmation, needs, of=taker, at=hand_over.at, till=self.till, shift=shift.number
                )
            elif confirmation is not None and confirmation.id and not work.people.spend(confirmation.id, hand_over.at):
                raise HandOverUnconfirmed(confirmation.by.name)
            work.journal.write(
                hand_over.at,
                self.till,
                parties.person.name,
                HAND_OVER,
                {**_journal(shift, hand_over), **brought_in(parties.by)},
            )
            work.commit()
        return hand_over


def hand_over_key(shift: Shift, taker: str) -> str:
    """The key to which the confirmation is bound: this shift, and only this taker."""
    return f"{shift.key}:{taker.strip().casefold()}"


def _check(
    work: UnitOfWork, shift: Shift, parties: Parties, at: datetime
) -> tuple[Person, Person | None, Approval | None]:
    """The taker of the shift, the approver for an absent giver, and the valid confirmation."""
    taker, person = active_cashier(work, parties.taker), authorize(work, parties.person)
    if taker.name == shift.holder:
        raise AlreadyHeld(shift.till, taker.name)
    if parties.giver.casefold() != shift.holder.casefold():
        raise ShiftOfAnother(shift.till, shift.holder)
    taker.check("close_shift")
    confirmation = parties.confirmation
    if confirmation is not None and confirmation.key != hand_over_key(shift, taker.name):
        confirmation = None
    confirmation = usable(work, confirmation, at)
    if person.name == taker.name:
        return taker, _giver(work, shift, taker, confirmation, at), confirmation
    approver = None
    if person.name != shift.holder:
        person.check(HAND_OVER)
        approver = person
    if confirmation is None or confirmation.by.name != taker.name:
        raise HandOverUnconfirmed(taker.name)
    return taker, approver, confirmation


def _giver(work: UnitOfWork, shift: Shift, taker: Person, confirmation: Approval | None, at: datetime) -> Person | None:
    """The approver in place of the giver; None if the giver confirmed, or if the taker has the permission."""
    if confirmation is not None and confirmation.by.name == shift.holder:
        return None
    if confirmation is None and not taker.may(HAND_OVER):
        raise HandOverUnconfirmed(shift.holder)
    return approver_of(work, ApprovalRequirement(HAND_OVER), taker, confirmation, hand_over_key(shift, taker.name), at)


def _journal(shift: Shift, hand_over: HandOver) -> dict[str, Any]:
    return {
        "shift": shift.number,
        "number": hand_over.number,
        "giver": hand_over.giver,
        "taker": hand_over.taker,
        "approved_by": hand_over.approved_by,
        "cash": {
            line.currency.code: {
                "expected": str(line.expected),
                "counted": str(line.counted),
                "difference": str(line.difference),
                "notes": {str(value): count for value, count in line.notes.items()},
            }
            for line in hand_over.cash
        },
    }
