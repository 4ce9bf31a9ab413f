"""The members' key in use, its change, and the passes that go with it.

A till sends each document under the key of its pass and, for as long as a line can count, under the keys before it, so
that a visitor is found whichever key they were first known by.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from pos.application.center.customs_rates import center_day
from pos.application.center.ledgers import plain_regimes
from pos.application.center.ports import CenterContext, CenterWork, MembersKey
from pos.application.center.refusals import MemberNotKnown, MembersKeyHalfChanged, TillNotKnown, TooManyMembersKeys
from pos.application.center.requests import Caller
from pos.application.center.till_pass import FormerKey, TillPass, credential_digest
from pos.application.center.turns import CONSOLE
from pos.domain.border import border_in_force
from pos.domain.center.retention import kept_for
from pos.domain.errors import BadField

MOST_FORMER = 3
"""Keys before the one in use under which a till sends documents."""


class MembersKeys(Protocol):
    """The members' keys in the center's key file."""

    def in_use(self) -> Sequence[bytes]:
        """The key in use first, then those before it, the newest first."""

    def change(self) -> None:
        """Make a new one and keep the others. It is on the disk when this returns. Raises KeyFileError."""


@dataclass(frozen=True, slots=True)
class RotatedKey:
    """The number of the key in use; until when the old passes are answered, and who still has one."""

    number: int
    old_passes_until: datetime
    former_sent_until: datetime
    tills: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RotateMembersKey:
    """Begin a new members' key. Passes of before are answered until the end of a day; their tills get new ones.

    The key is in the file before the database knows of it: where that fails between the two, the same step again ends
    what was begun. Raises BadField and TooManyMembersKeys.
    """

    context: CenterContext
    keys: MembersKeys

    def __call__(self, until: date, by: str) -> RotatedKey:
        context, now = self.context, self.context.now()
        if until < center_day(now):
            raise BadField("until", "in_the_past", until.isoformat())
        ends_at = datetime.combine(until + timedelta(days=1), time(0), ZoneInfo(border_in_force().time_zone))
        sent_until = ends_at + kept_for(plain_regimes(context).values())
        with context.store.begin() as work:
            work.members.take_turn(CONSOLE, now)
            known = work.members.keys()
            if not known or known[-1].fingerprint == _fingerprint(self.keys.in_use()[0]):
                if sum(_is_sent(key, now) for key in known) >= MOST_FORMER:
                    raise TooManyMembersKeys(MOST_FORMER)
                if not known:
                    work.members.add_key(1, _fingerprint(self.keys.in_use()[0]), by, now)
                self.keys.change()
            number = len(work.members.keys()) + 1
            work.members.end_keys(ends_at, sent_until)
            work.members.add_key(number, _fingerprint(self.keys.in_use()[0]), by, now)
            facts = {"number": number, "until": until.isoformat(), "by": by}
            work.journal.write(now, CONSOLE, "rotate_members_key", facts)
            tills = [
                (till.member_name, till.name)
                for till in work.members.tills()
                if till.is_enabled and till.revoked_at is None and till.members_key < number
            ]
            work.commit()
        return RotatedKey(number, ends_at, sent_until, tills)


@dataclass(frozen=True, slots=True)
class ListMembersKeys:
    """Every members' key by number and days; the key itself is never shown."""

    context: CenterContext

    def __call__(self) -> Sequence[MembersKey]:
        with self.context.store.reading() as work:
            return work.members.keys()


@dataclass(frozen=True, slots=True)
class RenewTill:
    """A new pass for a till: the one of before is worth nothing once the new one is used. It is shown once.

    Raises MemberNotKnown, TillNotKnown and MembersKeyHalfChanged.
    """

    context: CenterContext
    keys: MembersKeys

    def __call__(self, member: str, name: str, address: str, by: str) -> TillPass:
        now = self.context.now()
        with self.context.store.begin() as work:
            work.members.take_turn(CONSOLE, now)
            found = work.members.member(member)
            if found is None:
                raise MemberNotKnown(member)
            given, number = new_pass(work, self.keys, address, by, now)
            if not work.members.renew(found, name, credential_digest(given.credential), number):
                raise TillNotKnown(name)
            work.journal.write(now, CONSOLE, "renew_till", {"member": member, "till": name, "by": by})
            work.commit()
        return given


def new_pass(work: CenterWork, keys: MembersKeys, address: str, by: str, now: datetime) -> tuple[TillPass, int]:
    """A pass with a new credential and the members' keys that count, and the number of the one in use.

    Raises MembersKeyHalfChanged.
    """
    in_use, *before = keys.in_use()
    known = work.members.keys()
    if not known:
        work.members.add_key(1, _fingerprint(in_use), by, now)
        known = work.members.keys()
    if known[-1].fingerprint != _fingerprint(in_use):
        raise MembersKeyHalfChanged
    sent = {key.fingerprint: key.sent_until for key in known if _is_sent(key, now)}
    former = [(key, sent.get(_fingerprint(key))) for key in before]
    formers = tuple(FormerKey(key, until) for key, until in former if until is not None)
    return TillPass(address, secrets.token_urlsafe(32), in_use, formers), known[-1].number


def till_of(context: CenterContext, credential: str) -> Caller | None:
    """The till with this credential. The first use of a new pass ends the one of before."""
    digest = credential_digest(credential)
    with context.store.single_read() as work:
        found = work.members.by_credential(digest)
    if found is None or not found.has_new_pass:
        return found
    now = context.now()
    with context.store.begin() as work:
        work.members.take_turn(found.till, now)
        if work.members.use_new_pass(found.till, digest):
            work.journal.write(now, found.till, "new_pass", {})
        work.commit()
    with context.store.reading() as work:
        return work.members.by_credential(digest)


def _is_sent(key: MembersKey, now: datetime) -> bool:
    """Whether tills send documents under a key that is not the one in use any more."""
    return key.sent_until is not None and now < key.sent_until


def _fingerprint(key: bytes) -> str:
    """What the database knows of a key: 256 random bits cannot be found from it."""
    return hashlib.sha256(b"members key" + key).hexdigest()[:32]
