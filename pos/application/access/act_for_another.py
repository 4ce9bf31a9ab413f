"""Booking for another person requires the permission `for_others`."""

from __future__ import annotations

from pos.domain.staff.staff import Person

FOR_OTHERS = "for_others"
"""The permission to book for another person from the back office or a script."""


def check_acts_for(actor: Person, cashier: str, act: str) -> str:
    """Refuse an actor who may not do the act, or not for this cashier; return their name if they are another person."""
    actor.check(act)
    if actor.name.casefold() == cashier.strip().casefold():
        return ""
    actor.check(FOR_OTHERS)
    return actor.name


def brought_in(by: str) -> dict[str, object]:
    """Journal details: the actor, if they booked for another person."""
    return {"by": by} if by else {}
