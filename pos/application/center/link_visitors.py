"""Link two documents of one person: they share one ledger from then on."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.center.answer_once import booked_once
from pos.application.center.book import flag_learned
from pos.application.center.join_persons import join_persons
from pos.application.center.ledgers import known_person
from pos.application.center.ports import CenterContext, CenterWork
from pos.application.center.refusals import PersonsDiffer
from pos.application.center.request_keys import key_of_till
from pos.application.center.requests import Booked, Caller, DocumentLink


@dataclass(frozen=True, slots=True)
class LinkVisitors:
    """One person from two; the older reference stays, the newer is an alias. Linked already, it does nothing.

    What both together bought and is too much for one person is flagged.

    Raises PersonsDiffer where their birth dates or residences are known and differ, and KeyReused.
    """

    context: CenterContext

    def __call__(self, caller: Caller, link: DocumentLink, digest: bytes) -> Booked:
        now = self.context.now()
        with self.context.store.begin() as work:
            work.members.take_turn(caller.till, now)
            booked = booked_once(
                work, key_of_till(caller, link.key), digest, now, lambda: self._link(work, caller, link)
            )
            work.commit()
        return booked

    def _link(self, work: CenterWork, caller: Caller, link: DocumentLink) -> Booked:
        context, now = self.context, self.context.now()
        hidden = [context.keys.hidden(identity) for identity in (*link.first, *link.second)]
        head, *others = work.visitors.locked(hidden, now)
        versions = {head.reference: head.version}
        for other in others:
            known, joining = (known_person(context, each) for each in (head, other))
            for field in ("birth_date", "residence"):
                one, two = getattr(known, field), getattr(joining, field)
                if one is not None and two is not None and one != two:
                    raise PersonsDiffer(field)
            head = join_persons(context, work, caller.till, head, other)
            versions |= {head.reference: head.version, other.reference: head.version}
        work.visitors.add_identities(head.id, hidden, now)
        return Booked(versions, tuple(flag_learned(context, work, head)) if others else ())
