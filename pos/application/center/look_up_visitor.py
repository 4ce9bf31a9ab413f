"""Look up a visitor: what a till needs to judge their goods before it takes money."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.center.alarms import watch_lookup
from pos.application.center.book import flag_learned
from pos.application.center.join_persons import join_persons, learn_person
from pos.application.center.ledgers import read_ledger, regime_of
from pos.application.center.ports import CenterContext, CenterVisitor, CenterWork
from pos.application.center.refusals import PassEnded, TooManyLookups
from pos.application.center.requests import Caller, VisitorLedger, VisitorLookup

A_MINUTE, BURST = 60, 20
"""The look-ups of one till: more than a person serves is somebody who tries documents (spec of the center, § 3)."""


@dataclass(frozen=True, slots=True)
class LookUpVisitor:
    """The ledger of the visitor to whom all these documents belong; an unknown one is begun, and costs the same time.

    Raises TooManyLookups, UnknownRegime, and PassEnded where the pass has a members' key of before.
    """

    context: CenterContext

    def __call__(self, caller: Caller, lookup: VisitorLookup) -> VisitorLedger:
        context, now = self.context, self.context.now()
        if caller.pass_ends_at is not None and now >= caller.pass_ends_at:
            raise PassEnded(caller.till_name)
        zone = regime_of(context, lookup.regime).regime.zone
        hidden = [context.keys.hidden(identity) for identity in lookup.identities]
        with context.store.begin() as work:
            work.members.take_turn(caller.till, now)
            if wait := work.members.take_lookup(caller.till, now, A_MINUTE, BURST):
                raise TooManyLookups(wait)
            visitor = one_person(context, work, caller, hidden)
            ledger = read_ledger(context, work, visitor)
            learn_person(context, work, caller, visitor, lookup.person)
            name = watch_lookup(context, work, caller.till, visitor, now.astimezone(zone).date(), now)
            work.journal.write(now, caller.till, "look_up", {"visitor": name, "regime": lookup.regime})
            work.commit()
        return ledger.shown_to(caller.shop, now)


def one_person(context: CenterContext, work: CenterWork, caller: Caller, hidden: list[bytes]) -> CenterVisitor:
    """The person of these identities, locked. Documents that were two persons before are one from now on: one paper
    bears both numbers.
    """
    now = context.now()
    persons = work.visitors.locked(hidden, now)
    head, *others = persons
    for other in others:
        head = join_persons(context, work, caller.till, head, other)
    work.visitors.add_identities(head.id, hidden, now)
    if others:
        flag_learned(context, work, head)
    return head
