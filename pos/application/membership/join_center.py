"""Let this till take part in a center by its pass, try the line, and let it leave again."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.center.till_pass import TillPass
from pos.application.membership.membership import NOT_A_MEMBER, Membership
from pos.application.membership.refusals import CenterAway
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField
from pos.domain.staff.staff import Person

JOIN, LEAVE = "join_center", "leave_center"
_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class CenterMembership:
    """Whether the till takes part, where its center is, and how much it still has to tell it."""

    is_member: bool
    address: str = ""
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class JoinCenter(UseCase):
    """The pass of a till is never repeated: not in an answer, not in the journal."""

    membership: Membership

    def __call__(self, text: str, person: Person) -> CenterMembership:
        """Take part by the pass that the center's people gave. The center is asked first.

        Raises BadField for a text that is no pass, CenterAway and CredentialUnknown, and KeyFileError.
        """
        with authorized_read(self.store, person, "settings"):
            pass
        given = self.try_pass(text)
        with authorized_write(self.store, person, "settings") as (work, person):
            work.journal.write(self.now(), self.till, person.name, JOIN, {"address": given.address})
            self.membership.credentials.keep(given)
            work.commit()
        return self.show(person)

    def read(self, text: str) -> TillPass:
        """The pass in a text. Raises BadField for a text that is none."""
        given = TillPass.from_text(text)
        check_address(given.address)
        return given

    def try_pass(self, text: str) -> TillPass:
        """Ask the center of a pass for something that changes nothing; nothing is kept. Raises as the call does."""
        given = self.read(text)
        line = self.membership.connect(given)
        try:
            line.check()
        finally:
            line.close()
        return given

    def check(self, person: Person) -> CenterMembership:
        """Ask the center for something that changes nothing. Raises CenterAway and CredentialUnknown."""
        shown = self.show(person)
        self.membership.center.check()
        return shown

    def show(self, person: Person) -> CenterMembership:
        """Whether this till takes part. Raises KeyFileError."""
        with authorized_read(self.store, person, "settings") as work:
            waiting = work.membership.count_waiting(self.till)
        given = self.membership.credentials.read()
        return CenterMembership(given is not None, "" if given is None else given.address, waiting)

    def leave(self, person: Person) -> CenterMembership:
        """Take part no more. What was not sent to the center yet is kept, and sent when the till takes part again."""
        given = self.membership.credentials.read()
        if given is None:
            raise CenterAway(NOT_A_MEMBER)
        with authorized_write(self.store, person, "settings") as (work, person):
            work.journal.write(self.now(), self.till, person.name, LEAVE, {"address": given.address})
            work.membership.forget_identities()
            self.membership.credentials.forget()
            work.commit()
        self.membership.close()
        return self.show(person)


def check_address(address: str) -> None:
    """Refuse an address to which a credential may not go: without TLS it stays on this computer. Raises BadField."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadField("pass", "not_a_till_pass") from None
    is_plain = not parts.username and not parts.query and not parts.fragment and parts.path in ("", "/")
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in _HERE)
    if not host or not is_plain or not is_safe or port == 0:
        raise BadField("pass", "not_a_till_pass")
