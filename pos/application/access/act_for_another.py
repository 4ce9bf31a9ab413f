"""Whose act it is: whoever acts books on himself, and on somebody else only by a right of its own."""

from __future__ import annotations

from pos.domain.staff.staff import Person

FOR_OTHERS = "for_others"
"""The right to book on somebody else what the back office or a script brings in."""


def check_acts_for(actor: Person, cashier: str, act: str) -> str:
    """Refuse an actor who may not do the act, or not for this cashier; his name where he is somebody else."""
    actor.check(act)
    if actor.name.casefold() == cashier.strip().casefold():
        return ""
    actor.check(FOR_OTHERS)
    return actor.name


def brought_in(by: str) -> dict[str, object]:
    """For the journal: who booked it on whoever it is booked on, where that was somebody else."""
    return {"by": by} if by else {}
