"""People and their PINs, approvals, and when a person is locked out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise

from pos.domain.errors import BadField, BadInput, Refused
from pos.domain.staff.rights import ROLES, USUAL_RIGHTS, Rights, RoleRights

WRONG_PINS_BEFORE_LOCK = 5
FIRST_LOCK = timedelta(minutes=15)
APPROVAL_HOLDS = timedelta(minutes=10)
"""How long after it was given an approval may be used."""
SHORTEST_PIN = 6
LONGEST_PIN = 12

_NAME = re.compile(r"[^\W_][\w .'·-]{0,39}")


@dataclass(eq=False)
class UnknownPerson(BadInput):
    """No person of that name works here."""

    fact = "unknown_person"

    name: str


@dataclass(eq=False)
class PersonDisabled(UnknownPerson):
    """A person of that name worked here and no longer does."""

    fact = "person_disabled"


@dataclass(eq=False)
class MustChoosePin(Refused):
    """The PIN is a one-time PIN: the person chooses their own before anything else."""

    fact = "must_choose_pin"

    person: str


@dataclass(eq=False)
class OneTimePinLapsed(Refused):
    """The one-time PIN was not used in time: a manager gives a new one."""

    fact = "one_time_pin_lapsed"

    person: str


@dataclass(eq=False)
class LastManager(Refused):
    """The last manager stays one: no other person could add people, set rates or approve."""

    fact = "last_manager"

    person: str


@dataclass(eq=False)
class Yourself(Refused):
    """People neither disable themselves nor change their own role: another person does it."""

    fact = "yourself"

    person: str


@dataclass(eq=False)
class NameTaken(Refused):
    """Another person has the name that `field` gives: to sign in, or as it is shown on receipts and in reports."""

    fact = "name_taken"

    name: str
    field: str = "name"


@dataclass(frozen=True, slots=True)
class ApprovalRequirement:
    """An act that needs a permission. Its children name the figures to which an approval is bound."""

    permission: str

    def text(self) -> str:
        """The figures in one line, for the journal; never a document number."""
        return ""

    def refusal(self, person: str) -> Approvable:
        """The refusal while the approval is missing; a child may have one of its own."""
        return NotAllowed(self.permission, person)


class Approvable(Refused):
    """A refusal that an approval may lift: window and command line ask it what to approve, and know no child."""

    @property
    def need(self) -> ApprovalRequirement | None:
        """What has to be approved; None where no approval lifts it this time."""
        raise NotImplementedError


def need_behind(error: Exception) -> ApprovalRequirement | None:
    """What has to be approved to lift a refusal; None for what no approval lifts."""
    return error.need if isinstance(error, Approvable) else None


@dataclass(eq=False)
class NotAllowed(Approvable):
    """The person's role does not allow the act; an approval by a person whose role permits it would."""

    fact = "not_allowed"

    act: str
    person: str

    @property
    def need(self) -> ApprovalRequirement:
        return ApprovalRequirement(self.act)


@dataclass(eq=False)
class DiscountAboveLimit(NotAllowed):
    """A discount above what the person's role may give, both in per cent."""

    fact = "discount_above_limit"

    percent: Fraction
    limit: Decimal


@dataclass(eq=False)
class ApprovalNotAllowed(Refused):
    """The person who should approve may not do the act either."""

    fact = "approval_not_allowed"

    act: str
    person: str


@dataclass(eq=False)
class ApprovesHimself(Refused):
    """The person who does an act and the person who approves it are two people."""

    fact = "approves_himself"

    act: str
    person: str


@dataclass(eq=False)
class ApprovalUnclear(Refused):
    """Several acts of this sale need an approval, and it does not say which of them it allows."""

    fact = "approval_unclear"

    acts: tuple[str, ...]


@dataclass(eq=False)
class WrongPin(Refused):
    """The PIN is not this person's; `left` tries remain before a lock."""

    fact = "wrong_pin"

    person: str
    left: int


@dataclass(eq=False)
class PersonLocked(Refused):
    """Too many wrong PINs: no sign-in as this person at this till until then."""

    fact = "person_locked"

    person: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """A person who works in the shop. `name` is the short sign-in name, `title` the name as shown.

    `must_choose_pin` as long as the PIN is the one that a manager gave. `rights` are those of the shop when the person
    was read; two readings differ as people where what they are `allowed` differs.
    """

    id: int
    name: str
    title: str
    role: str
    active: bool = True
    must_choose_pin: bool = False
    rights: Rights = field(default=USUAL_RIGHTS, compare=False, repr=False)
    allowed: RoleRights = field(init=False, repr=False)
    """What their role may do in this shop."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "allowed", self.rights.of(self.role))

    @classmethod
    def at_the_console(cls, login: str) -> Person:
        """A person who may write the shop's folder: a manager who is not on the staff."""
        return cls(0, f"console:{login}", login, "manager")

    @property
    def is_console(self) -> bool:
        """Whether it is the console rather than a person of the staff."""
        return self.id == 0

    def may(self, permission: str) -> bool:
        """Whether the role allows the act without an approval."""
        return self.allowed.may(permission)

    @property
    def discount_limit(self) -> Decimal:
        """The largest discount in per cent that they give without an approval."""
        return self.allowed.discount_limit

    def check(self, permission: str) -> None:
        """Raise NotAllowed unless the role allows the act."""
        if not self.may(permission):
            raise NotAllowed(permission, self.name)


@dataclass(frozen=True, slots=True)
class Approval:
    """One act, one sale, one name: `by` allowed `permissions` for the object with this `key`, within the next minutes.

    Without named `permissions` it covers the one act that needs it. `granted` are the figures that the approver
    saw; None for a whole file, which its key and content bind. It is spent once, by its `id`.
    """

    by: Person
    permissions: frozenset[str] | None
    key: str
    granted: frozenset[ApprovalRequirement] | None = None
    at: datetime | None = None
    id: str = ""

    def holds(self, at: datetime) -> bool:
        """Whether it may still be used; a clock that was set by more than it holds for ends it too."""
        return self.at is None or abs(at - self.at) <= APPROVAL_HOLDS

    def names(self, need: ApprovalRequirement) -> bool:
        """Whether the act was named, with just these figures."""
        named = self.permissions is None or need.permission in self.permissions
        return named and (self.granted is None or need in self.granted)

    def covers(self, need: ApprovalRequirement, key: str, at: datetime) -> bool:
        """Whether it allows this act with these figures to what has this `key`."""
        return self.key == key and self.holds(at) and self.names(need)


def permissions_of(needs: Iterable[ApprovalRequirement]) -> frozenset[str]:
    """The acts that are needed, without their figures."""
    return frozenset(need.permission for need in needs)


def check_role(role: str, field: str = "role") -> str:
    """Refuse what is no role."""
    if role not in ROLES:
        raise BadField(field, "unknown", role[:40])
    return role


def lock_after(failures: int) -> timedelta | None:
    """How long a person is locked after so many wrong PINs in a row: 15 minutes at five, doubling with each five."""
    if failures < WRONG_PINS_BEFORE_LOCK or failures % WRONG_PINS_BEFORE_LOCK:
        return None
    return FIRST_LOCK * int(2 ** min(failures // WRONG_PINS_BEFORE_LOCK - 1, 10))


@dataclass(frozen=True, slots=True)
class Lock:
    """Until when a person is locked; `noticed` where a clock that was set back is noticed just now."""

    at: datetime
    noticed: bool = False


def locked_until(failures: int, until: datetime | None, set_back_at: datetime | None, now: datetime) -> Lock | None:
    """The lock after so many wrong PINs, set to end at `until`; None where there is none.

    A clock that says less than when it began was set back: the lock then lasts its time from when this was noticed
    (`set_back_at`), neither longer nor, when the clock is put right, shorter.
    """
    lasts = lock_after(failures)
    if until is None or lasts is None or now >= until:
        return None
    if now >= until - lasts:
        return Lock(until)
    if set_back_at is None or now < set_back_at:
        return Lock(now + lasts, noticed=True)
    return Lock(set_back_at + lasts) if now < set_back_at + lasts else None


def check_pin(pin: str, field: str = "pin") -> None:
    """Refuse what cannot be a PIN: 6 to 12 ASCII digits, not one digit repeated, not a run like 123456 or 9876543."""
    if not re.fullmatch(r"[0-9]+", pin):
        raise BadField(field, "not_digits" if pin else "missing")
    if not SHORTEST_PIN <= len(pin) <= LONGEST_PIN:
        raise BadField(field, "pin_length")
    if is_too_simple(pin):
        raise BadField(field, "pin_too_simple")


def is_too_simple(pin: str) -> bool:
    """Whether digits are one repeated, or a run up or down by one (0 follows 9)."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({0}, {1}, {9})


def pin_fingerprint(pin_hash: str) -> str:
    """What the journal keeps of the hash of a PIN: it shows that another hash was put in its place."""
    return sha256(pin_hash.encode()).hexdigest()[:32]


def check_title(title: str, field: str = "title") -> str:
    """Return a name as shown, trimmed, or refuse it: something to be read, at most 60 characters."""
    title = title.strip()
    if not title or len(title) > 60 or not title.isprintable():
        raise BadField(field, "not_a_text" if title else "missing", title[:40])
    return title


def check_name(name: str, field: str = "name") -> str:
    """Return a person's name trimmed, or refuse it: letters, digits, blanks, at most 40 characters."""
    name = name.strip()
    if not _NAME.fullmatch(name):
        raise BadField(field, "not_a_name" if name else "missing", name[:40])
    return name
