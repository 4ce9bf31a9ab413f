"""Who takes part: the shops of the center, and a credential for each of their tills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos.application.center.members_key import MembersKeys, new_pass
from pos.application.center.ports import CenterContext, MemberTill
from pos.application.center.refusals import MemberExists, MemberNotKnown, TillExists, TillNotKnown
from pos.application.center.till_pass import TillPass, credential_digest
from pos.application.center.turns import CONSOLE
from pos.domain.errors import BadField

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class AddMember:
    """A shop takes part from now on. Raises BadField and MemberExists."""

    context: CenterContext

    def __call__(self, name: str, by: str) -> None:
        checked = checked_name(name, "member")
        now = self.context.now()
        with self.context.store.begin() as work:
            work.members.take_turn(CONSOLE, now)
            if work.members.member(checked) is not None:
                raise MemberExists(checked)
            work.members.add_member(checked, now)
            work.journal.write(now, CONSOLE, "add_member", {"member": checked, "by": by})
            work.commit()


@dataclass(frozen=True, slots=True)
class DisableMember:
    """No till of the shop is answered any more. Raises MemberNotKnown."""

    context: CenterContext

    def __call__(self, name: str, by: str) -> None:
        now = self.context.now()
        with self.context.store.begin() as work:
            work.members.take_turn(CONSOLE, now)
            if not work.members.disable(name):
                raise MemberNotKnown(name)
            work.journal.write(now, CONSOLE, "disable_member", {"member": name, "by": by})
            work.commit()


@dataclass(frozen=True, slots=True)
class AddTill:
    """A till of a member, with a new credential: the pass is shown once, and only its digest is kept.

    Raises BadField, MemberNotKnown, TillExists and MembersKeyHalfChanged.
    """

    context: CenterContext
    keys: MembersKeys

    def __call__(self, member: str, name: str, address: str, by: str) -> TillPass:
        checked = checked_name(name, "till")
        now = self.context.now()
        with self.context.store.begin() as work:
            work.members.take_turn(CONSOLE, now)
            found = work.members.member(member)
            if found is None:
                raise MemberNotKnown(member)
            if any(
                each.member == found and each.name == checked and each.revoked_at is None
                for each in work.members.tills()
            ):
                raise TillExists(checked)
            given, number = new_pass(work, self.keys, address, by, now)
            work.members.add_till(found, checked, credential_digest(given.credential), number, now)
            work.journal.write(now, CONSOLE, "add_till", {"member": member, "till": checked, "by": by})
            work.commit()
        return given


@dataclass(frozen=True, slots=True)
class RevokeTill:
    """The credential of a till is worth nothing from now on. Raises MemberNotKnown and TillNotKnown."""

    context: CenterContext

    def __call__(self, member: str, name: str, by: str) -> None:
        now = self.context.now()
        with self.context.store.begin() as work:
            work.members.take_turn(CONSOLE, now)
            found = work.members.member(member)
            if found is None:
                raise MemberNotKnown(member)
            if not work.members.revoke(found, name, now):
                raise TillNotKnown(name)
            work.journal.write(now, CONSOLE, "revoke_till", {"member": member, "till": name, "by": by})
            work.commit()


@dataclass(frozen=True, slots=True)
class ListMembers:
    """Every member's tills with their last contact."""

    context: CenterContext

    def __call__(self) -> Sequence[MemberTill]:
        with self.context.store.reading() as work:
            return work.members.tills()


def checked_name(name: str, field: str) -> str:
    """A name without blanks around it. Raises BadField where it is none."""
    stripped = name.strip()
    if not stripped or len(stripped) > _LONGEST_NAME or not stripped.isprintable():
        raise BadField(field, "not_a_name", stripped[:_LONGEST_NAME])
    return stripped
