"""Roles, what each may do, and when a person is locked out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from pos.domain.errors import BadField, BadInput, Refused

ROLES = ("cashier", "manager", "clerk")

ACTS = (
    "sell", "discount", "over_quota", "review", "price", "return", "open_shift", "close_shift",
    "close_other", "move_cash", "pay_out", "no_sale", "rates", "staff", "settings", "reports", "catalogue",
    "stock", "expected_cash", "refund_cash", "blind_return",
)  # fmt: skip
"""Everything for which a right is asked."""

_RIGHTS: dict[str, frozenset[str]] = {
    "cashier": frozenset({"sell", "discount", "return", "open_shift", "close_shift", "move_cash"}),
    "clerk": frozenset({"catalogue", "stock"}),
    "manager": frozenset(ACTS),
}

DISCOUNT_LIMIT = {"cashier": Decimal(10), "clerk": Decimal(0), "manager": Decimal(100)}
"""The largest discount in per cent that a role gives without an approval."""

WRONG_PINS_BEFORE_LOCK = 5
FIRST_LOCK = timedelta(minutes=15)
SHORTEST_PIN = 6
LONGEST_PIN = 12

_NAME = re.compile(r"[^\W_][\w .'·-]{0,39}")


@dataclass(eq=False)
class UnknownPerson(BadInput):
    """Nobody of that name works here."""

    name: str


@dataclass(eq=False)
class NameTaken(Refused):
    """Somebody of that name works here already."""

    name: str


@dataclass(eq=False)
class NotAllowed(Refused):
    """The person's role does not allow the act; an approval by somebody whose role does would."""

    act: str
    person: str


@dataclass(eq=False)
class ApprovalNotAllowed(Refused):
    """The person who should approve may not do the act either."""

    act: str
    person: str


@dataclass(eq=False)
class ApprovalUnclear(Refused):
    """Several acts of this sale need an approval, and it does not say which of them it allows."""

    acts: tuple[str, ...]


@dataclass(eq=False)
class WrongPin(Refused):
    """The PIN is not this person's; `left` tries remain before a lock."""

    person: str
    left: int


@dataclass(eq=False)
class PersonLocked(Refused):
    """Too many wrong PINs: nobody signs in as this person at this till until then."""

    person: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works in the shop. `name` is the short sign-in name, `title` the name as shown."""

    id: int
    name: str
    title: str
    role: str
    active: bool = True

    def may(self, act: str) -> bool:
        """Whether the role allows the act without an approval."""
        return act in _RIGHTS.get(self.role, frozenset())

    def check(self, act: str) -> None:
        """Raise NotAllowed unless the role allows the act."""
        if not self.may(act):
            raise NotAllowed(act, self.name)


@dataclass(frozen=True, slots=True)
class Approval:
    """One sale, one name: `by` allowed `acts` for the sale with this `key`.

    Without named `acts` it covers the one act of the sale that needs it.
    """

    by: Person
    acts: frozenset[str] | None
    key: str


def lock_after(failures: int) -> timedelta | None:
    """How long a person is locked after so many wrong PINs in a row: 15 minutes at five, doubling with each five."""
    if failures < WRONG_PINS_BEFORE_LOCK or failures % WRONG_PINS_BEFORE_LOCK:
        return None
    return FIRST_LOCK * int(2 ** min(failures // WRONG_PINS_BEFORE_LOCK - 1, 10))


def check_pin(pin: str, field: str = "pin") -> None:
    """Refuse what cannot be a PIN: 6 to 12 ASCII digits, not one digit repeated."""
    if not re.fullmatch(r"[0-9]+", pin):
        raise BadField(field, "not_digits")
    if not SHORTEST_PIN <= len(pin) <= LONGEST_PIN:
        raise BadField(field, "pin_length")
    if len(set(pin)) == 1:
        raise BadField(field, "pin_too_simple")


def check_name(name: str, field: str = "name") -> str:
    """Return a person's name trimmed, or refuse it: letters, digits, blanks, at most 40 characters."""
    name = name.strip()
    if not _NAME.fullmatch(name):
        raise BadField(field, "not_a_name", name[:40])
    return name
