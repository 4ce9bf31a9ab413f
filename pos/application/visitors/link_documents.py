"""Link several documents of one person: they then share one allowance, and only an approval unlinks them."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.access.approvals import REVIEW, approver_of, record_approval
from pos.application.access.authorize import SYSTEM_USER, authorized_write
from pos.application.membership.outbox import report_link
from pos.application.ports.visitor_ports import KnownVisitor
from pos.application.settings.context import UseCase
from pos.application.visitors.identify_visitor import Shown, UnknownVisitor, visitor_shown
from pos.application.visitors.lock_visitors import LINK, lock_visitors, record_new_numbers
from pos.domain.errors import Refused
from pos.domain.staff.staff import Approval, ApprovalRequirement, Person


@dataclass(eq=False)
class AlreadyLinked(Refused):
    """The two documents (masked) already belong to one person."""

    fact = "already_linked"

    paper: str
    to: str


@dataclass(eq=False)
class NotLinked(Refused):
    """The document (masked) is not linked to another."""

    fact = "not_linked"

    document: str


class LinkDocuments(UseCase):
    """Record that two documents, with all linked to either, belong to one person with one ledger."""

    def __call__(self, shown: Shown, to: Shown, person: Person) -> KnownVisitor:
        """Link `shown` to the person of `to`; return the person, as looked up by `shown`. Raises AlreadyLinked."""
        person.check("sell")
        at = self.now()
        first, second = visitor_shown(shown, self.secrets, "A"), visitor_shown(to, self.secrets, "B")
        record_new_numbers(self.store, (first, second), at, self.till, SYSTEM_USER.name)
        with authorized_write(self.store, person, "sell") as (work, person):
            locked = lock_visitors(work, (first, second), at, self.till, person.name)
            one, other = locked["A"], locked["B"]
            if one.person == other.person:
                raise AlreadyLinked(first.masked, second.masked)
            work.visitors.link(one, other)
            report_link(work, self.till, self.secrets, first, second, at)
            details = {"paper": one.visitor, "to": other.person}
            work.journal.write(at, self.till, person.name, LINK, details)
            known = work.visitors.known(first.keys)
            assert known is not None, "its row is locked"
            work.commit()
        return known


class UnlinkDocuments(UseCase):
    """Undo a link: the document becomes a separate person with their own allowance, so it needs an approval."""

    def key(self, shown: Shown) -> str:
        """The key to which an approval of this act is bound; raises UnknownVisitor."""
        visitor = visitor_shown(shown, self.secrets)
        with self.store.reading() as work:
            known = work.visitors.known(visitor.keys)
        if known is None:
            raise UnknownVisitor(visitor.masked)
        return _key(known.locked.visitor)

    def __call__(self, shown: Shown, person: Person, approval: Approval | None = None) -> KnownVisitor:
        """Unlink the document and its purchases; documents with the same number stay with it.

        Raises UnknownVisitor, NotLinked, NotAllowed.
        """
        person.check("sell")
        at = self.now()
        visitor = visitor_shown(shown, self.secrets)
        with authorized_write(self.store, person, "sell") as (work, person):
            known = work.visitors.known(visitor.keys)
            if known is None:
                raise UnknownVisitor(visitor.masked)
            need, key = ApprovalRequirement(REVIEW), _key(known.locked.visitor)
            approver = approver_of(work, need, person, approval, key, at)
            lock_visitors(work, (visitor,), at, self.till, person.name)
            known = work.visitors.known(visitor.keys)
            if known is None or not known.is_linked:
                raise NotLinked(visitor.masked)
            for index in range(len(work.visitors.shown(visitor))):
                row = work.visitors.shown(visitor)[index]
                work.visitors.part(row)
                work.journal.write(at, self.till, person.name, "part", {"paper": row.visitor})
            # Several rows of one document belong together, whatever they are unlinked from.
            lock_visitors(work, (visitor,), at, self.till, person.name)
            record_approval(work, approver, approval, {need}, of=person, at=at, till=self.till, key=key)
            known = work.visitors.known(visitor.keys)
            assert known is not None, "its row is locked"
            work.commit()
        return known


def _key(visitor: int) -> str:
    return f"part:{visitor}"
